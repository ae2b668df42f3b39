import { expandTemplate } from '../../grammar/goTemplate';
import { stop } from './draft';
import type { TypedText } from './grammars';
import type { Suggestion } from './values';

/** What a template can tell, and what it is. */
const VARIABLES: readonly (readonly [string, string])[] = [
  ['.Service.Name', 'Name of the service.'],
  ['.Task.Slot', 'Number of the replica; in a global service the ID of the node.'],
  ['.Node.Hostname', 'Host name of the node that runs the task.'],
  ['.Task.Name', 'Name of the task: service, slot and ID.'],
  ['.Task.ID', 'ID of the task.'],
  ['.Service.ID', 'ID of the service.'],
  ['.Node.ID', 'ID of the node that runs the task.'],
  ['.Node.Platform.OS', 'Operating system of the node.'],
  ['.Node.Platform.Architecture', 'Architecture of the node.'],
];

/** Calls, with stops. */
const CALLS: readonly (readonly [string, Suggestion['parts'], string])[] = [
  ['index .Service.Labels', ['index .Service.Labels "', stop('com.example.team'), '"'], 'A label of the service; nothing where it has none of that name.'],
  ['printf', ['printf "%s-%s" .Service.Name .Task.Slot'], 'Text with values in it.'],
  ['if', ['if eq .Task.Slot "', stop('1'), '"}}', stop('first'), '{{else}}', stop('other'), '{{end'], 'One text or another.'],
  ['len', ['len .Service.Labels'], 'How many labels the service has.'],
];

/**
 * Templates at the cursor: in braces that are open what can follow, elsewhere whole ones. `open` tells which. Texts are
 * whole: with what stands before and behind.
 */
export function templateSuggestions({ before, after }: TypedText): { readonly suggestions: Suggestion[]; readonly open: boolean } {
  const start = before.lastIndexOf('{{');
  const open = start >= 0 && !before.slice(start).includes('}}');
  const head = open ? before.slice(0, start) : before;
  const close = open ? /^[^{}]*\}\}/.exec(after)?.[0].length ?? /^[\w.]*\}?/.exec(after)?.[0].length ?? 0 : 0;
  const tail = after.slice(close);
  const inside = open ? before.slice(start + 2) : '';
  // what stands before the word that is being typed, such as `if eq `
  const kept = /^-?\s*(?:[\w"=:$]+\s+)*/.exec(inside)?.[0] ?? '';
  const all: Suggestion[] = [
    ...VARIABLES.map(([name, doc]): Suggestion => ({ label: `{{${name}}}`, parts: [`${head}{{${open ? kept : ''}${name}}}${tail}`], doc, rank: open ? 1 : 6 })),
    ...CALLS.map(([name, parts, doc]): Suggestion => ({ label: `{{${name} …}}`, parts: [`${head}{{`, ...parts, `}}${tail}`], doc, rank: open ? 2 : 7 })),
  ];
  const works = ({ parts }: Suggestion) => expandTemplate(parts.map((part) => (typeof part === 'string' ? part : String(part.value))).join('')).kind === 'text';
  return { suggestions: all.filter(works), open };
}
