import * as assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { chooseEncoding, type Encoding, textDocuments } from '../server/src/lsp/positions';
import { type Client, type ClientOptions, startClient } from './support/client';

const URI = 'file:///deploy/web.service.yaml';
const NOWHERE = { host: 'unix:///nonexistent.sock', contactEngine: false };
const GOOD = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';

describe('positions', () => {
  const TEXT = 'a: "äöü"\nb: "🚀x"\nc: plain\n';
  /** Column of the end of each line. */
  const ends: Record<Encoding, number[]> = { 'utf-8': [11, 10, 8], 'utf-16': [8, 8, 8], 'utf-32': [8, 7, 8] };

  for (const encoding of Object.keys(ends) as Encoding[]) {
    const { create, update } = textDocuments(() => encoding);
    it(`count in ${encoding}, there and back`, () => {
      const text = create('x:', 'yaml', 1, TEXT);
      for (let offset = 0; offset <= TEXT.length; offset++) {
        if (offset > 0 && /[\udc00-\udfff]/.test(TEXT[offset])) continue; // half of a character has no place of its own
        assert.equal(text.offsetAt(text.positionAt(offset)), offset, `${offset}`);
      }
      const lines = TEXT.split('\n').slice(0, 3);
      assert.deepEqual(lines.map((line) => text.positionAt(TEXT.indexOf(line) + line.length)), ends[encoding].map((character, line) => ({ line, character })));
      assert.deepEqual(lines.map((_line, i) => text.getLineRange(i).end.character), ends[encoding]);
      assert.equal(text.getText({ start: { line: 1, character: 4 }, end: { line: 1, character: ends[encoding][1] - 1 } }), '🚀x');
    });

    it(`take changes in ${encoding}`, () => {
      // the same changes, told by offsets
      let plain = TEXT;
      const text = create('x:', 'yaml', 1, TEXT);
      for (const [start, end, insert] of [[4, 5, 'ßß'], [14, 16, '🛰🛰'], [0, 0, 'é\n'], [12, 14, '']] as const) {
        update(text, [{ range: { start: text.positionAt(start), end: text.positionAt(end) }, text: insert }], text.version + 1);
        plain = plain.slice(0, start) + insert + plain.slice(end);
        assert.equal(text.getText(), plain);
      }
      assert.equal(text.version, 5);
      // several changes of one notification, each about what the one before has left
      update(text, [{ text: 'ö: 1\n' }, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: encoding === 'utf-8' ? 2 : 1 } }, text: 'o' }, { range: { start: { line: 0, character: 3 }, end: { line: 0, character: 4 } }, text: '22' }], 6);
      assert.equal(text.getText(), 'o: 22\n');
    });
  }

  it('lie at the end of a line when they lie behind it', () => {
    for (const encoding of Object.keys(ends) as Encoding[]) {
      const text = textDocuments(() => encoding).create('x:', 'yaml', 1, TEXT);
      assert.equal(text.offsetAt({ line: 0, character: 999 }), 8);
      assert.equal(text.offsetAt({ line: 99, character: 0 }), TEXT.length);
      assert.equal(text.offsetAt({ line: -1, character: -1 }), 0);
    }
  });

  it('count as the client likes best', () => {
    const choose = (positionEncodings?: unknown) => chooseEncoding({ general: { positionEncodings } } as any);
    assert.deepEqual([choose(['utf-8', 'utf-16']), choose(['utf-16', 'utf-8']), choose(['utf-8']), choose(['utf-32', 'utf-16']), choose(['latin1']), choose([]), choose(undefined), choose('utf-8'), chooseEncoding({})], ['utf-8', 'utf-16', 'utf-8', 'utf-32', 'utf-16', 'utf-16', 'utf-16', 'utf-16', 'utf-16']);
  });

  it('of ASCII cost what they cost without an encoding', () => {
    const text = textDocuments(() => 'utf-8').create('x:', 'yaml', 1, `[${'1,'.repeat(500_000)}1]`);
    const before = performance.now();
    for (let i = 0; i < 20_000; i++) text.positionAt(i * 40);
    assert.ok(performance.now() - before < 1000);
  });
});

describe('a client', () => {
  let client: Client;
  const start = async (options: ClientOptions = {}) => {
    client = await startClient({ settings: NOWHERE, ...options });
    return client;
  };
  afterEach(() => client.stop().catch(() => undefined));

  for (const encoding of ['utf-8', 'utf-16', 'utf-32'] as const) {
    it(`that counts in ${encoding} gets diagnostics, hover and edits at the right places`, async () => {
      await start({ capabilities: { general: { positionEncodings: [encoding] } } });
      assert.equal(client.capabilities.positionEncoding, encoding);
      const text = `${GOOD}Labels: { "ü🚀": a, Replicas: }\nMode: { "ß🚀": 1, Replicated: { Replcas: 3 } }\n`;
      await client.open(URI, text);
      const at = TextDocument.create('x:', 'yaml', 1, text).positionAt(text.indexOf('Replcas'));
      const before = text.split('\n')[at.line].slice(0, at.character);
      const character = encoding === 'utf-8' ? Buffer.byteLength(before) : encoding === 'utf-16' ? before.length : [...before].length;
      const found = (await client.diagnostics(URI)).find(({ message }) => /Replcas/.test(message));
      assert.deepEqual(found.range, { start: { line: at.line, character }, end: { line: at.line, character: character + 7 } });
      const actions = await client.request('textDocument/codeAction', { textDocument: { uri: URI }, range: found.range, context: { diagnostics: [], only: ['quickfix'] } });
      const edit = actions.flatMap(({ edit }: any) => edit?.changes?.[URI] ?? []).find(({ newText }: any) => newText === 'Replicas');
      assert.deepEqual(edit.range, found.range);
      await client.connection.sendNotification('textDocument/didChange', { textDocument: { uri: URI, version: 2 }, contentChanges: [{ range: edit.range, text: edit.newText }] });
      assert.ok(!(await client.diagnostics(URI, (all) => !all.some(({ message }) => /Replcas/.test(message)))).some(({ message }) => /Replcas/.test(message)));
    });
  }

  for (const [formats, kind] of [[['plaintext'], 'plaintext'], [['plaintext', 'markdown'], 'markdown'], [[], 'markdown'], [undefined, 'markdown']] as const) {
    it(`that shows ${formats ? formats.join(' and ') || 'nothing' : 'whatever'} gets ${kind}`, async () => {
      await start({ capabilities: { textDocument: { hover: { contentFormat: formats }, completion: { completionItem: { documentationFormat: formats } } } } });
      await client.open(URI, GOOD);
      const { contents } = await client.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: 3, character: 6 } });
      assert.equal(contents.kind, kind);
      if (kind === 'plaintext') assert.doesNotMatch(contents.value, /\*\*|`|\]\(/);
      const answer = await client.request('textDocument/completion', { textDocument: { uri: URI }, position: { line: 4, character: 0 } });
      assert.equal((answer.items ?? answer)[0].documentation.kind, kind);
    });
  }

  it('that knows no tree of symbols gets a list', async () => {
    await (await start()).open(URI, GOOD);
    const symbols = await client.request('textDocument/documentSymbol', { textDocument: { uri: URI } });
    assert.deepEqual(symbols.map(({ name, containerName, location }: any) => [name, containerName, location.uri, location.range.start.line]), [
      ['Name', undefined, URI, 0],
      ['TaskTemplate', undefined, URI, 1],
      ['ContainerSpec', 'TaskTemplate', URI, 2],
      ['Image', 'ContainerSpec', URI, 3],
    ]);
  });

  it('that folds whole lines keeps closing brackets in sight', async () => {
    const uri = 'file:///a.service.json';
    const text = '{\n  "Mode": {\n    "Global": {}\n  }\n}\n';
    const fold = async (foldingRange: object) => {
      await (await start({ capabilities: { textDocument: { foldingRange } } })).open(uri, text, 'json');
      return (await client.request('textDocument/foldingRange', { textDocument: { uri } })).map(({ startLine, endLine, startCharacter, endCharacter }: any) => [startLine, startCharacter, endLine, endCharacter]);
    };
    assert.deepEqual(await fold({ lineFoldingOnly: true }), [[0, undefined, 3, undefined], [1, undefined, 2, undefined]]);
    await client.stop();
    assert.deepEqual(await fold({}), [[0, 1, 4, 0], [1, 11, 3, 2]]);
    await client.stop();
    assert.deepEqual(await fold({ rangeLimit: 1 }), [[0, 1, 4, 0]]);
  });

  it('can select more and more', async () => {
    await (await start()).open(URI, `${GOOD}---\n${GOOD}`);
    const [first] = await client.request('textDocument/selectionRange', { textDocument: { uri: URI }, positions: [{ line: 8, character: 12 }] });
    const steps: string[] = [];
    for (let step = first; step; step = step.parent) steps.push(`${step.range.start.line}:${step.range.start.character}-${step.range.end.line}:${step.range.end.character}`);
    assert.deepEqual(steps, ['8:11-8:15', '8:11-8:17', '8:4-8:17', '7:2-8:17', '6:0-8:17', '5:0-8:17', '4:0-8:17', '4:0-9:0', '0:0-9:0']);
  });

  it('finds services of all open files by some of their letters', async () => {
    await (await start()).open(URI, `${GOOD}---\n${GOOD.replace('demo', 'database')}`);
    await client.open('file:///b.service.json', '{"Name": "web", "TaskTemplate": {}}', 'json');
    const find = async (query: string) => (await client.request('workspace/symbol', { query })).map(({ name, location }: any) => `${name} ${location.uri} ${location.range.start.line}`);
    assert.deepEqual(await find('DTB'), [`database ${URI} 5`]);
    assert.equal((await find('')).length, 3);
  });

  describe('that wants its file in order', () => {
    const RESOLVES = { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, dataSupport: true, resolveSupport: { properties: ['edit'] } } };
    const MESSY = `Mode:\n    Replicated:\n        Replcas: 3 # three\n${GOOD}UpdateConfig: { Paralelism: 1 }\n`;
    const TIDY = `${GOOD}Mode:\n  Replicated:\n    Replicas: 3 # three\nUpdateConfig: { Parallelism: 1 }\n`;
    const everywhere = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const actions = (only?: string[], range: object = everywhere) => client.request('textDocument/codeAction', { textDocument: { uri: URI }, range, context: { diagnostics: [], only } });
    const after = (text: string, edit: any) => TextDocument.applyEdits(TextDocument.create(URI, 'yaml', 1, text), edit.changes?.[URI] ?? edit);

    it('has it formatted, as a whole or in part', async () => {
      await (await start()).open(URI, MESSY);
      const options = { tabSize: 2, insertSpaces: true };
      assert.equal(after(MESSY, await client.request('textDocument/formatting', { textDocument: { uri: URI }, options })), MESSY.replaceAll('    ', '  ').replace('  Image', '    Image'));
      const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 3 } };
      assert.match(after(MESSY, await client.request('textDocument/rangeFormatting', { textDocument: { uri: URI }, range, options })), /^Mode:\n {2}Replicated:\n {4}Replcas: 3 # three\n/);
      assert.equal(after(MESSY, await client.request('textDocument/formatting', { textDocument: { uri: URI }, options: { tabSize: -3 } })), MESSY.replaceAll('    ', '  ').replace('  Image', '    Image'));
    });

    it('is told once why it is not', async () => {
      await (await start()).open(URI, 'a: 1\n\tb: 2\n');
      for (let i = 0; i < 2; i++) assert.deepEqual(await client.request('textDocument/formatting', { textDocument: { uri: URI }, options: { tabSize: 2, insertSpaces: true } }), []);
      assert.equal(client.shown.length, 1);
      assert.match(client.shown[0].message, /^Not formatted: Line 2 cannot be read: /);
    });

    it('fixes and sorts on save', async () => {
      await (await start({ capabilities: { textDocument: RESOLVES } })).open(URI, MESSY);
      const [fix, ...more] = await actions(['source.fixAll']);
      assert.deepEqual([fix.kind, more], ['source.fixAll.swarmspec', []]);
      assert.equal(after(MESSY, fix.edit), MESSY.replace('Replcas', 'Replicas').replace('Paralelism', 'Parallelism'));
      const [sort] = await actions(['source.sortKeys.swarmspec']);
      assert.equal(after(after(MESSY, fix.edit), []), MESSY.replace('Replcas', 'Replicas').replace('Paralelism', 'Parallelism'));
      await client.change(URI, 2, after(MESSY, fix.edit));
      assert.equal(after(after(MESSY, fix.edit), (await actions(['source.sortKeys.swarmspec']))[0].edit), TIDY);
      assert.ok(sort.edit);
      await client.change(URI, 3, TIDY);
      assert.deepEqual(await actions(['source']), []);
    });

    it('gets the edit of an action when it chooses one', async () => {
      await (await start({ capabilities: { textDocument: RESOLVES } })).open(URI, MESSY);
      assert.equal(client.capabilities.codeActionProvider.resolveProvider, true);
      const all = (await actions()).find(({ title }: any) => title === 'Fix all that has one right answer');
      assert.equal(all.edit, undefined);
      assert.match(after(MESSY, (await client.request('codeAction/resolve', all)).edit), /Replicas/);
      const gone = { ...all, data: { uri: 'file:///gone', id: 'fixAll' } };
      assert.deepEqual(await client.request('codeAction/resolve', gone), gone);
    });

    it('fixes one rule everywhere', async () => {
      await (await start({ capabilities: { textDocument: RESOLVES } })).open(URI, MESSY);
      const one = (await actions(['quickfix'], { start: { line: 2, character: 9 }, end: { line: 2, character: 9 } })).find(({ title }: any) => title === 'Fix all `unknown-field` in this file');
      const edit = one.edit ?? (await client.request('codeAction/resolve', one)).edit;
      assert.equal(after(MESSY, edit), MESSY.replace('Replcas', 'Replicas').replace('Paralelism', 'Parallelism'));
    });

    it('silences a finding, and the next one in the same comment', async () => {
      let text = `${GOOD}Mode:\n  Replicated:\n    Replcas: 3\n    replicas: 2\n`;
      await (await start()).open(URI, text);
      const line = { start: { line: 6, character: 5 }, end: { line: 6, character: 5 } };
      const silence = (await actions(['quickfix'], line)).find(({ title }: any) => title === 'Silence `unknown-field` here');
      text = after(text, silence.edit);
      assert.equal(text, `${GOOD}Mode:\n  Replicated:\n    # swarmspec-ignore unknown-field -- why this is right here\n    Replcas: 3\n    replicas: 2\n`);
      await client.change(URI, 2, text);
      await client.diagnostics(URI, (found) => !found.some(({ code }) => code === 'unknown-field'));
      const uri = 'file:///a.service.json';
      await client.open(uri, '{"Replcas": 1}', 'json');
      assert.ok(!(await client.request('textDocument/codeAction', { textDocument: { uri }, range: everywhere, context: { diagnostics: [] } })).some(({ title }: any) => /Silence/.test(title)), 'JSON has no comments');
    });

    it('and knows code actions as commands only, has the server ask for its edits', async () => {
      await start({ capabilities: { textDocument: { codeAction: {} }, workspace: { applyEdit: true } } });
      const asked: any[] = [];
      client.connection.onRequest('workspace/applyEdit', (params: any) => {
        asked.push(params.edit);
        return { applied: true };
      });
      await client.open(URI, MESSY);
      const commands = await actions();
      assert.ok(commands.length > 2 && commands.every(({ command }: any) => typeof command === 'string'));
      for (const title of ['Rename `Replcas` to `Replicas`', 'Fix all that has one right answer']) {
        const command = commands.find((one: any) => one.title === title);
        assert.equal((await client.request('workspace/executeCommand', { command: command.command, arguments: command.arguments })).kind, 'done');
        assert.match(after(MESSY, asked.at(-1)), /Replicas: 3/);
      }
    });

    it('and can apply nothing, is offered nothing that it would have to', async () => {
      await (await start({ capabilities: { textDocument: { codeAction: {} } } })).open(URI, MESSY);
      assert.deepEqual((await actions()).map(({ command }: any) => command), ['swarmspec.apply']);
    });
  });

  it('that asks before it has said who it is, or after it has said goodbye, is refused', async () => {
    await start();
    await assert.rejects(client.request('initialize', { processId: null, rootUri: null, capabilities: {} }), { code: -32600 });
    await client.request('shutdown', undefined);
    for (const method of ['textDocument/hover', 'workspace/executeCommand', 'workspace/symbol']) await assert.rejects(client.request(method, { query: '', textDocument: { uri: URI }, position: { line: 0, character: 0 } }), { code: -32600 }, method);
  });
});
