/**
 * The packaged extension in a real VS Code, as a user meets it: what only a screen can show. Rules and wordings are
 * tested elsewhere; here a thing is matched by the part that will not change.
 *
 *   npx mocha test/e2e/extension.e2e.mjs
 *
 * SWARMSPEC_VSIX         the package to test (default: the newest *.vsix at the root or in dist/)
 * DOCKER_HOST_FOR_E2E    a swarm manager for the apply tests (default: one of their own, see swarm.mjs)
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { leaveEvidence, openWorkbench, requireVsix, startServer } from './harness.mjs';
import { startSwarm } from './swarm.mjs';

const SPEC = `Name: web
TaskTemplate:
  ContainerSpec:
    Image: nginx:1.27
Mode:
  Replicated:
    Replcas: 3
Networks:
  - Target: frontend

`;
const LINE_OF_TYPO = 7;
const EMPTY_LINE = 10;

const COMPOSE = `services:
  web:
    image: nginx:1.27
    Replcas: 3
`;

describe('the extension in VS Code', function () {
  this.timeout(240_000);
  let server;
  let vs;

  before(async function () {
    const vsix = requireVsix(this);
    server = await startServer({
      vsix,
      files: {
        'web.service.yaml': SPEC,
        'api.swarmspec.yml': SPEC,
        'web.service.json': `${JSON.stringify({ Name: 'web', Mode: { Replicated: { Replcas: 3 } }, Networks: [] }, null, 2)}\n`,
        'compose.yaml': COMPOSE,
        'new.service.yaml': 'Name: web\nUpdateConfig:\n  Parallelism: 1\n  Delay: \nTaskTemplate:\n  ContainerSpec:\n    \n',
        'half.service.yaml': 'Name: web\nTaskTemplate:\n  ContainerSpec:\n    Image: nginx:1.27\n    CapabilityAdd: NET\n  Placement:\n    Constraints:\n      - node.role \n# swarmspec-ignore pids\nMode: R\n',
        'words.service.yaml': 'Name: web\nTaskTemplate:\n  ContainerSpec:\n    Image: nginx:1.27\n    environ\nUpdateConfig:\n  Parallelism: 1\n  Delay:10s\n',
        'deploy/any.yaml': SPEC,
        'team/swarmspec.config.yaml': 'severity:\n  unknwon-field: warning\n  floating-image-tag: \n',
      },
      settings: { 'swarmspec.files': ['deploy/**/*.yaml'] },
    });
    vs = await openWorkbench(server);
  });
  afterEach(async function () {
    if (this.currentTest.state === 'failed') await leaveEvidence(vs, this.currentTest);
  });
  after(async () => {
    await vs?.close();
    await server?.stop();
  });

  it('underlines a misspelt field', async () => {
    await vs.openFile('compose.yaml');          // first: were it checked too, its problem would have arrived by then
    await vs.openFile('web.service.yaml');
    await vs.squiggle('error').waitFor();
  });

  it('lists it among the problems, and leaves other YAML files alone', async () => {
    const problems = await vs.problems();
    assert.ok(problems.some(text => text.includes('Replcas')), problems.join('\n'));
    assert.ok(!problems.some(text => text.includes('compose.yaml')), problems.join('\n'));
  });

  it('says on hover since when a field is deprecated', async () => {
    await vs.hover('Networks', /deprecated since[^]*v?1\.44/i);
  });

  it('explains the underlined field on hover', async () => {
    await vs.hover('Replcas', /Did you mean[^]*Replicas/);
  });

  it('opens the description of the rule from the finding, without a network', async () => {
    await vs.hover('Replcas', /Did you mean/);
    await vs.page.locator('.monaco-hover a').filter({ hasText: 'unknown-field' }).first().click();
    await vs.page.locator('.tabs-container .tab.active[data-resource-name="rules.md"]').waitFor();
    await vs.page.locator('.editor-instance .view-line').filter({ hasText: /^##.unknown-field$/ }).first().waitFor();
    await vs.closeAll();
    await vs.openFile('web.service.yaml');
  });

  it('completes the fields that a mapping may have', async () => {
    await vs.goto(EMPTY_LINE);
    const offered = await vs.completions();
    assert.ok(offered.some(label => /^Labels\b/.test(label)), offered.join('\n'));
    assert.ok(!offered.some(label => /^Mode\b/.test(label)), `Mode is there already: ${offered.join('\n')}`);
  });

  it('writes a number as it is typed, and an object that is whole', async () => {
    await vs.openFile('new.service.yaml');
    await vs.goto(4, 10);
    await vs.page.keyboard.type('10s');
    assert.match((await vs.completions())[0], /^10s → 10000000000/);
    await vs.choose(/^10s → /);
    await vs.goto(7, 5);
    await vs.choose(/^Healthcheck/);
    await vs.page.keyboard.press('Escape'); // out of the stops
    await vs.save();
    const text = server.read('new.service.yaml');
    assert.match(text, /^ {2}Delay: 10000000000$/m);
    assert.match(text, /^ {4}Healthcheck:\n {6}Test:\n {8}- CMD-SHELL\n {8}- curl .*\n {6}Interval: 10000000000\n[^]*^ {4}Image: nginx:1\.27$/m);
    await vs.openFile('web.service.yaml');
  });

  it('goes on from half a word, as the editor filters what it is given', async () => {
    await vs.openFile('half.service.yaml');
    // from below, so that lines above stay where they are
    await vs.goto(10, 8);
    await vs.choose(/^Replicated\b/);
    await vs.page.keyboard.press('Escape');
    await vs.goto(9, 24);
    await vs.choose(/^pids-not-limited/);
    await vs.goto(8, 19);
    await vs.choose(/^node\.role==/);
    await vs.choose(/manager/);
    await vs.goto(5, 23);
    await vs.choose(/^NET_ADMIN/);
    await vs.save();
    const text = server.read('half.service.yaml');
    assert.match(text, /^ {4}CapabilityAdd:\n {6}- NET_ADMIN$/m);
    assert.match(text, /^ {6}- node\.role ?== ?manager$/m);
    assert.match(text, /^# swarmspec-ignore pids-not-limited$/m);
    assert.match(text, /^Mode:\n {2}Replicated:\n {4}Replicas: 1$/m);
    await vs.openFile('web.service.yaml');
  });

  it('finds a field by the word that compose files have for it, and the value behind a colon without a space', async () => {
    await vs.openFile('words.service.yaml');
    await vs.goto(8, 12);
    await vs.choose(/^10s → 10000000000/);
    await vs.goto(5, 12);
    await vs.choose(/^Env\b/);
    await vs.page.keyboard.press('Escape');
    await vs.save();
    const text = server.read('words.service.yaml');
    assert.match(text, /^ {4}Env:/m);
    assert.match(text, /^ {2}Delay: 10000000000$/m);
    await vs.openFile('web.service.yaml');
  });

  it('renames the field by quick fix', async () => {
    await vs.goto(LINE_OF_TYPO, 7);
    const rename = /Rename .Replcas. to .Replicas./;
    const titles = await vs.actions();
    assert.ok(titles.some(title => rename.test(title)), titles.join('\n'));
    await vs.pickAction(rename);
    await vs.squiggle('error').waitFor({ state: 'detached' });
    await vs.save();
    assert.equal(server.read('web.service.yaml'), SPEC.replace('Replcas', 'Replicas'));
  });

  it('does the same for JSON', async () => {
    await vs.openFile('web.service.json');
    await vs.squiggle('error').waitFor();
    await vs.hover('Networks', /deprecated since[^]*v?1\.44/i);
  });

  it('says everything once, although VS Code knows JSON too', async () => {
    const problems = (await vs.problems()).filter(text => text.includes('Replcas'));
    assert.equal(problems.length, 1, problems.join('\n'));
  });

  it('knows *.swarmspec.yml files', async () => {
    await vs.openFile('api.swarmspec.yml');
    await vs.squiggle('error').waitFor();
  });

  it('knows the files that the setting names', async () => {
    await vs.quickOpen('any.yaml');
    await vs.squiggle('error').waitFor();
  });

  it('shows what is wrong with a config file, once, and completes it', async () => {
    await vs.quickOpen('swarmspec.config.yaml');
    await vs.squiggle('error').waitFor();
    await vs.hover('unknwon', /Did you mean[^]*unknown-field/);
    const problems = (await vs.problems()).filter(text => text.includes('unknwon-field'));
    assert.equal(problems.length, 1, problems.join('\n'));
    await vs.goto(3, 23);
    await vs.choose(/^information\b/);
    await vs.save();
    assert.match(server.read('team/swarmspec.config.yaml'), /^ {2}floating-image-tag: information$/m);
    await vs.closeAll();
    await vs.quickOpen('any.yaml');
  });

  it('validates by command', async () => {
    await vs.command('Swarmspec: Validate');
    await vs.squiggle('error').waitFor();
    assert.equal(await vs.complaint(), undefined);
    await vs.tidy();
  });

  it('shows the API version by command', async () => {
    await vs.command('Swarmspec: Show API Version');
    await vs.says(/\bv?1\.\d\d\b/);
    await vs.tidy();
  });

  it('says that there is no engine to apply to', async () => {
    await vs.openFile('web.service.yaml');
    await vs.command('Swarmspec: Apply This Spec');
    await vs.says(/reach/i);
    await vs.tidy();
  });
});

describe('applying from VS Code', function () {
  this.timeout(240_000);
  let swarm;
  let server;
  let vs;

  before(async function () {
    const vsix = requireVsix(this);
    swarm = await startSwarm(this);
    server = await startServer({
      vsix,
      dockerHost: swarm.host,
      files: {
        // A modeline makes any file a spec. Here it also has to wake the extension, since nothing else is open.
        'live.yaml': `# swarmspec: api=1.41\n${JSON.stringify(swarm.specAt('by command'), null, 2)}\n`,
        'several.service.yaml': `Name: another\n---\n${JSON.stringify(swarm.specAt('by code action'), null, 2)}\n`,
      },
    });
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

  it('asks first, and sends nothing when dismissed', async () => {
    const { Version: { Index: before } } = await swarm.service();
    await vs.openFile('live.yaml');
    await vs.command('Swarmspec: Apply This Spec');
    const question = await vs.question('Apply');
    assert.ok(question.text.includes(swarm.name), question.text);
    assert.match(question.text, /Labels\b.*stage[^]*before[^]*by command/);
    await question.dismiss();
    for (let i = 0; i < 10; i++) {              // that nothing is sent can only be watched for a while
      const { Version: { Index: after }, Spec } = await swarm.service();
      assert.equal(after, before);
      assert.equal(Spec.Labels.stage, 'before');
      await sleep(100);
    }
  });

  it('gives the engine the new spec when confirmed', async () => {
    await vs.command('Swarmspec: Apply This Spec');
    await (await vs.question('Apply')).accept();
    await vs.toast(/Applied: /);
    assert.deepEqual((await swarm.service()).Spec.Labels, { stage: 'by command' });
    await vs.tidy();
  });

  it('says so when there is nothing to change', async () => {
    await vs.command('Swarmspec: Apply This Spec');
    await vs.toast(/Nothing to change/);
    await vs.tidy();
  });

  it('applies by code action the spec that the cursor is in', async () => {
    await vs.openFile('several.service.yaml');
    await vs.squiggle('error').waitFor();       // of the other spec, which is incomplete and none of our business
    await vs.goto(4, 4);
    const apply = /^Apply this spec to the swarm/;
    const titles = await vs.actions();
    assert.ok(titles.some(title => apply.test(title)), titles.join('\n'));
    await vs.pickAction(apply);
    const question = await vs.question('Apply');
    assert.ok(question.text.includes(swarm.name), question.text);
    await question.accept();
    await vs.toast(/Applied: /);
    assert.deepEqual((await swarm.service()).Spec.Labels, { stage: 'by code action' });
  });
});
