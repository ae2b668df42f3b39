/**
 * The extension in VS Code for somebody who reads German, its walkthrough included.
 *
 *   npx mocha test/e2e/languages.e2e.mjs
 *
 * SWARMSPEC_VSIX         as in extension.e2e.mjs
 */
import assert from 'node:assert/strict';
import { leaveEvidence, openWorkbench, requireVsix, startServer } from './harness.mjs';

describe('the extension in a German VS Code', function () {
  this.timeout(240_000);
  let server;
  let vs;

  before(async function () {
    const vsix = requireVsix(this);
    server = await startServer({ vsix, locale: 'de', files: { 'web.service.yaml': 'Name: web\nTaskTemplate:\n  ContainerSpec:\n    Image: nginx:1.27\n' } });
    vs = await openWorkbench(server, { width: 1400, height: 900 });
  });
  afterEach(async function () {
    if (this.currentTest.state === 'failed') await leaveEvidence(vs, this.currentTest);
  });
  after(async () => {
    await vs?.close();
    await server?.stop();
  });

  it('has its commands in German', async () => {
    await vs.openFile('web.service.yaml');
    await vs.page.keyboard.press('F1');
    await vs.quickInput.fill('>Swarmspec: ');
    const rows = vs.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'Swarmspec: Diese Spec planen' }).first().waitFor();
    assert.ok(!(await rows.allInnerTexts()).some(text => /Plan This Spec/.test(text.split('\n')[0])));
    await vs.page.keyboard.press('Escape');
  });

  it('says in German how it is with the engine', async () => {
    const item = vs.page.locator('.statusbar-item[id$="swarmspec.status"]');
    await item.filter({ hasText: 'Swarm API' }).waitFor();
    await vs.page.waitForFunction(() => /antwortet kein Swarm-Manager/.test(document.querySelector('.statusbar-item[id$="swarmspec.status"]').getAttribute('aria-label')));
  });

  it('asks in German what a file is to become', async () => {
    await vs.command('Swarmspec: Diese Datei umwandeln in');
    await vs.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Compose-Datei' }).first().waitFor();
    await vs.page.keyboard.press('Escape');
  });

  it('shows a walkthrough with a picture for each of its steps', async () => {
    await vs.command('Welcome: Open Walkthrough');
    await vs.quickInput.fill('swarmspec');
    await vs.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Erste Schritte mit swarmspec' }).first().click();
    const steps = vs.page.locator('.gettingStartedContainer .getting-started-step');
    await steps.first().waitFor();
    assert.deepEqual((await steps.locator('.step-title').allInnerTexts()).map(text => text.trim()), ['Eine Spec schreiben', 'Planen', 'Anwenden', 'Dasselbe in CI']);
    for (let i = 0; i < 4; i++) {
      await steps.nth(i).click();
      const picture = vs.page.locator('.gettingStartedContainer .getting-started-media img');
      await picture.waitFor();
      await vs.page.waitForFunction(() => document.querySelector('.gettingStartedContainer .getting-started-media img')?.naturalWidth > 100);
    }
  });
});
