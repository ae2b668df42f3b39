import type { TestEngine } from '../support/engine';
import type { Random } from '../fuzz/random';
import type { SoakFaults } from './soakFaults';
import type { SoakServer } from './soakServer';

/** The labels of a service that the soak looks at. */
type Labels = Readonly<Record<string, string>>;

/**
 * The longest that plan, apply and rollback may take: the time limits of the requests before, one update that is never answered
 * (30 s) and the time in which its ending is read (120 s, and the last reading).
 */
const COMMAND_MS = 300_000;

const KEYS = ['hover', 'documentSymbol', 'foldingRange', 'codeLens', 'codeAction', 'formatting', 'inlayHint', 'documentLink'];

/** Somebody who edits and applies one service over and over, and holds what is said against what the engine has. */
export class SoakUser {
  /** What the service has, by the last answer that told so. */
  confirmed: Labels = {};
  cycles = 0;
  /** How often which command ended how. */
  readonly endings = new Map<string, number>();
  /** What was said and is not so, in sentences. */
  readonly lies: string[] = [];
  /** What somebody else is to put into the service while the user is asked, if anything. */
  private meanwhile: string | undefined;
  /** What somebody else has put there since the plan, and has to be kept. */
  private theirs: string | undefined;
  private slowestMs = 0;

  constructor(
    readonly name: string,
    private readonly server: SoakServer,
    private readonly engine: TestEngine,
    private readonly faults: SoakFaults,
    private readonly random: Random,
  ) {}

  get slowestSeconds(): number {
    return this.slowestMs / 1000;
  }

  /** Opens a file that was never open before, edits it, asks about it, plans, applies, sometimes rolls back, closes it. */
  async cycle(): Promise<void> {
    const run = ++this.cycles;
    const textDocument = { uri: `file:///soak/${this.name}/${run}.service.yaml` };
    const text = this.spec(run);
    await this.server.tell('textDocument/didOpen', { textDocument: { ...textDocument, languageId: 'swarmspec-yaml', version: 1, text } });
    await this.edit(textDocument, text);
    const at = { line: 5, character: 6 };
    for (const method of KEYS) {
      await this.server.ask(`textDocument/${method}`, { textDocument, position: at, range: { start: at, end: at }, context: { diagnostics: [] }, options: { tabSize: 2, insertSpaces: true } });
    }
    await this.command('plan', textDocument.uri, run);
    await this.command('apply', textDocument.uri, run);
    if (this.random.below(4) === 0) await this.command('rollback', textDocument.uri, run);
    await this.server.tell('textDocument/didClose', { textDocument });
  }

  /** Answers a question: yes, after somebody else has changed the service now and then. Where both have changed the same, either may count. */
  async answer(actions: readonly { readonly title: string }[]): Promise<{ readonly title: string } | null> {
    if (actions.some(({ title }) => title === 'Mine')) {
      const chosen = this.random.pick(['Mine', 'Theirs']);
      if (chosen === 'Mine') this.theirs = undefined;
      return { title: chosen };
    }
    const live = this.meanwhile === undefined ? undefined : await this.live();
    if (live && this.meanwhile !== undefined) {
      const labels = { ...live.labels, theirs: this.meanwhile };
      const { status } = await this.engine.request('POST', `/services/${live.id}/update?version=${live.index}`, { ...live.spec, Labels: labels });
      if (status === 200) [this.confirmed, this.theirs] = [labels, this.meanwhile];
    }
    this.meanwhile = undefined;
    return actions.find(({ title }) => title !== 'Cancel') ?? null;
  }

  /** What the engine has, asked without the faulty connection. */
  async live(): Promise<{ readonly id: string; readonly index: number; readonly spec: any; readonly labels: Labels; readonly before: Labels } | undefined> {
    const { json, status } = await this.engine.request('GET', `/services/${this.name}`);
    return status === 200 ? { id: json.ID, index: json.Version.Index, spec: json.Spec, labels: json.Spec.Labels, before: json.PreviousSpec?.Labels ?? {} } : undefined;
  }

  private spec(run: number): string {
    return `Name: ${this.name}\nLabels:\n  run: "${run}"\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n    Env: [RUN=${run}]\nMode:\n  Replicated: { Replicas: 0 }\n`;
  }

  private async edit(textDocument: { readonly uri: string }, text: string): Promise<void> {
    const end = { line: text.split('\n').length - 1, character: 0 };
    for (let version = 2; version < 14; version++) {
      const contentChanges = version % 2 === 0 ? [{ range: { start: end, end }, text: 'UpdateConfig:\n  ' }] : [{ text }];
      await this.server.tell('textDocument/didChange', { textDocument: { ...textDocument, version }, contentChanges });
      if (version % 4 === 2) await this.server.ask('textDocument/completion', { textDocument, position: { line: end.line + 1, character: 2 } });
    }
  }

  /** Runs a command and holds the engine against how it says it has ended. */
  private async command(command: 'plan' | 'apply' | 'rollback', uri: string, run: number): Promise<void> {
    this.theirs = undefined;
    if (command === 'apply' && this.random.below(8) === 0) this.meanwhile = String(run);
    const before = await this.live();
    const begun = Date.now();
    const end: { kind: string; message: string } = await this.server.ask('workspace/executeCommand', { command: `swarmspec.${command}`, arguments: [uri] }, COMMAND_MS);
    this.slowestMs = Math.max(this.slowestMs, Date.now() - begun);
    this.meanwhile = undefined;
    const after = await this.live();
    this.faults.answered(after?.id ?? '');
    const key = `${command}: ${end.kind}`;
    this.endings.set(key, (this.endings.get(key) ?? 0) + 1);

    const labels = after?.labels ?? {};
    const applied = /^Applied: /.test(end.message);
    if (end.kind === 'unknown') this.confirmed = labels; // nobody claims anything
    else if (applied && command === 'rollback') this.confirmed = before?.before ?? {};
    else if (applied) this.confirmed = this.theirs === undefined ? { run: String(run) } : { run: String(run), theirs: this.theirs };
    // what is not said to be applied must not be: this holds for every other ending
    if (!isSame(labels, this.confirmed)) this.lies.push(`${this.name}, run ${run}: ${command} ended as ${end.kind}, "${end.message.slice(0, 300)}", and the service has ${JSON.stringify(labels)}, not ${JSON.stringify(this.confirmed)}`);
    this.confirmed = labels;
  }
}

export function isSame(one: Labels, other: Labels): boolean {
  const sorted = (labels: Labels) => JSON.stringify(Object.entries(labels).sort());
  return sorted(one) === sorted(other);
}
