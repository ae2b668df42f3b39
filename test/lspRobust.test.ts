import * as assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readFile } from '../server/src/document/document';
import { resolveTarget } from '../server/src/features/target';
import { validate } from '../server/src/features/validate';
import { randomFrom } from './support/mangle';
import { RawServer } from './support/rawServer';

const URI = 'file:///deploy/web.service.yaml';
const GOOD = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n    Env: [A=b, "Ä=🚀"]\nMode:\n  Replicated:\n    Replicas: 3\n';
const open = (server: RawServer, text = GOOD, uri = URI) => server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
const hoverAt = (line = 3, character = 6, uri = URI) => ({ textDocument: { uri }, position: { line, character } });

/** What a document says wrong, as rule and place. */
function expected(text: string): string {
  const document = TextDocument.create(URI, 'yaml', 1, text);
  return validate(readFile(text, 'yaml'), { target: (one) => resolveTarget(one, {}) })
    .map(({ rule, span }) => `${rule} ${JSON.stringify(document.positionAt(span.start))} ${JSON.stringify(document.positionAt(span.end))}`)
    .join('\n');
}
const shown = (diagnostics: any[]) => diagnostics.map(({ code, range }) => `${code} ${JSON.stringify(range.start)} ${JSON.stringify(range.end)}`).join('\n');

describe('the server as it is shipped', function () {
  this.timeout(120_000);
  let server: RawServer;
  beforeEach(() => {
    server = new RawServer();
  });
  afterEach(() => server.stop());

  /** It still answers, and has had nothing to complain about. */
  const lives = async () => {
    assert.match((await server.request('textDocument/hover', hoverAt())).result.contents.value, /Image/);
    assert.equal(server.stderr, '');
  };

  it('refuses what comes before `initialize` and after `shutdown`, and ends with the code that the protocol wants', async () => {
    for (const method of ['textDocument/hover', 'workspace/executeCommand', 'textDocument/completion', 'shutdown']) assert.equal((await server.request(method, hoverAt())).error?.code, -32002, method);
    await server.initialize();
    open(server);
    await lives();
    assert.equal((await server.request('shutdown', undefined)).result, null);
    for (const method of ['textDocument/hover', 'workspace/executeCommand']) assert.equal((await server.request(method, hoverAt())).error?.code, -32600, method);
    server.notify('exit', undefined);
    assert.equal(await server.exit(), 0);
    assert.equal(server.stderr, '');
  });

  it('ends with 1 where nobody has said `shutdown`', async () => {
    await server.initialize();
    server.notify('exit', undefined);
    assert.equal(await server.exit(), 1);
  });

  it('ends when its input does', async () => {
    await server.initialize();
    server.child.stdin!.end();
    await server.exit();
  });

  it('ends when the editor that it names dies, although its input stays open', async () => {
    const editor = spawn('sleep', ['600'], { stdio: 'ignore' });
    await server.initialize({}, editor.pid);
    editor.kill('SIGKILL');
    assert.equal(await server.exit(15_000), 1);
  });

  it('answers or leaves out messages that are none', async () => {
    await server.initialize();
    open(server);
    server.send({ jsonrpc: '2.0', id: 9001, result: null }); // an answer to nothing
    server.send({ jsonrpc: '2.0', id: 'words', error: { code: 1, message: 'x' } });
    server.send({ jsonrpc: '2.0', method: 'no/such/notification', params: [1, 2] });
    server.send({ jsonrpc: '2.0', method: '$/no/such', params: null });
    server.send({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 424242 } });
    server.send({ jsonrpc: '2.0', id: 'text-id', method: 'textDocument/hover', params: hoverAt() });
    assert.match((await server.answer('text-id')).result.contents.value, /Image/);
    server.send({ jsonrpc: '2.0', id: 7001, method: 'no/such/request', params: {} });
    assert.equal((await server.answer(7001)).error.code, -32601);
    await lives();
  });

  for (const [name, bytes] of [
    ['a body that is no JSON', 'Content-Length: 5\r\n\r\n{"a":'],
    ['a body that is no object', 'Content-Length: 4\r\n\r\nnull'],
    ['a body of another kind', 'Content-Length: 2\r\n\r\n[]'],
    ['a length of nothing', 'Content-Length: 0\r\n\r\n'],
    ['a header that nobody knows', 'X-Nothing: 1\r\nContent-Length: 2\r\n\r\n{}'],
    ['another charset', 'Content-Type: application/vscode-jsonrpc; charset=latin1\r\nContent-Length: 2\r\n\r\n{}'],
    ['a header without a length', 'X-Nothing: 1\r\n\r\n{}'],
    ['a length that is no number', 'Content-Length: many\r\n\r\n{}'],
    ['a negative length', 'Content-Length: -5\r\n\r\n{}'],
    ['a negative length of one', 'Content-Length: -1\r\n\r\n{}'],
    ['a length beyond any memory', 'Content-Length: 99999999999999999999\r\n\r\n{}'],
    ['a header without an end', 'X'.repeat(9000)],
    ['noise', '\u0000\u0001\r\n\r\n\r\n'],
  ] as const) {
    it(`survives ${name}, or ends; it never hangs`, async () => {
      await server.initialize();
      open(server);
      await lives();
      server.sendBytes(bytes);
      const id = server.ask('textDocument/hover', hoverAt());
      const outcome = await server.until<any>(() => server.ended ?? server.received.find((message) => message.id === id), 15_000, 'an answer or the end');
      if (typeof outcome === 'object') assert.ok(outcome.result?.contents);
      else {
        assert.equal(outcome, 1);
        assert.match(server.stderr, /^swarmspec lsp: the input is no language server protocol: .*\n$/);
      }
    });
  }

  it('reads frames wherever the bytes are cut', async () => {
    await server.initialize();
    open(server);
    const body = JSON.stringify({ jsonrpc: '2.0', id: 'cut', method: 'textDocument/hover', params: hoverAt(4, 18) });
    for (const byte of Buffer.from(`content-length: ${Buffer.byteLength(body)}\r\nX-Nothing: 1\r\n\r\n${body}`)) {
      server.sendBytes(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok((await server.answer('cut')).result.contents);
    await lives();
  });

  it('answers every request once, whatever it is asked with', async () => {
    await server.initialize({ textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } } });
    open(server);
    const methods = [
      'textDocument/hover', 'textDocument/completion', 'textDocument/documentSymbol', 'textDocument/codeAction', 'textDocument/diagnostic', 'textDocument/foldingRange', 'textDocument/selectionRange', 'textDocument/formatting',
      'textDocument/rangeFormatting', 'textDocument/documentLink', 'textDocument/definition', 'textDocument/references', 'textDocument/documentHighlight', 'textDocument/prepareRename', 'textDocument/rename', 'workspace/symbol',
      'workspace/executeCommand', 'codeAction/resolve',
    ];
    const position = { line: 3, character: 6 };
    const everything = { textDocument: { uri: URI }, position, range: { start: position, end: position }, positions: [position], context: { diagnostics: [] }, options: { tabSize: 2, insertSpaces: true }, query: '', newName: 'x', command: 'swarmspec.convert', arguments: [URI, { to: 'json' }] };
    const shapes: any[] = [
      undefined, null, {}, [], [1, 2], everything, { ...everything, textDocument: null }, { ...everything, textDocument: { uri: 5 } }, { ...everything, textDocument: { uri: 'file:///none.service.yaml' } }, { ...everything, textDocument: { uri: '%%%' } },
      ...[-1, 1e9, 1.5, 'x', null, 2 ** 53].map((n) => ({ ...everything, position: { line: n, character: n }, range: { start: { line: n, character: n }, end: { line: 0, character: n } }, positions: [{ line: n, character: n }] })),
      { ...everything, positions: 'x', context: null, options: null, query: null, newName: 5, command: 5, arguments: 'x' }, { ...everything, command: 'swarmspec.edit', arguments: [URI, { id: 'nonsense', uri: 7 }] },
      { ...everything, command: 'swarmspec.apply', arguments: [{ uri: URI }] }, { ...everything, command: '__proto__', arguments: ['__proto__'] }, { ...everything, data: 'x', title: 5 }, { ...everything, data: { uri: '__proto__', id: 'fixAll' } },
    ];
    const ids = methods.flatMap((method) => shapes.map((params) => server.ask(method, params)));
    for (const id of ids) await server.answer(id);
    for (const id of ids) assert.equal(server.received.filter((message) => message.id === id).length, 1);
    await lives();
  });

  it('takes a document that is opened twice, changed or closed without being open, and changes that make no sense', async () => {
    await server.initialize();
    for (const params of [undefined, {}, { textDocument: {} }, { textDocument: { uri: 'file:///never.service.yaml', version: 2 }, contentChanges: [{ text: 'x' }] }]) {
      for (const method of ['textDocument/didChange', 'textDocument/didClose', 'textDocument/didSave', 'workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles']) server.notify(method, params);
    }
    open(server, 'Name: first\n');
    open(server);
    for (const contentChanges of [undefined, [], [{}], [{ range: {}, text: 'x' }], [{ range: { start: { line: 'a' } }, text: 5 }]]) server.notify('textDocument/didChange', { textDocument: { uri: URI, version: 3 }, contentChanges });
    server.notify('textDocument/didChange', { textDocument: { uri: URI, version: 4 }, contentChanges: [{ text: GOOD }] });
    assert.match((await server.request('textDocument/hover', hoverAt())).result.contents.value, /Image/);
    assert.equal(server.ended, undefined);
  });

  it('does not work on a request that is taken back before its turn', async () => {
    await server.initialize();
    const big = `${GOOD}Labels:\n${Array.from({ length: 4000 }, (_, i) => `  l${i}: "${i}"\n`).join('')}`;
    open(server, big);
    const ids = Array.from({ length: 50 }, () => server.ask('textDocument/formatting', { textDocument: { uri: URI }, options: { tabSize: 4, insertSpaces: true } }));
    for (const id of ids.slice(1)) server.notify('$/cancelRequest', { id });
    await lives();
    const answers = await Promise.all(ids.map((id) => server.answer(id)));
    assert.ok(answers.filter(({ error }) => error?.code === -32800).length > 25, 'most were never worked on');
    assert.ok(Array.isArray(answers[0].result));
  });

  it('answers all when its output has been left unread for a while', async () => {
    await server.initialize();
    open(server, `${GOOD}Labels:\n${Array.from({ length: 500 }, (_, i) => `  l${i}: "${i}"\n`).join('')}`);
    await lives();
    server.child.stdout!.pause();
    const ids = Array.from({ length: 100 }, () => server.ask('textDocument/documentSymbol', { textDocument: { uri: URI } }));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(server.ended, undefined);
    server.child.stdout!.resume();
    for (const id of ids) assert.ok((await server.answer(id)).result.length > 500);
    await lives();
  });

  it('stays right and small over 2,000 random edits with requests in between', async function () {
    this.timeout(300_000);
    await server.initialize({ textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } });
    const random = randomFrom(2026);
    const upTo = (n: number) => Math.floor(random() * n);
    const pick = <T>(all: readonly T[]): T => all[upTo(all.length)];
    const PIECES = ['\n', '  ', '- ', ':', ': ', '"', "'", '{', '}', '[', ']', '#', '&x', '*x', '---\n', 'Replicas: 3\n', 'Env: [A=b]\n', '🚀', 'ü', '|\n', '\t', '10s', 'Name', ',', '\r\n', '# swarmspec-ignore unknown-field -- x\n'];
    const text = TextDocument.create(URI, 'yaml', 1, GOOD);
    /** What each version has said; one that was given twice has two texts. */
    const texts = new Map([[1, new Set([GOOD])]]);
    const note = () => texts.set(version, (texts.get(version) ?? new Set()).add(text.getText()));
    const asked: number[] = [];
    let version = 1;
    open(server);
    const heaps: number[] = [];
    for (let edit = 1; edit <= 2000; edit++) {
      const length = text.getText().length;
      const start = upTo(length + 1);
      const end = random() < 0.5 ? start : Math.min(length, start + upTo(6));
      const whole = edit % 97 === 0 || length > 3000;
      // positions inside of a character are none, and an editor never sends them
      const range = { start: text.positionAt(start), end: text.positionAt(end) };
      const change = whole ? { text: GOOD } : { range, text: random() < 0.6 ? pick(PIECES) : '' };
      const lone = (at: number) => /[\udc00-\udfff]/.test(text.getText()[at] ?? '');
      if (!whole && (lone(text.offsetAt(range.start)) || lone(text.offsetAt(range.end)))) continue;
      version++;
      TextDocument.update(text, [change], version);
      note();
      server.notify('textDocument/didChange', { textDocument: { uri: URI, version }, contentChanges: [change] });
      const at = text.positionAt(upTo(text.getText().length + 1));
      const params = { textDocument: { uri: URI }, position: at, positions: [at], range: { start: at, end: at }, context: { diagnostics: [] }, options: { tabSize: 2, insertSpaces: true }, query: 'd' };
      if (edit % 3 === 0) asked.push(server.ask(pick(['hover', 'completion', 'documentSymbol', 'foldingRange', 'selectionRange', 'formatting', 'codeAction', 'documentHighlight', 'definition', 'documentLink']).replace(/^/, 'textDocument/'), params));
      if (edit % 11 === 0) server.notify('$/cancelRequest', { id: asked.at(-1) });
      if (edit % 53 === 0) {
        // closed while it is asked about, and opened again with a version that has been before
        asked.push(server.ask('textDocument/completion', params));
        server.notify('textDocument/didClose', { textDocument: { uri: URI } });
        server.notify('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'yaml', version: version - 1, text: text.getText() } });
        version--;
        TextDocument.update(text, [{ text: text.getText() }], version);
        note();
      }
      if (edit % 20 === 0) await server.answer(asked.at(-1)!, 60_000);
      // who types without a pause hears of the last version only
      if (edit % 100 === 0) await server.until(() => server.received.find(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.version === version), 30_000, 'diagnostics in a pause');
      if (edit % 500 === 0) heaps.push(await server.heap());
    }
    for (const id of asked) await server.answer(id, 60_000);
    for (const id of asked) assert.equal(server.received.filter((message) => message.id === id && !('method' in message)).length, 1);

    const last = text.getText();
    await server.until(() => server.received.findLast(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.version === version && shown(params.diagnostics) === expected(last)), 30_000, 'the diagnostics of the last version');
    const logged = server.received.filter(({ method }) => method === 'window/logMessage').map(({ params }) => params.message);
    assert.deepEqual(logged, []);
    assert.equal(server.stderr, '');
    // what was published for a version is true of it
    let checked = 0;
    for (const { method, params } of server.received) {
      if (method !== 'textDocument/publishDiagnostics' || params.version === undefined) continue;
      const said = [...texts.get(params.version)!];
      assert.ok(said.some((one) => shown(params.diagnostics) === expected(one)), `version ${params.version}`);
      checked++;
    }
    assert.ok(checked > 10, `${checked} published versions`);
    const [first, ...later] = heaps;
    console.log(`      heap after 500, 1000, 1500 and 2000 edits: ${heaps.map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`).join(', ')}; ${checked} published versions checked`);
    assert.ok(later.at(-1)! < first + 8_000_000, `the heap has grown: ${heaps}`);
  });
});
