/**
 * Conversion in VS Code: what a file becomes opens beside it, unsaved and in the right language, with the list of what could not
 * be carried over.
 *
 *   npx mocha test/e2e/convert.e2e.mjs
 *
 * SWARMSPEC_VSIX         as in extension.e2e.mjs
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { leaveEvidence, openWorkbench, requireVsix, startServer } from './harness.mjs';

const COMPOSE = `services:
  web:
    image: nginx:1.27
    build: .
    depends_on: [db]
    deploy:
      replicas: 3
`;
const SPEC = `# the shop's front
Name: web
TaskTemplate:
  ContainerSpec:
    Image: nginx:1.27
    Init: true
  ForceUpdate: 3
`;

describe('conversion in VS Code', function () {
  this.timeout(240_000);
  let server;
  let vs;
  const files = { 'compose.yaml': COMPOSE, 'web.service.yaml': SPEC };

  before(async function () {
    const vsix = requireVsix(this);
    server = await startServer({ vsix, files });
    vs = await openWorkbench(server, { width: 1500, height: 900 });
  });
  afterEach(async function () {
    if (this.currentTest.state === 'failed') await leaveEvidence(vs, this.currentTest);
    const opened = vs.page.locator('.editor-group-container').nth(1);
    if (!await opened.count()) return;
    await vs.command('View: Revert and Close Editor');                   // unsaved, so closing would ask
    await opened.waitFor({ state: 'detached' });
  });
  after(async () => {
    await vs?.close();
    await server?.stop();
  });

  /** What is open on the right: the lines on screen, in their order there. */
  const right = async () => {
    const group = vs.page.locator('.editor-group-container').nth(1);
    const lines = await group.locator('.view-line').evaluateAll(all => all.map(line => [Number.parseFloat(line.style.top), line.textContent]).sort(([a], [b]) => a - b));
    return lines.map(([, text]) => text.replaceAll('\u00a0', ' ')).join('\n');
  };
  const shows = async (want) => {
    await vs.page.locator('.editor-group-container').nth(1).locator('.view-line').filter({ hasText: want }).first().waitFor();
    return right();
  };
  const pick = async (label) => {
    await vs.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first().click();
  };
  const language = () => vs.page.locator('[id="status.editor.mode"]').innerText();

  it('makes specs of a compose file, opens them beside it, and lists what was not carried over', async () => {
    await vs.openFile('compose.yaml');
    await vs.command('Swarmspec: Convert This File to');
    await pick('Service specs');
    const text = await shows('Replicas: 3');
    assert.match(text, /^Name: web\n[^]*Image: nginx:1\.27/m);
    assert.match(await language(), /Swarm service spec \(YAML\)/);
    const told = await vs.question('Show what was lost');
    assert.match(told.text, /compose\.yaml: not all was carried over \(3\)\./);
    await told.accept();
    await vs.page.locator('.part.panel .view-line').filter({ hasText: /not\sall\swas\scarried\sover/ }).first().waitFor();
    const listed = (await vs.page.locator('.part.panel .view-line').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
    for (const lost of [/services\.web\.build: /, /services\.web\.depends_on: /]) assert.match(listed, lost);
  });

  it('does the same by code action', async () => {
    await vs.openFile('compose.yaml');
    await vs.goto(2, 4);
    await vs.actions();
    await vs.pickAction(/^Convert its services to service specs/);
    await shows('Replicas: 3');
  });

  it('makes JSON of YAML', async () => {
    await vs.openFile('web.service.yaml');
    await vs.command('Swarmspec: Convert This File to');
    await pick('JSON');
    const text = await shows('"Init": true');
    assert.deepEqual(JSON.parse(text), { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'nginx:1.27', Init: true }, ForceUpdate: 3 } });
    assert.match(await language(), /Swarm service spec \(JSON\)/);
  });

  it('makes a compose file of a spec', async () => {
    await vs.openFile('web.service.yaml');
    await vs.command('Swarmspec: Convert This File to');
    await pick('Compose file');
    assert.match(await shows('image: nginx:1.27'), /services:\n {2}web:/);
    assert.match(await language(), /YAML/);
  });

  it('has written nothing on the disk', () => {
    assert.deepEqual(fs.readdirSync(server.workspace).sort(), Object.keys(files).sort());
  });
});
