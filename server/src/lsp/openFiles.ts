import type { Diagnostic } from 'vscode-languageserver';
import { type Config, isConfigFile, readConfig, type ReadConfig } from '../config/config';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type PlacedDocument, readFile, readingFile, type SpecFile, type Syntax } from '../document/document';
import { matchesGlob } from '../features/glob';
import { hasSpecName, isSpecFile, LANGUAGES, syntaxOf } from '../features/specFiles';
import { targetsIn } from '../features/target';
import type { SwarmNames } from '../features/swarmNames';
import { validate, type ValidateOptions } from '../features/validate';
import type { Finding } from '../finding';
import type { Target } from '../target';
import { type RuleLink, toDiagnostic } from './convert';
import { diagnosticsOf } from './diagnostics';
import type { Configs } from './platform';
import { MENTION, PLAN_SCHEME } from './protocol';
import type { Settings } from './settings';

/** A file with a longer text is read in several turns. */
const LARGE = 30_000;

/** What the server knows besides the open files. */
export interface World {
  settings: Settings;
  /** Highest API version and release of the engine, once it has answered. */
  engine?: { readonly api: string; readonly version: string };
  /** What the connected swarm has, as far as that is known right now. */
  swarm?: () => SwarmNames | undefined;
}

/** The open files, each read once per version. */
export class OpenFiles {
  private readonly read = new Map<string, { readonly version: number; readonly file: SpecFile }>();

  constructor(
    private readonly world: World,
    private readonly configs: Configs,
    /** Where findings link to. */
    readonly linkTo: RuleLink,
  ) {}

  /** The file behind an open document; undefined if it is not ours. */
  file(text: TextDocument): SpecFile | undefined {
    if (!this.mayBeOurs(text)) return undefined;
    const before = this.read.get(text.uri);
    let file = before?.file;
    // a client may give one version twice, so the text decides
    if (!file || before?.version !== text.version || file.text !== text.getText()) {
      file = readFile(text.getText(), syntaxIn(text), before?.file);
      this.read.set(text.uri, { version: text.version, file });
    }
    return isSpecFile(text.uri, file, { ownLanguage: text.languageId in LANGUAGES, globbed: this.isGlobbed(text) }) ? file : undefined;
  }

  /** Whether a file is long and was never read: then that takes several turns, and later versions are read as changes of this one. */
  isUnread(text: TextDocument): boolean {
    return !this.read.has(text.uri) && text.getText().length > LARGE && this.mayBeOurs(text);
  }

  /** Reads a file for the first time, with a pause now and then. */
  *reading(text: TextDocument): Generator<void, void> {
    const { version } = text;
    const file = yield* readingFile(text.getText(), syntaxIn(text));
    if (!this.read.has(text.uri)) this.read.set(text.uri, { version, file });
  }

  private mayBeOurs(text: TextDocument): boolean {
    if (text.uri.startsWith(`${PLAN_SCHEME}:`) || isConfigFile(text.uri)) return false;
    // editors send files of other kinds too, which may be large
    return text.languageId in LANGUAGES || hasSpecName(text.uri) || this.isGlobbed(text) || MENTION.test(text.getText());
  }

  private isGlobbed({ uri }: TextDocument): boolean {
    return this.world.settings.files.some((glob) => matchesGlob(decodeURIComponent(uri), glob)) || this.configured(uri);
  }

  forget(uri: string): void {
    this.read.delete(uri);
  }

  /** The config file in an open document; undefined if it is none. */
  configIn(text: TextDocument): ReadConfig | undefined {
    return isConfigFile(text.uri) ? readConfig(text.getText(), syntaxIn(text)) : undefined;
  }

  /** What is wrong in a config file. */
  configDiagnostics(text: TextDocument): Diagnostic[] | undefined {
    return this.configIn(text)?.findings.map((finding) => toDiagnostic(finding, text, this.linkTo));
  }

  findings(text: TextDocument): Finding[] {
    const file = this.file(text);
    return file ? validate(file, this.connected(text.uri)) : [];
  }

  /** The diagnostics of a file, with a pause after each document. */
  *diagnosing(text: TextDocument): Generator<void, Diagnostic[]> {
    const config = this.configDiagnostics(text);
    if (config) return config;
    const file = this.file(text);
    return file ? yield* diagnosticsOf(file, text, this.connected(text.uri), this.linkTo) : [];
  }

  /** What the first key after the opening would have to wait for: the tree of a JSON document is made when somebody asks for it. Reads nothing that is not read. */
  *preparing(uri: string): Generator<void, void> {
    for (const { document } of this.read.get(uri)?.file.documents ?? []) {
      void document.root;
      yield;
    }
  }

  target(uri: string, { document }: PlacedDocument): Target {
    return this.options(uri).target(document);
  }

  /** Config files are read again after this, as when one was saved. */
  forgetConfigs(): void {
    this.configs.forget();
  }

  /** What the config file above a file says. */
  configOf(uri: string): Config {
    return this.configs.settingsOf(uri).config;
  }

  /** How a file is checked; by the engine that an apply talks to, where there is one. */
  options(uri: string, connected?: World['engine']): ValidateOptions {
    const { settings } = this.world;
    const engine = connected ?? this.world.engine;
    const { config, as } = this.configs.settingsOf(uri);
    const surroundings = { api: settings.api || config.api, apiFrom: 'setting', engineApi: engine?.api, engine: connected?.version ?? (settings.engine || config.engine || engine?.version), as } as const;
    return { target: targetsIn(surroundings), severity: { ...config.severity, ...settings.severity } };
  }

  /** The same with what the connected swarm has. */
  private connected(uri: string): ValidateOptions {
    return { ...this.options(uri), swarm: this.world.swarm?.() };
  }

  /** Whether a config file counts this file among the specs. */
  private configured(uri: string): boolean {
    const { config, as } = this.configs.settingsOf(uri);
    return as !== undefined || (config.files ?? []).some((glob) => matchesGlob(decodeURIComponent(uri), glob));
  }

  /** The document of a file at an offset, and the offset inside it. */
  documentAt(file: SpecFile, offset: number): { readonly placed: PlacedDocument; readonly offset: number } {
    const placed = file.documents.findLast((one) => one.offset <= offset) ?? file.documents[0];
    return { placed, offset: offset - placed.offset };
  }
}

function syntaxIn(text: TextDocument): Syntax {
  return LANGUAGES[text.languageId] ?? syntaxOf(text.uri, text.getText());
}
