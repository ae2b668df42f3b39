import { type CancellationToken, type ClientCapabilities, type Connection, ErrorCodes, LSPErrorCodes, type Position, type Range, ResponseError, type TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type PlacedDocument, readFile, type SpecFile } from '../document/document';
import { configTarget } from '../config/fields';
import { syntaxOf } from '../features/specFiles';
import type { Target } from '../target';
import { Checks } from './checks';
import { EngineLink } from './engineLink';
import { checkAll } from './handlers/diagnostics';
import { openNames } from './handlers/engine';
import type { OpenFiles, World } from './openFiles';
import type { Platform } from './platform';
import type { Encoding } from './positions';
import type { Settings } from './settings';
import { Slices } from './slices';
import { type KnownFile, Workspace } from './workspace';

/** A place in an open file, as most requests ask about one. */
export interface Spot {
  readonly text: TextDocument;
  readonly file: SpecFile;
  readonly placed: PlacedDocument;
  /** Offset inside the document. */
  readonly offset: number;
  readonly target: Target;
}

/** Work on a file that changes again and again while it is under way is given up after so many beginnings. */
const MOST_BEGINNINGS = 4;

/** One client and what is known of it: what every handler needs. */
export class Session {
  /** Empty until `initialize`. */
  client: ClientCapabilities = {};

  /** Requests are answered while the server is `running`: after `initialize` and before `shutdown`. */
  state: 'new' | 'running' | 'stopped' = 'new';

  /** What a character of a position counts for this client. */
  encoding: Encoding = 'utf-16';

  readonly workspace = new Workspace(this);
  readonly slices = new Slices();
  readonly checks = new Checks(this);

  private readonly beingRead = new Map<string, Promise<void>>();

  /** What to do when the client is ready, and when it leaves. A connection keeps one listener for each, so handlers add theirs here. */
  readonly onStart: (() => unknown)[] = [];
  readonly onStop: (() => unknown)[] = [];
  /** What to do when the settings have changed; it is given those from before. */
  readonly onSettings: ((before: Settings) => unknown)[] = [];
  readonly link: EngineLink;

  constructor(
    readonly connection: Connection,
    readonly version: string,
    readonly platform: Platform,
    readonly texts: TextDocuments<TextDocument>,
    readonly open: OpenFiles,
    readonly world: World,
  ) {
    this.link = new EngineLink(this, () => openNames(this), () => checkAll(this));
  }

  /** Whether the client asks for diagnostics instead of waiting for them. */
  get pulls(): boolean {
    return this.client.textDocument?.diagnostic !== undefined;
  }

  /** The open file of a request; undefined where it is not open or not ours. */
  fileOf({ textDocument }: { readonly textDocument: { readonly uri: string } }): KnownFile | undefined {
    const text = this.texts.get(textDocument.uri);
    const file = text && this.open.file(text);
    return text && file ? { text, file } : undefined;
  }

  /** An open file, whatever it holds. */
  anyFileOf(uri: string): KnownFile | undefined {
    const text = this.texts.get(uri);
    return text && { text, file: this.open.file(text) ?? readFile(text.getText(), syntaxOf(text.uri, text.getText())) };
  }

  /** The document and the offset of a request; undefined where its file is not open or not ours. */
  spotOf(params: { readonly textDocument: { readonly uri: string }; readonly position: Position }): Spot | undefined {
    const found = this.fileOf(params);
    if (!found) return undefined;
    const { text, file } = found;
    const { placed, offset } = this.open.documentAt(file, text.offsetAt(params.position));
    return { text, file, placed, offset, target: this.open.target(text.uri, placed) };
  }

  /** The same in a config file, where fewer requests mean anything. */
  configSpotOf({ textDocument, position }: { readonly textDocument: { readonly uri: string }; readonly position: Position }): Spot | undefined {
    const text = this.texts.get(textDocument.uri);
    const config = text && this.open.configIn(text);
    if (!config) return undefined;
    const [placed] = config.file.documents;
    return { text, file: config.file, placed, offset: text.offsetAt(position) - placed.offset, target: configTarget() };
  }

  /**
   * Answers a request with a feature; a bug in one is logged, answers `empty`, and the server lives. A request that comes
   * too early or too late is refused, as the protocol has it.
   */
  guard<P, R>(name: string, empty: R, handler: (params: P, token?: CancellationToken) => R | Promise<R>): (params: P, token?: CancellationToken) => R | Promise<R> | ResponseError<any> {
    return (params, token) => {
      if (this.state !== 'running') return this.refusal();
      try {
        const reading = this.reading((params as { readonly textDocument?: { readonly uri?: string } } | undefined)?.textDocument?.uri);
        const answer = reading ? reading.then(() => handler(params, token)) : handler(params, token);
        if (!(answer instanceof Promise)) return answer;
        return answer.catch((error: unknown) => {
          this.logged(name)(error);
          return empty;
        });
      } catch (error) {
        this.logged(name)(error);
        return empty;
      }
    };
  }

  /**
   * The same for what takes long in a large file: work that yields where it may be interrupted, as after each document.
   * What is typed meanwhile makes it begin again with the new text, unless it is about a place in the old one.
   */
  patient<P extends { readonly textDocument: { readonly uri: string }; readonly range?: Range; readonly position?: Position }, R>(name: string, empty: R, work: (found: KnownFile, params: P) => Generator<void, R>) {
    const answer = async (params: P, token?: CancellationToken): Promise<R | ResponseError<never>> => {
      for (let beginnings = 1; ; beginnings++) {
        const found = this.fileOf(params);
        if (!found) return empty;
        const before = found.text.getText();
        const isUnchanged = () => this.texts.get(found.text.uri) === found.text && found.text.getText() === before;
        const result = await this.slices.do(work(found, params), () => !token?.isCancellationRequested && isUnchanged());
        if (result !== undefined) return result;
        if (token?.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Taken back.');
        if (params.range || params.position || beginnings === MOST_BEGINNINGS) return new ResponseError(LSPErrorCodes.ContentModified, 'The file has changed.');
      }
    };
    return this.guard(name, empty as R | ResponseError<never>, answer) as (params: P, token?: CancellationToken) => R | ResponseError<any> | Promise<R | ResponseError<any>>;
  }

  /** A long file that was just opened is read in slices, once for all that ask about it. Undefined where nothing has to be waited for. */
  reading(uri: string | undefined): Promise<void> | undefined {
    const text = uri === undefined ? undefined : this.texts.get(uri);
    if (!text || !this.open.isUnread(text)) return undefined;
    const { uri: own } = text;
    let reading = this.beingRead.get(own);
    if (!reading) {
      const read = this.slices.do(this.open.reading(text), () => this.texts.get(own) === text);
      reading = read.then(() => undefined).finally(() => this.beingRead.delete(own));
      this.beingRead.set(own, reading);
    }
    return reading;
  }

  /** Why nothing is answered now. */
  refusal(): ResponseError<any> {
    if (this.state === 'new') return new ResponseError(ErrorCodes.ServerNotInitialized, 'The first request is `initialize`.');
    return new ResponseError(ErrorCodes.InvalidRequest, 'The server has been shut down; only `exit` may follow.');
  }

  logged(what: string): (error: unknown) => void {
    return (error) => this.connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}
