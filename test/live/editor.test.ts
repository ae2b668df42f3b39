import * as assert from 'node:assert/strict';
import { startClient, type Client } from '../support/client';
import { liveSuite } from '../support/engine';
import { SECRET_ENV } from '../support/wholeRun';

const NAME = 'swarmspec-editor-web';
const URI = 'file:///editor/web.service.yaml';
const spec = (more = ''): string => `Name: ${NAME}
Labels: { tier: web }
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Command: [sleep, "600"]
    Env: [PASSWORD=hunter2, "${SECRET_ENV[0]}"]
    StopGracePeriod: 100000000
Mode:
  Replicated: { Replicas: 2 }
${more}`;

/** What an editor shows of the swarm, and what its user can do there. */
liveSuite('a service in an editor', '28', (engine) => {
  let client: Client;
  const capabilities = { window: { workDoneProgress: true, showMessage: {} }, workspace: { applyEdit: true, codeLens: { refreshSupport: true } }, experimental: { swarmspec: { showPlan: true, status: true } } };
  const shownPlans: any[] = [];
  const statuses: any[] = [];
  const edits: any[] = [];

  before(async () => {
    client = await startClient({ capabilities, settings: { host: engine().host }, answers: async ({ actions = [] }) => actions.find(({ title }) => title !== 'Cancel') ?? null });
    client.connection.onNotification('swarmspec/showPlan', (plan) => void shownPlans.push(plan));
    client.connection.onNotification('swarmspec/status', (status) => void statuses.push(status));
    client.connection.onRequest('workspace/codeLens/refresh', () => null);
    client.connection.onRequest('window/workDoneProgress/create', () => null);
    client.connection.onRequest('workspace/applyEdit', (edit) => {
      edits.push(edit);
      return { applied: true };
    });
    await client.open(URI, spec(), 'swarmspec-yaml');
  });
  after(() => client?.stop());

  const run = (command: string) => client.request('workspace/executeCommand', { command: `swarmspec.${command}`, arguments: [URI] });
  const titles = async (): Promise<string[]> => (await client.request('textDocument/codeLens', { textDocument: { uri: URI } }))?.map(({ command }: any) => command.title) ?? [];
  const until = async (wanted: RegExp): Promise<string[]> => {
    for (let left = 100; left > 0; left--) {
      const now = await titles();
      if (now.some((title) => wanted.test(title))) return now;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`no lens ever said ${wanted}; the last: ${(await titles()).join(' | ')}`);
  };

  it('says over a spec that the swarm has no such service, and creates it', async () => {
    assert.deepEqual(await until(/not in the swarm/), ['not in the swarm', 'Create']);
    assert.equal((await run('apply')).kind, 'applied');
  }).timeout(60_000);

  it('says how many tasks run, that the file is in sync, and the version index', async () => {
    assert.match((await until(/^2\/2 running · in sync · index \d+$/)).join(), /Apply,Rollback,Pull$/);
  }).timeout(60_000);

  it('says which engine is there, and which API version counts', () => {
    assert.match(statuses.at(-1).engine.version, /^28/);
    assert.equal(statuses.at(-1).engine.reachable, true);
    assert.equal(statuses.at(-1).api, engine().api);
  });

  it('counts the differences while the file is edited, without asking the engine', async () => {
    await client.change(URI, 2, spec().replace('tier: web', 'tier: back'));
    await until(/· 1 difference ·/);
  });

  it('shows a plan as two texts without secrets, and changes nothing', async () => {
    await client.change(URI, 3, spec().replace('tier: web', 'tier: back').replace('hunter2', 'hunter3'));
    const before = (await engine().request('GET', `/services/${NAME}`)).json.Version.Index;
    assert.equal((await run('plan')).kind, 'planned');
    const { live, ours, index } = shownPlans.at(-1);
    assert.equal(index, String(before));
    assert.match(live, /tier: web[^]*PASSWORD=\(hidden\)/);
    assert.match(ours, /tier: back[^]*PASSWORD=\(hidden but changed\)/);
    assert.doesNotMatch(live + ours, /hunter/);
    assert.equal((await engine().request('GET', `/services/${NAME}`)).json.Version.Index, before);
  });

  it('names the tasks that restart before it applies, and shows what it then sends', async () => {
    assert.equal((await run('apply')).kind, 'applied');
    assert.match(client.asked.at(-1)!.message, /^Update service .*\n.*version index \d+\)\nTasks: 2 tasks restart, because of /);
    const { json } = await engine().request('GET', `/services/${NAME}`);
    assert.deepEqual([json.Spec.Labels, json.Spec.TaskTemplate.ContainerSpec.Env], [{ tier: 'back' }, ['PASSWORD=hunter3', ...SECRET_ENV]]);
  }).timeout(90_000);

  it('rolls back to the spec from before', async () => {
    assert.equal((await run('rollback')).kind, 'applied');
    const { json } = await engine().request('GET', `/services/${NAME}`);
    assert.deepEqual([json.Spec.Labels, json.Spec.TaskTemplate.ContainerSpec.Env], [{ tier: 'web' }, ['PASSWORD=hunter2', ...SECRET_ENV]]);
  }).timeout(90_000);

  it('pulls the live spec into the file', async () => {
    assert.equal((await run('pull')).kind, 'pulled');
    const [{ edits: [{ newText }] }] = edits.at(-1).edit.documentChanges;
    await client.change(URI, 4, newText);
    await until(/in sync/);
  });

  it('contacts no engine in a folder that nobody trusts', async () => {
    const wary = await startClient({ capabilities, settings: { host: engine().host, trusted: false } });
    await wary.open(URI, spec(), 'swarmspec-yaml');
    for (const command of ['plan', 'apply', 'rollback', 'pull']) {
      const end = await wary.request('workspace/executeCommand', { command: `swarmspec.${command}`, arguments: [URI] });
      assert.match(end.message, /not trusted/);
    }
    assert.equal(await wary.request('textDocument/codeLens', { textDocument: { uri: URI } }), null);
    await wary.stop();
  });
});
