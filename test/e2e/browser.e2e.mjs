/**
 * The language server as a web extension runs it: in a worker of a real browser, with a client that speaks the protocol over
 * `postMessage`, and without files, sockets and Node.
 *
 *   npx mocha test/e2e/browser.e2e.mjs
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { e2eUnavailable, openBrowser, ROOT, skipOrFail } from './harness.mjs';

const URI = 'vscode-vfs://github/shop/deploy/web.service.yaml';
const BAD = 'Name: web\nMode:\n  Replicated:\n    Replcas: 3\nNetworks:\n  -   Target: frontend\n';
const BUNDLES = ['dist/browser/extension.js', 'dist/browser/server.js'].map(file => path.join(ROOT, file));

describe('the bundles for browsers', () => {
  for (const file of BUNDLES) {
    it(`${path.basename(file)} asks for nothing of Node`, function () {
      if (!fs.existsSync(file)) skipOrFail(this, `${file} is not built`);
      const wanted = [...fs.readFileSync(file, 'utf8').matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)/g)].map(([, name]) => name);
      assert.deepEqual([...new Set(wanted)].filter(name => name !== 'vscode'), []);
    });
  }
});

describe('the language server in a browser', function () {
  this.timeout(120_000);
  let site;
  let browser;
  let page;
  const asked = [];

  before(async function () {
    const reason = e2eUnavailable();
    if (reason) skipOrFail(this, reason);
    site = http.createServer((request, response) => {
      asked.push(request.url);
      const isServer = request.url === '/server.js';
      response.writeHead(200, { 'Content-Type': isServer ? 'text/javascript' : 'text/html' });
      response.end(isServer ? fs.readFileSync(BUNDLES[1]) : '<!doctype html>');
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    ({ browser, page } = await openBrowser());
    await page.goto(`http://127.0.0.1:${site.address().port}/`);
    await page.evaluate(startClient);
    const { capabilities } = await request('initialize', { processId: null, rootUri: null, capabilities: { textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } } } });
    assert.equal(capabilities.codeLensProvider, undefined, 'there is no engine to look at');
    await notify('initialized', {});
    await notify('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'swarmspec-yaml', version: 1, text: BAD } });
  });
  after(async () => {
    await browser?.close();
    site?.close();
  });

  const request = (method, params) => page.evaluate(([name, given]) => globalThis.lsp.request(name, given), [method, params]);
  const notify = (method, params) => page.evaluate(([name, given]) => globalThis.lsp.send({ method: name, params: given }), [method, params]);
  const at = (line, character) => ({ textDocument: { uri: URI }, position: { line, character } });

  it('finds what is wrong', async () => {
    await page.waitForFunction(uri => globalThis.lsp.diagnostics[uri]?.length, URI);
    const found = await page.evaluate(uri => globalThis.lsp.diagnostics[uri], URI);
    const typo = found.find(({ code }) => code === 'unknown-field');
    assert.match(typo.message, /Replcas/);
    assert.match(typo.codeDescription.href, /^https:.*#unknown-field$/);
  });

  it('completes', async () => {
    const list = await request('textDocument/completion', at(6, 0));
    assert.ok((list.items ?? list).some(({ label }) => label === 'Labels'));
  });

  it('explains', async () => {
    assert.match(JSON.stringify(await request('textDocument/hover', at(4, 2))), /deprecated since/i);
  });

  it('fixes', async () => {
    const place = { line: 3, character: 6 };
    const actions = await request('textDocument/codeAction', { textDocument: { uri: URI }, range: { start: place, end: place }, context: { diagnostics: [] } });
    assert.ok(actions.some(({ title }) => /^Rename .Replcas. to .Replicas./.test(title)), actions.map(({ title }) => title).join());
    assert.ok(!actions.some(({ title }) => /^Apply this spec/.test(title)), 'there is no engine to apply to');
  });

  it('formats', async () => {
    const edits = await request('textDocument/formatting', { textDocument: { uri: URI }, options: { tabSize: 2, insertSpaces: true } });
    assert.ok(edits.length > 0);
  });

  it('outlines', async () => {
    assert.ok((await request('textDocument/documentSymbol', { textDocument: { uri: URI } })).length > 0);
  });

  it('fetches nothing but itself', () => {
    assert.deepEqual([...new Set(asked)].filter(url => url !== '/favicon.ico'), ['/', '/server.js']);
  });
});

/** Runs in the page. */
function startClient() {
  const worker = new Worker('/server.js');
  const waiting = new Map();
  const diagnostics = {};
  let last = 0;
  const send = message => worker.postMessage({ jsonrpc: '2.0', ...message });
  worker.onmessage = ({ data: { id, method, params, result, error } }) => {
    if (method === 'textDocument/publishDiagnostics') diagnostics[params.uri] = params.diagnostics;
    else if (method && id !== undefined) send({ id, result: null });
    else if (!method) {
      const [resolve, reject] = waiting.get(id);
      waiting.delete(id);
      if (error) reject(new Error(error.message));
      else resolve(result);
    }
  };
  globalThis.lsp = {
    send,
    diagnostics,
    request: (method, params) => new Promise((resolve, reject) => {
      waiting.set(++last, [resolve, reject]);
      send({ id: last, method, params });
    }),
  };
}
