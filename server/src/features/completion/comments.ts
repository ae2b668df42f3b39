import { type SpecDocument, spotAt } from '../../document/document';
import { SERVICE } from '../../facts/kinds';
import { allFields } from '../../facts/lookup';
import { API_VERSIONS, DEFAULT_API } from '../../facts/versions';
import { RULES } from '../../rules/all';
import { FACT_RULES } from '../../schema/factRules';
import type { Completion } from './completion';
import { escapeText, SnippetWriter } from './draft';

interface Word {
  readonly label: string;
  readonly snippet: string;
  readonly detail?: string;
  readonly doc: string;
}

/** A modeline stands in the comments before everything else. */
const COMMENTS_ONLY = /^(?:[ \t\r]*(?:(?:#|---|%).*)?\n)*$/;
const MODELINE = /^\s*#\s*swarmspec:(.*\s)?(\S*)$/;
const IGNORE = /(?:^|\s)#[ \t]*swarmspec-ignore(?:-document)?[ \t](.*[\s,])?([^\s,]*)$/;

const BEGINNING = /(?:^|\s)#[ \t]*(s[a-z-]*)$/;

/** What can be written in a comment of a YAML document that speaks to us: its first word, what the document is checked against, and the rules that are silenced. */
export function commentItems(document: SpecDocument, offset: number): Completion[] {
  const { text, syntax } = document;
  if (syntax === 'json') return [];
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const head = text.slice(lineStart, offset);
  const modeline = MODELINE.exec(head);
  if (modeline && COMMENTS_ONLY.test(text.slice(0, lineStart))) {
    const [, before, typed] = modeline;
    return itemsFor(modelineWords(before ?? '', typed), typed, before === undefined ? ' ' : '', text, offset);
  }
  const ignore = IGNORE.exec(head);
  const beginning = BEGINNING.exec(head)?.[1];
  // one that stands in a text is no comment
  if ((!ignore && beginning === undefined) || spotAt(document, lineStart + head.lastIndexOf('#'))) return [];
  if (beginning !== undefined) return itemsFor(beginnings(COMMENTS_ONLY.test(text.slice(0, lineStart)) && /^\s*#/.test(head)).filter(({ label }) => label.startsWith(beginning)), beginning, '', text, offset);
  if (!ignore) return [];
  const [, before = '', typed] = ignore;
  const named = before.split(/[\s,]+/);
  // what follows is the reason
  if ([...named, typed].includes('--')) return [];
  return itemsFor(silenced().filter(({ label }) => !named.includes(label)), typed, '', text, offset);
}

function itemsFor(words: readonly Word[], typed: string, lead: string, text: string, offset: number): Completion[] {
  const end = offset + (/^[^\s,]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0);
  return words.map(({ label, snippet, detail, doc }, i) => ({
    label, kind: 'word', snippet: lead + snippet, replace: { start: offset - typed.length, end }, edits: [], detail, order: `1${String(i).padStart(3, '0')}`, deprecated: false, filter: label, documentation: () => doc,
  }));
}

function modelineWords(before: string, typed: string): readonly Word[] {
  const [, name, value] = /^(\w+)(=)/.exec(typed) ?? [];
  if (value === undefined) return modelineNames().filter(({ label }) => !new RegExp(`(?:^|\\s)${label}`).test(before));
  switch (name) {
    case 'api':
      return API_VERSIONS.map(({ version, engine }) => asWord(`api=${version}`, `since engine ${engine}`, `Check against version ${version} of the API.`)).reverse();
    case 'engine':
      return [...new Set(API_VERSIONS.map(({ engine }) => Number.parseInt(engine, 10)))].map((generation) => asWord(`engine=${generation}`, undefined, `What engines of generation ${generation} do.`)).reverse();
    case 'as':
      return [asWord('as=partial', undefined, 'A spec with parts left out.'), ...allFields(SERVICE.root).flatMap(({ path, field: { type, doc, neverStored } }) => (type.kind !== 'scalar' && neverStored === undefined ? [asWord(`as=${path}`, type.kind === 'struct' ? type.name : type.kind, doc)] : []))];
    default:
      return [];
  }
}

/** The first words of comments that speak to us; a modeline stands at the top only. */
function beginnings(atTop: boolean): readonly Word[] {
  return [
    ...(atTop ? [{ label: 'swarmspec:', snippet: `swarmspec: api=${new SnippetWriter().stop(DEFAULT_API)}`, doc: 'What the document is checked against: `api=`, `engine=` or `as=`. It also makes a file of any name a spec.' }] : []),
    { label: 'swarmspec-ignore', snippet: 'swarmspec-ignore ', doc: 'Silences rules at the end of this line, or on the line below a comment of its own: `# swarmspec-ignore rule-id -- reason`.' },
    { label: 'swarmspec-ignore-document', snippet: 'swarmspec-ignore-document ', doc: 'Silences rules in the whole document: `# swarmspec-ignore-document rule-id -- reason`.' },
  ];
}

function modelineNames(): readonly Word[] {
  const word = (name: string, value: string, doc: string): Word => ({ label: `${name}=`, snippet: `${name}=${new SnippetWriter().stop(value)}`, doc });
  return [
    word('api', DEFAULT_API, 'Version of the API that the document is checked against.'),
    word('engine', '28', 'Generation of the engine whose behaviour counts.'),
    word('as', 'TaskTemplate.ContainerSpec', 'Where a fragment belongs in a spec, with dots; `partial` for a spec with parts left out.'),
  ];
}

/** The rules that a comment can silence, by name. */
function silenced(): Word[] {
  return [...FACT_RULES, ...RULES].map(({ id, summary, why }) => asWord(id, summary, why)).sort((a, b) => a.label.localeCompare(b.label));
}

function asWord(label: string, detail: string | undefined, doc: string): Word {
  return { label, snippet: escapeText(label), detail, doc };
}
