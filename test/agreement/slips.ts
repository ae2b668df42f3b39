import { SERVICE } from '../../server/src/facts/kinds';
import { allFields, fieldAt } from '../../server/src/facts/lookup';
import type { Field } from '../../server/src/facts/types';
import { type Path, toPointer } from '../../server/src/path';
import { entry, fromValue, list, object, replaceAt, scalar, type Site, text, toText, type Tree, type TreeEntry, updateAt } from './tree';

/** One document with one slip in it. */
export interface Mutant {
  readonly text: string;
  /** Where the slip is, in the spelling of the document. */
  readonly path: Path;
}

/** A kind of slip: what it makes of a document at one place; undefined where it does not apply. */
export interface Slip {
  readonly kind: string;
  make(tree: Tree, site: Site, field: Field | undefined): Mutant | undefined;
}

const decoded = (tree: Tree): string | undefined => {
  if (tree.kind !== 'scalar') return undefined;
  try {
    const value: unknown = JSON.parse(tree.text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
};
const isNumber = (tree: Tree) => tree.kind === 'scalar' && /^-?\d/.test(tree.text);
const isBool = (tree: Tree) => tree.kind === 'scalar' && /^(true|false)$/.test(tree.text);

/** The member at the place under other keys or with other values. */
function put(kind: string, change: (own: TreeEntry, site: Site, field: Field | undefined) => TreeEntry | TreeEntry[] | undefined): Slip {
  return {
    kind,
    make(tree, site, field) {
      const own = { key: site.key ?? '', value: site.value };
      const by = change(own, site, field);
      if (by === undefined) return undefined;
      const entries = Array.isArray(by) ? by : [by];
      if (entries.length === 1 && entries[0].key === own.key && entries[0].keyText === undefined && toText(entries[0].value) === toText(own.value)) return undefined;
      const key = entries[0]?.key ?? site.path.at(-1);
      return { text: toText(replaceAt(tree, site.path, entries)), path: typeof site.path.at(-1) === 'number' ? site.path : [...site.path.slice(0, -1), key] };
    },
  };
}

/** A field under another key. Keys of maps are anybody's. */
function rename(kind: string, to: (key: string) => string | undefined): Slip {
  return put(kind, ({ key, value }, { key: own, path }) => {
    if (own === undefined || fieldAt(SERVICE.root, path.slice(0, -1))?.type.kind === 'map') return undefined;
    const name = to(key);
    return name === undefined || name === key ? undefined : entry(name, value);
  });
}

/** A value of strings, numbers, … as another one. */
const value = (kind: string, to: (value: Tree, site: Site, field: Field | undefined) => Tree | undefined): Slip =>
  put(kind, ({ key, value: own }, site, field) => {
    const other = to(own, site, field);
    return other && entry(key, other);
  });

const ofString = (kind: string, to: (value: string, site: Site, field: Field | undefined) => string | undefined) =>
  value(kind, (own, site, field) => {
    const given = decoded(own);
    const other = given === undefined ? undefined : to(given, site, field);
    return other === undefined ? undefined : text(other);
  });
const ofWord = (kind: string, to: (value: string) => string | undefined) => ofString(kind, (own, _, field) => (field?.words ? to(own) : undefined));
const ofNumber = (kind: string, to: (value: string) => string | undefined) =>
  value(kind, (own) => {
    const other = isNumber(own) && own.kind === 'scalar' ? to(own.text) : undefined;
    return other === undefined ? undefined : scalar(other);
  });
const ofBool = (kind: string, to: (value: boolean) => string) => value(kind, (own) => (isBool(own) ? scalar(to(own.kind === 'scalar' && own.text === 'true')) : undefined));
const ofList = (kind: string, to: (items: readonly Tree[], site: Site) => Tree | undefined) => value(kind, (own, site) => (own.kind === 'list' ? to(own.items, site) : undefined));
const ofStruct = (kind: string, to: (entries: readonly TreeEntry[], site: Site) => Tree | undefined) =>
  value(kind, (own, site, field) => (own.kind === 'object' && field?.type.kind === 'struct' ? to(own.entries, site) : undefined));
const ofMap = (kind: string, to: (entries: readonly TreeEntry[], site: Site) => Tree | undefined) =>
  value(kind, (own, site, field) => (own.kind === 'object' && field?.type.kind === 'map' ? to(own.entries, site) : undefined));

const kebab = (key: string) => key.replaceAll(/([a-z\d])([A-Z])/g, '$1-$2');
const look = new Map([['a', '\u0430'], ['e', '\u0435'], ['o', '\u043e'], ['c', '\u0441'], ['p', '\u0440'], ['i', '\u0456']]);
const NEAR: Readonly<Record<string, string>> = { a: 's', e: 'r', i: 'o', o: 'p', n: 'm', t: 'y', s: 'd', r: 't', m: 'n', l: 'k', d: 'f', u: 'i', c: 'v', p: 'o', g: 'h', y: 'u', k: 'l', v: 'b', w: 'e', h: 'j', f: 'g', b: 'n', x: 'c', q: 'w', j: 'k', z: 'x' };
const pairText = ({ key, value: own }: TreeEntry) => `${key}=${decoded(own) ?? toText(own)}`;

export const SLIPS: readonly Slip[] = [
  // keys
  rename('key-kebab', (key) => kebab(key).toLowerCase()),
  rename('key-kebab-title', kebab),
  rename('key-words', (key) => kebab(key).replaceAll('-', ' ')),
  rename('key-dotted-words', (key) => kebab(key).replaceAll('-', '.').toLowerCase()),
  rename('key-screaming', (key) => kebab(key).replaceAll('-', '_').toUpperCase()),
  rename('key-title-snake', (key) => kebab(key).replaceAll('-', '_')),
  rename('key-leading-space', (key) => ` ${key}`),
  rename('key-trailing-space', (key) => `${key} `),
  rename('key-trailing-newline', (key) => `${key}\n`),
  rename('key-tab', (key) => `\t${key}`),
  rename('key-no-break-space', (key) => `${key}\u00a0`),
  rename('key-colon', (key) => `${key}:`),
  rename('key-equals', (key) => `${key}=`),
  rename('key-quoted', (key) => `"${key}"`),
  rename('key-single-quoted', (key) => `'${key}'`),
  rename('key-dash', (key) => `- ${key}`),
  rename('key-flag', (key) => `--${kebab(key).toLowerCase()}`),
  rename('key-dollar', (key) => `$${key}`),
  rename('key-hash', (key) => `#${key}`),
  rename('key-underscored', (key) => `_${key}`),
  rename('key-underscore-behind', (key) => `${key}_`),
  rename('key-dot', (key) => `.${key}`),
  rename('key-x', (key) => `x-${key}`),
  rename('key-question', (key) => `${key}?`),
  rename('key-brackets', (key) => `${key}[]`),
  rename('key-digit', (key) => `${key}1`),
  rename('key-old', (key) => `${key}Old`),
  rename('key-bak', (key) => `${key}.bak`),
  rename('key-disabled', (key) => `//${key}`),
  rename('key-prefixed', (key) => `Docker${key}`),
  rename('key-new', (key) => `New${key}`),
  rename('key-my', (key) => `My${key}`),
  rename('key-is', (key) => `Is${key}`),
  rename('key-list', (key) => `${key}List`),
  rename('key-config', (key) => `${key}Config`),
  rename('key-spec', (key) => `${key}Spec`),
  rename('key-options', (key) => `${key}Options`),
  rename('key-unit', (key) => `${key}Seconds`),
  rename('key-ns', (key) => `${key}Ns`),
  rename('key-singular', (key) => (key.endsWith('s') ? key.slice(0, -1) : undefined)),
  rename('key-doubled', (key) => key + key),
  rename('key-half', (key) => key.slice(0, Math.max(1, Math.floor(key.length / 2)))),
  rename('key-initials', (key) => kebab(key).split('-').map((word) => word[0]).join('')),
  rename('key-last-word', (key) => (kebab(key).includes('-') ? kebab(key).split('-').at(-1) : undefined)),
  rename('key-first-word', (key) => (kebab(key).includes('-') ? kebab(key).split('-')[0] : undefined)),
  rename('key-words-swapped', (key) => (kebab(key).includes('-') ? kebab(key).split('-').reverse().join('') : undefined)),
  rename('key-reversed', (key) => [...key].reverse().join('')),
  rename('key-first-letter', (key) => key.slice(1)),
  rename('key-last-letter', (key) => key.slice(0, -1)),
  rename('key-near-first', (key) => (NEAR[key[0].toLowerCase()] ?? 'x').toUpperCase() + key.slice(1)),
  rename('key-near-middle', (key) => key.slice(0, key.length >> 1) + (NEAR[key[key.length >> 1].toLowerCase()] ?? 'x') + key.slice((key.length >> 1) + 1)),
  rename('key-inserted', (key) => `${key.slice(0, key.length >> 1)}x${key.slice(key.length >> 1)}`),
  rename('key-no-vowels', (key) => key[0] + key.slice(1).replaceAll(/[aeiou]/g, '')),
  rename('key-digit-for-letter', (key) => (/[oe]/.test(key) ? key.replace('o', '0').replace('e', '3') : undefined)),
  rename('key-i-for-l', (key) => (/[lI]/.test(key) ? key.replace(/[lI]/, (char) => (char === 'l' ? 'I' : 'l')) : undefined)),
  rename('key-cyrillic', (key) => ([...key].some((char) => look.has(char)) ? key.replace(/[aeocpi]/, (char) => look.get(char) ?? char) : undefined)),
  rename('key-zero-width', (key) => `${key}\u200b`),
  rename('key-soft-hyphen', (key) => `${key.slice(0, 2)}\u00ad${key.slice(2)}`),
  rename('key-mark', (key) => `\ufeff${key}`),
  rename('key-full-width', (key) => [...key].map((char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)).join('')),
  rename('key-accent', (key) => (key.includes('e') ? key.replace('e', 'é') : undefined)),
  rename('key-decomposed', (key) => (key.includes('e') ? key.replace('e', 'e\u0301') : undefined)),
  rename('key-long-s', (key) => (key.includes('s') ? key.replaceAll('s', '\u017f') : undefined)),
  rename('key-kelvin', (key) => (/k/i.test(key) ? key.replace(/k/i, '\u212a') : undefined)),
  rename('key-dotless-i', (key) => (key.includes('i') ? key.replace('i', '\u0131') : undefined)),
  rename('key-dotted-i', (key) => (/i/i.test(key) ? key.replace(/i/i, '\u0130') : undefined)),
  rename('key-nul', (key) => `${key}\0`),
  rename('key-empty', () => ''),
  rename('key-alternating', (key) => [...key].map((char, i) => (i % 2 ? char.toUpperCase() : char.toLowerCase())).join('')),
  { kind: 'key-path', make: (tree, { path, value: own }) => (path.length > 1 && path.length < 4 && path.every((step) => typeof step === 'string') ? moved(tree, path, [path.join('.')], own) : undefined) },
  { kind: 'key-pointer', make: (tree, { path, value: own }) => (path.length > 1 && path.length < 4 && path.every((step) => typeof step === 'string') ? moved(tree, path, [toPointer(path)], own) : undefined) },
  { kind: 'key-tail', make: (tree, { path, value: own, key }) => (path.length > 1 && key !== undefined && typeof path.at(-2) === 'string' ? { text: toText(replaceAt(tree, path, [entry(`${path.at(-2)}.${key}`, own)])), path: [...path.slice(0, -1), `${path.at(-2)}.${key}`] } : undefined) },
  put('key-escaped', ({ key, value: own }, { key: named, path }) => (named === undefined || fieldAt(SERVICE.root, path.slice(0, -1))?.type.kind === 'map' ? undefined : { key, value: own, keyText: `"\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}"` })),
  rename('key-sibling', (key) => ALL_NAMES[(ALL_NAMES.indexOf(key) + 7) % ALL_NAMES.length]),
  { kind: 'key-neighbour', make: renameToSibling },
  { kind: 'keys-swapped', make: swapValues },
  { kind: 'key-is-value', make: (tree, { path, key, value: own }) => { const given = decoded(own); return key !== undefined && given ? { text: toText(replaceAt(tree, path, [entry(given, text(key))])), path: [...path.slice(0, -1), given] } : undefined; } },

  // levels
  put('level-doubled', ({ key, value: own }, { key: named }) => (named === undefined || own.kind === 'scalar' ? undefined : entry(key, object(entry(key, own))))),
  ofStruct('level-spec', (entries) => object(entry('Spec', object(...entries)))),
  ofStruct('level-value', (entries) => object(entry('Value', object(...entries)))),
  ofStruct('level-list', (entries) => list(object(...entries))),
  ofStruct('level-default', (entries) => object(entry('default', object(...entries)))),
  put('level-flattened', ({ value: own }, { key }, field) => (key !== undefined && own.kind === 'object' && field?.type.kind === 'struct' ? [...own.entries] : undefined)),
  { kind: 'level-first-child', make: (tree, { path, value: own, key }) => (key !== undefined && own.kind === 'object' && own.entries.length > 0 && fieldAt(SERVICE.root, path)?.type.kind === 'struct' ? { text: toText(replaceAt(tree, path, [entry(key, object(...own.entries.slice(1))), own.entries[0]])), path: [...path.slice(0, -1), own.entries[0].key] } : undefined) },
  { kind: 'level-up-two', make: (tree, { path, value: own, key }) => (key !== undefined && path.length >= 3 && path.slice(-3).every((step) => typeof step === 'string') ? moved(tree, path, [...path.slice(0, -3), key], own) : undefined) },
  { kind: 'level-copied-up', make: (tree, { path, value: own, key }) => (key !== undefined && path.length >= 2 && typeof path.at(-2) === 'string' ? { text: toText(updateAt(tree, path.slice(0, -2), (at) => (at.kind === 'object' && !at.entries.some((other) => other.key === key) ? object(...at.entries, entry(key, own)) : at))), path: [...path.slice(0, -2), key] } : undefined) },
  { kind: 'level-into-sibling', make: intoSibling },
  { kind: 'level-template', make: (tree, { path, value: own, key }) => (path[0] === 'TaskTemplate' && path.length === 2 && key !== undefined ? moved(tree, path, [key], own) : undefined) },

  // strings
  ofString('string-leading-space', (own) => ` ${own}`),
  ofString('string-trailing-space', (own) => `${own} `),
  ofString('string-newline', (own) => `${own}\n`),
  ofString('string-tab', (own) => `\t${own}`),
  ofString('string-quoted', (own) => `"${own}"`),
  ofString('string-single-quoted', (own) => `'${own}'`),
  ofString('string-backticks', (own) => `\`${own}\``),
  ofString('string-upper', (own) => own.toUpperCase()),
  ofString('string-lower', (own) => own.toLowerCase()),
  ofString('string-null', () => 'null'),
  ofString('string-none', () => 'none'),
  ofString('string-nil', () => '<nil>'),
  ofString('string-tilde', () => '~'),
  ofString('string-undefined', () => 'undefined'),
  ofString('string-true', () => 'true'),
  ofString('string-number', () => '0'),
  ofString('string-dash', () => '-'),
  ofString('string-dot', () => '.'),
  ofString('string-slash', () => '/'),
  ofString('string-star', () => '*'),
  ofString('string-colon', () => ':'),
  ofString('string-variable', () => '${VALUE}'),
  ofString('string-variable-default', (own) => `\${VALUE:-${own}}`),
  ofString('string-shell', () => '$VALUE'),
  ofString('string-helm', () => '{{ .Values.web.value }}'),
  ofString('string-jinja', () => '{{ value }}'),
  ofString('string-erb', () => '<%= value %>'),
  ofString('string-placeholder', () => '<your-value>'),
  ofString('string-changeme', () => 'CHANGE_ME'),
  ofString('string-percent', () => '%VALUE%'),
  ofString('string-at', (own) => `@${own}`),
  ofString('string-template', () => '{{.Node.Hostname}}'),
  ofString('string-template-slot', (own) => `${own}-{{.Task.Slot}}`),
  ofString('string-template-wrong', () => '{{.Service.Nam}}'),
  ofString('string-template-open', (own) => `${own}{{.Service.Name`),
  ofString('string-comma', (own) => `${own},${own}`),
  ofString('string-semicolon', (own) => `${own};`),
  ofString('string-doubled', (own) => own + own),
  ofString('string-long', (own) => own + 'x'.repeat(300)),
  ofString('string-very-long', (own) => own + 'y'.repeat(5000)),
  ofString('string-nul', (own) => `${own}\0`),
  ofString('string-control', (own) => `${own}\u0007`),
  ofString('string-zero-width', (own) => `${own}\u200b`),
  ofString('string-no-break', (own) => `${own}\u00a0`),
  ofString('string-umlaut', (own) => `${own}ä`),
  ofString('string-emoji', (own) => `${own}\u{1f680}`),
  ofString('string-cyrillic', (own) => (/[aeocp]/.test(own) ? own.replace(/[aeocp]/, (char) => look.get(char) ?? char) : undefined)),
  ofString('string-smart-quotes', (own) => `\u201c${own}\u201d`),
  ofString('string-en-dash', (own) => (own.includes('-') ? own.replaceAll('-', '\u2013') : undefined)),
  ofString('string-backslash', (own) => own.replaceAll('/', '\\') + (own.includes('/') ? '' : '\\')),
  ofString('string-windows', () => 'C:\\data\\app'),
  ofString('string-url', () => 'https://example.com/path?x=1'),
  ofString('string-file-url', () => 'file:///etc/app'),
  ofString('string-home', () => '~/app'),
  ofString('string-relative', () => './app'),
  ofString('string-parent', () => '../app'),
  ofString('string-trailing-slash', (own) => `${own}/`),
  ofString('string-address', () => '10.0.0.1:80'),
  ofString('string-date', () => '2024-01-01T00:00:00Z'),
  ofString('string-hex', () => '0x1F'),
  ofString('string-json', () => '{"a":1}'),
  ofString('string-key-value', () => 'a=b'),
  ofString('string-yaml', () => 'a: b'),
  ofString('string-base64', (own) => Buffer.from(own).toString('base64')),
  ofString('string-truncated', (own) => own.slice(0, Math.max(1, own.length >> 1))),
  ofString('string-dashes', (own) => (own.includes('-') ? own.replaceAll('-', '_') : undefined)),
  ofString('string-underscores', (own) => (own.includes('_') ? own.replaceAll('_', '-') : undefined)),
  ofString('string-spaces', (own) => (/[-_]/.test(own) ? own.replaceAll(/[-_]/g, ' ') : undefined)),
  value('string-as-number', (own) => (decoded(own) === undefined ? undefined : scalar('42'))),
  value('string-as-bool', (own) => (decoded(own) === undefined ? undefined : scalar('true'))),
  value('string-as-list', (own) => (decoded(own) === undefined ? undefined : list(own))),
  value('string-as-empty-list', (own) => (decoded(own) === undefined ? undefined : list())),
  value('string-as-object', (own) => (decoded(own) === undefined ? undefined : object(entry('Name', own)))),
  value('string-as-empty-object', (own) => (decoded(own) === undefined ? undefined : object())),
  value('string-as-words', (own) => { const given = decoded(own); return given?.includes(' ') ? list(...given.split(' ').map(text)) : undefined; }),

  // words of enums
  ofWord('word-plural', (own) => `${own}s`),
  ofWord('word-dashless', (own) => own.replaceAll(/[-_]/g, '')),
  ofWord('word-kebab', (own) => own.replaceAll('_', '-')),
  ofWord('word-camel', (own) => own.replaceAll(/[-_](.)/g, (_, char: string) => char.toUpperCase())),
  ofWord('word-pascal', (own) => own.replaceAll(/(?:^|[-_])(.)/g, (_, char: string) => char.toUpperCase())),
  ofWord('word-typo-drop', (own) => own.slice(0, 1) + own.slice(2)),
  ofWord('word-typo-swap', (own) => (own.length > 2 ? own.slice(0, -2) + own.at(-1) + own.at(-2) : undefined)),
  ofWord('word-typo-double', (own) => own + own.at(-1)),
  ofWord('word-prefix', (own) => own.slice(0, 3)),
  ofWord('word-dot', (own) => `${own}.`),
  ofWord('word-negated', (own) => `!${own}`),
  ofWord('word-default', () => 'default'),
  ofWord('word-auto', () => 'auto'),
  ofWord('word-yes', () => 'yes'),
  ofWord('word-false', () => 'false'),
  ofWord('word-number', () => '1'),

  // numbers
  ofNumber('number-hex', (own) => `0x${Number(own).toString(16)}`),
  ofNumber('number-octal-c', (own) => `0${own}`),
  ofNumber('number-octal', (own) => `0o${own}`),
  ofNumber('number-binary', () => '0b101'),
  ofNumber('number-underscore', (own) => `${own}_000`),
  ofNumber('number-thousands', (own) => `${own},000`),
  ofNumber('number-space', (own) => `${own} 000`),
  ofNumber('number-suffix', (own) => `${own}s`),
  ofNumber('number-long', (own) => `${own}L`),
  ofNumber('number-bigint', (own) => `${own}n`),
  ofNumber('number-plus', (own) => `+${own}`),
  ofNumber('number-double-minus', (own) => `--${own}`),
  ofNumber('number-minus-space', (own) => `- ${own}`),
  ofNumber('number-dot', (own) => `${own}.`),
  ofNumber('number-leading-dot', () => '.5'),
  ofNumber('number-two-dots', () => '1.2.3'),
  ofNumber('number-exponent-upper', () => '1E3'),
  ofNumber('number-exponent-plus', () => '1e+3'),
  ofNumber('number-exponent-empty', () => '1e'),
  ofNumber('number-exponent-zero', (own) => `${own}e0`),
  ofNumber('number-exponent-minus', () => '1e-3'),
  ofNumber('number-huge-exponent', () => '1e400'),
  ofNumber('number-nan', () => 'NaN'),
  ofNumber('number-infinity', () => 'Infinity'),
  ofNumber('number-minus-infinity', () => '-Infinity'),
  ofNumber('number-whole-fraction', (own) => `${own}.0`),
  ofNumber('number-fraction-long', () => '0.30000000000000004'),
  ofNumber('number-minus-one', () => '-1'),
  ofNumber('number-minus-two', () => '-2'),
  ofNumber('number-one', () => '1'),
  ofNumber('number-percent', () => '50'),
  ofNumber('number-2-31', () => '2147483647'),
  ofNumber('number-2-31-over', () => '2147483648'),
  ofNumber('number-2-32', () => '4294967295'),
  ofNumber('number-2-32-over', () => '4294967296'),
  ofNumber('number-2-53-over', () => '9007199254740993'),
  ofNumber('number-2-63', () => '9223372036854775807'),
  ofNumber('number-2-63-over', () => '9223372036854775808'),
  ofNumber('number-minus-2-63', () => '-9223372036854775808'),
  ofNumber('number-2-64', () => '18446744073709551615'),
  ofNumber('number-40-digits', () => '1'.repeat(40)),
  ofNumber('number-negated', (own) => (own.startsWith('-') ? undefined : `-${own}`)),
  ofNumber('number-thousandth', (own) => (own.length > 4 ? own.slice(0, -3) : undefined)),
  ofNumber('number-millionth', (own) => (own.length > 7 ? own.slice(0, -6) : undefined)),
  ofNumber('number-in-seconds', (own) => (own.length > 9 ? own.slice(0, -9) : undefined)),
  ...['"%"', '" %"', '"%s"', '"%ms"', '"%MB"', '"%m"', '"%%"', '"0x%"', '"%.0"', '"%_000"', '"%,000"', '"1e3"', '"+%"', '"-%"', '""', '"null"', '"unlimited"', '"max"', '"-1"', '"NaN"', '"${N}"', '"{{.Task.Slot}}"', '[%]', '[]', '{}', '{"Value":%}', '{"$numberLong":"%"}', 'null', 'true', '[[%]]'].map((form, i) =>
    ofNumber(`number-as-${i}`, (own) => (form === '"%%"' ? `"${own}%"` : form.replaceAll('%', own))),
  ),

  // booleans
  ...['"true"', '"True"', '"yes"', '"on"', '"1"', '""', '1', '0', 'null', '[true]', '[]', '{}', '"false"', '"enabled"', 'True', 'yes', 'TRUE', '{"Value":true}', '1.0', '"null"'].map((form, i) => ofBool(`bool-as-${i}`, () => form)),
  ofBool('bool-negated', (own) => String(!own)),

  // lists
  ofList('list-single', (items) => items[0]),
  ofList('list-joined', (items) => (items.every((item) => decoded(item) !== undefined) ? text(items.map(decoded).join(',')) : undefined)),
  ofList('list-lines', (items) => (items.every((item) => decoded(item) !== undefined) ? text(items.map(decoded).join('\n')) : undefined)),
  ofList('list-json', (items) => text(toText(list(...items)))),
  ofList('list-nested', (items) => list(list(...items))),
  ofList('list-items-nested', (items) => list(...items.map((item) => list(item)))),
  ofList('list-map', (items) => (items.every((item) => decoded(item)?.includes('=')) ? object(...items.map((item) => entry((decoded(item) ?? '').split('=')[0], text((decoded(item) ?? '').split('=').slice(1).join('='))))) : undefined)),
  ofList('list-wrapped', (items) => object(entry('Items', list(...items)))),
  ofList('list-named', (items) => object(...items.map((item, i) => entry(`item${i}`, item)))),
  ofList('list-number', () => scalar('1')),
  ofList('list-true', () => scalar('true')),
  ofList('list-false', () => scalar('false')),
  ofList('list-empty-string', () => text('')),
  ofList('list-empty-object', () => object()),
  ofList('list-null', () => scalar('null')),
  ofList('list-null-item', (items) => list(...items, scalar('null'))),
  ofList('list-null-first', (items) => list(scalar('null'), ...items)),
  ofList('list-null-only', () => list(scalar('null'))),
  ofList('list-empty-item', (items) => list(...items, text(''))),
  ofList('list-empty-object-item', (items) => list(...items, object())),
  ofList('list-empty-list-item', (items) => list(...items, list())),
  ofList('list-number-item', (items) => list(...items, scalar('1'))),
  ofList('list-bool-item', (items) => list(...items, scalar('true'))),
  ofList('list-string-item', (items) => list(...items, text('x'))),
  ofList('list-short-port', (items, { path }) => (path.at(-1) === 'Ports' ? list(...items, text('8080:80')) : undefined)),
  ofList('list-short-mount', (items, { path }) => (path.at(-1) === 'Mounts' ? list(...items, text('data:/data:ro')) : undefined)),
  ofList('list-short-network', (_, { path }) => (path.at(-1) === 'Networks' ? list(text('frontend')) : undefined)),
  ofList('list-short-secret', (_, { path }) => (path.at(-1) === 'Secrets' ? list(text('db_password')) : undefined)),
  ofList('list-duplicate', (items) => (items.length > 0 ? list(...items, items[items.length - 1]) : undefined)),
  ofList('list-tripled', (items) => list(...items, ...items, ...items)),
  ofList('list-reversed', (items) => (items.length > 1 ? list(...[...items].reverse()) : undefined)),
  ofList('list-strings-as-objects', (items) => (items.every((item) => decoded(item) !== undefined) ? list(...items.map((item) => object(entry('Name', item)))) : undefined)),
  ofList('list-strings-as-pairs', (items) => (items.every((item) => decoded(item) !== undefined) ? list(...items.map((item) => object(entry('name', text((decoded(item) ?? '').split('=')[0])), entry('value', text((decoded(item) ?? '').split('=')[1] ?? ''))))) : undefined)),
  ofList('list-objects-as-strings', (items) => (items.some((item) => item.kind === 'object') ? list(...items.map((item) => text(toText(item)))) : undefined)),
  ofList('list-keyed', (items) => (items.every((item) => item.kind === 'object') ? object(...items.map((item, i) => entry(item.kind === 'object' ? (decoded(item.entries.find(({ value: own }) => decoded(own))?.value ?? scalar('0')) ?? String(i)) : '', item))) : undefined)),

  // maps
  ofMap('map-pairs', (entries) => list(...entries.map((own) => text(pairText(own))))),
  ofMap('map-objects', (entries) => list(...entries.map(({ key, value: own }) => object(entry('Key', text(key)), entry('Value', own))))),
  ofMap('map-list-of-maps', (entries) => list(...entries.map((own) => object(own)))),
  ofMap('map-in-list', (entries) => list(object(...entries))),
  ofMap('map-string', (entries) => text(entries.map(pairText).join(','))),
  ofMap('map-json', (entries) => text(toText(object(...entries)))),
  ofMap('map-null', () => scalar('null')),
  ofMap('map-empty-list', () => list()),
  ofMap('map-empty-string', () => text('')),
  ofMap('map-true', () => scalar('true')),
  ofMap('map-number', () => scalar('1')),
  ofMap('map-null-value', (entries) => object(...entries, entry('extra', scalar('null')))),
  ofMap('map-number-value', (entries) => object(...entries, entry('extra', scalar('1')))),
  ofMap('map-fraction-value', (entries) => object(...entries, entry('extra', scalar('1.5')))),
  ofMap('map-bool-value', (entries) => object(...entries, entry('extra', scalar('true')))),
  ofMap('map-list-value', (entries) => object(...entries, entry('extra', list(text('a'))))),
  ofMap('map-object-value', (entries) => object(...entries, entry('extra', object(entry('a', text('b')))))),
  ofMap('map-empty-object-value', (entries) => object(...entries, entry('extra', object()))),
  ofMap('map-empty-key', (entries) => object(...entries, entry('', text('x')))),
  ofMap('map-space-key', (entries) => object(...entries, entry('a b', text('x')))),
  ofMap('map-long-value', (entries) => object(...entries, entry('long', text('z'.repeat(10_000))))),
  ofMap('map-case-twins', (entries) => (entries.length > 0 ? object(...entries, entry(entries[0].key.toUpperCase() === entries[0].key ? entries[0].key.toLowerCase() : entries[0].key.toUpperCase(), text('x'))) : undefined)),
  ofMap('map-duplicate', (entries) => (entries.length > 0 ? object(...entries, entry(entries[0].key, text('other'))) : undefined)),
  ofMap('map-swapped', (entries) => (entries.every(({ value: own }) => decoded(own) !== undefined) && entries.length > 0 ? object(...entries.map(({ key, value: own }) => entry(decoded(own) ?? '', text(key)))) : undefined)),
  ofMap('map-unicode-key', (entries) => object(...entries, entry('ключ', text('x')))),
  ofMap('map-proto', (entries) => object(...entries, entry('__proto__', text('x')))),

  // objects
  ofStruct('struct-json', (entries) => text(toText(object(...entries)))),
  ofStruct('struct-pairs', (entries) => list(...entries.map((own) => object(own)))),
  ofStruct('struct-key-value', (entries) => list(...entries.map(({ key, value: own }) => object(entry('Name', text(key)), entry('Value', own))))),
  ofStruct('struct-null', () => scalar('null')),
  ofStruct('struct-true', () => scalar('true')),
  ofStruct('struct-false', () => scalar('false')),
  ofStruct('struct-zero', () => scalar('0')),
  ofStruct('struct-empty-string', () => text('')),
  ofStruct('struct-empty-list', () => list()),
  ofStruct('struct-list-null', () => list(scalar('null'))),
  ofStruct('struct-empty', () => object()),
  ofStruct('struct-empty-key', (entries) => object(...entries, entry('', text('x')))),
  ofStruct('struct-proto', (entries) => object(...entries, entry('__proto__', object(entry('a', scalar('1')))))),
  ofStruct('struct-ref', () => object(entry('$ref', text('#/definitions/x')))),
  ofStruct('struct-all-null', (entries) => object(...entries.map(({ key }) => entry(key, scalar('null'))))),
  ofStruct('struct-schema', (entries) => object(entry('type', text('object')), entry('properties', object(...entries)))),
  ofStruct('struct-extra-nested', (entries) => object(...entries, entry('Extra', object(entry('Deep', list(object(entry('Image', text('a'))))))))),
  ofStruct('struct-comment', (entries) => object(entry('_comment', text('a note')), ...entries)),
  ofStruct('struct-merge', (entries) => object(entry('<<', object(...entries.slice(0, 1))), ...entries.slice(1))),
  ofStruct('struct-first-twice', (entries) => (entries.length > 0 ? object(...entries, entries[0]) : undefined)),
  ofStruct('struct-first-twice-null', (entries) => (entries.length > 0 ? object(...entries, entry(entries[0].key, scalar('null'))) : undefined)),
  ofStruct('struct-first-twice-wrong', (entries) => (entries.length > 0 ? object(entry(entries[0].key, list(list())), ...entries) : undefined)),
  ofStruct('struct-first-twice-empty', (entries) => (entries.length > 0 ? object(entry(entries[0].key, entries[0].value.kind === 'object' ? object() : entries[0].value.kind === 'list' ? list() : entries[0].value), ...entries) : undefined)),
  ofStruct('struct-whole-spec', () => fromValue({ Name: 'x', TaskTemplate: { ContainerSpec: { Image: 'a:1' } } })),

  // leaving out
  put('left-out', () => []),
  put('left-null', ({ key }) => entry(key, scalar('null'))),
];

const ALL_NAMES = [...new Set(allFields(SERVICE.root).map(({ name }) => name).filter((name) => /^[A-Za-z]/.test(name)))];

function moved(tree: Tree, from: Path, to: Path, own: Tree): Mutant {
  const without = replaceAt(tree, from, []);
  const key = String(to.at(-1));
  return { text: toText(updateAt(without, to.slice(0, -1), (at) => (at.kind === 'object' && !at.entries.some((other) => other.key === key) ? object(...at.entries, entry(key, own)) : at))), path: to };
}

/** The key of another field of the same object that is not there. */
function renameToSibling(tree: Tree, { path, key, value: own, parent }: Site): Mutant | undefined {
  const holder = path.length === 1 ? SERVICE.root : fieldAt(SERVICE.root, path.slice(0, -1))?.type;
  if (key === undefined || holder?.kind !== 'struct' || parent.kind !== 'object') return undefined;
  const free = Object.keys(holder.fields).filter((name) => name !== key && !parent.entries.some((other) => other.key === name));
  if (free.length === 0) return undefined;
  const to = free[key.length % free.length];
  return { text: toText(replaceAt(tree, path, [entry(to, own)])), path: [...path.slice(0, -1), to] };
}

/** The values of two members of one object, each under the key of the other. */
function swapValues(tree: Tree, { path, key, value: own, parent }: Site): Mutant | undefined {
  if (key === undefined || parent.kind !== 'object') return undefined;
  const at = parent.entries.findIndex((other) => other.key === key);
  const other = parent.entries[at + 1];
  if (!other || toText(other.value) === toText(own)) return undefined;
  const first = replaceAt(tree, path, [entry(key, other.value)]);
  return { text: toText(replaceAt(first, [...path.slice(0, -1), other.key], [entry(other.key, own)])), path };
}

/** A member moved into an object that stands beside it. */
function intoSibling(tree: Tree, { path, key, value: own, parent }: Site): Mutant | undefined {
  if (key === undefined || parent.kind !== 'object') return undefined;
  const beside = parent.entries.find((other) => other.key !== key && other.value.kind === 'object');
  return beside && moved(tree, path, [...path.slice(0, -1), beside.key, key], own);
}

/** A slip of the text itself. It may do anything to the document, so that no place is told. */
export interface TextSlip {
  readonly kind: string;
  /** `at` is a number between 0 and 1 that says where; the same in every run. */
  make(source: string, at: number): string | undefined;
}

const anywhere = (kind: string, change: (source: string, offset: number) => string): TextSlip => ({ kind, make: (source, at) => change(source, Math.floor(at * source.length)) });
/** Changes the match of a pattern that stands nearest behind a place. */
const near = (kind: string, pattern: RegExp, by: string | ((match: string) => string)): TextSlip => ({
  kind,
  make(source, at) {
    const found = [...source.matchAll(pattern)];
    if (found.length === 0) return undefined;
    const { 0: match, index } = found[Math.floor(at * found.length)];
    return source.slice(0, index) + (typeof by === 'string' ? by : by(match)) + source.slice(index + match.length);
  },
});
const whole = (kind: string, change: (source: string) => string): TextSlip => ({ kind, make: change });
const pretty = (source: string, indent: string | number = 2) => JSON.stringify(JSON.parse(source), null, indent);
const insert = (source: string, offset: number, by: string) => source.slice(0, offset) + by + source.slice(offset);

export const TEXT_SLIPS: readonly TextSlip[] = [
  anywhere('text-cut-off', (source, at) => source.slice(0, at)),
  anywhere('text-cut-off-start', (source, at) => source.slice(at)),
  anywhere('text-char-lost', (source, at) => source.slice(0, at) + source.slice(at + 1)),
  anywhere('text-char-doubled', (source, at) => insert(source, at, source.charAt(at))),
  anywhere('text-chars-swapped', (source, at) => source.slice(0, at) + source.charAt(at + 1) + source.charAt(at) + source.slice(at + 2)),
  anywhere('text-bit-flipped', (source, at) => source.slice(0, at) + String.fromCharCode(source.charCodeAt(at) ^ 0x20) + source.slice(at + 1)),
  ...['x', '"', "'", ',', ':', '{', '}', '[', ']', '\\', '/', '#', '\n', '\r', '\t', ' ', '\u00a0', '\u2028', '\ufeff', '\0', '\u0007', '\ud83d\ude80', '-', '1', '.', '+', 'e', '//', '/**/', '<!-- -->', '...', '---', '\v', '\f', '\\u0041', '\\x41', '\\u12', "\\'", '\\ud800', '&', '*', '`', '$', ';', '%', '=>', '{}', '[]', 'null'].map((char, i) =>
    anywhere(`text-inserted-${i}`, (source, at) => insert(source, at, char)),
  ),
  near('text-no-comma', /,/g, ''),
  near('text-two-commas', /,/g, ',,'),
  near('text-semicolon', /,/g, ';'),
  near('text-newline-comma', /,/g, '\n'),
  near('text-no-colon', /":/g, '"'),
  near('text-equals', /":/g, '"='),
  near('text-arrow', /":/g, '"=>'),
  near('text-two-colons', /":/g, '"::'),
  near('text-comma-for-colon', /":/g, '",'),
  near('text-value-lost', /":("[^"]*"|\d+|true|false)/g, '":'),
  near('text-quote-lost', /"/g, ''),
  near('text-quote-doubled', /"/g, '""'),
  near('text-smart-quotes', /"[^"]*"/g, (match) => `\u201c${match.slice(1, -1)}\u201d`),
  near('text-backticks', /"[^"]*"/g, (match) => `\`${match.slice(1, -1)}\``),
  near('text-key-unquoted', /"[A-Za-z]+":/g, (match) => match.replaceAll('"', '')),
  near('text-key-single', /"[A-Za-z]+":/g, (match) => match.replaceAll('"', "'")),
  near('text-key-number', /"[A-Za-z]+":/g, '1:'),
  near('text-key-null', /"[A-Za-z]+":/g, 'null:'),
  near('text-key-brackets', /"[A-Za-z]+":/g, (match) => `[${match.slice(0, -1)}]:`),
  near('text-string-unquoted', /:"[^"]*"/g, (match) => match.replaceAll('"', '')),
  near('text-string-single', /:"[^"]*"/g, (match) => match.replaceAll('"', "'")),
  near('text-string-newline', /:"[^"]{4,}"/g, (match) => insert(match, 4, '\n')),
  near('text-string-continued', /:"[^"]{4,}"/g, (match) => insert(match, 4, '\\\n')),
  near('text-string-tab', /:"[^"]{4,}"/g, (match) => insert(match, 4, '\t')),
  near('text-string-plus', /:"[^"]{4,}"/g, (match) => insert(match, 4, '" + "')),
  near('text-string-adjacent', /:"[^"]{4,}"/g, (match) => insert(match, 4, '" "')),
  near('text-string-triple', /:"[^"]*"/g, (match) => `:""${match.slice(1)}""`),
  near('text-string-raw', /:"[^"]*"/g, (match) => `:r${match.slice(1)}`),
  near('text-string-escaped', /:"[A-Za-z][^"\\]*"/g, (match) => `:"\\u00${match.charCodeAt(2).toString(16)}${match.slice(3)}`),
  near('text-string-slash-escaped', /:"[^"]*\/[^"]*"/g, (match) => match.replace('/', '\\/')),
  near('text-list-holes', /\[/g, '[,'),
  near('text-list-spread', /\[/g, '[...x,'),
  near('text-brace-for-bracket', /\[/g, '{'),
  near('text-bracket-for-brace', /\{/g, '['),
  near('text-parens', /\{/g, '('),
  near('text-close-lost', /[}\]]/g, ''),
  near('text-close-doubled', /[}\]]/g, (match) => match + match),
  near('text-close-swapped', /[}\]]/g, (match) => (match === '}' ? ']' : '}')),
  near('text-open-lost', /[{[]/g, ''),
  near('text-open-doubled', /[{[]/g, (match) => match + match),
  near('text-comma-behind-open', /[{[]/g, (match) => `${match},`),
  near('text-comma-before-close', /[}\]]/g, (match) => `,${match}`),
  near('text-comment-line', /,/g, ', // note\n'),
  near('text-comment-hash', /,/g, ', # note\n'),
  near('text-comment-block', /[{[]/g, (match) => `${match}/* note */`),
  near('text-comment-xml', /,/g, ', <!-- note -->'),
  near('text-literal-undefined', /:(true|false|\d+|"[^"]*")/g, ':undefined'),
  near('text-literal-none', /:(true|false|\d+|"[^"]*")/g, ':None'),
  near('text-literal-null-upper', /:(true|false|\d+|"[^"]*")/g, ':NULL'),
  near('text-literal-nil', /:(true|false|\d+|"[^"]*")/g, ':nil'),
  near('text-literal-call', /:(true|false|\d+|"[^"]*")/g, ':f(1)'),
  near('text-literal-variable', /:(true|false|\d+|"[^"]*")/g, ':${VALUE}'),
  near('text-literal-helm', /:(true|false|\d+|"[^"]*")/g, ':{{ .Values.x }}'),
  near('text-literal-regex', /:(true|false|\d+|"[^"]*")/g, ':/x/'),
  near('text-literal-date', /:(true|false|\d+|"[^"]*")/g, ':2024-01-01'),
  near('text-literal-version', /:(true|false|\d+|"[^"]*")/g, ':1.2.3'),
  near('text-literal-dash', /:(true|false|\d+|"[^"]*")/g, ':-'),
  near('text-literal-truncated', /:(true|false)/g, ':tru'),
  near('text-yaml-list', /\[/g, '- '),
  near('text-anchor', /:\{/g, ':&a {'),
  near('text-tag', /:"/g, ':!!str "'),
  whole('text-single-quotes', (source) => source.replaceAll('"', "'")),
  whole('text-keys-unquoted', (source) => source.replaceAll(/"([A-Za-z]+)":/g, '$1:')),
  whole('text-doubly-encoded', (source) => JSON.stringify(source)),
  whole('text-escaped-quotes', (source) => source.replaceAll('"', '\\"')),
  whole('text-fenced', (source) => `\`\`\`json\n${source}\n\`\`\``),
  whole('text-assigned', (source) => `const spec = ${source};`),
  whole('text-exported', (source) => `module.exports = ${source}`),
  whole('text-parenthesised', (source) => `(${source})`),
  whole('text-semicolon-behind', (source) => `${source};`),
  whole('text-comma-behind', (source) => `${source},`),
  whole('text-dot-behind', (source) => `${source}.`),
  whole('text-newlines-behind', (source) => `${source}\n\n\n`),
  whole('text-brace-behind', (source) => `${source}}`),
  whole('text-bracket-behind', (source) => `${source}]`),
  whole('text-braces-behind', (source) => `${source}\n}\n}\n`),
  whole('text-brace-and-text-behind', (source) => `${source}} and so on`),
  whole('text-null-behind', (source) => `${source} null`),
  whole('text-string-behind', (source) => `${source} "end"`),
  whole('text-object-behind', (source) => `${source} {}`),
  whole('text-comment-behind', (source) => `${source} // end`),
  whole('text-hash-behind', (source) => `${source}\n# end`),
  whole('text-nul-behind', (source) => `${source}\0`),
  whole('text-marker-behind', (source) => `${source}\n...`),
  whole('text-brace-before', (source) => `{${source}`),
  whole('text-close-before', (source) => `}${source}`),
  whole('text-comma-before', (source) => `,${source}`),
  whole('text-comment-before', (source) => `// note\n${source}`),
  whole('text-hash-before', (source) => `# note\n${source}`),
  whole('text-marker-before', (source) => `---\n${source}`),
  whole('text-prefix', (source) => `)]}',\n${source}`),
  whole('text-mark-before', (source) => `\ufeff${source}`),
  whole('text-mark-inside', (source) => source.replace('{', '{\ufeff')),
  whole('text-no-break-spaces', (source) => source.replaceAll(',', ',\u00a0')),
  whole('text-em-spaces', (source) => source.replaceAll(':', ':\u2003')),
  whole('text-line-separators', (source) => source.replaceAll(',', ',\u2028')),
  whole('text-form-feeds', (source) => source.replaceAll(',', ',\f')),
  whole('text-vertical-tabs', (source) => source.replaceAll(',', ',\v')),
  whole('text-carriage-returns', (source) => pretty(source).replaceAll('\n', '\r')),
  whole('text-windows-lines', (source) => pretty(source).replaceAll('\n', '\r\n')),
  whole('text-tabs', (source) => pretty(source, '\t')),
  whole('text-wide', (source) => pretty(source, 10)),
  whole('text-spaces-around', (source) => `\n\n  ${source}  \n`),
  whole('text-in-list', (source) => `[${source}]`),
  whole('text-in-spec', (source) => `{"Spec":${source}}`),
  whole('text-in-service', (source) => `{"service":${source}}`),
  whole('text-in-services', (source) => `{"services":{"web":${source}}}`),
  whole('text-in-data', (source) => `{"apiVersion":"v1","kind":"Service","spec":${source}}`),
  whole('text-in-inspect', (source) => `[{"ID":"x","Version":{"Index":1},"CreatedAt":"2024-01-01T00:00:00Z","Spec":${source}}]`),
  whole('text-with-inspect', (source) => `{"ID":"x","Version":{"Index":1},"Endpoint":{"Spec":{}},${source.slice(1)}`),
  whole('text-with-previous', (source) => `{"PreviousSpec":${source},${source.slice(1)}`),
  whole('text-lines', (source) => `${source}\n${source}`),
  whole('text-flow-yaml', (source) => source.replaceAll(/"([A-Za-z]+)":/g, '$1: ')),
  whole('text-query', (source) => encodeURIComponent(source)),
  whole('text-base64', (source) => Buffer.from(source).toString('base64')),
  whole('text-entities', (source) => source.replaceAll('"', '&quot;')),
  whole('text-hash-rocket', (source) => source.replaceAll('":', '" => ')),
  whole('text-python', (source) => source.replaceAll('"', "'").replaceAll('true', 'True').replaceAll('false', 'False')),
  whole('text-empty', () => ''),
  whole('text-space', () => ' \n'),
  whole('text-empty-object', () => '{}'),
  whole('text-all-null', (source) => source.replaceAll(/:("[^"]*"|\d+|true|false)/g, ':null')),
  whole('text-all-lower', (source) => source.toLowerCase()),
  whole('text-all-upper', (source) => source.toUpperCase()),
  whole('text-all-kebab', (source) => source.replaceAll(/"([A-Za-z]+)":/g, (_, key: string) => `"${kebab(key).toLowerCase()}":`)),
  whole('text-all-snake', (source) => source.replaceAll(/"([A-Za-z]+)":/g, (_, key: string) => `"${kebab(key).replaceAll('-', '_').toLowerCase()}":`)),
];
