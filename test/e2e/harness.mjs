/**
 * A real VS Code for the tests: code-server runs the workbench and the extension host, Chromium shows it, and
 * `Workbench` does what a user does. Selectors were checked on VS Code 1.100; see `setup.sh` for what is installed.
 *
 * Each step waits for what a user would wait for, never for a time, except where the point is that nothing happens.
 * Those that ask the language server (hover, completion, quick fixes) ask again, since the first question may reach a
 * server that is still starting.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const ARTIFACTS = path.join(ROOT, 'test/e2e/artifacts');
const EDITORS = process.env.CODE_SERVER_DIR ?? path.join(ROOT, '.vscode-e2e');
const CODE_SERVER = path.join(EDITORS, 'node_modules/code-server');
/** Where Helix and its libraries are unpacked. */
export const HELIX = path.join(EDITORS, 'helix');
/** What writes down where a language server connects to; see there. */
export const RECORDER = fileURLToPath(new URL('connections.cjs', import.meta.url));
const ENTRY = path.join(CODE_SERVER, 'out/node/entry.js');

// --- What is there ---------------------------------------------------------------------------------------------------

/** Why no real VS Code can be driven here, in one line with the way out; undefined when everything is there. */
export function e2eUnavailable() {
  if (!fs.existsSync(ENTRY)) return unavailable('code-server is not set up');
  if (!findProgram('chromium')) return unavailable('Chromium is not installed');
  return undefined;
}

/** The same for the checks in neovim. */
export function neovimUnavailable() {
  return findProgram('nvim') ? undefined : unavailable('neovim is not installed');
}

/**
 * Skips the running mocha suite for `reason`, or fails it where `SWARMSPEC_REQUIRE_EDITOR=1` says that these tests
 * must run. Mocha prints no reason for a skip, so this does.
 */
export function skipOrFail(suite, reason) {
  if (process.env.SWARMSPEC_REQUIRE_EDITOR === '1') throw new Error(`${reason} (SWARMSPEC_REQUIRE_EDITOR is set.)`);
  console.log(`    skipped: ${reason}`);
  suite.skip();
}

/** The extension under test: `SWARMSPEC_VSIX`, else the newest `*.vsix` at the root or in `dist/`. */
export function findVsix() {
  if (process.env.SWARMSPEC_VSIX) return path.resolve(process.env.SWARMSPEC_VSIX);
  return ['.', 'dist']
    .map(folder => path.join(ROOT, folder))
    .flatMap(folder => (fs.existsSync(folder) ? fs.readdirSync(folder).map(name => path.join(folder, name)) : []))
    .filter(file => file.endsWith('.vsix'))
    .sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs)[0];
}

/** A program's path, from `PATH`. Playwright brings no browser of its own here, and insists on a full path. */
export function findProgram(name) {
  return (process.env.PATH ?? '').split(path.delimiter).map(folder => path.join(folder, name)).find(file => fs.existsSync(file));
}

/**
 * The environment for whatever starts a language server in a test: no docker context, no credentials and no engine
 * of the person who runs it, so that a test can never apply to a real swarm by accident.
 */
export function isolatedEnv(home, dockerHost = `unix://${path.join(home, 'no-engine.sock')}`) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(DOCKER_|VSCODE_|XDG_)/.test(name));
  fs.mkdirSync(home, { recursive: true });
  return { ...Object.fromEntries(kept), HOME: home, DOCKER_CONFIG: path.join(home, '.docker'), DOCKER_HOST: dockerHost };
}

function unavailable(what) {
  return `${what}. Run \`test/e2e/setup.sh\` to enable these tests.`;
}

/** Afterwards a dialog that the failed test left open is closed, so that the next one does not fail for it. */
export async function leaveEvidence(vs, test) {
  await vs.saveEvidence(test.fullTitle());
  await vs.tidy().catch(() => {});
}

/** The package under test; skips or fails the running suite where it or the editor is not there. */
export function requireVsix(suite) {
  const reason = e2eUnavailable();
  if (reason) skipOrFail(suite, reason);
  const vsix = findVsix();
  if (!vsix) skipOrFail(suite, 'there is no *.vsix at the root or in dist/. Package the extension, or set SWARMSPEC_VSIX.');
  return vsix;
}

// --- The server ------------------------------------------------------------------------------------------------------

const SETTINGS = {
  // Quiet: nothing that asks, updates, suggests or covers the editor.
  'telemetry.telemetryLevel': 'off', 'update.mode': 'none', 'security.workspace.trust.startupPrompt': 'never',
  'extensions.autoUpdate': false, 'extensions.autoCheckUpdates': false, 'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none', 'workbench.tips.enabled': false, 'git.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden', 'chat.disableAIFeatures': true, 'chat.commandCenter.enabled': false,
  // The same picture every time.
  'workbench.colorTheme': 'Default Light Modern', 'workbench.reduceMotion': 'on', 'editor.minimap.enabled': false,
  'editor.hover.delay': 100, 'editor.cursorBlinking': 'solid', 'editor.fontFamily': 'DejaVu Sans Mono',
  // VS Code in a browser saves by itself unless told otherwise.
  'files.autoSave': 'off', 'files.hotExit': 'off', 'files.simpleDialog.enable': true,
  // Only what a language server says, and no list that opens on its own.
  'editor.wordBasedSuggestions': 'off', 'editor.acceptSuggestionOnEnter': 'off',
  'diffEditor.renderSideBySide': true, 'diffEditor.useInlineViewWhenSpaceIsLimited': false,
};

const BROWSER_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--font-render-hinting=none'];

/**
 * Starts VS Code with a workspace that holds `files` (name → text) and, where given, the extension at `vsix`.
 * `dockerHost` is what the extension will see in `DOCKER_HOST`; without it there is no engine to reach. `dockerContext` is a name
 * instead, of a docker context that leads there. With `trust`, nobody trusts the folder yet. With a `locale` such as `de`, VS Code
 * runs in that language; its own texts stay English, since no pack of them is at hand.
 */
export async function startServer({ vsix, files = {}, settings = {}, dockerHost, dockerContext, trust = false, locale } = {}) {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'swarmspec-e2e-'));
  const [userData, extensions, workspace] = ['user-data', 'extensions', 'ws'].map(name => path.join(base, name));
  const logFile = path.join(base, 'server.log');
  fs.mkdirSync(extensions);
  write(userData, 'User/settings.json', JSON.stringify({ ...SETTINGS, 'security.workspace.trust.enabled': trust, ...settings }));
  for (const [name, text] of Object.entries(files)) write(workspace, name, text);

  if (locale) {
    write(userData, 'empty.i18n.json', '{"contents":{}}');
    write(userData, 'languagepacks.json', JSON.stringify({ [locale]: { hash: locale, label: locale, extensions: [{ extensionIdentifier: { id: 'e2e.no-pack' }, version: '1.0.0' }], translations: { vscode: path.join(userData, 'empty.i18n.json') } } }));
  }

  const home = path.join(base, 'home');
  const connectionsFile = path.join(base, 'connections');
  const env = {
    ...isolatedEnv(home, dockerHost),
    EXTENSIONS_GALLERY: '{}',                                                                         // no gallery lookups
    SWARMSPEC_CONNECTIONS: connectionsFile,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require=${RECORDER}`,
  };
  if (dockerContext) {
    delete env.DOCKER_HOST;
    const meta = { Name: dockerContext, Metadata: {}, Endpoints: { docker: { Host: dockerHost, SkipTLSVerify: false } } };
    write(home, `.docker/contexts/meta/${createHash('sha256').update(dockerContext).digest('hex')}/meta.json`, JSON.stringify(meta));
    write(home, '.docker/config.json', JSON.stringify({ currentContext: dockerContext }));
  }
  const folders = ['--user-data-dir', userData, '--extensions-dir', extensions, '--config', path.join(base, 'config.yaml')];
  if (vsix) {
    try {
      execFileSync(process.execPath, [ENTRY, ...folders, '--install-extension', vsix, '--force'], { env, stdio: 'pipe' });
    } catch (error) {
      fs.rmSync(base, { recursive: true, force: true });
      throw new Error(`VS Code could not install ${vsix}: ${error.stderr}`);
    }
  }

  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const log = fs.openSync(logFile, 'a');
  // Detached, so that the extension host and the language server can be ended with it as one process group.
  const child = spawn(process.execPath, [ENTRY, ...folders, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`,
    '--disable-telemetry', '--disable-update-check', ...(locale ? ['--locale', locale] : []), ...(trust ? [] : ['--disable-workspace-trust']), '--disable-getting-started-override'],
  { env, detached: true, stdio: ['ignore', log, log] });
  fs.closeSync(log);

  const server = {
    origin,
    workspace,
    write: (name, text) => write(workspace, name, text),
    /** Where the extension and its language server have connected to so far; undefined while no server has run. */
    connections() {
      return connectionsIn(connectionsFile);
    },
    read: name => fs.readFileSync(path.join(workspace, name), 'utf8'),

    /** What the server and the extension host have written: for the artifacts of a failed test. */
    logs(about = '') {
      const files = fs.readdirSync(base, { recursive: true }).filter(name => /server\.log$|remoteexthost\.log$|output_logging_.*\.log$|swarmspec[^/]*\.log$/.test(name) && name.includes(about, name.indexOf('logs')));
      return files.map(name => `==== ${name}\n${fs.readFileSync(path.join(base, name), 'utf8')}`).join('\n');
    },

    async stop() {
      const ended = child.exitCode !== null || child.signalCode !== null;
      signalGroup(child.pid, 'SIGTERM');
      if (!ended) await Promise.race([once(child, 'exit'), sleep(3000, undefined, { ref: false })]);
      signalGroup(child.pid, 'SIGKILL');
      fs.rmSync(base, { recursive: true, force: true, maxRetries: 5 });
    },
  };

  for (let i = 0; i < 450; i++) {
    // Not /healthz: it answers 200 even when the VS Code half failed to load.
    const answer = await fetch(origin).catch(() => undefined);
    if (answer?.ok) return server;
    if (child.exitCode !== null) break;
    await sleep(200);
  }
  const said = server.logs();
  await server.stop();
  throw new Error(`code-server did not start:\n${said}`);
}

/** What the recorder wrote down, each place once; undefined while no server has run. */
export function connectionsIn(file) {
  if (!fs.existsSync(file)) return undefined;
  const entries = fs.readFileSync(file, 'utf8').trim().split('\n').map(line => JSON.parse(line));
  return [...new Set(entries.flatMap(({ to }) => to ?? []))];
}

function write(folder, name, text) {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}

// --- The browser -----------------------------------------------------------------------------------------------------

/** A headless Chromium that reaches nothing but this machine. */
export async function openBrowser({ width = 1280, height = 800, scale = 1 } = {}) {
  const browser = await chromium.launch({ executablePath: findProgram('chromium'), headless: true, args: BROWSER_FLAGS });
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  await context.route(url => /^https?:$/.test(url.protocol) && url.hostname !== '127.0.0.1', route => route.abort());
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  return { browser, page };
}

/** Opens the workspace of `server`; `viewport` is `{ width, height }`. */
export async function openWorkbench(server, viewport) {
  const { browser, page } = await openBrowser(viewport);
  try {
    await page.goto(`${server.origin}/?folder=${encodeURIComponent(server.workspace)}`, { timeout: 90_000 });
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 90_000 });
  } catch (error) {
    await browser.close();
    throw error;
  }
  return new Workbench(server, browser, page);
}

const HOVER = '.monaco-hover:not(.hidden) .monaco-hover-content';
const LINES = '.editor-instance .view-line';
const SUGGESTIONS = '.suggest-widget.visible .monaco-list-row';
const ACTIONS = '.action-widget .monaco-list-row.action';
const TOAST = '.notification-toast';
const DIALOG = '.monaco-dialog-box';

export class Workbench {
  constructor(server, browser, page) {
    Object.assign(this, { server, browser, page, quickInput: page.locator('.quick-input-widget input.input:visible') });
  }

  async openFile(name) {
    await this.page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`).dblclick();
    await this.page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator(LINES).first().waitFor();
  }

  /** Opens a file that the explorer does not show, such as one in a folder. */
  async quickOpen(name) {
    await this.page.keyboard.press('Control+P');
    await this.quickInput.fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
    await this.page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator(LINES).first().waitFor();
  }

  /** Saves the change that is there or about to come: an action may still wait for its edits. */
  async save() {
    const dirty = this.page.locator('.tab.active.dirty');
    await dirty.waitFor();
    await this.page.keyboard.press('Control+S');
    await dirty.waitFor({ state: 'detached' });
  }

  /**
   * Changes the open file as another program would, and waits until the editor shows `want` of it. Written again until it
   * does: VS Code was seen to miss a change.
   */
  async changeOutside(name, text, want) {
    const line = this.page.locator(LINES).filter({ hasText: want }).first();
    for (let i = 0; i < 15; i++) {
      this.server.write(name, text);
      if (await appears(line)) return;
    }
    throw new Error(`The editor never showed ${want} in ${name}.`);
  }

  /** Puts the cursor at a line and column, both from 1, and the focus into the editor. */
  async goto(line, column = 1) {
    await this.page.keyboard.press('Control+G');
    await this.quickInput.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Waits for a code lens over the spec whose text matches, and gives it. */
  async lens(want) {
    const lens = this.page.locator('.codelens-decoration a').filter({ hasText: want }).first();
    await lens.waitFor();
    return (await lens.innerText()).replaceAll('\u00a0', ' ');
  }

  async clickLens(want) {
    await this.page.locator('.codelens-decoration a').filter({ hasText: want }).first().click();
  }

  /** The lines of the diff editor on screen, of the side `original` or `modified`. */
  async diff(side, want) {
    const lines = this.page.locator(`.monaco-diff-editor .${side} .view-line`);
    await lines.filter({ hasText: want }).first().waitFor();
    return (await lines.allInnerTexts()).map(line => line.replaceAll('\u00a0', ' '));
  }

  /** Closes every editor. */
  async closeAll() {
    await this.command('View: Close All Editors');
    await this.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
  }

  /** Runs a command from the palette, by the title that the palette shows. */
  async command(title) {
    await this.page.keyboard.press('F1');
    await this.quickInput.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
  }

  /** The squiggles on screen: `error`, `warning`, `info` or `hint`. */
  squiggle(severity = 'error') {
    return this.page.locator(`.squiggly-${severity}`).first();
  }

  /** The full texts of the Problems panel, file names included; the panel is closed again. */
  async problems() {
    await this.page.keyboard.press('Control+Shift+M');
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    await rows.first().waitFor();
    const texts = await labels(rows);
    await this.page.keyboard.press('Control+Shift+M');
    await rows.first().waitFor({ state: 'hidden' });
    return texts;
  }

  /** The text of the hover on the first `text` in the editor, once it matches `want`. The hover stays open. */
  async hover(text, want = /./) {
    const box = this.page.locator(HOVER);
    let seen = '';
    for (let i = 0; i < 5; i++) {
      // Aim anew each time: a code lens that arrives late moves every line down by one.
      await this.#closeHover();
      const { x, y } = await this.#whereIs(text);
      await this.page.mouse.move(x, y, { steps: 2 });
      if (await appears(box.filter({ hasText: want }).first())) return (await box.allInnerTexts()).join('\n');
      seen = (await box.allInnerTexts()).join('\n');
    }
    throw new Error(`The hover on ${text} never matched ${want}. Last seen: ${seen || 'nothing'}`);
  }

  /** What completion offers at the cursor, as `label, kind`. The list is closed again. */
  async completions() {
    const rows = this.page.locator(SUGGESTIONS);
    await this.#askUntilShown('Control+Space', rows, 'completion list');
    const texts = await labels(rows);
    await this.page.keyboard.press('Escape');
    await rows.first().waitFor({ state: 'hidden' });
    return texts;
  }

  /** Opens completion at the cursor and chooses the first item whose label matches. */
  async choose(label) {
    const rows = this.page.locator(SUGGESTIONS);
    await this.#askUntilShown('Control+Space', rows, 'completion list');
    const focused = this.page.locator(`${SUGGESTIONS}.focused`);
    for (let i = 0; i < 40; i++) {
      if (label.test(await focused.getAttribute('aria-label'))) {
        await this.page.keyboard.press('Tab');
        await rows.first().waitFor({ state: 'hidden' });
        return;
      }
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`No item matches ${label}: ${await labels(rows)}`);
  }

  /** The titles of the quick fix menu at the cursor. The menu stays open for `pickAction`. */
  async actions() {
    const rows = this.page.locator(ACTIONS);
    await this.#askUntilShown('Control+.', rows, 'quick fix menu');
    return rows.allInnerTexts();
  }

  /** Runs the action whose title matches. By keyboard only: a transparent layer swallows mouse clicks on this menu. */
  async pickAction(title) {
    const rows = this.page.locator(ACTIONS);
    for (let i = await rows.count(); i >= 0; i--) {
      if (title.test(await this.page.locator(`${ACTIONS}.focused`).innerText())) {
        await this.page.keyboard.press('Enter');
        await rows.first().waitFor({ state: 'hidden' });
        return;
      }
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`No action matches ${title}: ${await rows.allInnerTexts()}`);
  }

  /**
   * The question on screen that `button` answers, a modal dialog or a notification: its text and the two ways
   * out. Labels are matched from their start. Other notifications, such as progress with Cancel, are not meant.
   */
  async question(button) {
    const named = this.page.locator('.monaco-button', { hasText: new RegExp(`^${button}`) });
    const box = this.page.locator(`${DIALOG}, ${TOAST}`).filter({ has: named }).first();
    await box.waitFor({ timeout: 30_000 });
    // this very element: the next question may be there before this one is seen to be gone
    const element = await box.elementHandle();
    const gone = () => element.waitForElementState('hidden');
    return {
      text: await box.innerText(),
      accept: async () => {
        await box.locator('.monaco-button', { hasText: new RegExp(`^${button}`) }).first().click();
        await gone();
      },
      /** What a user does who does not want it. */
      dismiss: async () => {
        if (await this.page.locator(DIALOG).count()) {
          await this.page.keyboard.press('Escape');
        } else {
          await box.hover();                      // the cross of a notification shows only under the mouse
          await box.locator('.codicon-notifications-clear').click();
        }
        await gone();
      },
    };
  }

  /** Waits until a toast says something that matches. */
  async toast(want) {
    await this.page.locator(TOAST).filter({ hasText: want }).first().waitFor({ timeout: 30_000 });
  }

  /** The error that turns up within a second, say of a command that throws; undefined when none does. */
  async complaint() {
    const icon = this.page.locator('.codicon-error, .codicon-dialog-error');
    const box = this.page.locator(`${TOAST}, ${DIALOG}`).filter({ has: icon }).first();
    return (await appears(box, 1000)) ? box.innerText() : undefined;
  }

  /** Waits for `want` in whatever the extension uses to tell something: toast, status bar, quick pick, dialog or output. */
  async says(want) {
    const places = [TOAST, DIALOG, '.quick-input-widget', '.part.statusbar', '.part.panel .view-lines'].join(', ');
    await this.page.locator(places).filter({ hasText: want, visible: true }).first().waitFor();
  }

  /** Closes toasts, menus and quick picks, so that the next step starts from the editor. */
  async tidy() {
    await this.page.keyboard.press('Escape');
    await this.command('Notifications: Clear All Notifications');
    await this.page.locator(TOAST).first().waitFor({ state: 'detached' });
  }

  async close() {
    // A page that just closes leaves its extension host and the language server waiting for it to come back.
    await this.page.goto('about:blank').catch(() => {});
    await this.browser.close();
  }

  /** Leaves a screenshot and the logs in `test/e2e/artifacts/`, and says where. */
  async saveEvidence(title) {
    const name = path.join(ARTIFACTS, title.replace(/\W+/g, '-'));
    fs.mkdirSync(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: `${name}.png` }).catch(() => {});
    fs.writeFileSync(`${name}.log`, this.server.logs());
    console.log(`      see ${path.relative(ROOT, name)}.png and .log`);
  }

  /** An open hover stays while the mouse is near it, and may cover the word that comes next. */
  async #closeHover() {
    const { width, height } = this.page.viewportSize();
    await this.page.mouse.move(width - 100, height - 60);
    await this.page.keyboard.press('Escape');
    await this.page.locator(HOVER).first().waitFor({ state: 'hidden' });
  }

  async #askUntilShown(keys, rows, what) {
    for (let i = 0; i < 5; i++) {
      await this.page.keyboard.press(keys);
      if (await appears(rows.first())) return;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`No ${what} appeared.`);
  }

  /** The middle of the first `text` in the editor. It must lie in one token, as a key or a value does. */
  async #whereIs(text) {
    const line = this.page.locator(LINES).filter({ hasText: text }).first();
    return line.evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const start = node.data.indexOf(wanted);
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + wanted.length);
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
      throw new Error(`${wanted} is not one token of this line: ${element.textContent}`);
    }, text);
  }
}

function appears(locator, timeout = 3000) {
  return locator.waitFor({ timeout }).then(() => true, () => false);
}

function labels(rows) {
  return rows.evaluateAll(elements => elements.map(element => element.getAttribute('aria-label') ?? ''));
}
