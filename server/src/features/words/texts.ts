import { parseConstraint } from '../../grammar/constraint';
import { imageFault } from '../../grammar/imageReference';

const KEYS: Readonly<Record<string, string>> = {
  'node.role': 'role', 'node.hostname': 'host name', 'node.id': 'ID', 'node.ip': 'address', 'node.platform.os': 'operating system', 'node.platform.arch': 'architecture',
};

/** A placement constraint, piece by piece; undefined where it is none. */
export function constraintInWords(text: string): string | undefined {
  const constraint = parseConstraint(text);
  if (constraint.kind !== 'constraint') return undefined;
  const { key, operator, value } = constraint;
  const lower = key.toLowerCase();
  const label = /^(node|engine)\.labels\.(.+)$/i.exec(key);
  const what = label ? `${label[1].toLowerCase() === 'node' ? 'label' : 'engine label'} \`${label[2]}\`` : Object.hasOwn(KEYS, lower) ? KEYS[lower] : undefined;
  if (what === undefined) return `\`${key}\` is no key that the engine knows: no node satisfies this.`;
  const equal = operator === '==';
  const compared = label ? (equal ? 'A node without the label does not match. ' : 'A node without the label matches too. ') : '';
  if (lower === 'node.ip' && value.includes('/')) return `Only nodes whose address is ${equal ? '' : 'not '}in the network \`${value}\`.`;
  return `Only nodes whose ${what} is ${equal ? '' : 'not '}\`${value}\`. ${compared}Letter case of the value does not matter.`;
}

/** An image reference taken apart: registry, repository, tag, digest, and what the engine makes of it. */
export function imageInWords(text: string): string | undefined {
  if (text === '' || imageFault(text) !== undefined) return undefined;
  const [named, digest] = text.split('@', 2);
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  const hasRegistry = slash >= 0 && (first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase());
  const registry = hasRegistry ? first : 'docker.io';
  const rest = hasRegistry ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(':');
  const name = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  const repository = registry === 'docker.io' && !name.includes('/') ? `library/${name}` : name;
  const pieces = [`registry \`${registry}\`${hasRegistry ? '' : ' (the default)'}`, `repository \`${repository}\``];
  if (tag !== undefined) pieces.push(`tag \`${tag}\``);
  if (digest !== undefined) pieces.push(`digest \`${digest.slice(0, 19)}…\``);
  return `${pieces.join(', ')}. ${pinning(tag, digest)}`;
}

function pinning(tag: string | undefined, digest: string | undefined): string {
  if (digest !== undefined) return `Every task runs exactly this image${tag === undefined ? '' : '; the tag is for people, and the digest decides'}.`;
  const which = tag === undefined ? 'Without a tag it is `:latest`: whatever' : tag === 'latest' ? '`latest` is no version but a tag like any other: whatever' : 'Whatever';
  return `${which} the registry has under the tag when a task starts. Applying the same text again brings no newer one.`;
}

const VARIABLES: Readonly<Record<string, string>> = {
  '.Service.ID': 'ID of the service', '.Service.Name': 'name of the service', '.Service.Labels': 'labels of the service, as a map for `index`',
  '.Node.ID': 'ID of the node that runs the task', '.Node.Hostname': 'host name of the node that runs the task', '.Node.Platform.OS': 'operating system of the node', '.Node.Platform.Architecture': 'architecture of the node',
  '.Task.ID': 'ID of the task', '.Task.Name': 'name of the task: service, slot and ID', '.Task.Slot': 'number of the replica; in a global service the ID of the node',
};

/** The template around a place of a text, each of its variables explained; nothing of the text itself is repeated. */
export function templateInWords(text: string, at: number): string | undefined {
  const start = text.lastIndexOf('{{', at + 1);
  const end = start < 0 ? -1 : text.indexOf('}}', start);
  if (end < 0 || at > end + 2) return undefined;
  const names = [...new Set(text.slice(start, end).match(/\.(?:Service|Node|Task)(?:\.\w+)+/g) ?? [])].filter((name) => Object.hasOwn(VARIABLES, name));
  if (names.length === 0) return 'A template: the node expands it for each task.';
  return `A template, expanded for each task: ${names.map((name) => `\`${name}\` is the ${VARIABLES[name]}`).join('; ')}.`;
}
