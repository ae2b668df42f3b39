import { stringify } from 'yaml';
import { jsonCorpus } from './corpus';

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x7fff_ffff;
  };
}

export type Random = () => number;

export function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.min(from.length - 1, Math.floor(random() * from.length))];
}

/** Pieces of text that mean something to YAML or JSON, or to nobody. */
const PIECES = [
  '\n', '\n\n', ' ', '  ', ':', ': ', '- ', '#', ' #', '"', "'", '{', '}', '[', ']', ',', '|', '|-', '|+', '>', '&a ', '*a', '!!str ', '? ', '\t', '\r\n', '\r', '---', '...', '\n---\n', '<<: ',
  '0x1F', '1e3', '.inf', '~', 'null', '\\', '\\n', '\\u00e9', '%', '@', '`', 'é', '\ud800', '\u00a0', '\ufeff', '\u0000', 'a', 'Name', '-', '--', '0o7', '+5', '.5', '5.', 'true', '__proto__: 1', '/*', '//',
];

/** One slip of the hand, of the kind that happens while typing, or worse. */
export function slip(text: string, random: Random): string {
  const at = Math.floor(random() * (text.length + 1));
  const kind = random();
  if (kind < 0.5) return text.slice(0, at) + pick(PIECES, random) + text.slice(at);
  if (kind < 0.7) return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 3));
  if (kind < 0.8) {
    const lines = text.split('\n');
    const line = Math.floor(random() * lines.length);
    lines[line] = pick(['', ' ', '  ', '    '], random) + lines[line].trimStart();
    return lines.join('\n');
  }
  const from = Math.floor(random() * (text.length + 1));
  return text.slice(0, at) + text.slice(from, from + Math.floor(random() * 20)) + text.slice(at);
}

/** Forms that specs seldom have, all in one document. */
const ODD = `---
# a comment
a:
  - b: c
    d: |
      text

        more
    # x
  - {e: f, "g": [h, "i", {j: k}], "l":m}
  -
    n: o
p: "q\\n\\"r"

s:
- t
- - u
  - v
  -
- w: 'x''y'
z: |-
  one
  two

aa: |+
  three

bb: 0444
cc: 1.50
dd: ~
ee: [
  ff,
  gg # no
  ]
hh:
`;

/** YAML documents as people write them: the recorded specs in several styles, and odd forms. */
export function yamlDocuments(every: number): string[] {
  const random = seeded(every);
  const documents = [ODD, ODD.replace(' # no', ''), ODD.replaceAll('\n', '\r\n')];
  for (const recorded of jsonCorpus().filter((_, i) => i % every === 0)) {
    const text = stringify(JSON.parse(recorded.text), { indent: pick([2, 4], random), indentSeq: random() < 0.5, lineWidth: 0, singleQuote: random() < 0.5, collectionStyle: random() < 0.1 ? 'flow' : 'any' });
    documents.push(random() < 0.1 ? text.replaceAll('\n', '\r\n') : random() < 0.2 ? text.replaceAll(/(\n)(?=\S)/g, '$1# a comment\n\n') : text);
  }
  return documents;
}
