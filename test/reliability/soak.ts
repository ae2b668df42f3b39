import { Random } from '../fuzz/random';
import type { TestEngine } from '../support/engine';
import { type Fault, startFaultProxy } from '../support/faultProxy';
import { SoakFaults } from './soakFaults';
import { type Held, SoakServer, wait } from './soakServer';
import { isSame, SoakUser } from './soakUser';
import { cyclesBetween, LEAST_BETWEEN } from './soakVerdict';

/** What the server held at rest, after so many cycles in all. */
export interface Lap extends Held {
  readonly cycles: number;
}

export interface Soaked {
  readonly engine: string;
  readonly minutes: number;
  readonly laps: readonly Lap[];
  readonly cycles: number;
  /** By kind, how often a request to the engine was damaged. */
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  /** How often plan, apply and rollback ended in which way. */
  readonly endings: Readonly<Record<string, number>>;
  /** What was said and is not so, in sentences. */
  readonly lies: readonly string[];
  /** The longest that anybody waited for the answer to a command. */
  readonly slowestSeconds: number;
}

export interface SoakOptions {
  readonly minutes: number;
  /** How many use the server at once, each with a service. */
  readonly users?: number;
  /** The time in which new cycles are begun, before the server is looked at. */
  readonly lapSeconds?: number;
  readonly seed?: number;
  /** Modules that run before the server, such as one that leaks. */
  readonly preload?: readonly string[];
  readonly onLap?: (lap: Lap, soFar: string) => void;
}

/** Has several people open, edit, plan, apply, roll back and close over and over, with the shipped server and a real engine behind a faulty connection. */
export async function soak(engine: TestEngine, { minutes, users: count = 4, lapSeconds = 12, seed = 1, preload, onLap }: SoakOptions): Promise<Soaked> {
  const random = new Random(seed);
  const faults = new SoakFaults(new Random(seed + 1));
  const proxy = await startFaultProxy(engine.socket);
  proxy.set((request) => faults.choose(request));
  const server = new SoakServer(proxy.host, preload);
  const users = Array.from({ length: count }, (_, i) => new SoakUser(`swarmspec-soak-${i}`, server, engine, faults, random));
  const cycles = () => users.reduce((sum, user) => sum + user.cycles, 0);
  server.connection.onRequest('window/showMessageRequest', ({ message, actions = [] }: { message: string; actions?: { title: string }[] }) => users.find(({ name }) => message.includes(name))?.answer(actions) ?? null);

  const laps: Lap[] = [];
  const begun = Date.now();
  try {
    await server.initialize();
    // a slow machine goes on until a leak would have shown itself
    while (Date.now() < begun + minutes * 60_000 || cyclesBetween(laps) < LEAST_BETWEEN) {
      const until = Date.now() + lapSeconds * 1000;
      faults.begin();
      await Promise.all(users.map(async (user) => {
        do await user.cycle();
        while (Date.now() < until);
      }));
      faults.end();
      const lap = { cycles: cycles(), ...(await server.held()) };
      laps.push(lap);
      onLap?.(lap, `${faults.count} faults, slowest ${Math.max(...users.map(({ slowestSeconds }) => slowestSeconds)).toFixed(1)} s`);
    }
    const lies = users.flatMap((user) => user.lies);
    await wait(2000);
    for (const user of users) {
      const labels = (await user.live())?.labels ?? {};
      if (!isSame(labels, user.confirmed)) lies.push(`${user.name} has ${JSON.stringify(labels)} at the end, and ${JSON.stringify(user.confirmed)} was confirmed last`);
    }
    const code = await server.leave();
    if (code !== 0) lies.push(`the server ended with ${code}`);
    return {
      engine: engine.version, minutes: (Date.now() - begun) / 60_000, laps, cycles: cycles(), faults: faults.struck, lies,
      endings: Object.fromEntries([...new Set(users.flatMap(({ endings }) => [...endings.keys()]))].sort().map((key) => [key, users.reduce((sum, { endings }) => sum + (endings.get(key) ?? 0), 0)])),
      slowestSeconds: Math.max(...users.map(({ slowestSeconds }) => slowestSeconds)),
    };
  } finally {
    server.stop();
    await proxy.close();
    for (const { name } of users) await engine.request('DELETE', `/services/${name}`);
  }
}
