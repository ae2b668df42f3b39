import { setTimeout as sleep } from 'node:timers/promises';
import { JSON_SERVER, OURS, positionOf, type Server, type Session, start, YAML } from './client';
import { type BenchDocument, benchDocuments } from './documents';
import { median, ms, p95, table, verdict } from './measure';
import { named } from './peers';

const FRAME_MS = 16;
const WARM_UP = 3;
const ROUNDS = 12;

/** The place that somebody types at, as requests ask about it. */
interface At {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
  readonly lines: number;
}

interface Feature {
  readonly name: string;
  readonly method: string;
  readonly params: (at: At) => object;
  /** What is typed before each question: a letter in a value, or what has to be laid out anew. */
  readonly edit?: 'letter' | 'spaces';
  /** All but the outermost lines are indented too deep. */
  readonly astray?: true;
}

const line = ({ position }: At) => ({ start: { line: position.line, character: 0 }, end: { line: position.line, character: position.character } });
const whole = ({ lines }: At) => ({ start: { line: 0, character: 0 }, end: { line: lines, character: 0 } });
const FORMAT = { options: { tabSize: 2, insertSpaces: true } };

const FEATURES: readonly Feature[] = [
  { name: 'completion', method: 'completion', params: ({ position }) => ({ position, context: { triggerKind: 1 } }) },
  { name: 'hover', method: 'hover', params: ({ position }) => ({ position }) },
  { name: 'outline', method: 'documentSymbol', params: () => ({}) },
  { name: 'folding', method: 'foldingRange', params: () => ({}) },
  { name: 'selection', method: 'selectionRange', params: ({ position }) => ({ positions: [position] }) },
  { name: 'links', method: 'documentLink', params: () => ({}) },
  { name: 'lenses', method: 'codeLens', params: () => ({}) },
  { name: 'hints, whole file', method: 'inlayHint', params: (at) => ({ range: whole(at) }) },
  { name: 'code actions', method: 'codeAction', params: (at) => ({ range: line(at), context: { diagnostics: [] } }) },
  { name: 'definition', method: 'definition', params: ({ position }) => ({ position }) },
  { name: 'references', method: 'references', params: ({ position }) => ({ position, context: { includeDeclaration: true } }) },
  { name: 'highlights', method: 'documentHighlight', params: ({ position }) => ({ position }) },
  { name: 'formatting', method: 'formatting', params: () => FORMAT },
  { name: 'formatting, one line astray', method: 'formatting', params: () => FORMAT, edit: 'spaces' },
  { name: 'formatting, all astray', method: 'formatting', params: () => FORMAT, astray: true },
  { name: 'formatting of a line astray', method: 'rangeFormatting', params: (at) => ({ range: line(at), ...FORMAT }), edit: 'spaces' },
  { name: 'formatting of a line, all astray', method: 'rangeFormatting', params: (at) => ({ range: line(at), ...FORMAT }), astray: true },
];

/** Lenses are shown only where an engine may be asked; this one never answers. */
const OURS_ASKING: Server = { ...OURS, settings: { contactEngine: true, host: 'unix:///nonexistent/docker.sock' } };

interface Asked {
  /** From the request to its answer. */
  readonly answeredMs: readonly number[];
  /** The longest turn of the event loop, with the first request after the file was opened, and later. */
  readonly firstMs: number;
  readonly blockedMs: readonly number[];
  /** From a hover that is sent right behind the request to its answer. */
  readonly behindMs: readonly number[];
}

/** Types and asks, over and over, in one document of one server. */
async function ask(server: Server, document: BenchDocument, feature: Feature, rounds: number, warmUp = WARM_UP): Promise<Asked> {
  const session = await start(server, { probed: true });
  try {
    const uri = `file:///bench/spec.service.${document.syntax}`;
    let { text, at } = feature.astray ? astray(document) : { text: document.text, at: document.typeAt };
    const first = server.pulls ? undefined : session.diagnostics(uri);
    session.open(uri, server.languageId(document.syntax), text);
    await (first ?? session.diagnostics(uri));
    await sleep(server.name === YAML.name ? 1000 : 300);
    if (feature.edit === 'spaces') at = startOfValue(document, text, at);
    const typed = feature.edit === 'spaces' ? ' ' : 'x';
    const asked = { answeredMs: [] as number[], blockedMs: [] as number[], behindMs: [] as number[] };
    let firstMs = Number.NaN;
    for (let round = -warmUp; round < rounds; round++) {
      await session.watch();
      session.type(uri, positionOf(text, at), typed);
      text = text.slice(0, at) + typed + text.slice(at);
      at += 1;
      const place: At = { textDocument: { uri }, position: positionOf(text, at), lines: text.split('\n').length };
      const sent = performance.now();
      const behind = () => performance.now() - sent;
      const answer = session.request(`textDocument/${feature.method}`, { textDocument: { uri }, ...feature.params(place) }).then(behind, behind);
      const hover = session.request('textDocument/hover', { textDocument: { uri }, position: place.position }).then(behind, behind);
      const [answeredMs, behindMs] = await Promise.all([answer, hover]);
      const { longestMs } = await session.watched();
      if (round === -warmUp) firstMs = longestMs;
      if (round >= 0) {
        asked.answeredMs.push(answeredMs);
        asked.behindMs.push(behindMs);
        asked.blockedMs.push(longestMs);
      }
      // the check of what was typed belongs to typing
      if (server.name === OURS.name) await sleep(40);
    }
    return { ...asked, firstMs };
  } finally {
    await session.stop();
  }
}

/** The document with all but its outermost lines indented too deep. */
function astray({ text, typeAt }: BenchDocument): { readonly text: string; readonly at: number } {
  const deeper = (part: string) => part.replaceAll(/^ +/gm, '$&  ');
  return { text: deeper(text), at: deeper(text.slice(0, typeAt)).length };
}

/** Where white space before the value at a place means nothing. */
function startOfValue({ syntax }: BenchDocument, text: string, at: number): number {
  const start = text.lastIndexOf('\n', at) + 1;
  return syntax === 'json' ? start : text.indexOf('- ', start) + 1;
}

export async function features(): Promise<string> {
  const parts: string[] = [];
  for (const document of benchDocuments()) {
    const isJson = document.syntax === 'json';
    const peer = isJson ? JSON_SERVER : YAML;
    const many = document.text.length > 100_000 && !isJson;
    const rows: string[][] = [];
    for (const feature of FEATURES) {
      const ours = await ask(OURS_ASKING, document, feature, ROUNDS);
      const other = (await hasFeature(peer, feature)) ? await (many ? ask(peer, document, feature, 2, 1) : ask(peer, document, feature, ROUNDS)) : undefined;
      const kept = p95(ours.blockedMs) < FRAME_MS && ours.firstMs < FRAME_MS;
      rows.push([
        feature.name, ms(median(ours.answeredMs)), ms(median(ours.behindMs)), ms(median(ours.blockedMs)), ms(p95(ours.blockedMs)), ms(ours.firstMs),
        other ? ms(median(other.answeredMs)) : 'has none', other ? ms(median(other.blockedMs)) : '', verdict(kept),
      ]);
      console.log(document.name, ...rows[rows.length - 1]);
    }
    parts.push(`### ${document.name[0].toUpperCase()}${document.name.slice(1)}\n\n${table(['', 'answered', 'hover behind it', 'blocked, median', 'p95', 'first time', 'peer: answered', 'blocked', 'promise'], rows)}`);
  }
  return `## Features

What each feature costs right after a key, ${ROUNDS} rounds: how long its answer takes, and that to a hover sent right behind it (medians), and for how long the server took no message at all meanwhile: the longest turn of its event loop, measured inside the server, the time aside
that other programs had the processor. *First time* is the first request after the file was opened. Promised: never longer than a frame, ${FRAME_MS} ms. Peers: ${named('yaml-language-server')} for YAML, ${named('vscode-langservers-extracted')} for JSON, where they have the feature. A key is a letter in a value; *astray*: a space
that does not belong there, or a file whose lines are indented too deep.

${parts.join('\n')}`;
}

const announced = new Map<Server, Promise<Record<string, unknown>>>();

async function hasFeature(server: Server, { method }: Feature): Promise<boolean> {
  let capabilities = announced.get(server);
  if (!capabilities) {
    capabilities = start(server).then(async (session: Session) => {
      await session.stop();
      return session.capabilities;
    });
    announced.set(server, capabilities);
  }
  const { [method === 'formatting' || method === 'rangeFormatting' ? `document${method[0].toUpperCase()}${method.slice(1)}Provider` : `${method}Provider`]: provider } = await capabilities;
  return provider !== undefined && provider !== false;
}
