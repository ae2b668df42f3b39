import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, startClient } from './support/client';

const URI = 'file:///deploy/web.service.yaml';
const CAPABILITIES = { experimental: { swarmspec: { status: true } } };
const HINTED = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n    StopGracePeriod: 10000000000\n';

/** What the status says of an engine, to somebody who works with it and to somebody who only writes. */
describe('the status of the engine', () => {
  let client: Client;
  let engine: http.Server | undefined;
  const statuses: any[] = [];
  const { DOCKER_HOST } = process.env;

  afterEach(async () => {
    await client.stop();
    engine?.close();
    if (DOCKER_HOST === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = DOCKER_HOST;
  });

  async function start(settings: object): Promise<void> {
    statuses.length = 0;
    client = await startClient({ capabilities: CAPABILITIES, settings });
    client.connection.onNotification('swarmspec/status', (status) => void statuses.push(status));
  }
  async function status(fits: (status: any) => boolean): Promise<any> {
    for (let left = 200; left > 0; left--) {
      if (statuses.length > 0 && fits(statuses.at(-1))) return statuses.at(-1);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.fail(`the last status was ${JSON.stringify(statuses.at(-1))}`);
  }

  it('wants no attention where nobody has named one and none is there', async () => {
    process.env.DOCKER_HOST = 'unix:///nonexistent.sock';
    await start({ api: '' });
    assert.equal((await status(({ engine: seen }) => seen?.reachable === false)).wantsAttention, false);
  });

  it('wants attention where the one that the settings name does not answer', async () => {
    await start({ host: 'unix:///nonexistent.sock' });
    assert.equal((await status(({ engine: seen }) => seen?.reachable === false)).wantsAttention, true);
  });

  it('wants attention once one that has answered does not any more', async () => {
    engine = http.createServer(({ url }, response) => {
      response.setHeader('Api-Version', '1.51').setHeader('Swarm', 'active/manager').setHeader('Server', 'Docker/28.5.2 (linux)').setHeader('Content-Type', 'application/json');
      const { pathname } = new URL(url ?? '', 'http://engine');
      response.end(pathname === '/_ping' ? 'OK' : pathname === '/version' ? '{"Version":"28.5.2","ApiVersion":"1.51","MinAPIVersion":"1.24"}' : pathname.endsWith('/volumes') ? '{"Volumes":[]}' : '[]');
    });
    engine.listen(0, '127.0.0.1');
    await once(engine, 'listening');
    process.env.DOCKER_HOST = `tcp://127.0.0.1:${(engine.address() as AddressInfo).port}`;
    await start({ api: '' });
    assert.equal((await status(({ engine: seen }) => seen?.reachable)).wantsAttention, false);
    engine.close();
    engine.closeAllConnections();
    await client.open(URI, HINTED); // looks again
    assert.equal((await status(({ engine: seen }) => seen?.reachable === false)).wantsAttention, true);
  });
});

describe('inlay hints in an editor that can ask for them again', () => {
  it('follow the settings at once, and are left alone by the others', async () => {
    const capabilities = { workspace: { inlayHint: { refreshSupport: true } } };
    const client = await startClient({ capabilities, settings: { contactEngine: false } });
    let refreshed = 0;
    client.connection.onRequest('workspace/inlayHint/refresh', () => {
      refreshed++;
      return null;
    });
    await client.open(URI, HINTED);
    const hints = async () => (await client.request('textDocument/inlayHint', { textDocument: { uri: URI }, range: { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } } })).length;
    const set = (swarmspec: object) => client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { swarmspec: { contactEngine: false, ...swarmspec } } });
    assert.equal(await hints(), 1);
    await set({ severity: { 'unknown-field': 'off' } });
    assert.deepEqual([await hints(), refreshed], [1, 0]);
    await set({ inlayHints: { durations: false } });
    assert.deepEqual([await hints(), refreshed], [0, 1]);
    await client.stop();
  });
});

describe('a plan that a client shows', () => {
  it('is never checked, whatever the settings count among the specs', async () => {
    const client = await startClient({ capabilities: { textDocument: { diagnostic: {} } }, settings: { contactEngine: false, files: ['**/*.yaml'] } });
    const rulesOf = async (uri: string) => {
      await client.open(uri, 'Nme: web\n', 'swarmspec-yaml');
      return (await client.request('textDocument/diagnostic', { textDocument: { uri } })).items.map(({ code }: any) => code);
    };
    assert.deepEqual(await rulesOf('swarmspec-plan:/1/web.plan.yaml'), []);
    assert.ok((await rulesOf('file:///1/web.plan.yaml')).includes('unknown-field'));
    await client.stop();
  });
});
