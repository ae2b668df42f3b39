import { NumberText, type SpecValue } from '../document/value';
import type { ApiVersion, Field } from '../facts/types';
import { readAloud, typeName } from '../facts/units';
import { isOlder } from '../facts/versions';

/** Everything there is to say about a field, as Markdown; the one wording for hover and completion. */
export function describe(name: string, field: Field, api: ApiVersion, value?: SpecValue): string {
  const lines = [`**${name}**: ${typeName(field)}${field.required ? ', required' : ''}`];
  const aloud = sayValue(value, field);
  if (aloud) lines.push(aloud);
  if (field.deprecated && !isOlder(api, field.deprecated.since)) {
    lines.push(`⚠️ **Deprecated since API v${field.deprecated.since}.** Use \`${field.deprecated.use}\`. ${field.deprecated.note}`);
  }
  if (field.neverStored) lines.push(`⚠️ **The engine accepts this and throws it away.** ${field.neverStored}`);
  if (field.erasedBelow && isOlder(api, field.erasedBelow)) lines.push(`⚠️ **Needs API v${field.erasedBelow}**; at v${api} the engine drops it without a word.`);
  lines.push(field.doc);
  const facts: string[] = [];
  if (field.range && field.range.min !== undefined) facts.push(`At least ${say(field.range.min, field)}${field.range.orZero ? ', or 0' : ''}.`);
  if (field.range && field.range.max !== undefined) facts.push(`At most ${say(field.range.max, field)}.`);
  if (field.zero) facts.push(`0 means: ${field.zero}.`);
  if (field.default) facts.push(`Left out: ${field.default}.`);
  if (facts.length > 0) lines.push(facts.join(' '));
  if (field.words) lines.push(Object.entries(field.words.words).map(([word, { doc, refused }]) => `- \`${word || '""'}\`: ${refused ?? doc}`).join('\n'));
  if (field.engines) lines.push(field.engines);
  if (field.source !== 'swarmspec') lines.push(`*Since API v${field.since}${field.describedAs ? `; the API description spells it \`${field.describedAs}\`` : ''}.*`);
  return lines.join('\n\n');
}

/** What this number or word means: `10000000000` → 10 s. */
export function sayValue(value: SpecValue | undefined, field: Field): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof NumberText) {
    const number = value instanceof NumberText ? value.value : value;
    if (typeof number === 'number' && !Number.isInteger(number)) return undefined;
    const words = (number === 0 || number === 0n) && field.zero ? field.zero : readAloud(number, field.unit);
    return words === undefined ? undefined : `\`${value instanceof NumberText ? value.text : value}\` → ${words}`;
  }
  if (typeof value === 'string' && field.words && Object.hasOwn(field.words.words, value)) return `\`${value}\`: ${field.words.words[value].doc}`;
  return undefined;
}

function say(bound: number | bigint, { unit }: Field): string {
  const words = readAloud(bound, unit);
  return words === undefined || bound === 0 ? String(bound) : `${words} (\`${bound}\`)`;
}
