import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { applyTextEdits } from '../server/src/document/textEdit';
import { type Client, type ClientOptions, startClient } from './support/client';
import { TextDocument } from 'vscode-languageserver-textdocument';

const URI = 'file:///deploy/web.service.yaml';
const HEAD = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';
const GOOD = `${HEAD}Mode: { Global: {} }\n`;
const BAD = `${HEAD}Mode:\n  Replicated:\n    Replcas: 3\n`;
const NOWHERE = { host: 'unix:///nonexistent.sock', contactEngine: false };
const PULLS = { textDocument: { diagnostic: {} } };
const ASKS = { window: { showMessage: {} } };
const rules = (diagnostics: any[]) => diagnostics.map(({ code }) => code);

/** The text after the edits that an answer holds for a file. */
function applied(text: string, edits: readonly { range: any; newText: string }[]): string {
  const document = TextDocument.create('x:', 'yaml', 1, text);
  return applyTextEdits(text, edits.map(({ range, newText }) => ({ start: document.offsetAt(range.start), end: document.offsetAt(range.end), text: newText })));
}

describe('the language server', () => {
  let client: Client;
  const start = async (options: ClientOptions = {}) => {
    client = await startClient({ settings: NOWHERE, ...options });
    return client;
  };
  afterEach(() => client.stop());

  describe('diagnostics', () => {
    it('are published when a file is opened', async () => {
      await (await start()).open(URI, BAD);
      const [diagnostic, ...more] = await client.diagnostics(URI);
      assert.deepEqual(more, []);
      assert.deepEqual(diagnostic.range, { start: { line: 6, character: 4 }, end: { line: 6, character: 11 } });
      assert.deepEqual([diagnostic.code, diagnostic.severity, diagnostic.source], ['unknown-field', 1, 'swarmspec']);
      const [, page, line] = /^(file:.*\/docs\/rules\.md)#L(\d+)$/.exec(diagnostic.codeDescription.href) ?? [];
      assert.equal(fs.readFileSync(new URL(page), 'utf8').split('\n')[Number(line) - 1], '## unknown-field');
    });

    it('follow what is typed', async () => {
      await (await start()).open(URI, BAD);
      await client.diagnostics(URI, (all) => all.length === 1);
      await client.change(URI, 2, BAD.replace('Replcas', 'Replicas'));
      await client.diagnostics(URI, (all) => all.length === 0);
      assert.equal(client.published.get(URI).version, 2);
    });

    it('come, and so do answers, while a long file is still being read, closed and opened again', async () => {
      const spec = (i: number) => `Name: service-${i}\nTaskTemplate:\n  ContainerSpec:\n    Image: busybox:1\nMode:\n  Replicated:\n    Replcas: 3\n`;
      const long = Array.from({ length: 600 }, (_, i) => spec(i)).join('---\n');
      await start();
      const textDocument = { uri: URI };
      const ask = () => Promise.all([client.request('textDocument/documentSymbol', { textDocument }), client.request('textDocument/hover', { textDocument, position: { line: 4, character: 1 } }), client.request('textDocument/completion', { textDocument, position: { line: 6, character: 6 } })]);
      await client.open(URI, long);
      const asked = ask();
      // a key is typed before anything was answered
      await client.connection.sendNotification('textDocument/didChange', { textDocument: { uri: URI, version: 2 }, contentChanges: [{ range: { start: { line: 0, character: 6 }, end: { line: 0, character: 6 } }, text: 'my-' }] });
      const [outline, hover, completion] = await asked;
      assert.match(JSON.stringify(outline.slice(0, 30)), /my-service-0/);
      assert.match(JSON.stringify(hover), /replicated/i);
      assert.ok(completion.items.length > 0);
      assert.equal((await client.diagnostics(URI, (all) => all.length === 600)).length, 600);
      await client.close(URI);
      await client.open(URI, long);
      const answers = ask();
      await client.close(URI);
      // of a file that is closed there is nothing to say, but each question has its answer
      const [symbols] = await answers;
      assert.ok(symbols === null || symbols.length > 0);
      await client.open(URI, spec(1));
      assert.equal((await client.diagnostics(URI, (all) => all.length === 1)).length, 1);
      assert.equal((await client.request('textDocument/documentSymbol', { textDocument })).length, 7);
    });

    it('follow what is typed piece by piece', async () => {
      await (await start()).open(URI, BAD);
      await client.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: URI, version: 2 },
        contentChanges: [{ range: { start: { line: 6, character: 8 }, end: { line: 6, character: 8 } }, text: 'i' }],
      });
      await client.diagnostics(URI, (all) => all.length === 0);
    });

    it('come while somebody types without a pause, not only behind it', async function () {
      this.timeout(20_000);
      await (await start()).open(URI, HEAD);
      await client.diagnostics(URI);
      const seen = new Set<number>();
      client.connection.onNotification('textDocument/publishDiagnostics', ({ version }: any) => void seen.add(version));
      let version = 1;
      const began = performance.now();
      while (performance.now() - began < 1000) {
        await client.change(URI, ++version, `${BAD}# ${'x'.repeat(version)}\n`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const amid = [...seen].filter((one) => one < version);
      assert.ok(amid.length >= 3, `${amid.length} of ${version} versions were checked`);
    });

    it('are taken back when a file is closed, also while it waits to be checked', async () => {
      await (await start()).open(URI, BAD);
      await client.close(URI);
      await client.diagnostics(URI, (all) => all.length === 0);
      await new Promise((resolve) => setTimeout(resolve, 60));
      assert.deepEqual(client.published.get(URI).diagnostics, []);
    });

    it('are given to a client that asks for them, and not published', async () => {
      await (await start({ capabilities: PULLS })).open(URI, BAD);
      assert.ok(client.capabilities.diagnosticProvider);
      const report = await client.request('textDocument/diagnostic', { textDocument: { uri: URI } });
      assert.deepEqual([report.kind, rules(report.items)], ['full', ['unknown-field']]);
      await new Promise((resolve) => setTimeout(resolve, 60));
      assert.equal(client.published.size, 0);
    });

    it('are none for a file that is not open', async () => {
      await start({ capabilities: PULLS });
      assert.deepEqual((await client.request('textDocument/diagnostic', { textDocument: { uri: 'file:///none.yaml' } })).items, []);
    });

    it('are none for files that are not ours', async () => {
      await start({ capabilities: PULLS });
      for (const [uri, text] of [['file:///docker-compose.yml', 'services: {}'], ['file:///package.json', '{"name": "x"}'], ['file:///a.yaml', BAD]]) {
        await client.open(uri, text);
        assert.deepEqual((await client.request('textDocument/diagnostic', { textDocument: { uri } })).items, [], uri);
      }
    });

    it('are there for a file of any name that has a modeline, our language or a glob of the settings', async () => {
      await start({ capabilities: PULLS, settings: { ...NOWHERE, files: ['stacks/**/*.yaml'] } });
      for (const [uri, text, language] of [['file:///a.yaml', `# swarmspec: api=1.49\n${BAD}`, 'yaml'], ['file:///b', BAD, 'swarmspec-yaml'], ['file:///x/stacks/a/b.yaml', BAD, 'yaml'], ['untitled:Untitled-1', BAD, 'swarmspec-yaml']]) {
        await client.open(uri, text, language);
        assert.deepEqual(rules((await client.request('textDocument/diagnostic', { textDocument: { uri } })).items), ['unknown-field'], uri);
      }
    });

    it('obey the settings', async () => {
      const networks = `${GOOD}Networks: [{ Target: a }]\n`;
      await (await start({ settings: { ...NOWHERE, api: '1.43' } })).open(URI, networks);
      assert.deepEqual(await client.diagnostics(URI), []);
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { swarmspec: { ...NOWHERE, severity: { 'deprecated-field': 'hint' } } } });
      const [{ severity, tags }] = await client.diagnostics(URI, (all) => all.length === 1);
      assert.deepEqual({ severity, tags }, { severity: 4, tags: [2] });
    });

    it('obey settings that a client sends under our name when it starts', async () => {
      await (await start({ settings: { swarmspec: { ...NOWHERE, severity: { 'unknown-field': 'off' } } } })).open(URI, BAD);
      assert.deepEqual(rules(await client.diagnostics(URI)), []);
    });

    it('survive a client that answers null when asked for settings', async () => {
      client = await startClient({ capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } }, settings: null });
      await client.open(URI, BAD);
      assert.deepEqual(rules(await client.diagnostics(URI)), ['unknown-field']);
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      assert.deepEqual(rules(await client.diagnostics(URI)), ['unknown-field']);
    });

    it('survive settings of the wrong type', async () => {
      await (await start({ settings: { ...NOWHERE, files: 'x', severity: [], api: 5 } })).open(URI, BAD);
      assert.deepEqual(rules(await client.diagnostics(URI)), ['unknown-field']);
    });
  });

  describe('several documents in a file', () => {
    const text = `Name: demo\nMode: { Global: {} }\nTaskTemplate:\n  ContainerSpec: { Image: busy:1 }\n---\n# swarmspec: api=1.40\n${BAD}`;
    it('have their diagnostics at their own lines', async () => {
      await (await start()).open(URI, text);
      assert.deepEqual((await client.diagnostics(URI)).map(({ range }) => range.start), [{ line: 12, character: 4 }]);
    });
    it('have their hover, completion, symbols and fixes', async () => {
      await (await start({ capabilities: { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } } })).open(URI, text);
      const textDocument = { uri: URI };
      const hover = await client.request('textDocument/hover', { textDocument, position: { line: 9, character: 6 } });
      assert.deepEqual(hover.range.start, { line: 9, character: 4 });
      const { items } = await client.request('textDocument/completion', { textDocument, position: { line: 12, character: 4 } });
      assert.ok(items.some(({ label, textEdit }: any) => label === 'Replicas' && textEdit.range.start.line === 12));
      const symbols = await client.request('textDocument/documentSymbol', { textDocument });
      assert.deepEqual(symbols.map(({ name, range }: any) => `${name} ${range.start.line}`), ['service demo 0', 'service demo 6']);
      const [{ edit }] = await client.request('textDocument/codeAction', { textDocument, range: { start: { line: 12, character: 5 }, end: { line: 12, character: 5 } }, context: { diagnostics: [] } });
      assert.equal(applied(text, edit.changes[URI]), text.replace('Replcas', 'Replicas'));
    });
  });

  describe('hover', () => {
    it('explains a field', async () => {
      await (await start()).open(URI, HEAD);
      const { contents } = await client.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: 3, character: 6 } });
      assert.equal(contents.kind, 'markdown');
      assert.match(contents.value, /^\*\*Image\*\*/);
    });
    it('is nothing beside the text', async () => {
      await (await start()).open(URI, HEAD);
      for (const position of [{ line: 100, character: 0 }, { line: 4, character: 0 }]) assert.equal(await client.request('textDocument/hover', { textDocument: { uri: URI }, position }), null);
    });
  });

  describe('completion', () => {
    const at = { textDocument: { uri: URI }, position: { line: 4, character: 0 } };
    const client_ = (completionItem: object) => ({ capabilities: { textDocument: { completion: { completionItem } } } });
    const offered = async (label: string, where: object = at) => (await client.request('textDocument/completion', where)).items.find((item: any) => item.label === label);
    it('has snippets for clients that know them', async () => {
      await (await start(client_({ snippetSupport: true }))).open(URI, HEAD);
      const mode = await offered('Mode');
      assert.deepEqual([mode.insertTextFormat, mode.textEdit.newText], [2, 'Mode:\n  Replicated:\n    Replicas: ${1:1}']);
    });
    it('has plain text for the others', async () => {
      await (await start()).open(URI, HEAD);
      const mode = await offered('Mode');
      assert.deepEqual([mode.insertTextFormat, mode.textEdit.newText], [1, 'Mode:\n  Replicated:\n    Replicas: 1']);
    });
    it('brings the docs along, unless the client asks for them later', async () => {
      await (await start()).open(URI, HEAD);
      assert.match((await offered('Mode')).documentation.value, /how many tasks/i);
      await client.stop();
      await (await start(client_({ resolveSupport: { properties: ['documentation'] } }))).open(URI, HEAD);
      const mode = await offered('Mode');
      assert.equal(mode.documentation, undefined);
      assert.match((await client.request('completionItem/resolve', mode)).documentation.value, /how many tasks/i);
      await offered('Mode');
      assert.equal((await client.request('completionItem/resolve', mode)).documentation, undefined, 'of a list that is gone');
    });
    it('replaces the whole word, also in an editor that would keep what follows the cursor', async () => {
      const text = `${HEAD}Mo: {}\n`;
      await (await start(client_({ insertReplaceSupport: true }))).open(URI, text);
      const { textEdit } = await offered('Mode', { textDocument: { uri: URI }, position: { line: 4, character: 1 } });
      assert.deepEqual(textEdit, { newText: 'Mode', range: { start: { line: 4, character: 0 }, end: { line: 4, character: 2 } } });
    });
    it('moves a line to the column it belongs to', async () => {
      await (await start()).open(URI, `${HEAD}      \n`);
      const { additionalTextEdits } = await offered('Env', { textDocument: { uri: URI }, position: { line: 4, character: 6 } });
      assert.deepEqual(additionalTextEdits, [{ range: { start: { line: 4, character: 0 }, end: { line: 4, character: 6 } }, newText: '    ' }]);
    });
    it('does not open by itself where somebody types a text or a collection', async () => {
      const typed = async (text: string, character: string) => {
        await client.open('file:///typed.service.yaml', text);
        const lines = text.split('\n');
        const position = { line: lines.length - 1, character: lines[lines.length - 1].length };
        const answer = await client.request('textDocument/completion', { textDocument: { uri: 'file:///typed.service.yaml' }, position, context: { triggerKind: 2, triggerCharacter: character } });
        await client.close('file:///typed.service.yaml');
        return answer?.items.length ?? 0;
      };
      await start();
      assert.equal(await typed('Name: two ', ' '), 0);
      assert.equal(await typed('Mode: ', ' '), 0);
      assert.equal(await typed('Name: "a"', '"'), 0);
      assert.equal(await typed('Name: ', ' '), 0, 'examples');
      assert.ok((await typed('UpdateConfig:\n  Order: ', ' ')) > 0);
      assert.equal(await typed('# a ', ' '), 0);
      assert.ok((await typed('# swarmspec: ', ' ')) > 0);
      assert.ok((await typed('# swarmspec: api=', '=')) > 0);
      assert.ok((await typed('Name: x # swarmspec-ignore ', ' ')) > 0);
      assert.ok((await typed('UpdateConfig:\n  Order: "', '"')) > 0);
      assert.ok((await typed('TaskTemplate:\n  Placement:\n    Constraints:\n      - node.role=', '=')) === 0);
      assert.ok((await typed('TaskTemplate:\n  Placement:\n    Constraints:\n      - node.role==', '=')) > 0);
    });
  });

  describe('a config file', () => {
    const uri = 'file:///deploy/swarmspec.config.yaml';
    const config = 'severity:\n  unknwon-field: off\n  wrong-case: \n';
    for (const [how, capabilities] of [['pushed', {}], ['asked for', PULLS]] as const) {
      it(`has its own findings, ${how}, and a fix`, async () => {
        await start({ capabilities });
        await client.open(uri, config, 'yaml');
        const found = how === 'pushed' ? await client.diagnostics(uri, (all) => all.length > 0) : (await client.request('textDocument/diagnostic', { textDocument: { uri } })).items;
        assert.deepEqual(rules(found), ['config-problem', 'config-problem']);
        assert.match(found[0].message, /Did you mean `unknown-field`/);
        const [action] = await client.request('textDocument/codeAction', { textDocument: { uri }, range: found[0].range, context: { diagnostics: [] } });
        assert.match(applied(config, action.edit.changes[uri]), /^ {2}unknown-field: off$/m);
      });
    }

    it('is completed and explained', async () => {
      await start();
      await client.open(uri, config, 'yaml');
      const { items } = await client.request('textDocument/completion', { textDocument: { uri }, position: { line: 2, character: 17 } });
      assert.ok(items.some(({ label }: any) => label === 'information'));
      const { contents } = await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 2 } });
      assert.match(contents.value ?? contents, /Severity by rule/);
      for (const method of ['documentSymbol', 'codeLens', 'documentLink', 'foldingRange']) assert.ok(((await client.request(`textDocument/${method}`, { textDocument: { uri } })) ?? []).length === 0, method);
    });
  });

  describe('code actions', () => {
    const range = { start: { line: 6, character: 5 }, end: { line: 6, character: 5 } };
    it('offer a fix although the client names no diagnostics', async () => {
      await (await start()).open(URI, BAD);
      const actions = await client.request('textDocument/codeAction', { textDocument: { uri: URI }, range, context: { diagnostics: [] } });
      const fix = actions.find(({ kind }: any) => kind === 'quickfix');
      assert.deepEqual([fix.title, fix.isPreferred, rules(fix.diagnostics)], ['Rename `Replcas` to `Replicas`', true, ['unknown-field']]);
      assert.equal(applied(BAD, fix.edit.changes[URI]), BAD.replace('Replcas', 'Replicas'));
    });
    it('offer the kinds that are wanted only', async () => {
      await (await start()).open(URI, BAD);
      const kinds = async (only: string[]) => (await client.request('textDocument/codeAction', { textDocument: { uri: URI }, range, context: { diagnostics: [], only } })).map(({ kind }: any) => kind);
      assert.ok((await kinds(['quickfix'])).every((kind: string) => kind === 'quickfix'));
      assert.deepEqual(await kinds(['refactor']), ['refactor.apply']);
      assert.deepEqual(await kinds(['source']), ['source.fixAll.swarmspec']);
    });
    it('offer to apply the one spec of several that the cursor is in', async () => {
      const uri = 'file:///all.service.json';
      const spec = '{"Name": "a", "TaskTemplate": {"ContainerSpec": {"Image": "b"}}}';
      await (await start()).open(uri, `[\n${spec},\n${spec}\n]`, 'json');
      const actions = await client.request('textDocument/codeAction', { textDocument: { uri }, range: { start: { line: 2, character: 5 }, end: { line: 2, character: 5 } }, context: { diagnostics: [], only: ['refactor.apply'] } });
      const [{ command }] = actions;
      assert.deepEqual(command.arguments, [uri, { document: 0, base: '/1' }]);
    });
  });

  describe('apply', () => {
    const apply = (...args: unknown[]) => client.request('workspace/executeCommand', { command: 'swarmspec.apply', arguments: args });
    it('says that the engine cannot be reached, and that nothing was applied', async () => {
      await (await start({ capabilities: ASKS, chooses: 'Apply' })).open(URI, HEAD);
      const end = await apply(URI);
      assert.equal(end.kind, 'unreachable');
      assert.match(end.message, /unix:\/\/\/nonexistent\.sock.*Nothing was applied\./);
      assert.deepEqual(client.shown.map(({ message }) => message), [end.message]);
      assert.deepEqual(client.asked, []);
    });
    it('does not send a spec with errors', async () => {
      await (await start({ capabilities: ASKS })).open(URI, BAD);
      assert.equal((await apply(URI)).kind, 'invalid');
    });
    it('does not guess which spec of several is meant', async () => {
      await (await start({ capabilities: ASKS })).open(URI, `${HEAD}---\n${HEAD}`);
      assert.equal((await apply(URI)).kind, 'several');
      assert.equal((await apply(URI, { document: 1, base: '' })).kind, 'unreachable');
      assert.equal((await apply(URI, { document: 7, base: '' })).kind, 'nothing');
    });
    it('says so where there is nothing', async () => {
      await start({ capabilities: ASKS });
      for (const args of [[], ['file:///none.service.yaml'], [5], [null]]) assert.equal((await apply(...args)).kind, 'nothing', JSON.stringify(args));
    });
    it('says so in a client that cannot ask', async () => {
      await (await start()).open(URI, HEAD);
      // the engine comes first: without it there is nothing to ask about
      assert.ok(['unreachable', 'cannotAsk'].includes((await apply(URI)).kind));
      assert.deepEqual(client.asked, []);
    });
    it('says what a file is checked against', async () => {
      await (await start()).open(URI, `# swarmspec: api=1.44\n${HEAD}`);
      assert.match(await client.request('workspace/executeCommand', { command: 'swarmspec.target', arguments: [URI] }), /API v1\.44 \(asked for by the file\)/);
    });
    it('answers an error to a command that is not there', async () => {
      await (await start()).open(URI, HEAD);
      await assert.rejects(client.request('workspace/executeCommand', { command: 'swarmspec.nonsense', arguments: [URI] }), /no command/);
    });
  });

  it('lives through requests that make no sense', async () => {
    await (await start()).open(URI, BAD);
    const methods = ['textDocument/hover', 'textDocument/completion', 'textDocument/documentSymbol', 'textDocument/codeAction', 'textDocument/diagnostic', 'workspace/executeCommand'];
    const params = [{}, { textDocument: {} }, { textDocument: { uri: URI } }, { textDocument: { uri: URI }, position: { line: -1, character: 'x' }, range: {} }, { textDocument: { uri: 5 } }, { command: 5 }];
    for (const method of methods) for (const one of params) await client.request(method, one).catch(() => undefined);
    await client.connection.sendNotification('textDocument/didChange', {}).catch(() => undefined);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: 'file:///never-opened' } });
    const hover = await client.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: 3, character: 6 } });
    assert.match(hover.contents.value, /Image/);
  });

  it('answers at every place of a document while it is typed', async () => {
    const text = 'Name: a\nTaskTemplate: {ContainerSpec: {Image: x, Env: [A=b]}}\nMode:\n  Replicated:\n    Replicas: 3\n';
    await (await start()).open(URI, '');
    for (let end = 0; end <= text.length; end += 3) {
      await client.change(URI, end + 2, text.slice(0, end));
      const position = TextDocument.create('x:', 'yaml', 1, text).positionAt(end);
      for (const method of ['textDocument/hover', 'textDocument/completion', 'textDocument/documentSymbol']) await client.request(method, { textDocument: { uri: URI }, position });
    }
    assert.deepEqual(client.logged, []);
  });
});
