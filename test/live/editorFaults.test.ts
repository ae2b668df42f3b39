import * as assert from 'node:assert/strict';
import { type Client, startClient } from '../support/client';
import { liveSuite } from '../support/engine';
import { type FaultProxy, startFaultProxy } from '../support/faultProxy';
import { SECRET_ENV } from '../support/wholeRun';

const NAME = 'swarmspec-editorfaults-web';
const URI = 'file:///editor/faults.service.yaml';
const spec = (run: string, more = ''): string => `Name: ${NAME}\nLabels: { run: "${run}"${more} }\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n    Env: ${JSON.stringify(SECRET_ENV)}\nMode:\n  Replicated: { Replicas: 0 }\n`;

liveSuite('an apply in an editor behind a faulty connection', '28', (engine) => {
  let client: Client;
  let proxy: FaultProxy;
  let whenAsked: () => Promise<void> = async () => undefined;
  let whenTold: (token: string, message: string) => void = () => undefined;
  /** By token, whether its end has been told. */
  const progresses = new Map<unknown, 'begun' | 'ended'>();

  before(async () => {
    proxy = await startFaultProxy(engine().socket);
    client = await startClient({
      capabilities: { window: { workDoneProgress: true, showMessage: {} } },
      settings: { host: proxy.host },
      answers: async ({ actions = [] }) => {
        await whenAsked();
        return actions.find(({ title }) => title !== 'Cancel') ?? null;
      },
    });
    client.connection.onRequest('window/workDoneProgress/create', () => null);
    client.connection.onNotification('$/progress', ({ token, value }) => {
      progresses.set(token, value.kind === 'end' ? 'ended' : 'begun');
      whenTold(token, value.message ?? '');
    });
    await client.open(URI, spec('1'), 'swarmspec-yaml');
  });
  after(async () => {
    await client?.stop();
    await proxy?.close();
  });

  const apply = () => client.request('workspace/executeCommand', { command: 'swarmspec.apply', arguments: [URI] });

  it('ends its progress when somebody else was first and the engine is then out of reach', async () => {
    assert.equal((await apply()).kind, 'applied');
    await client.change(URI, 2, spec('2'));
    whenAsked = async () => {
      const { json } = await engine().request('GET', `/services/${NAME}`);
      const theirs = { ...json.Spec, Labels: { ...json.Spec.Labels, theirs: 'yes' } };
      assert.equal((await engine().request('POST', `/services/${json.ID}/update?version=${json.Version.Index}`, theirs)).status, 200);
      let refused = false;
      proxy.set(({ method, url }) => {
        if (refused) return 'cutBefore';
        refused = method === 'POST' && url.includes('/update?version=') && !url.includes('version=0');
        return 'none';
      });
    };
    const ended = await apply();
    assert.deepEqual([ended.kind, /Nothing was applied\.$/.test(ended.message)], ['cut', true], JSON.stringify(ended));
    assert.equal((await engine().request('GET', `/services/${NAME}`)).json.Spec.Labels.run, '1');
    await client.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: 0, character: 0 } });
    assert.deepEqual([...progresses.values()], ['ended', 'ended']);
  }).timeout(60_000);

  it('waits no longer for what has become of a request when its progress is cancelled, and says that nobody knows', async () => {
    whenAsked = async () => undefined;
    await client.change(URI, 3, spec('3', ', theirs: "yes"'));
    let cancelled = 0;
    whenTold = (token, message) => {
      if (!message.includes('to learn what has become of the request')) return;
      cancelled = Date.now();
      void client.connection.sendNotification('window/workDoneProgress/cancel', { token });
    };
    proxy.next('cutBefore', /POST .*\/update\?version=[1-9]/);
    const ended = await apply();
    assert.ok(Date.now() - cancelled < 10_000, `${Date.now() - cancelled} ms`);
    assert.deepEqual([ended.kind, /^Nobody knows whether .* was updated: .* The waiting was cancelled\. Look at the service before you apply again\.$/.test(ended.message)], ['unknown', true], JSON.stringify(ended));
  }).timeout(60_000);
});
