import type { Span } from '../path';
import type { Syntax } from './document';

/** What a file says about itself: `# swarmspec: api=1.44` in YAML, a `$schema` of ours in JSON or YAML. */
export interface Modeline {
  /** The API version asked for, as written; whether it exists is for the caller to say. */
  readonly api?: string;
  /** The engine generation asked for: `28`, `29`. */
  readonly engine?: string;
  /** Where the fragment belongs in a spec, with dots; `partial` for a spec with parts left out. */
  readonly as?: string;
  /** Where what it says stands: the word, or the reference of a `$schema`. */
  readonly spans: Readonly<Partial<Record<'api' | 'engine' | 'as', Span>>>;
  /** Words that are not understood, with their places. */
  readonly unknown: readonly { readonly word: string; readonly span: Span }[];
  /** Whether there is a modeline or `$schema` of ours at all: then the file is a spec, whatever its name. */
  readonly present: boolean;
}

/** File names of the generated schemas, at the end of a `$schema` reference. */
const SCHEMA_NAME = /service-spec(?:\.v(1\.\d+))?\.json$/;

/** A `$schema` that stands before everything else, comments aside. */
const SCHEMA_MEMBER = /^[\s{]*(?:(?:#|---)[^\n]*\n\s*)*["']?\$schema["']?\s*:\s*["']?([^"'\s,]+)/;

/** Whether a `$schema` value names one of our schemas. */
export function isOurSchema(reference: unknown): boolean {
  return typeof reference === 'string' && SCHEMA_NAME.test(reference);
}

/** A modeline stands within so many characters. */
const WITHIN = 4096;

const NONE: Modeline = { spans: {}, unknown: [], present: false };

export function readModeline(text: string, syntax: Syntax): Modeline {
  const head = text.slice(0, WITHIN);
  const schema = head.includes('$schema') ? SCHEMA_MEMBER.exec(head) : null;
  if (!schema && (syntax === 'json' || !/(?:swarmspec|yaml-language-server):/.test(head))) return NONE;
  const unknown: { word: string; span: Span }[] = [];
  const said: { api?: string; engine?: string; as?: string } = {};
  const spans: { api?: Span; engine?: Span; as?: Span } = {};
  let present = false;
  const say = (name: keyof typeof said, value: string, start: number, length: number) => {
    said[name] = value;
    spans[name] = { start, end: start + length };
  };
  const named = schema && SCHEMA_NAME.exec(schema[1]);
  if (named) {
    present = true;
    if (named[1] !== undefined) say('api', named[1], schema.index + schema[0].length - schema[1].length, schema[1].length);
  }
  if (syntax === 'yaml') {
    let start = 0;
    for (const line of head.split('\n')) {
      if (!/^\s*(#.*|---.*|%.*)?\r?$/.test(line)) break;
      const modeline = /^\s*#\s*swarmspec:(.*)$/.exec(line);
      const server = /^\s*#\s*yaml-language-server:\s*\$schema=\S*service-spec(?:\.v(1\.\d+))?\.json/.exec(line);
      if (server) {
        present = true;
        if (server[1] !== undefined && said.api === undefined) say('api', server[1], start + server[0].indexOf('$schema='), server[0].length - server[0].indexOf('$schema='));
      }
      if (modeline) {
        present = true;
        const base = start + line.length - modeline[1].length;
        for (const word of modeline[1].matchAll(/\S+/g)) {
          const [name, value] = word[0].split('=');
          const at = base + word.index;
          if (value && (name === 'api' || name === 'engine' || name === 'as')) say(name, name === 'api' ? value.replace(/^v/, '') : value, at, word[0].length);
          else unknown.push({ word: word[0], span: { start: at, end: at + word[0].length } });
        }
      }
      start += line.length + 1;
    }
  }
  return { ...said, spans, unknown, present };
}
