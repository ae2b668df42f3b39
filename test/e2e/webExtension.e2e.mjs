/**
 * The packaged extension in VS Code's extension host for browsers, as vscode.dev runs it: the client in a worker of the page,
 * the language server in another, and no process of ours anywhere.
 *
 *   npx mocha test/e2e/webExtension.e2e.mjs
 *
 * SWARMSPEC_VSIX         as in extension.e2e.mjs
 */
import assert from 'node:assert/strict';
import { leaveEvidence, openWorkbench, requireVsix, startServer } from './harness.mjs';

const FILE = 'web.service.yaml';
const SPEC = `Name: web
TaskTemplate:
  ContainerSpec:
    Image: nginx:1.27
    StopGracePeriod: 10000000000
Mode:
  Replicated:
    Replcas: 3
Networks:
  - Target: frontend

`;
const LINE_OF_TYPO = 8;
const EMPTY_LINE = 11;

describe('the web extension in VS Code', function () {
  this.timeout(240_000);
  let server;
  let vs;
  const asked = [];

  before(async function () {
    const vsix = requireVsix(this);
    server = await startServer({ vsix, files: { [FILE]: SPEC }, settings: { 'remote.extensionKind': { 'swarmspec.swarmspec': ['web'] } } });
    vs = await openWorkbench(server);
    vs.page.context().on('request', request => asked.push(decodeURIComponent(request.url())));
  });
  afterEach(async function () {
    if (this.currentTest.state === 'failed') await leaveEvidence(vs, this.currentTest);
  });
  after(async () => {
    await vs?.close();
    await server?.stop();
  });

  it('underlines a misspelt field', async () => {
    await vs.openFile(FILE);
    await vs.squiggle('error').waitFor({ timeout: 120_000 });      // a second extension host starts for it
  });

  it('explains on hover', async () => {
    await vs.hover('Networks', /deprecated since[^]*v?1\.44/i);
  });

  it('says behind a number what it means', async () => {
    await vs.page.locator('.editor-instance .view-line').filter({ hasText: '10000000000' }).filter({ hasText: '10 s' }).first().waitFor();
  });

  it('completes the fields that a mapping may have, and writes the one that is chosen', async () => {
    await vs.goto(EMPTY_LINE, 1);
    assert.ok((await vs.completions()).some(label => /^Labels\b/.test(label)));
    await vs.choose(/^EndpointSpec\b/);
    await vs.page.locator('.editor-instance .view-line').filter({ hasText: 'EndpointSpec:' }).first().waitFor();
  });

  it('renames the field by quick fix, and offers nothing that needs an engine', async () => {
    await vs.goto(LINE_OF_TYPO, 6);
    const titles = await vs.actions();
    assert.ok(!titles.some(title => /^Apply/.test(title)), titles.join());
    await vs.pickAction(/^Rename .Replcas. to .Replicas./);
    await vs.squiggle('error').waitFor({ state: 'hidden' });
    await vs.save();
    assert.match(server.read(FILE), /Replicas: 3/);
  });

  it('says that there is no engine in a browser when somebody wants a plan', async () => {
    await vs.command('Swarmspec: Plan This Spec');
    await vs.toast(/No engine can be reached from a browser/);
    await vs.tidy();
  });

  it('fetches its client and its server from the extension, and starts no process', () => {
    for (const name of ['extension.js', 'server.js']) assert.ok(asked.some(url => url.includes(`dist/browser/${name}`)), asked.join('\n'));
    assert.equal(server.connections(), undefined, 'a language server was started as a process');
  });
});
