/**
 * The pictures of the documentation, made from the real thing.
 *
 *   node test/e2e/screenshots.mjs editor [docs/images/editor.png]
 *     The extension in VS Code: a squiggle with its hover open. SWARMSPEC_VSIX as in extension.e2e.mjs.
 *
 *   node test/e2e/screenshots.mjs live [docs/images]
 *     lens.png, plan.png and apply.png in that folder: the extension on a real engine of its own.
 *
 *   node test/e2e/screenshots.mjs terminal OUT [--show 'swarmspec validate .'] [--columns 100] [--first 5] -- COMMAND…
 *     The coloured output of a command. `--show` is what the picture's prompt says, where the command as run
 *     (`node dist/cli.js …`) is not what a user would type. Exit codes do not matter: a validator that finds something fails.
 *     `--first` is how many paragraphs of a long output to show besides the last one.
 *
 *   node test/e2e/screenshots.mjs icon
 *     client/icon.png, from client/icon.svg.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ansiToHtml, escapeHtml } from './ansi.mjs';
import { e2eUnavailable, findProgram, findVsix, openBrowser, openWorkbench, ROOT, startServer } from './harness.mjs';
import { startSwarm } from './swarm.mjs';

const DEFAULTS = { editor: 'docs/images/editor.png', live: 'docs/images', terminal: 'docs/images/terminal.png', icon: 'client/icon.png' };
const USAGE = `usage: node test/e2e/screenshots.mjs editor [OUT]
       node test/e2e/screenshots.mjs live [FOLDER]
       node test/e2e/screenshots.mjs icon [OUT]
       node test/e2e/screenshots.mjs terminal OUT [--show TEXT] [--columns N] [--first N] -- COMMAND…`;

// The hovered line is the last one, so that the hover covers nothing.
const SPEC = `# The front end of the shop
Name: shop-web
Mode:
  Replicated:
    Replcas: 3
UpdateConfig:
  Parallelism: 1
  Order: start-first
  FailureAction: rollback
EndpointSpec:
  Ports:
    - TargetPort: 8080
      PublishedPort: 80
Networks:
  - Target: frontend
TaskTemplate:
  Resources:
    Limits:
      MemoryBytes: 268435456
  ContainerSpec:
    Image: registry.example.com/shop/web:2.14.1
    Env:
      - BACKEND=http://orders:8080
    StopGracePeriod: 20s
`;
const HOVERED = '20s';

/** Nothing on the picture but the editor. */
const BARE = {
  'editor.fontSize': 14, 'editor.lineHeight': 20, 'workbench.activityBar.location': 'hidden',
  'window.commandCenter': false, 'workbench.layoutControl.enabled': false, 'window.menuBarVisibility': 'hidden',
  'breadcrumbs.enabled': false, 'editor.scrollbar.vertical': 'hidden', 'editor.overviewRulerBorder': false,
  'editor.lightbulb.enabled': 'off', 'editor.occurrencesHighlight': 'off', 'editor.links': false, 'editor.hover.above': false, 'editor.renderLineHighlight': 'none',
};

// What runs is the first; the file is the second.
const [RUNNING, WRITTEN] = [['2.14.1', 268435456, 'info'], ['2.15.0', 402653184, 'debug']];

function liveSpec(name, [tag, memory, level]) {
  return {
    Name: name,
    Labels: { team: 'storefront' },
    Mode: { Replicated: { Replicas: 3 } },
    UpdateConfig: { Parallelism: 1, Delay: 1500000000, Monitor: 5000000000, Order: 'start-first', FailureAction: 'rollback' },
    TaskTemplate: {
      Resources: { Limits: { NanoCPUs: 500000000, MemoryBytes: memory } },
      ContainerSpec: { Image: `shop/web:${tag}`, Args: ['sleep', '600'], Env: [`LOG_LEVEL=${level}`], StopGracePeriod: 20000000000 },
    },
  };
}

const LIVE_FILE = `Name: shop-web
Labels:
  team: storefront
Mode:
  Replicated:
    Replicas: 3
UpdateConfig:
  Parallelism: 1
  Delay: 1500000000
  Monitor: 5000000000
  Order: start-first
  FailureAction: rollback
TaskTemplate:
  Resources:
    Limits:
      NanoCPUs: 500000000
      MemoryBytes: ${WRITTEN[1]}
  ContainerSpec:
    Image: shop/web:${WRITTEN[0]}
    Args: [sleep, "600"]
    Env:
      - LOG_LEVEL=${WRITTEN[2]}
    StopGracePeriod: 20000000000
`;

async function live(folder) {
  const vsix = requirePackage();
  const none = { skip: () => { throw new Error('These pictures need a real engine.'); } };
  const swarm = await startSwarm(none, { running: true, name: 'shop-web', images: [RUNNING, WRITTEN].map(([tag]) => `shop/web:${tag}`), makeSpec: name => liveSpec(name, RUNNING) });
  const outs = ['lens', 'plan', 'apply'].map(name => path.join(folder, `${name}.png`));
  let server;
  let vs;
  try {
    server = await startServer({
      vsix, dockerHost: swarm.host, dockerContext: 'prod', files: { 'shop-web.service.yaml': LIVE_FILE },
      settings: { ...BARE, 'editor.lineNumbers': 'off', 'editor.folding': false, 'editor.stickyScroll.enabled': false, 'diffEditor.renderGutterMenu': false, 'diffEditor.renderMarginRevertIcon': false, 'diffEditor.codeLens': false },
    });
    vs = await openWorkbench(server, { width: 1120, height: 700, scale: 2 });
    await vs.openFile('shop-web.service.yaml');
    await vs.command('View: Toggle Primary Side Bar Visibility');
    await vs.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
    await vs.lens(/3\/3 running · 3 differences/);
    await vs.page.locator('.editor-instance .view-line').filter({ hasText: '384 MiB' }).first().waitFor();
    const box = await vs.page.locator('.editor-instance .view-line').filter({ hasText: 'StopGracePeriod' }).first().boundingBox();
    await vs.page.locator('.statusbar-item[id$="swarmspec.status"]').waitFor();
    await vs.page.setViewportSize({ width: 860, height: Math.ceil(box.y + box.height + 34) });
    await vs.page.mouse.move(700, 400);
    await vs.page.screenshot({ path: outs[0] });
    await vs.page.setViewportSize({ width: 1120, height: 700 });

    await vs.clickLens(/3 differences/);
    await vs.diff('modified', 'shop/web');
    await vs.tidy();
    await vs.page.mouse.move(900, 600);
    const last = await vs.page.locator('.monaco-diff-editor .modified .view-line').filter({ hasText: 'StopGracePeriod' }).first().boundingBox();
    await vs.page.screenshot({ path: outs[1], clip: { x: 0, y: 0, width: 1120, height: Math.ceil(last.y + last.height + 14) } });

    await vs.command('Swarmspec: Apply This Spec');
    const question = await vs.question('Apply');
    await vs.page.mouse.move(900, 600);
    await vs.page.screenshot({ path: outs[2] });
    await question.dismiss();
  } catch (error) {
    await vs?.saveEvidence('screenshot of a live service');
    throw error;
  } finally {
    await vs?.close();
    await server?.stop();
    await swarm.stop();
  }
  return outs;
}

function requirePackage() {
  const vsix = findVsix();
  if (!vsix) throw new Error('There is no *.vsix at the root or in dist/. Package the extension, or set SWARMSPEC_VSIX.');
  return vsix;
}

async function editor(out) {
  const vsix = requirePackage();
  const server = await startServer({
    vsix,
    files: { 'shop-web.service.yaml': SPEC },
    settings: { ...BARE, 'swarmspec.contactEngine': false },
  });
  let vs;
  try {
    vs = await openWorkbench(server, { width: 940, height: 765, scale: 2 });
    await vs.openFile('shop-web.service.yaml');
    await vs.squiggle('error').waitFor();
    await vs.command('View: Toggle Primary Side Bar Visibility');
    await vs.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
    await vs.goto(2, 100);
    await vs.hover(HOVERED, /is text[^]*Left out/);
    await vs.page.locator('.monaco-hover').getByText('Quick Fix...').filter({ hasNotText: 'Checking' }).waitFor();
    await vs.page.screenshot({ path: out });
  } catch (error) {
    await vs?.saveEvidence('screenshot of the editor');
    throw error;
  } finally {
    await vs?.close();
    await server.stop();
  }
}

async function terminal(out, command, { show = command.join(' '), columns = 100, first }) {
  const output = outputOf(command, columns);
  const html = page(show, columns, ansiToHtml(first === undefined ? output : abridged(output, first)));
  const { browser, page: view } = await openBrowser({ width: 1280, height: 800, scale: 2 });
  try {
    await view.setContent(html);
    await view.locator('main').screenshot({ path: out });
  } finally {
    await browser.close();
  }
}

async function icon(out) {
  const { browser, page: view } = await openBrowser({ width: 128, height: 128 });
  try {
    await view.setContent(`<style>body { margin: 0 } svg { display: block }</style>${fs.readFileSync(path.join(ROOT, 'client/icon.svg'), 'utf8')}`);
    await view.screenshot({ path: out, omitBackground: true });
  } finally {
    await browser.close();
  }
}

/** Two hundred and fifty-six colours are plenty for text, and a third of the size. */
function shrink(file) {
  const { status, stderr } = spawnSync(findProgram('pngquant') ?? 'pngquant', ['--force', '--ext', '.png', '--speed', '1', '--strip', file], { encoding: 'utf8' });
  if (status !== 0) console.error(`Not shrunk: ${stderr || 'pngquant is not installed; run `test/e2e/setup.sh`.'}`);
}

/** The first paragraphs and the last, and how many are left out between them. */
function abridged(output, first) {
  const paragraphs = output.split(/\n{2,}/);
  const left = paragraphs.length - 1 - first;
  return left < 2 ? output : [...paragraphs.slice(0, first), `\x1b[2m⋮ ${left} more\x1b[0m`, paragraphs.at(-1)].join('\n\n');
}

/** What the command prints, both streams in the order of printing, as it would to a terminal with colours. */
function outputOf(command, columns) {
  const { NO_COLOR, ...env } = process.env;
  const result = spawnSync('sh', ['-c', 'exec "$@" 2>&1', 'sh', ...command], {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
    env: { ...env, FORCE_COLOR: '1', CLICOLOR_FORCE: '1', TERM: 'xterm-256color', COLUMNS: String(columns) },
  });
  // 126 and 127 are the shell's: the command could not be run, and a picture of that is not wanted.
  if (result.status === null || result.status === 126 || result.status === 127) {
    throw new Error(`Cannot run ${command.join(' ')}: ${result.stdout || result.error?.message || result.signal}`);
  }
  if (!result.stdout.trim()) throw new Error(`${command.join(' ')} printed nothing.`);
  return result.stdout.trimEnd();
}

function page(prompt, columns, output) {
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: #fff }
    main { display: inline-block; background: #fbfbfb; border: 1px solid #d4d4d4; border-radius: 8px; overflow: hidden }
    header { height: 30px; background: #ececec; border-bottom: 1px solid #d4d4d4; display: flex; align-items: center; gap: 8px; padding-left: 12px }
    header i { width: 12px; height: 12px; border-radius: 50%; background: #c9c9c9 }
    pre { margin: 0; padding: 14px 18px 18px; font: 14px/20px "DejaVu Sans Mono", monospace; color: #24292e;
          max-width: ${columns}ch; white-space: pre-wrap; overflow-wrap: anywhere }
    .prompt { color: #8a8a8a } .typed { font-weight: bold }
  </style><main><header><i></i><i></i><i></i></header><pre><span class="prompt">$ </span><span class="typed">${escapeHtml(prompt)}</span>\n\n${output}</pre></main>`;
}

async function run() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { show: { type: 'string' }, columns: { type: 'string' }, first: { type: 'string' } },
  });
  const [what, out = DEFAULTS[what], ...command] = positionals;
  if (!(what in DEFAULTS) || (what === 'terminal') !== (command.length > 0)) throw new Error(USAGE);
  const reason = e2eUnavailable();
  if (reason) throw new Error(reason);

  const target = path.resolve(ROOT, out);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  let made = [target];
  if (what === 'editor') await editor(target);
  else if (what === 'live') made = await live(target);
  else if (what === 'icon') await icon(target);
  else await terminal(target, command, { show: values.show, columns: numberOf(values.columns), first: numberOf(values.first) });
  for (const file of made) {
    shrink(file);
    console.log(`${path.relative(process.cwd(), file)}: ${(fs.statSync(file).size / 1000).toFixed(0)} kB`);
  }
}

function numberOf(text) {
  return text === undefined ? undefined : Number(text);
}

run().catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
