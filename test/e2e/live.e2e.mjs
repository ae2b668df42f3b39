/**
 * What an editor shows of a live service and what its user does there: VS Code on a real engine with tasks that run.
 *
 *   npx mocha test/e2e/live.e2e.mjs
 *
 * SWARMSPEC_VSIX         as in extension.e2e.mjs
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { leaveEvidence, openWorkbench, requireVsix, startServer } from './harness.mjs';
import { startSwarm } from './swarm.mjs';

const FILE = 'web.service.json';
const MOVED = `Name: other
TaskTemplate:
  ContainerSpec:
    Image: nginx:1.27
Networks:
  - Target: frontend
`;

describe('a live service in VS Code', function () {
  this.timeout(240_000);
  let swarm;
  let server;
  let vs;
  let text;
  const env = async () => (await swarm.service()).Spec.TaskTemplate.ContainerSpec.Env;
  const textAt = stage => text.replace('STAGE=before', `STAGE=${stage}`);
  const put = stage => vs.changeOutside(FILE, textAt(stage), `STAGE=${stage}`);

  before(async function () {
    const vsix = requireVsix(this);
    swarm = await startSwarm(this, { running: true });
    text = `${JSON.stringify(swarm.specAt('before'), null, 2)}\n`;
    server = await startServer({ vsix, dockerHost: swarm.host, dockerContext: 'e2e', files: { [FILE]: text, 'other.service.yaml': MOVED } });
    vs = await openWorkbench(server, { width: 1400, height: 900 });
  });
  afterEach(async function () {
    if (this.currentTest.state === 'failed') await leaveEvidence(vs, this.currentTest);
  });
  after(async () => {
    await vs?.close();
    await server?.stop();
    await swarm?.stop();
  });

  it('says over the spec how its service is', async () => {
    await vs.openFile(FILE);
    const lens = await vs.lens(/2\/2 running · in sync/);
    const { Version: { Index } } = await swarm.service();
    assert.equal(lens, `2/2 running · in sync · index ${Index}`);
  });

  it('says in the status bar which API version counts, and that the engine is there', async () => {
    const item = vs.page.locator('.statusbar-item[id$="swarmspec.status"]');
    assert.match(await item.innerText(), /Swarm API 1\.51/);
    assert.match(await item.getAttribute('aria-label') ?? '', /Engine 28\.5/);
  });

  it('says behind numbers what they mean', async () => {
    const line = number => vs.page.locator('.editor-instance .view-line').filter({ hasText: String(number) }).first();
    await line(268435456).filter({ hasText: '256 MiB' }).waitFor();
    await line(100000000).filter({ hasText: '100 ms' }).waitFor();
  });

  it('shows a plan by click on the lens: the live spec on the left, the plan on the right, and nothing is sent', async () => {
    await put('planned');
    const { Version: { Index } } = await swarm.service();
    const lens = await vs.lens(/1 difference/);
    assert.equal(lens, `2/2 running · 1 difference · index ${Index}`);
    await vs.clickLens(/1 difference/);
    const left = await vs.diff('original', 'STAGE');
    const right = await vs.diff('modified', 'STAGE');
    assert.ok(!left.join().includes('planned') && !right.join().includes('STAGE=before'), `${left}\n${right}`);
    assert.equal((await swarm.service()).Version.Index, Index);
    await vs.page.locator('.tab.active').filter({ hasText: `docker context e2e: live (version index ${Index})` }).waitFor();
    await vs.tidy();
    await vs.closeAll();
  });

  it('asks with context, service and the tasks that restart, then applies to the engine', async () => {
    await vs.openFile(FILE);
    await vs.lens(/1 difference/);
    await vs.clickLens(/^Apply$/);
    const question = await vs.question('Apply');
    for (const want of [swarm.name, 'docker context `e2e`', '2 tasks restart', 'Env']) assert.ok(question.text.includes(want), question.text);
    assert.deepEqual(await env(), ['STAGE=before']);
    await question.accept();
    await vs.toast(/Applied: /);
    assert.deepEqual(await env(), ['STAGE=planned']);
    await vs.tidy();
    await vs.closeAll();
    await vs.openFile(FILE);
    await vs.lens(/in sync/);
  });

  it('asks again with a new plan when somebody else was faster, and keeps what they did', async () => {
    await put('mine');
    await vs.lens(/1 difference/);
    await vs.clickLens(/^Apply$/);
    const question = await vs.question('Apply');
    await swarm.update((spec) => {
      spec.Labels.theirs = 'yes';
    });
    await question.accept();
    const again = await vs.question('Apply');
    assert.match(again.text, /has changed since it was read/);
    assert.deepEqual(await env(), ['STAGE=planned']);
    await again.accept();
    await vs.toast(/Applied: /);
    assert.deepEqual(await env(), ['STAGE=mine']);
    assert.equal((await swarm.service()).Spec.Labels.theirs, 'yes');
    await vs.tidy();
    await vs.closeAll();
  });

  it('stops watching when its user cancels, and says that the swarm goes on', async () => {
    // a step that waits long after the first task
    await swarm.update((spec) => {
      spec.UpdateConfig = { Parallelism: 1, Delay: 12_000_000_000 };
    });
    await vs.openFile(FILE);
    await vs.command('Swarmspec: Pull the Live Spec into This File');
    await vs.page.locator('.editor-instance .view-line').filter({ hasText: '12000000000' }).first().waitFor();
    await vs.tidy();
    await vs.save();
    text = server.read(FILE).replace('STAGE=mine', 'STAGE=before');
    await put('slow');
    await vs.lens(/1 difference/);
    await vs.clickLens(/^Apply$/);
    await (await vs.question('Apply')).accept();
    const progress = vs.page.locator('.notification-toast').filter({ hasText: `Applying ${swarm.name}` });
    await progress.filter({ hasText: /of 2/ }).first().waitFor();
    await progress.locator('.monaco-button', { hasText: /^Cancel$/ }).first().click();
    await vs.toast(/Not watching .* any longer[^]*The swarm goes on with it/);
    const { Spec, UpdateStatus } = await swarm.service();
    assert.deepEqual([Spec.TaskTemplate.ContainerSpec.Env, UpdateStatus.State], [['STAGE=slow'], 'updating']);
    await swarm.settled();
    assert.deepEqual(await env(), ['STAGE=slow']);
    await vs.tidy();
    await vs.closeAll();
  });

  it('rolls back by click on the lens, after a yes', async () => {
    await vs.openFile(FILE);
    await vs.lens(/running/);
    await vs.clickLens(/^Rollback$/);
    const question = await vs.question('Roll Back');
    assert.match(question.text, /2 tasks restart/);
    await question.accept();
    await vs.toast(/Applied: |Rolled back/);
    assert.deepEqual(await env(), ['STAGE=mine']);
    await vs.tidy();
    await vs.closeAll();
  });

  it('moves deprecated networks to their new place by quick fix', async () => {
    await vs.openFile('other.service.yaml');
    await vs.page.locator('.squiggly-warning, .squiggly-inline-deprecated, .squiggly-info').first().waitFor();
    await vs.goto(5, 2);
    await vs.actions();
    await vs.pickAction(/^Move .*Networks.*TaskTemplate/);
    await vs.save();
    assert.match(server.read('other.service.yaml'), /TaskTemplate:\n[^]* {2}Networks:\n\s+- Target: frontend/);
    assert.doesNotMatch(server.read('other.service.yaml'), /^Networks:/m);
    await vs.closeAll();
  });

  it('traces the protocol without what files hold', async () => {
    await vs.command('Developer: Set Log Level');
    const rows = vs.page.locator('.quick-input-list .monaco-list-row');
    await vs.quickInput.fill('swarmspec');
    await rows.filter({ hasText: 'swarmspec' }).first().click();
    await rows.filter({ hasText: 'Trace' }).first().click();
    await vs.openFile(FILE);
    let logs = '';
    for (let left = 100; left > 0 && !/textDocument\/codeLens/.test(logs); left--) {
      logs = server.logs('swarmspec');
      await sleep(200);
    }
    assert.match(logs, /textDocument\/didOpen[^]*textDocument\/codeLens/);
    assert.ok(!/STAGE=|busy:1|ContainerSpec/.test(logs), logs);
  });

  it('connects to the engine and nowhere else', () => {
    assert.deepEqual(server.connections(), [swarm.host.replace('unix://', '')]);
  });
});

describe('an engine whose name has to be typed, in VS Code', function () {
  this.timeout(240_000);
  let swarm;
  let server;
  let vs;
  const env = async () => (await swarm.service()).Spec.TaskTemplate.ContainerSpec.Env;

  before(async function () {
    const vsix = requireVsix(this);
    swarm = await startSwarm(this, { running: true });
    server = await startServer({
      vsix, dockerHost: swarm.host, dockerContext: 'prod', settings: { 'swarmspec.protection': { prod: 'type-name' } },
      files: { [FILE]: `${JSON.stringify(swarm.specAt('after'), null, 2)}\n` },
    });
    vs = await openWorkbench(server, { width: 1400, height: 900 });
    await vs.openFile(FILE);
  });
  afterEach(async function () {
    if (this.currentTest.state === 'failed') await leaveEvidence(vs, this.currentTest);
  });
  after(async () => {
    await vs?.close();
    await server?.stop();
    await swarm?.stop();
  });

  const box = () => vs.page.locator('.quick-input-widget').filter({ hasText: 'Changes there need the name of the engine typed: prod' });
  const apply = async () => {
    await vs.command('Swarmspec: Apply This Spec');
    await box().waitFor();
    return box().innerText();
  };

  it('names the context, the service and the tasks that restart, and takes Escape for a no', async () => {
    const text = await apply();
    for (const want of [swarm.name, 'docker context prod', '2 tasks restart', 'Env']) assert.ok(text.includes(want), text);
    await vs.diff('modified', /but\schanged/);               // the plan, in sight below the question
    await vs.page.keyboard.press('Escape');
    await box().waitFor({ state: 'hidden' });
    assert.deepEqual(await env(), ['STAGE=before']);
    await vs.closeAll();
  });

  it('takes no other name', async () => {
    await vs.openFile(FILE);
    await apply();
    await vs.quickInput.fill('prof');
    await vs.page.locator('.quick-input-message').filter({ hasText: 'The name of the engine is prod.' }).waitFor();
    await vs.page.keyboard.press('Enter');
    await vs.quickInput.fill('pro');
    await box().waitFor();
    await vs.page.keyboard.press('Enter');
    assert.ok(await vs.quickInput.isVisible());
    assert.deepEqual(await env(), ['STAGE=before']);
  });

  it('applies once the name is typed', async () => {
    await vs.quickInput.fill('prod');
    await vs.page.keyboard.press('Enter');
    await vs.toast(/Applied: /);
    assert.deepEqual(await env(), ['STAGE=after']);
  });
});

describe('a folder that nobody trusts, in VS Code', function () {
  this.timeout(240_000);
  let swarm;
  let server;
  let vs;

  before(async function () {
    const vsix = requireVsix(this);
    swarm = await startSwarm(this, { running: true });
    server = await startServer({ vsix, dockerHost: swarm.host, trust: true, files: { 'web.service.yaml': `${JSON.stringify(swarm.specAt('after'), null, 2)}\n`, 'bad.service.yaml': 'Nme: web\n' } });
    vs = await openWorkbench(server);
  });
  afterEach(async function () {
    if (this.currentTest.state === 'failed') await leaveEvidence(vs, this.currentTest);
  });
  after(async () => {
    await vs?.close();
    await server?.stop();
    await swarm?.stop();
  });

  it('is checked and completed', async () => {
    await vs.openFile('bad.service.yaml');
    await vs.squiggle('error').waitFor();
    await vs.goto(2, 1);
    assert.ok((await vs.completions()).some(label => /^Labels\b/.test(label)));
  });

  it('has no lenses, and a plan says why there is none', async () => {
    await vs.openFile('web.service.yaml');
    await vs.command('Swarmspec: Plan This Spec');
    await vs.toast(/not trusted/);
    assert.equal(await vs.page.locator('.codelens-decoration a').count(), 0);
  });

  it('leads to no connection at all', () => {
    assert.deepEqual(server.connections(), []);
  });
});
