import * as assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { getLanguageService, type JSONDocument, type MarkupContent, TextDocument } from 'vscode-json-languageservice';
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { stringify } from 'yaml';
import { CONFIG_NAMES } from '../server/src/config/config';
import { SERVICE } from '../server/src/facts/kinds';
import { fieldAt } from '../server/src/facts/lookup';
import { API_VERSIONS, DEFAULT_API } from '../server/src/facts/versions';
import { SPEC_NAMES } from '../server/src/features/specFiles';
import { description } from '../server/src/schema/jsonSchema';
import { ROOT } from '../server/src/tools/root';
import { jsonCorpus } from './support/corpus';

const BASE = 'https://swarmspec.github.io/schemas/';
const names = readdirSync(join(ROOT, 'schemas'));
const textOf = (name: string) => readFileSync(join(ROOT, 'schemas', name), 'utf8');
const catalogue = JSON.parse(textOf('catalog.json'));

/** Fields whose hover is compared: the text of a spec, and the paths in it. */
const SPEC = { Name: 'web', Labels: { a: 'b' }, TaskTemplate: { ContainerSpec: { Image: 'web:1.4', StopGracePeriod: 10_000_000_000, Healthcheck: { Interval: 10_000_000_000 } }, RestartPolicy: { Condition: 'any' } }, Mode: { Replicated: { Replicas: 2 } }, EndpointSpec: { Ports: [{ Protocol: 'tcp', TargetPort: 80 }] } };
const HOVERED = [['Name'], ['Labels'], ['TaskTemplate', 'ContainerSpec', 'Image'], ['TaskTemplate', 'ContainerSpec', 'StopGracePeriod'], ['TaskTemplate', 'ContainerSpec', 'Healthcheck', 'Interval'], ['Mode', 'Replicated', 'Replicas'], ['EndpointSpec', 'Ports', 0, 'TargetPort']];

/** The recorded documents that the engine took and kept as they are. */
const taken = jsonCorpus().filter(({ verdict, unknown, dropped, changed, case_folded, duplicate_keys, trailing }) => verdict === 'accept' && ![unknown, dropped, changed, case_folded, duplicate_keys, trailing].some(Boolean));

describe('the schemas as they are published', () => {
  it('have stable ids: where they are found, by their names', () => {
    for (const name of names.filter((one) => one !== 'catalog.json')) assert.equal(JSON.parse(textOf(name)).$id, BASE + name);
  });
  it('refer to nothing that is not published with them', () => {
    for (const name of names) for (const [, reference] of textOf(name).matchAll(/"\$ref": ?"([^"#]*)/g)) assert.equal(reference, '', name);
  });
  it('are in the catalogue, each API version of them, by the names that we take', () => {
    const [spec, config] = catalogue.schemas;
    assert.deepEqual(spec.fileMatch, SPEC_NAMES);
    assert.deepEqual(config.fileMatch, CONFIG_NAMES);
    assert.deepEqual(Object.keys(spec.versions), API_VERSIONS.map(({ version }) => version));
    for (const url of [spec.url, config.url, ...Object.values<string>(spec.versions)]) assert.ok(url.startsWith(BASE) && names.includes(basename(url)), url);
  });
});

/** Text of a hover without what renderers differ in: escapes, line breaks, where it is from. */
function plain(contents: string): string {
  return contents.replaceAll('\\\n', '\n').replaceAll(/\nSource: \[[^]*$/g, '').replaceAll(/\\([\\`*_{}[\]()<>#+\-.!|~])/g, '$1').replaceAll(/&nbsp;/g, ' ').replaceAll(/&lt;/g, '<').replaceAll(/&gt;/g, '>').replaceAll(/&amp;/g, '&').replaceAll(/\s+/g, ' ').trim();
}

describe('in stock editors, by the catalogue', function () {
  this.timeout(120_000);
  let server: Server;
  let site: string;
  let child: ChildProcess;
  let yaml: MessageConnection;
  const published = new Map<string, any[]>();
  const json = getLanguageService({ schemaRequestService: async (url) => textOf(basename(url)) });

  before(async () => {
    // stands in for the site of the schemas
    server = createServer(({ url = '' }, answer) => {
      const name = basename(url);
      answer.statusCode = names.includes(name) ? 200 : 404;
      answer.end(names.includes(name) ? textOf(name).replaceAll(BASE, site) : '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    json.configure({ validate: true, schemas: catalogue.schemas.map(({ url, fileMatch }: any) => ({ uri: url, fileMatch })) });

    child = spawn(process.execPath, [join(ROOT, 'node_modules/yaml-language-server/bin/yaml-language-server'), '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    yaml = createMessageConnection(new StreamMessageReader(child.stdout!), new StreamMessageWriter(child.stdin!));
    yaml.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: any) => void published.set(uri, diagnostics));
    yaml.onRequest('workspace/configuration', ({ items }: any) => items.map(({ section }: any) => (section === 'yaml' ? { validate: true, hover: true, schemaStore: { enable: true, url: `${site}catalog.json` } } : {})));
    for (const method of ['client/registerCapability', 'workspace/codeLens/refresh']) yaml.onRequest(method, () => null);
    yaml.listen();
    await yaml.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } }, textDocument: { hover: { contentFormat: ['markdown'] } } } });
    await yaml.sendNotification('initialized', {});
    await yaml.sendNotification('workspace/didChangeConfiguration', { settings: { yaml: { validate: true, hover: true, schemaStore: { enable: true, url: `${site}catalog.json` } } } });
  });
  after(() => {
    yaml?.dispose();
    child?.kill();
    server?.close();
  });

  let opened = 0;
  async function open(text: string): Promise<string> {
    const uri = `file:///w/${opened++}.service.yaml`;
    await yaml.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return uri;
  }
  /** The diagnostics of a file, once they are there. */
  async function yamlProblems(text: string): Promise<string[]> {
    const uri = await open(text);
    for (let i = 0; i < 3000 && !published.has(uri); i++) await new Promise((resolve) => setTimeout(resolve, 10));
    const found = published.get(uri) ?? assert.fail('no diagnostics came');
    await yaml.sendNotification('textDocument/didClose', { textDocument: { uri } });
    return found.map(({ message }) => message);
  }
  const jsonOf = (text: string): { document: TextDocument; parsed: JSONDocument } => {
    const document = TextDocument.create(`file:///w/${opened++}.service.json`, 'json', 1, text);
    return { document, parsed: json.parseJSONDocument(document) };
  };
  async function jsonProblems(text: string): Promise<string[]> {
    const { document, parsed } = jsonOf(text);
    return (await json.doValidation(document, parsed)).map(({ message }) => String(message));
  }

  it('a misspelt field is found by both', async () => {
    const wrong = { ...SPEC, Mode: { Replicated: { Replcas: 3 } } };
    // the catalogue is asked for when the server starts, so the first file may be too early
    let found: string[] = [];
    for (let i = 0; i < 40 && found.length === 0; i++) {
      found = await yamlProblems(stringify(wrong));
      if (found.length === 0) await new Promise((resolve) => setTimeout(resolve, 250));
    }
    assert.match(found.join('\n'), /Replcas/);
    assert.match((await jsonProblems(JSON.stringify(wrong))).join('\n'), /Replcas/);
  });

  it('hover says the same in both, which is what the schema says', async () => {
    const text = stringify(SPEC);
    const uri = await open(text);
    const { document, parsed } = jsonOf(JSON.stringify(SPEC, null, 2));
    for (const path of HOVERED) {
      const key = String(path.at(-1));
      const at = (whole: string, pattern: RegExp) => {
        const before = whole.slice(0, (pattern.exec(whole) ?? assert.fail(key)).index + 3).split('\n');
        return { line: before.length - 1, character: before[before.length - 1].length };
      };
      const inYaml: any = await yaml.sendRequest('textDocument/hover', { textDocument: { uri }, position: at(text, new RegExp(`(?<=^|[\\s-])${key}:`, 'm')) });
      const inJson = await json.doHover(document, at(document.getText(), new RegExp(`(?<=")${key}":`)), parsed);
      const field = fieldAt(SERVICE.root, path) ?? assert.fail(key);
      const said = plain(description(field, DEFAULT_API));
      const [yamlSays, jsonSays] = [inYaml.contents, inJson?.contents].map((contents) => plain((contents as MarkupContent).value ?? (contents as string[]).join('\n')));
      assert.ok(yamlSays.includes(said), `${key} in YAML: ${yamlSays}\nwanted: ${said}`);
      assert.ok(jsonSays.includes(said), `${key} in JSON: ${jsonSays}\nwanted: ${said}`);
    }
  });

  it('nothing is said against what the engine takes and keeps', async () => {
    const specs = taken.filter((_, i) => i % Math.ceil(taken.length / 60) === 0);
    assert.ok(specs.length > 30, `${specs.length}`);
    for (const { text } of specs) {
      // the one thing that is marked as deprecated: true of it, and no error
      const deprecated = 'Networks' in JSON.parse(text);
      for (const problems of [await yamlProblems(text), await jsonProblems(text)]) assert.deepEqual(problems.filter((message) => !(deprecated && /deprecated/i.test(message))), [], text);
    }
  });
});
