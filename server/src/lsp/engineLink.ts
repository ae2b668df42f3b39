import { readSwarm, type Swarm } from '../apply/swarm';
import type { Engine, EngineInfo, LiveService, LiveTask } from '../engine/engine';
import { EngineError } from '../engine/error';
import { newestKnown } from '../features/target';
import { DEFAULT_API } from '../facts/versions';
import type { ApiVersion } from '../facts/types';
import type { Session } from './session';

/** How often the engine is asked while it answers, and at most while it does not. */
const PERIOD_MS = 15_000;
const MOST_PERIOD_MS = 120_000;
/** Longer than an engine takes that has something to say; nobody waits for it. */
const TIMEOUT_MS = 5_000;

export type LinkState =
  /** No engine is asked: by the settings, in a folder that nobody trusts, or in a browser. */
  | { readonly kind: 'off' }
  | { readonly kind: 'asking'; readonly address: string }
  | { readonly kind: 'unreachable'; readonly address: string; readonly why: string }
  | { readonly kind: 'reachable'; readonly address: string; readonly info: EngineInfo; readonly api: ApiVersion; readonly swarm: Swarm };

/** A service of the swarm at the time of the last look; `undefined` where there is none of the name. */
export interface Seen {
  readonly service: LiveService;
  readonly tasks: readonly LiveTask[];
}

/**
 * The engine as the server knows it: asked in the background, at a gentle rate, and only about what is open. Reading only; whoever
 * changes something opens a connection of its own.
 */
export class EngineLink {
  state: LinkState = { kind: 'off' };
  private readonly seen = new Map<string, Seen | undefined>();
  private readonly listeners: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  /** Which look is the last one asked for; an older one that comes back late is thrown away. */
  private look = 0;

  constructor(
    private readonly session: Session,
    /** Names of the services that somebody looks at. */
    private readonly names: () => readonly string[],
  ) {}

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** A service by name; undefined where the swarm has none, or where nobody has looked yet (`known` tells). */
  serviceOf(name: string): { readonly known: boolean; readonly seen?: Seen } {
    return { known: this.state.kind === 'reachable' && this.seen.has(name), seen: this.seen.get(name) };
  }

  /** Looks now, and from then on again and again. */
  async refresh(): Promise<void> {
    clearTimeout(this.timer);
    const look = ++this.look;
    const state = await this.ask(look);
    if (look !== this.look) return;
    this.change(state);
    if (state.kind === 'off') return;
    this.failures = state.kind === 'reachable' ? 0 : this.failures + 1;
    this.timer = setTimeout(() => void this.refresh().catch(this.session.logged('engine')), Math.min(MOST_PERIOD_MS, PERIOD_MS * 2 ** Math.min(this.failures, 3)));
    this.timer.unref?.();
  }

  /** Forgets what was seen, as when another engine is meant. */
  reset(): void {
    this.seen.clear();
    this.failures = 0;
  }

  stop(): void {
    this.look++;
    clearTimeout(this.timer);
  }

  private async ask(look: number): Promise<LinkState> {
    const { platform, world } = this.session;
    if (!world.settings.trusted || !world.settings.contactEngine || !platform.connect) return { kind: 'off' };
    let engine: Engine;
    try {
      engine = platform.connect(world.settings, { timeoutMs: TIMEOUT_MS });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { kind: 'unreachable', address: '', why: error.message };
    }
    const { address } = engine;
    if (this.state.kind === 'off') this.change({ kind: 'asking', address });
    try {
      const info = await engine.ping();
      if (info.swarm !== 'manager') return { kind: 'unreachable', address, why: 'This engine is not a swarm manager.' };
      const api = newestKnown(info.apiVersion) ?? DEFAULT_API;
      const swarm = await readSwarm(engine, api, info);
      const seen = await Promise.all(this.names().map(async (name) => [name, await this.read(engine, name, api)] as const));
      if (look === this.look) {
        this.seen.clear();
        for (const [name, one] of seen) this.seen.set(name, one);
      }
      return { kind: 'reachable', address, info, api, swarm };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { kind: 'unreachable', address, why: error.message };
    }
  }

  private async read(engine: Engine, name: string, api: ApiVersion): Promise<Seen | undefined> {
    const service = await engine.service(name, api);
    return service && { service, tasks: await engine.tasks(service.id, api) };
  }

  private change(state: LinkState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
