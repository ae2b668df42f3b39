import * as assert from 'node:assert/strict';
import type { Engine } from '../server/src/engine/engine';
import { EngineError } from '../server/src/engine/error';
import { LiveSwarm } from '../server/src/lsp/liveSwarm';
import type { Session } from '../server/src/lsp/session';
import { toSettings } from '../server/src/lsp/settings';
import { findingsOf } from './support/marked';
import { resolveTarget } from '../server/src/features/target';
import { validate } from '../server/src/features/validate';
import { readFile } from '../server/src/document/document';
import type { SwarmNames } from '../server/src/features/swarmNames';

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A live swarm over an engine of plain objects, with a clock that is turned by hand. */
function fixture(given: { readonly settings?: object; readonly fails?: () => Error | undefined; readonly role?: string; readonly lists?: Partial<Record<string, () => unknown>> } = {}) {
  const state = { now: 1_000_000, pings: 0, changes: 0, errors: [] as unknown[] };
  const list = (name: string, value: unknown[]) => () => Promise.resolve().then(() => (given.lists?.[name] ? given.lists[name]() : value));
  const engine = {
    ping: async () => {
      state.pings++;
      const error = given.fails?.();
      if (error) throw error;
      return { apiVersion: '1.51', swarm: given.role ?? 'manager' };
    },
    networks: list('networks', [{ id: 'n1', name: 'backend', scope: 'swarm' }]), secrets: list('secrets', []), configs: list('configs', []), services: list('services', []), nodes: list('nodes', []),
    volumes: list('volumes', [{ name: 'data' }]), images: list('images', [{ id: 'x', tags: ['a:1'], digests: ['a@sha256:0'] }]),
  } as unknown as Engine;
  const world = { settings: toSettings(given.settings ?? {}) };
  const session = { world, platform: { connect: () => engine }, logged: () => (error: unknown) => void state.errors.push(error) } as unknown as Session;
  return { state, world, swarm: new LiveSwarm(session, () => state.changes++, () => state.now) };
}

describe('the live swarm', () => {
  it('answers at once, and with names once they are there', async () => {
    const { swarm, state } = fixture();
    assert.equal(swarm.get(), undefined);
    await settled();
    assert.deepEqual({ networks: swarm.get()?.networks?.length, volumes: swarm.get()?.volumes, images: swarm.get()?.images }, { networks: 1, volumes: ['data'], images: ['a:1', 'a@sha256:0'] });
    assert.deepEqual([state.pings, state.changes], [1, 1]);
  });
  it('asks again after a while only, and only when somebody wants to know', async () => {
    const { swarm, state } = fixture();
    for (let i = 0; i < 50; i++) swarm.get();
    await settled();
    for (let i = 0; i < 50; i++) swarm.get();
    await settled();
    assert.equal(state.pings, 1);
    state.now += 20_000;
    assert.ok(swarm.get(), 'the old names serve until the new ones are there');
    await settled();
    assert.deepEqual([state.pings, state.changes], [2, 1], 'nothing has changed');
  });
  it('says when something has changed', async () => {
    let name = 'one';
    const { swarm, state } = fixture({ lists: { secrets: () => [{ id: 's', name }] } });
    swarm.get();
    await settled();
    const before = swarm.get()?.revision;
    name = 'two';
    state.now += 20_000;
    swarm.get();
    await settled();
    assert.equal(state.changes, 2);
    assert.notEqual(swarm.get()?.revision, before);
  });
  it('leaves an engine that cannot be reached in peace, longer each time, and is silent', async () => {
    const { swarm, state } = fixture({ fails: () => new EngineError('unreachable', 'gone') });
    const pings: number[] = [];
    for (let seconds = 0; seconds < 600; seconds += 5) {
      swarm.get();
      await Promise.resolve();
      await settled();
      state.now += 5000;
      pings.push(state.pings);
    }
    assert.ok(state.pings >= 4 && state.pings <= 7, `${state.pings} attempts in ten minutes`);
    assert.deepEqual(state.errors, []);
    assert.equal(swarm.get(), undefined);
  });
  it('says nothing any more once its names are old', async () => {
    let gone = false;
    const { swarm, state } = fixture({ fails: () => (gone ? new EngineError('unreachable', 'gone') : undefined) });
    swarm.get();
    await settled();
    gone = true;
    state.now += 61_000;
    assert.equal(swarm.get(), undefined);
  });
  it('is off where no engine may be contacted, and for an engine that is no manager', async () => {
    const off = fixture({ settings: { contactEngine: false } });
    off.swarm.get();
    await settled();
    assert.equal(off.state.pings, 0);
    const worker = fixture({ role: 'worker' });
    worker.swarm.get();
    await settled();
    assert.equal(worker.swarm.get(), undefined);
  });
  it('forgets everything when another engine is meant', async () => {
    const { swarm, state, world } = fixture();
    swarm.get();
    await settled();
    world.settings = toSettings({ host: 'unix:///other.sock' });
    assert.equal(swarm.get(), undefined);
    await settled();
    assert.ok(swarm.get());
    assert.equal(state.pings, 2);
    world.settings = toSettings({ contactEngine: false });
    assert.equal(swarm.get(), undefined);
  });
  it('does without a list that the engine does not tell', async () => {
    const { swarm } = fixture({ lists: { secrets: () => Promise.reject(new EngineError('refused', 'no', 403)) } });
    swarm.get();
    await settled();
    assert.deepEqual([swarm.get()?.secrets, swarm.get()?.networks?.length], [undefined, 1]);
  });
});

describe('names that the connected swarm does not have', () => {
  const NODE = { id: 'a', hostname: 'alpha', state: 'ready', availability: 'active', role: 'manager', labels: { disk: 'ssd' }, engineLabels: {}, raw: {} };
  const swarm: SwarmNames = { revision: 1, networks: [{ id: 'n1', name: 'backend', scope: 'swarm' }], secrets: [{ id: 's1', name: 'pw' }], configs: [], nodes: [NODE], services: [] };
  const SPEC = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';
  const found = (text: string, names: SwarmNames | undefined) => {
    const file = readFile(text, 'yaml');
    return validate(file, { target: (document) => resolveTarget(document, {}), swarm: names }).filter(({ rule }) => /not-found|not-swarm-scoped|no-node/.test(rule));
  };
  const cases: [string, string][] = [
    ['  Networks: [{ Target: bakend }]\n', 'network-not-found'],
    ['    Secrets: [{ SecretID: x, SecretName: pww, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }]\n', 'reference-not-found'],
    ['    Configs: [{ ConfigID: x, ConfigName: c, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }]\n', 'reference-not-found'],
    ['  Placement: { Constraints: ["node.labels.disk==hdd"] }\n', 'no-node-matches'],
  ];
  for (const [text, rule] of cases) {
    it(`are a warning (${rule})`, () => assert.deepEqual(found(SPEC + text, swarm).map((finding) => [finding.rule, finding.severity]), [[rule, 'warning']]));
    it(`are not told without a swarm (${rule})`, () => assert.deepEqual(found(SPEC + text, undefined), []));
    it(`are not told where the list could not be read (${rule})`, () => assert.deepEqual(found(SPEC + text, { revision: 2 }), []));
    it(`are not told of fragments (${rule})`, () => assert.deepEqual(found(`# swarmspec: as=partial\n${SPEC}${text}`, swarm), []));
  }
  it('are no others', () => {
    const good = `${SPEC}    Secrets: [{ SecretID: s1, SecretName: pw, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }]\n  Networks: [{ Target: backend }, { Target: host }]\n  Placement: { Constraints: ["node.labels.disk==ssd"] }\n`;
    assert.deepEqual(found(good, swarm), []);
    assert.deepEqual(findingsOf(good).filter(({ severity }) => severity === 'error'), []);
  });
  it('are told anew when the swarm has changed', () => {
    const text = `${SPEC}  Networks: [{ Target: late }]\n`;
    const file = readFile(text, 'yaml');
    const rules = (names: SwarmNames) => validate(file, { target: (document) => resolveTarget(document, {}), swarm: names }).map(({ rule }) => rule);
    assert.ok(rules(swarm).includes('network-not-found'));
    assert.ok(!rules({ ...swarm, revision: 2, networks: [{ id: 'n2', name: 'late', scope: 'swarm' }] }).includes('network-not-found'));
  });
});
