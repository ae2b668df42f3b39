import * as assert from 'node:assert/strict';
import { startClient, type Client } from '../support/client';
import { liveSuite } from '../support/engine';

const URI = 'file:///deploy/web.service.yaml';

liveSuite('the editor with a swarm at hand', '28', (engine) => {
  let client: Client;
  let secret: string;

  before(async () => {
    await engine().createNetwork('backend');
    secret = await engine().createSecret('db_password');
    await engine().drain(true);
    await engine().request('POST', '/services/create', { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'busy:1' } }, Mode: { Replicated: { Replicas: 3 } } });
    client = await startClient({ settings: { host: engine().host } });
  });
  after(() => client?.stop());

  const items = async (text: string) => {
    await client.close(URI);
    await client.open(URI, text);
    const lines = text.split('\n');
    const position = { line: lines.length - 1, character: lines[lines.length - 1].length };
    return (await client.request('textDocument/completion', { textDocument: { uri: URI }, position })).items as any[];
  };
  /** What completion offers once the names have come, which it does not wait for. */
  const offered = async (text: string, label: string) => {
    for (let i = 0; i < 100; i++) {
      const found = (await items(text)).find((item) => item.label === label);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${label} is not offered`);
  };

  it('warns of names that are not there, and takes it back when they are mended', async () => {
    const spec = (network: string) => `Name: web\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n  Networks:\n    - Target: ${network}\n`;
    await client.open(URI, spec('bakend'));
    const findings = await client.diagnostics(URI, (all) => all.some(({ code }) => code === 'network-not-found'));
    assert.equal(findings.find(({ code }) => code === 'network-not-found').severity, 2);
    await client.change(URI, 2, spec('backend'));
    await client.diagnostics(URI, (all) => all.every(({ code }) => code !== 'network-not-found'));
  });
  it('offers its networks', async () => assert.ok(await offered('TaskTemplate:\n  Networks:\n    - Target: ', 'backend')));
  it('offers its secrets as the pair of id and name', async () => {
    const { textEdit } = await offered('TaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n    Secrets:\n      - ', 'db_password');
    assert.ok(textEdit.newText.startsWith(`SecretID: ${secret}\n        SecretName: db_password\n`), textEdit.newText);
  });
  it('offers its images and the host names of its nodes', async () => {
    assert.ok(await offered('TaskTemplate:\n  ContainerSpec:\n    Image: ', 'busy:1'));
    assert.ok((await items('TaskTemplate:\n  Placement:\n    Constraints:\n      - node.hostname==')).length > 0);
  });
  it('shows on hover what the running service has instead', async () => {
    await client.close(URI);
    await client.open(URI, 'Name: web\nMode:\n  Replicated:\n    Replicas: 2\n');
    const { contents } = await client.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: 3, character: 6 } });
    assert.match(contents.value, /\*\*Live:\*\* `3` in the running service/);
  });
});
