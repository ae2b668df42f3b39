import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../server/src/tools/root';

/** Every import of a source file: our own as a path from `server/src` without extension, others by name. */
interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const SRC = join(ROOT, 'server/src');

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8').replaceAll(/^\s*(\/\/|\*).*$/gm, '');
  const found: Import[] = [];
  for (const match of text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*\s{},$]+?\s+from\s+)?'([^']+)'|\b(typeof\s+)?(?:import|require)\('([^']+)'\)/g)) {
    const name = match[2] ?? match[4];
    const to = name.startsWith('.') ? relative(SRC, join(dirname(file), name)) : name;
    found.push({ from: relative(SRC, file).replace(/\.ts$/, ''), to, typeOnly: match[1] !== undefined || match[3] !== undefined });
  }
  return found;
}

const imports = [...sources(SRC), ...sources(join(ROOT, 'client/src'))].flatMap(importsOf);
const layerOf = (path: string): string => (path.startsWith('../../client') ? 'client' : path.includes('/') ? path.split('/')[0] : path);
const FILES = new Set(imports.map(({ from }) => from));
const isOurs = (to: string): boolean => to.startsWith('..') || FILES.has(to) || existsSync(join(SRC, `${to}.ts`));

/** What each layer may know besides itself. Words at the bottom are known to all. */
const KNOWS: Readonly<Record<string, readonly string[]>> = {
  client: ['lsp/protocol'],
  lsp: ['features', 'apply', 'engine', 'document', 'facts', 'config', 'version'],
  cli: ['features', 'apply', 'engine', 'document', 'facts', 'schema', 'config', 'grammar/imageReference', 'lsp/main', 'version'],
  tools: ['features', 'facts', 'grammar', 'schema', 'lsp/settings', 'rules', 'config', 'cli', 'document', 'engine', 'version'],
  config: ['features', 'schema', 'document', 'facts'],
  index: ['features', 'document', 'facts', 'schema'],
  features: ['rules', 'schema', 'document', 'facts', 'grammar'],
  apply: ['rules', 'engine/engine', 'engine/error', 'document', 'facts', 'grammar', 'schema'],
  engine: ['document/value', 'document/exact', 'document/json', 'facts/types', 'grammar/imageReference'],
  rules: ['schema', 'facts', 'grammar', 'document/value'],
  schema: ['document', 'facts', 'grammar'],
  document: [],
  grammar: ['facts', 'document/value'],
  facts: ['document/value'],
  target: ['facts'],
  controls: [],
  finding: [],
  path: [],
  remember: [],
  version: [],
};
const WORDS = ['path', 'controls', 'finding', 'target', 'remember'];

describe('the layers', () => {
  for (const layer of Object.keys(KNOWS)) {
    const known = KNOWS[layer];
    it(`${layer} knows ${known.length === 0 ? 'nobody' : known.join(', ')}`, () => {
      const wrong = imports
        .filter(({ from, to }) => layerOf(from) === layer && isOurs(to) && layerOf(to) !== layer)
        .filter(({ to }) => !WORDS.includes(to) && !known.some((one) => to === one || to.startsWith(`${one}/`) || to === `../../${one}`))
        .map(({ from, to }) => `${from} imports ${to}`);
      assert.deepEqual(wrong, []);
    });
  }

  it('are all told above', () => assert.deepEqual([...new Set(imports.map(({ from }) => layerOf(from)))].filter((layer) => !(layer in KNOWS)), []));

  it('were found at all', () => {
    assert.ok(imports.length > 200, `${imports.length} imports`);
    assert.ok(imports.some(({ from, to }) => from === 'cli/commands' && to === 'cli/commands/lsp'), 'a require is an import');
    assert.ok(imports.some(({ from, to, typeOnly }) => from === 'features/hover' && to === 'target' && typeOnly));
    assert.ok(imports.some(({ from, to }) => layerOf(from) === 'client' && to === 'lsp/protocol'));
  });
});

describe('what only one layer may use', () => {
  const only: { name: string; what: RegExp; layers: string[] }[] = [
    { name: 'sockets and processes', what: /^node:(net|tls|http|https|http2|dgram|child_process)$/, layers: ['engine', 'tools'] },
    { name: 'files', what: /^node:fs(\/|$)/, layers: ['cli', 'tools', 'config', 'engine'] },
    { name: 'terminals', what: /^node:(readline|tty|util)(\/|$)/, layers: ['cli'] },
    { name: 'the protocol of editors', what: /^vscode-languageserver/, layers: ['lsp'] },
    { name: 'the client of VS Code', what: /^(vscode|vscode-languageclient)(\/|$)/, layers: ['client'] },
    { name: 'the YAML parser', what: /^yaml$/, layers: ['document'] },
  ];
  for (const { name, what, layers } of only) {
    it(`${name}: ${layers.join(' and ')}`, () => {
      const users = imports.filter(({ to }) => what.test(to));
      assert.deepEqual(users.filter(({ from }) => !layers.includes(layerOf(from))).map(({ from, to }) => `${from} imports ${to}`), []);
      assert.ok(users.length > 0, 'nobody uses it, so this test could not fail');
    });
  }

  it('nothing is imported that is no dependency, of Node or ours', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const known = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, vscode: '' });
    const foreign = imports.filter(({ to }) => !isOurs(to) && !to.startsWith('node:') && !known.some((name) => to === name || to.startsWith(`${name}/`)));
    assert.deepEqual(foreign.map(({ from, to }) => `${from} imports ${to}`), []);
  });

  it('what runs in a browser too knows nothing of Node', () => {
    const ofNode = /^(cli|tools|engine|config\/(find|scan|rulesPage)|apply\/planFile|lsp\/(main|nodePlatform|nodeOutput))\b/;
    const core = sources(SRC).filter((file) => !ofNode.test(relative(SRC, file)));
    assert.deepEqual(core.filter((file) => /\bBuffer\.|from 'node:/.test(readFileSync(file, 'utf8'))).map((file) => relative(SRC, file)), []);
  });

  it('the core does not know the process it runs in', () => {
    const core = sources(SRC).filter((file) => !/^(cli|lsp|tools|engine)$/.test(layerOf(relative(SRC, file))));
    assert.deepEqual(core.filter((file) => /\bprocess\.(env|argv|exit|std\w+|cwd|platform|on)\b|\bconsole\.\w+\(/.test(readFileSync(file, 'utf8').replaceAll(/\/\/.*|^\s*\*.*$/gm, ''))).map((file) => relative(SRC, file)), []);
  });
});
