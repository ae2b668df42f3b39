import type { Engine, EngineInfo, LiveService } from '../engine/engine';
import { EngineError, unlessRefused } from '../engine/error';
import type { SwarmNames } from '../features/swarmNames';
import type { Session } from './session';

/** An answer this old is asked for again, when somebody wants to know. */
const REFRESH_MS = 15_000;
/** An answer this old says nothing any more. */
const STALE_MS = 60_000;
/** After a failure it takes this long to the next attempt, twice as long after each further one, and at most this long. */
const RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 300_000;
const DEADLINE_MS = 5_000;

/** What one look at the engine came to. */
export type Look =
  /** No engine is asked: by the settings, in a folder that nobody trusts, or in a browser. */
  | { readonly kind: 'off' }
  | { readonly kind: 'unreachable'; readonly address: string; readonly why: string }
  | { readonly kind: 'reachable'; readonly engine: Engine; readonly info: EngineInfo; readonly names: Omit<SwarmNames, 'revision'> };

/**
 * The names of the connected swarm, for completion, hover and warnings. They are read in the background and only while
 * somebody asks for them; whoever asks gets what is known at once. An engine that cannot be reached is left in peace for a
 * while, and nobody is told.
 */
export class LiveSwarm {
  private names: SwarmNames | undefined;
  private text = '';
  private revision = 0;
  private readAt = 0;
  private nextAt = 0;
  private failures = 0;
  /** The settings that the names belong to. */
  private of = '';
  private reading: { readonly controller: AbortController; readonly look: Promise<Look> } | undefined;

  constructor(
    private readonly session: Session,
    /** Told when the names have changed. */
    private readonly changed: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** What is known now; undefined where nothing recent is. */
  get(): SwarmNames | undefined {
    if (!this.isOn()) return this.forget();
    const now = this.now();
    if (!this.reading && now >= this.nextAt) void this.look();
    return now - this.readAt < STALE_MS ? this.names : undefined;
  }

  /** Looks now, or joins the look that is under way. Never throws. */
  look(): Promise<Look> {
    if (!this.isOn()) {
      this.forget();
      return Promise.resolve({ kind: 'off' });
    }
    if (!this.reading) {
      const controller = new AbortController();
      const look = this.read(controller).finally(() => {
        if (this.reading?.controller === controller) this.reading = undefined;
      });
      this.reading = { controller, look };
    }
    return this.reading.look;
  }

  /** Ends what is under way. */
  stop(): void {
    this.reading?.controller.abort();
  }

  /** Whether an engine may be asked at all; forgets what belongs to another one. */
  private isOn(): boolean {
    const { world, platform } = this.session;
    const { trusted, contactEngine, host, context, allowPlainTcp } = world.settings;
    if (!trusted || !contactEngine || !platform.connect) return false;
    const of = JSON.stringify([host, context, allowPlainTcp]);
    if (of !== this.of) {
      this.forget();
      this.of = of;
    }
    return true;
  }

  private forget(): undefined {
    this.stop();
    this.reading = undefined;
    this.names = undefined;
    this.text = '';
    this.nextAt = 0;
    this.failures = 0;
    return undefined;
  }

  private async read(controller: AbortController): Promise<Look> {
    let address = '';
    const isCurrent = () => !controller.signal.aborted;
    try {
      const { platform, world } = this.session;
      const engine = platform.connect?.(world.settings, { timeoutMs: DEADLINE_MS });
      if (!engine) return { kind: 'off' };
      address = engine.address;
      const read = await readNames(engine, controller.signal);
      if (isCurrent()) {
        this.failures = 0;
        this.readAt = this.now();
        this.nextAt = this.readAt + REFRESH_MS;
        this.take(read?.names);
      }
      return read ? { kind: 'reachable', engine, ...read } : { kind: 'unreachable', address, why: 'This engine is not a swarm manager.' };
    } catch (error) {
      if (isCurrent()) {
        this.nextAt = this.now() + Math.min(RETRY_MS * 2 ** this.failures++, LONGEST_RETRY_MS);
        if (!(error instanceof EngineError)) this.session.logged('swarm')(error);
      }
      return { kind: 'unreachable', address, why: error instanceof Error ? error.message : String(error) };
    }
  }

  private take(names: Omit<SwarmNames, 'revision'> | undefined): void {
    const text = names ? JSON.stringify(names, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) : '';
    if (text === this.text) return;
    this.text = text;
    this.revision++;
    this.names = names && { ...names, revision: this.revision };
    this.changed();
  }
}

/** Reads everything that specs name. Undefined where the engine is no manager; a list that it refuses is absent. */
async function readNames(engine: Engine, signal: AbortSignal): Promise<Pick<Extract<Look, { kind: 'reachable' }>, 'info' | 'names'> | undefined> {
  const call = { signal, timeoutMs: DEADLINE_MS, deadlineMs: DEADLINE_MS };
  const info = await engine.ping(call);
  if (info.swarm !== 'manager') return undefined;
  const { apiVersion: api } = info;
  const [networks, secrets, configs, services, nodes, volumes, images] = await Promise.all([
    unlessRefused(engine.networks(api, call)),
    unlessRefused(engine.secrets(api, call)),
    unlessRefused(engine.configs(api, call)),
    unlessRefused(engine.services(api, call)),
    unlessRefused(engine.nodes(api, call)),
    unlessRefused(engine.volumes(api, call)),
    unlessRefused(engine.images(api, call)),
  ]);
  const names = {
    networks, secrets, configs, volumes: volumes?.map(({ name }) => name), images: images?.flatMap(({ tags, digests }) => [...tags, ...digests]),
    // the rest of what a node says changes all the time
    nodes: nodes?.map((node) => ({ ...node, raw: { Status: node.raw.Status ?? {} } })),
    services: services?.map(({ id, name, spec }: LiveService) => ({ id, name, spec })),
  };
  return { info, names };
}
