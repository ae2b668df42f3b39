import { locate } from '../../document/document';
import type { StructType } from '../../facts/types';
import { type Completion, itemAt, type Place } from './completion';
import { SnippetWriter, stop } from './draft';
import type { Named } from '../swarmNames';
import { quoted } from './quoting';

/** How a secret or a config is referred to: by its ID and its name, as a pair. */
const PAIRS: Readonly<Record<string, { readonly id: string; readonly name: string; readonly list: 'secrets' | 'configs'; readonly what: string; readonly file: (name: string) => string }>> = {
  SecretReference: { id: 'SecretID', name: 'SecretName', list: 'secrets', what: 'secret', file: (name) => name },
  ConfigReference: { id: 'ConfigID', name: 'ConfigName', list: 'configs', what: 'config', file: (name) => `/${name}` },
};

/** Secrets and configs of the connected swarm as new items, written as the pair that the engine needs. */
export function referenceItems(struct: StructType, place: Place): Completion[] {
  const pair = PAIRS[struct.name];
  if (!pair || place.siblings.length > 0 || place.cursor.colonFollows) return [];
  return (place.scene.swarm?.[pair.list] ?? []).map(({ id, name }, i) => {
    const members = { [pair.id]: id, [pair.name]: name, File: { Name: stop(pair.file(name)), UID: stop('0'), GID: stop('0'), Mode: stop(292) } };
    return itemAt(place, new SnippetWriter().members(members, place.writing), {
      label: name, kind: 'reference', detail: pair.what, order: `0${String(i).padStart(3, '0')}`, documentation: () => `The ${pair.what} \`${name}\` of the connected swarm: its ID, its name, and the file that it becomes.`,
    });
  });
}

/** The ID or the name of a secret or config alone; the other half is changed with it where it is there already. */
export function halfItems(place: Place): Completion[] {
  const key = String(place.path.at(-1));
  const pair = Object.values(PAIRS).find(({ id, name }) => id === key || name === key);
  if (!pair) return [];
  const other = key === pair.id ? pair.name : pair.id;
  return (place.scene.swarm?.[pair.list] ?? []).map((one, i) => {
    const [own, theirs] = key === pair.id ? [one.id, one.name] : [one.name, one.id];
    const quote = place.cursor.quote || (place.writing.style === 'json' ? '"' : '');
    return itemAt(place, quote ? quoted(own, quote) : own, {
      label: one.name, kind: 'reference', detail: `${pair.what} ${one.id}`, order: `0${String(i).padStart(3, '0')}`, filter: place.cursor.quote + (key === pair.id ? `${one.id} ${one.name}` : one.name),
      edits: [...place.cursor.edits, ...otherHalf(place, other, theirs)],
      documentation: () => halfDoc(pair.what, one),
    });
  });
}

function halfDoc(what: string, { id, name }: Named): string {
  return `The ${what} \`${name}\` of the connected swarm has the ID \`${id}\`.`;
}

function otherHalf({ documentPath, scene: { document } }: Place, key: string, value: string): Completion['edits'] {
  const node = locate(document, [...documentPath.slice(0, -1), key])?.node;
  if (node?.kind !== 'scalar' || node.end <= node.start) return [];
  const quote = /^["']/.exec(document.text.slice(node.start, node.end))?.[0] as '"' | "'" | undefined;
  return [{ start: node.start, end: node.end, text: quote ? quoted(value, quote) : value }];
}
