import type { Engine, EngineInfo, LiveService, LiveTask } from '../engine/engine';
import { EngineError } from '../engine/error';
import type { SwarmNames } from '../features/swarmNames';
import { LiveSwarm, type Look } from './liveSwarm';
import type { Session } from './session';

/** How often the engine is asked while it answers, and at most while it does not. */
const PERIOD_MS = 15_000;
const MOST_PERIOD_MS = 120_000;

export type LinkState =
  | Exclude<Look, { kind: 'reachable' }>
  | { readonly kind: 'reachable'; readonly address: string; readonly info: EngineInfo; readonly names: Omit<SwarmNames, 'revision'> };

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
  /** The names of the swarm, for whoever wants them in between too. */
  readonly swarm: LiveSwarm;
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
    changed: () => void,
  ) {
    this.swarm = new LiveSwarm(session, changed);
  }

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
    this.swarm.stop();
  }

  private async ask(look: number): Promise<LinkState> {
    const found = await this.swarm.look();
    if (found.kind !== 'reachable') return found;
    const { engine, info, names } = found;
    try {
      const seen = await Promise.all(this.names().map(async (name) => [name, await this.read(engine, name, info.apiVersion)] as const));
      if (look === this.look) {
        this.seen.clear();
        for (const [name, one] of seen) this.seen.set(name, one);
      }
      return { kind: 'reachable', address: engine.address, info, names };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { kind: 'unreachable', address: engine.address, why: error.message };
    }
  }

  private async read(engine: Engine, name: string, api: string): Promise<Seen | undefined> {
    const service = await engine.service(name, api);
    return service && { service, tasks: await engine.tasks(service.id, api) };
  }

  private change(state: LinkState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
