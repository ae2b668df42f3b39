import type { Random } from './random';

/** What hurts parsers, and what specs are made of. */
const PIECES = [
  '{', '}', '[', ']', ':', ': ', ',', '"', "'", '- ', '\n', '\r\n', '\r', '  ', '\t', '#', '# swarmspec: api=1.44\n', '# swarmspec-ignore unknown-field\n', '---\n', '...\n', '&a ', '*a', '<<: *a', '|\n', '>-\n', '!!int ', '!t ', '%YAML 1.2\n', '? ',
  'Name', 'TaskTemplate', 'ContainerSpec', 'Image', 'Env', 'Labels', 'Mode', 'Replicated', 'null', '~', 'true', '1e9', '1e999', '-0', '0x', '0444', '1.0', '18446744073709551616', '9007199254740993', '{{.Service.Name}}', '{{', '}}', '{{range', 'node.role==manager',
  '\u0000', '\ud800', '\udc00', '\ufeff', '\ufffd', '\u2028', '\u200b', '😀', 'ſ', '\u212a', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '\\u0000', '\\ud83d', '\\',
];

/** Bytes of any kind, decoded as a file would be. */
export function randomBytes(random: Random): string {
  const bytes = Buffer.alloc(random.below(400));
  for (let i = 0; i < bytes.length; i++) bytes[i] = random.below(256);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Pieces in any order. */
export function randomPieces(random: Random): string {
  let text = '';
  for (let left = random.below(60); left > 0; left--) text += random.pick(PIECES);
  return text;
}

/** A document with a few slips in it: something put in, taken out, doubled, swapped, cut short, or crossed with another document. */
export function mutated(random: Random, texts: readonly string[]): string {
  let text = random.pick(texts);
  for (let left = 1 + random.below(6); left > 0; left--) {
    const at = random.below(text.length + 1);
    const to = Math.min(text.length, at + random.below(30));
    switch (random.below(7)) {
      case 0:
        text = text.slice(0, at) + random.pick(PIECES) + text.slice(at);
        break;
      case 1:
        text = text.slice(0, at) + text.slice(to);
        break;
      case 2:
        text = text.slice(0, to) + text.slice(at);
        break;
      case 3:
        text = text.slice(0, at) + String.fromCharCode(random.below(0x10000)) + text.slice(at + 1);
        break;
      case 4:
        text = text.slice(0, at);
        break;
      case 5: {
        const other = random.pick(texts);
        text = text.slice(0, at) + other.slice(random.below(other.length));
        break;
      }
      default: {
        const lines = text.split('\n');
        const line = random.below(lines.length);
        lines[line] = ' '.repeat(random.below(5)) + lines[line].trimStart();
        text = lines.join('\n');
      }
    }
    if (text.length > 20_000) text = text.slice(0, 20_000);
  }
  return text;
}
