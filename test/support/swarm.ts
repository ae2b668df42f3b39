import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { type Daemon, type Generation, isAlive, release, request, restartDaemon, startDaemon, stopDaemon, type TestAnswer, until, untilUp, endDaemon, firstProcess, lastWords } from './daemon';
import { engineUnavailable, loadImage, skippedSuites } from './engine';

/** One manager of a `TestSwarm`. */
export interface TestManager {
  readonly hostname: string;
  /** As in `DOCKER_HOST`. */
  readonly host: string;
  readonly socket: string;
  request(method: string, path: string, body?: string | Buffer | object): Promise<TestAnswer>;
  /** Whether it leads, by what another manager or it itself says of it; false when it does not answer within 3 s. */
  isLeader(): Promise<boolean>;
  /** As `kill -9` would: daemon and containers end at once. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, with what it had stored. */
  restart(): Promise<void>;
  /** Everything it was sent waits in the kernel until `resume`. */
  pause(): void;
  resume(): void;
  /** Cuts it off from the other managers, while its own socket goes on answering; `plugIn` joins it again. */
  unplug(): void;
  plugIn(): void;
}

/** A real swarm of three managers, each a daemon of its own with the image `busy:1`. */
export interface TestSwarm {
  readonly managers: readonly TestManager[];
  /** API version of the engines. */
  readonly api: string;
  /** The manager that leads, once there is one; waits for an election to end. */
  leader(): Promise<TestManager>;
  stop(): Promise<void>;
}

/** A mocha suite with a swarm of its own; skips and fails as `liveSuite` does. */
export function swarmSuite(title: string, generation: Generation, body: (swarm: () => TestSwarm) => void): void {
  const name = `${title} (three managers, engine ${generation})`;
  const reason = swarmUnavailable(generation);
  if (reason) skippedSuites.push({ title: name, reason });
  describe(reason ? `${name}: skipped. ${reason}` : name, function () {
    this.timeout(120_000);
    let swarm: TestSwarm | undefined;
    before(async function () {
      if (reason && process.env.SWARMSPEC_REQUIRE_ENGINE === '1') throw new Error(reason);
      if (reason) this.skip();
      this.timeout(240_000);
      swarm = await startSwarm3(generation);
    });
    after(async () => {
      await swarm?.stop();
    });
    body(() => {
      if (!swarm) throw new Error('The swarm is there only while the tests of its suite run.');
      return swarm;
    });
  });
}

/** Why no such swarm can be started here, in one line; undefined when it can. */
export function swarmUnavailable(generation: Generation = '28'): string | undefined {
  const reason = engineUnavailable(generation);
  if (reason) return reason;
  try {
    execFileSync('ip', ['-Version'], { stdio: 'ignore' });
  } catch {
    return 'A swarm of three needs the command `ip`. Run `test/support/engines.sh` as root.';
  }
  return undefined;
}

/**
 * Three managers in one swarm. Their network namespaces hang on a bridge that is in a namespace of its own, so that neither
 * interfaces nor firewall rules of the machine are touched, and all of it goes when its processes end.
 */
export async function startSwarm3(generation: Generation = '28'): Promise<TestSwarm> {
  const wires = startWires();
  // The bridge of each daemon's own containers would only cost time.
  const daemons = [1, 2, 3].map(() => startDaemon({ generation, held: true, dockerd: ['--bridge=none', '--iptables=false', '--ip6tables=false'] }));
  const stop = async () => {
    // All at once: one after the other, the last ones would wait for a majority that is no more.
    await Promise.all(daemons.map(stopDaemon));
    wires.kill('SIGKILL');
  };
  try {
    await Promise.all(daemons.map((daemon, index) => plug(wires, daemon, index)));
    await Promise.all(daemons.map(untilUp));
    await Promise.all(daemons.map(loadImage));
    await join(daemons);
    const { json } = await request(daemons[0].socket, 'GET', '/version');
    const managers = daemons.map((daemon, index) => toManager(daemon, index, wires));
    return { managers, api: json.ApiVersion, leader: () => findLeader(managers), stop };
  } catch (error) {
    const logs = daemons.map(lastWords).join('\n--\n');
    await stop();
    throw new Error(`The swarm did not start: ${String(error)}\n${logs}`);
  }
}

async function join(daemons: readonly Daemon[]): Promise<void> {
  const ask = async (daemon: Daemon, method: string, path: string, body?: object) => {
    const answer = await request(daemon.socket, method, path, body, {}, 60_000);
    if (answer.status !== 200) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text.trim()}`);
    return answer.json;
  };
  const [first, ...others] = daemons;
  await ask(first, 'POST', '/swarm/init', { AdvertiseAddr: addressOf(0), ListenAddr: `${addressOf(0)}:2377` });
  const { JoinTokens } = await ask(first, 'GET', '/swarm');
  // One by one: two that join a swarm of one at the same time can leave it without a majority for a while.
  for (const [index, daemon] of others.entries()) {
    const address = addressOf(index + 1);
    await ask(daemon, 'POST', '/swarm/join', { AdvertiseAddr: address, ListenAddr: `${address}:2377`, RemoteAddrs: [`${addressOf(0)}:2377`], JoinToken: JoinTokens.Manager });
  }
  await until(30_000, async () => {
    const nodes: any[] = await ask(first, 'GET', '/nodes');
    return nodes.length === 3 && nodes.every(({ Status, ManagerStatus }) => Status?.State === 'ready' && ManagerStatus?.Reachability === 'reachable');
  });
}

function toManager(daemon: Daemon, index: number, wires: ChildProcess): TestManager {
  const signal = (name: NodeJS.Signals) => {
    const pid = firstProcess(daemon);
    if (!pid) throw new Error('The daemon has ended.');
    process.kill(pid, name);
  };
  return {
    hostname: `manager ${index + 1}`,
    host: `unix://${daemon.socket}`,
    socket: daemon.socket,
    request: (method, path, body) => request(daemon.socket, method, path, body),
    isLeader: async () => {
      const answer = await request(daemon.socket, 'GET', '/nodes', undefined, {}, 3_000).catch(() => undefined);
      const nodes: any[] = Array.isArray(answer?.json) ? answer.json : [];
      return nodes.some(({ ManagerStatus }) => ManagerStatus?.Leader === true && ManagerStatus.Addr === `${addressOf(index)}:2377`);
    },
    kill: () => endDaemon(daemon),
    restart: async () => {
      for (let left = 3; ; left--) {
        restartDaemon(daemon);
        await plug(wires, daemon, index);
        try {
          return await untilUp(daemon);
        } catch (error) {
          // what the killed one has left may keep the next from starting, but not for long
          if (left === 1 || isAlive(daemon)) throw error;
        }
      }
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    unplug: () => inNetworkOf(wires.pid!, ['ip', 'link', 'set', wireOf(index), 'down']),
    plugIn: () => inNetworkOf(wires.pid!, ['ip', 'link', 'set', wireOf(index), 'up']),
  };
}

async function findLeader(managers: readonly TestManager[]): Promise<TestManager> {
  let leader: TestManager | undefined;
  await until(60_000, async () => {
    const leads = await Promise.all(managers.map((manager) => manager.isLeader()));
    leader = managers[leads.indexOf(true)];
    return leader !== undefined;
  });
  return leader!;
}

const BRIDGE = 'br0';
const addressOf = (index: number) => `10.99.0.${index + 1}`;
const wireOf = (index: number) => `m${index + 1}`;

/** A process whose network namespace holds the bridge. It ends with this process, however that ends. */
function startWires(): ChildProcess {
  const script = `ip link add ${BRIDGE} type bridge && ip link set ${BRIDGE} up && exec sleep 2147483647`;
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'unshare', '--net', 'sh', '-c', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  return child;
}

/** Gives the daemon an interface with its address, the other end of which is a port of the bridge, and lets it start. */
async function plug(wires: ChildProcess, daemon: Daemon, index: number): Promise<void> {
  let pid: number | undefined;
  await until(10_000, async () => (pid = firstProcess(daemon)) !== undefined && has(wires, BRIDGE));
  for (let left = 5; ; left--) {
    try {
      if (has(wires, wireOf(index))) inNetworkOf(wires.pid!, ['ip', 'link', 'del', wireOf(index)]);
      inNetworkOf(wires.pid!, ['ip', 'link', 'add', wireOf(index), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid)]);
      inNetworkOf(wires.pid!, ['ip', 'link', 'set', wireOf(index), 'master', BRIDGE, 'up']);
      inNetworkOf(pid!, ['ip', 'addr', 'add', `${addressOf(index)}/24`, 'dev', 'eth0']);
      inNetworkOf(pid!, ['ip', 'link', 'set', 'eth0', 'up']);
      return release(daemon);
    } catch (error) {
      // the kernel may still be taking away the wire of one that was killed
      if (left === 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

function has(wires: ChildProcess, link: string): boolean {
  try {
    inNetworkOf(wires.pid!, ['ip', 'link', 'show', link]);
    return true;
  } catch {
    return false;
  }
}

function inNetworkOf(pid: number, command: readonly string[]): void {
  execFileSync('nsenter', [`--net=/proc/${pid}/ns/net`, '--', ...command], { stdio: ['ignore', 'ignore', 'pipe'] });
}
