import type { Field } from '../../facts/types';
import { readAloud } from '../../facts/units';
import { isOlder } from '../../facts/versions';
import { describe } from '../describe';
import { type Completion, itemAt, type Place } from './completion';
import { SnippetWriter, Stop } from './draft';
import { grammarOf } from './grammars';
import { typedIn } from './keys';
import { plainInYaml, quoted } from './quoting';
import { numberLabel, numbersTyped } from './units';

/** A text that could stand here: pieces of text, and stops in it. */
export interface Suggestion {
  readonly label: string;
  readonly parts: readonly (string | Stop)[];
  /** What typed text is matched with, where that is not the text itself. */
  readonly filter?: string;
  readonly detail?: string;
  readonly doc: string;
  /** Comes first with the lowest. */
  readonly rank?: number;
  readonly kind?: Completion['kind'];
}

/** What a scalar can be: fixed words, numbers in words, values of the little languages inside of texts, examples. */
export function valueItems(field: Field, place: Place): Completion[] {
  const { type, words, unit } = field;
  const { scene, cursor, path } = place;
  const { api } = scene.target;
  const below = place.documentPath.slice(cursor.path.length);
  const name = String(path.findLast((step) => typeof step === 'string') ?? '');
  const items: Completion[] = [];
  const count = () => String(items.length).padStart(3, '0');
  const literal = (text: string, label: string, filter: string, rank: number, detail: string | undefined, documentation: () => string) => {
    if (items.some((item) => item.label === label)) return;
    items.push(itemAt(place, text, { label, kind: 'value', filter: cursor.quote + filter, order: `${rank}${count()}`, detail, documentation }));
  };
  const text = ({ label, parts, filter: typed, detail, doc, rank = 3, kind = 'value' }: Suggestion) => {
    if (items.some((item) => item.label === label)) return;
    const { body, whole } = written(parts, place);
    items.push(itemAt(place, body, { label, kind, filter: cursor.quote + (typed ?? whole), order: `${rank}${count()}`, detail, documentation: () => doc }));
  };

  if (type.kind !== 'scalar') return items;
  if (words) {
    for (const [word, { doc, refused, since }] of Object.entries(words.words)) {
      if (refused === undefined && word !== '' && !(since && isOlder(api, since)) && scene.trial.takesValue(word, below)) text({ label: word, parts: [word], detail: word === words.empty ? 'default' : undefined, doc, rank: 1, kind: 'word' });
    }
  }
  if (type.name === 'bool') for (const word of ['true', 'false']) literal(word, word, word, 1, undefined, () => field.doc);
  const isText = type.name === 'string' || type.name === 'ip-address' || type.name === 'bytes';
  if (!isText && type.name !== 'bool') {
    const typed = typedIn(cursor, scene.document.text);
    for (const { number, label, filter } of numbersTyped(typed, field)) if (scene.trial.takesValue(BigInt(number), below)) literal(number, label, filter, 1, readAloud(BigInt(number), unit), () => describe(name, field, api, BigInt(number)));
    for (const example of field.examples ?? []) {
      if (typeof example !== 'number') continue;
      const label = numberLabel(example, unit);
      literal(String(example), label, label.replace(' → ', ' '), 3, readAloud(example, unit), () => describe(name, field, api, example));
    }
  }
  if (!isText) return items;
  const grammar = grammarOf(place, name);
  for (const suggestion of grammar?.suggestions ?? []) text(suggestion);
  if (grammar?.complete) return items;
  for (const suggestion of field.suggestions ?? []) text({ label: suggestion, parts: [suggestion], doc: field.doc, rank: 4 });
  for (const example of field.examples ?? []) if (typeof example === 'string') text({ label: example, parts: [example], detail: 'example', doc: field.doc, rank: 5, kind: 'value' });
  return items;
}

/** Several items of a list at once, where the list has none yet: `CMD` is nothing without a command. */
export function wholeListItems({ examples = [], doc }: Field, item: Place): Completion[] {
  const lists = examples.filter((example): example is readonly string[] => Array.isArray(example) && example.length > 1);
  const { cursor, scene, writing } = item;
  if (lists.length === 0 || item.path.at(-1) !== 0 || scene.trial.textsAround().length > 0) return [];
  const { text } = scene.document;
  const head = text.slice(text.lastIndexOf('\n', cursor.replace.start - 1) + 1, cursor.replace.start);
  // below the dash that is there, or the one that is written
  const dash = writing.style === 'block' && cursor.lead === '' && item.before === '' ? ' '.repeat(Math.max(0, head.lastIndexOf('-'))) : writing.indent.slice(2);
  const typed = typedIn(cursor, text);
  return lists.filter(([first]) => first.startsWith(typed)).map((list, i) => {
    const written = new SnippetWriter().items(list.map((word, k) => (k === 0 && /^[A-Z-]+$/.test(word) ? word : new Stop(word))), { ...writing, indent: writing.style === 'block' ? dash : writing.indent });
    const body = writing.style === 'block' ? written.replace(/^- /, '') : written;
    return itemAt(item, body, { label: list.join(' '), kind: 'value', order: `2${String(i).padStart(3, '0')}`, detail: 'example', filter: cursor.quote + list.join(' '), documentation: () => doc });
  });
}

/** A text in the quotes that it has already, or in those that it needs here. */
function written(parts: Suggestion['parts'], { cursor, writing }: Place): { readonly body: string; readonly whole: string } {
  const value = (part: string | Stop) => (part instanceof Stop ? String(part.value) : part);
  const whole = parts.map(value).join('');
  const quote = cursor.quote !== '' ? cursor.quote : writing.style !== 'json' && plainInYaml(whole, writing.style === 'flow') ? '' : '"';
  const inQuotes = (text: string) => (quote === '' ? text : quoted(text, quote).slice(1, -1));
  const writer = new SnippetWriter();
  const body = parts.map((part) => (part instanceof Stop ? writer.stop(inQuotes(value(part)), part.choices?.map((choice) => inQuotes(String(choice)))) : inQuotes(part).replaceAll(/[\\$]/g, '\\$&'))).join('');
  return { body: `${quote}${body}${quote}`, whole };
}
