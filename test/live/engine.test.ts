import * as assert from 'node:assert/strict';
import { encodeAuth } from '../../server/src/engine/auth';
import { connect } from '../../server/src/engine/client';
import type { Engine, LiveService } from '../../server/src/engine/engine';
import { EngineError } from '../../server/src/engine/error';
import { parseHost, type EngineHost } from '../../server/src/engine/host';
import { GENERATION_NAMES, liveSuite, type TestEngine } from '../support/engine';

const NAME = 'swarmspec-test-engine';

for (const generation of GENERATION_NAMES) {
  liveSuite('engine client', generation, (started) => {
    let engine: Engine;
    let api: string;
    before(() => {
      engine = connectTo(started());
      api = started().api;
    });
    afterEach(async () => {
      for (const service of (await started().request('GET', '/services')).json) await started().request('DELETE', `/services/${service.ID}`);
    });

    it('says what it is', async () => {
      const info = await engine.ping();
      assert.equal(info.engineVersion, started().version);
      assert.equal(info.apiVersion, started().api);
      assert.match(info.minApi ?? '', /^1\.\d+$/);
      assert.deepEqual([info.swarm, info.experimental], ['manager', false]);
    });

    it('creates a service and reads it back, every digit of it', async () => {
      const answer = await engine.create({ body: spec('"ForceUpdate":18446744073709551615'), api });
      assert.equal(answer.kind, 'ok');
      const service = await read(engine, api);
      assert.deepEqual(answer, { kind: 'ok', warnings: [], id: service.id });
      assert.match(service.index, /^\d+$/);
      assert.equal((service.spec.TaskTemplate as { ForceUpdate: unknown }).ForceUpdate, 18446744073709551615n);
      assert.equal(service.previousSpec, undefined);
      assert.equal((await engine.service(service.id, api))?.id, service.id);
    });

    it('does not take the beginning of an id for a name, as the engine does', async () => {
      const { id } = await create(engine, api);
      assert.equal((await started().request('GET', `/services/${id.slice(0, 10)}`)).status, 200);
      assert.equal(await engine.service(id.slice(0, 10), api), undefined);
    });

    it('finds no service that is not there', async () => {
      for (const name of ['swarmspec-test-none', 'a/b', 'ä', '.', '..', '']) assert.equal(await engine.service(name, api), undefined, name);
    });

    it('updates, and keeps the spec from before', async () => {
      const { id, index, spec: before } = await create(engine, api);
      const answer = await engine.update(id, { version: index, body: spec('"ForceUpdate":3'), api, registryAuth: encodeAuth({ username: 'me' }) });
      assert.deepEqual(answer, { kind: 'ok', warnings: [] });
      const after = await read(engine, api);
      assert.ok(BigInt(after.index) > BigInt(index));
      assert.deepEqual(after.previousSpec, before);
    });

    it('goes back to the spec from before', async () => {
      const first = await create(engine, api);
      await engine.update(first.id, { version: first.index, body: spec('"ForceUpdate":3'), api });
      const { id, index } = await read(engine, api);
      const answer = await engine.update(id, { version: index, body: spec('"ForceUpdate":3'), api, rollback: 'previous', registryAuthFrom: 'previous-spec' });
      assert.equal(answer.kind, 'ok');
      assert.deepEqual((await read(engine, api)).spec, first.spec);
    });

    it('is out of sequence with a version index from before, and nothing moves', async () => {
      const { id, index } = await create(engine, api);
      await engine.update(id, { version: index, body: spec('"ForceUpdate":1'), api });
      const { index: current } = await read(engine, api);
      const answer = await engine.update(id, { version: index, body: spec('"ForceUpdate":2'), api });
      assert.equal(answer.kind, 'outOfSequence');
      assert.equal((await read(engine, api)).index, current);
    });

    it('refuses another name, and nothing moves', async () => {
      const { id, index } = await create(engine, api);
      const answer = await engine.update(id, { version: index, body: spec('"ForceUpdate":1', `${NAME}-2`), api });
      assert.ok(answer.kind === 'refused' && answer.status === 501, JSON.stringify(answer));
      assert.match(answer.message, /renaming services is not supported/);
      assert.equal((await read(engine, api)).index, index);
    });

    it('refuses a network that is not there', async () => {
      const answer = await engine.create({ body: spec('"Networks":[{"Target":"swarmspec-test-none"}]'), api });
      assert.ok(answer.kind === 'refused', JSON.stringify(answer));
      assert.match(answer.message, /network swarmspec-test-none not found/);
    });

    it('refuses what is no spec', async () => {
      for (const body of ['', '{}', '[]', '{"Name":', '{"Name":1}']) {
        const answer = await engine.create({ body, api });
        assert.ok(answer.kind === 'refused', `${body}: ${JSON.stringify(answer)}`);
      }
    });

    it('refuses a spec that is too large for the managers to agree on', async () => {
      const answer = await engine.create({ body: JSON.stringify({ ...JSON.parse(spec()), Labels: { big: 'x'.repeat(2_000_000) } }), api });
      assert.equal(answer.kind, 'refused');
    });

    it('warns below API 1.30, where it looks for the digest itself', async () => {
      const answer = await engine.create({ body: spec(), api: '1.29' });
      assert.ok(answer.kind === 'ok', JSON.stringify(answer));
      assert.match(answer.warnings[0], /image busy:1 could not be accessed on a registry/);
    });

    it('has a name only once', async () => {
      await create(engine, api);
      assert.equal((await engine.create({ body: spec(), api })).kind, 'nameConflict');
    });

    it('has no service to update under that id', async () => {
      assert.equal((await engine.update('swarmspec-test-none', { version: 1, body: spec(), api })).kind, 'notFound');
    });

    it('refuses an API version it does not speak', async () => {
      assert.equal((await engine.create({ body: spec(), api: '1.999' })).kind, 'refused');
      await assert.rejects(engine.service(NAME, '1.999'), (error) => error instanceof EngineError && error.trouble === 'refused');
    });

    it('breaks the connection over a null among the secrets, which leaves the ending open', async () => {
      const body = JSON.stringify({ Name: NAME, TaskTemplate: { ContainerSpec: { Image: 'busy:1', Secrets: [null] } } });
      const answer = await engine.create({ body, api });
      assert.ok(answer.kind === 'unknownEnding' && answer.cause.trouble === 'cut', JSON.stringify(answer));
      assert.equal(await engine.service(NAME, api), undefined);
    });

    it('lists tasks, and those of the current spec apart', async () => {
      const { id, index } = await create(engine, api, 2);
      await eventually(async () => {
        const tasks = await engine.tasks(id, api, 'upToDate');
        assert.deepEqual(tasks.map(({ state, desiredState, slot }) => [state, desiredState, slot]).sort(), [
          ['running', 'running', 1],
          ['running', 'running', 2],
        ]);
      });
      const [node] = await engine.nodes(api);
      assert.deepEqual([node.state, node.availability], ['ready', 'active']);
      assert.equal((await engine.tasks(id, api))[0].nodeId, node.id);

      const { index: current } = await read(engine, api);
      assert.ok(BigInt(current) >= BigInt(index));
      await engine.update(id, { version: current, body: spec('"ForceUpdate":1', NAME, 1), api });
      await eventually(async () => assert.equal((await engine.tasks(id, api, 'upToDate')).length, 1));
      assert.ok((await engine.tasks(id, api)).length > 1);
    });

    it('lists the networks that a service could name', async () => {
      const id = await started().createNetwork('swarmspec-test-net');
      const networks = await engine.networks(api);
      assert.deepEqual(networks.find((network) => network.id === id), { id, name: 'swarmspec-test-net', scope: 'swarm' });
      assert.ok(networks.some(({ name, scope }) => name === 'host' && scope === 'local'));
      await started().request('DELETE', `/networks/${id}`);
    });

    it('lists services, secrets, configs, volumes and images', async () => {
      const { id, index } = await create(engine, api);
      assert.deepEqual((await engine.services(api)).map((service) => [service.id, service.name, service.index]), [[id, NAME, index]]);
      const secret = await started().createSecret('swarmspec-test-secret', 'hunter2');
      const config = await started().createConfig('swarmspec-test-config', 'hunter2');
      assert.deepEqual(await engine.secrets(api), [{ id: secret, name: 'swarmspec-test-secret' }]);
      assert.deepEqual(await engine.configs(api), [{ id: config, name: 'swarmspec-test-config' }]);
      assert.deepEqual(await engine.volumes(api), []);
      await started().request('POST', '/volumes/create', { Name: 'swarmspec-test-volume' });
      assert.deepEqual(await engine.volumes(api), [{ name: 'swarmspec-test-volume', driver: 'local' }]);
      const [image, ...others] = await engine.images(api);
      assert.deepEqual([image.tags, others], [['busy:1'], []]);
      for (const path of [`/secrets/${secret}`, `/configs/${config}`, '/volumes/swarmspec-test-volume']) await started().request('DELETE', path);
    });

    it('tells its swarm and what constraints see of its nodes', async () => {
      const { ID } = (await started().request('GET', '/swarm')).json;
      const [node] = await engine.nodes(api);
      assert.deepEqual(await engine.swarm(api), { id: ID, nodeId: node.id, managers: 1, nodes: 1 });
      const { Version, Spec } = (await started().request('GET', `/nodes/${node.id}`)).json;
      await started().request('POST', `/nodes/${node.id}/update?version=${Version.Index}`, { ...Spec, Labels: { zone: 'a' } });
      const [{ hostname, role, labels, engineLabels, os, engineVersion }] = await engine.nodes(api);
      assert.deepEqual({ role, labels, engineLabels, os, engineVersion }, { role: 'manager', labels: { zone: 'a' }, engineLabels: {}, os: 'linux', engineVersion: started().version });
      assert.ok(hostname);
    });

    describe('a dry run', () => {
      it('passes what an update would take, and stores nothing', async () => {
        const { id, index } = await create(engine, api);
        const asked = async (body: string, more = {}) => engine.dryRun(id, { body, api, ...more });
        assert.deepEqual(await asked(spec('"ForceUpdate":7')), { kind: 'passed' });
        assert.deepEqual(await asked(spec('"ForceUpdate":8', NAME, 3)), { kind: 'passed' });
        assert.equal((await read(engine, api)).index, index);
      });

      it('is refused where an update would be, in the same words', async () => {
        const { id, index } = await create(engine, api);
        for (const body of [spec(undefined, `${NAME}-2`), spec('"Networks":[{"Target":"swarmspec-test-none"}]'), '{"Name":1}', spec('"Placement":{"Constraints":["node.id"]}')]) {
          const dry = await engine.dryRun(id, { body, api });
          assert.equal(dry.kind, 'refused', body);
          assert.deepEqual(dry, await engine.update(id, { version: index, body, api }));
        }
        assert.equal((await read(engine, api)).index, index);
      });

      it('of a way back tells whether there is one', async () => {
        const { id, index } = await create(engine, api);
        const back = { body: spec(), api, rollback: 'previous', registryAuthFrom: 'spec' } as const;
        assert.ok((await engine.dryRun(id, back)).kind === 'refused');
        await engine.update(id, { version: index, body: spec('"ForceUpdate":1'), api });
        const { index: current } = await read(engine, api);
        assert.deepEqual(await engine.dryRun(id, { ...back, registryAuthFrom: 'previous-spec' }), { kind: 'passed' });
        assert.equal((await read(engine, api)).index, current);
      });

      it('needs the service', async () => {
        assert.equal((await engine.dryRun('swarmspec-test-none', { body: spec(), api })).kind, 'notFound');
      });
    });

    it('starts no tasks while its node is drained', async () => {
      await started().drain(true);
      const { id } = await create(engine, api, 1);
      await eventually(async () => assert.match((await engine.tasks(id, api))[0].error ?? '', /no suitable node/));
      assert.equal((await engine.nodes(api))[0].availability, 'drain');
      await started().drain(false);
    });

    it('is unreachable under another socket', async () => {
      const answer = await connectTo({ host: `${started().host}.none` }).update(NAME, { version: 1, body: spec(), api });
      assert.ok(answer.kind === 'unreachable');
      assert.match(answer.cause.message, /no such socket/);
    });
  });

  liveSuite('engine client outside a swarm', { generation, swarm: false }, (started) => {
    it('says so, and nothing can be read or stored', async () => {
      const engine = connectTo(started());
      const { api } = started();
      assert.equal((await engine.ping()).swarm, 'inactive');
      assert.equal((await engine.create({ body: spec(), api })).kind, 'notAManager');
      assert.equal((await engine.update('x', { version: 1, body: spec(), api })).kind, 'notAManager');
      assert.equal((await engine.dryRun('x', { body: spec(), api })).kind, 'notAManager');
      for (const read of [() => engine.service('x', api), () => engine.tasks('x', api), () => engine.nodes(api), () => engine.swarm(api), () => engine.secrets(api), () => engine.services(api)]) {
        await assert.rejects(read, (error) => error instanceof EngineError && error.trouble === 'notAManager' && /Ask a manager/.test(error.message));
      }
    });
  });

  liveSuite('engine client with experimental features', { generation, swarm: false, experimental: true }, (started) => {
    it('says so', async () => assert.equal((await connectTo(started()).ping()).experimental, true));
  });
}

function connectTo({ host }: Pick<TestEngine, 'host'>): Engine {
  return connect(parseHost(host) as EngineHost);
}

/** A spec without replicas unless asked for; `more` goes into the task template as text, so that its digits survive. */
function spec(more = '"ForceUpdate":0', name = NAME, replicas = 0): string {
  const container = '{"Image":"busy:1","Command":["sleep","1000"],"StopGracePeriod":1000000}';
  return `{"Name":"${name}","Mode":{"Replicated":{"Replicas":${replicas}}},"TaskTemplate":{"ContainerSpec":${container},${more}}}`;
}

async function create(engine: Engine, api: string, replicas = 0): Promise<LiveService> {
  const answer = await engine.create({ body: spec(undefined, NAME, replicas), api });
  assert.equal(answer.kind, 'ok');
  return read(engine, api);
}

async function read(engine: Engine, api: string): Promise<LiveService> {
  const service = await engine.service(NAME, api);
  assert.ok(service);
  return service;
}

/** Tries until the assertions hold, for 15 s. */
async function eventually(holds: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
