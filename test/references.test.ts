import * as assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { scanSpecs } from '../server/src/config/scan';
import { readDocument, type Syntax } from '../server/src/document/document';
import { SERVICE } from '../server/src/facts/kinds';
import { anchorGroups } from '../server/src/features/anchors';
import { apiReference, imagePage } from '../server/src/features/linkTargets';
import { links } from '../server/src/features/links';
import { mentions } from '../server/src/features/references';
import { type Client, type ClientOptions, startClient } from './support/client';
import { folderOf } from './support/terminal';

const TARGET = { kind: SERVICE, api: '1.44', apiSource: 'default' } as const;

describe('the page of an image', () => {
  const cases: [string, string | undefined][] = [
    ['nginx', 'https://hub.docker.com/_/nginx'],
    ['nginx:1.25@sha256:' + 'a'.repeat(64), 'https://hub.docker.com/_/nginx'],
    ['grafana/grafana:10.0', 'https://hub.docker.com/r/grafana/grafana'],
    ['docker.io/library/redis', 'https://hub.docker.com/_/redis'],
    ['index.docker.io/grafana/grafana', 'https://hub.docker.com/r/grafana/grafana'],
    ['ghcr.io/owner/app:1', 'https://ghcr.io/owner/app'],
    ['quay.io/prometheus/node-exporter:v1', 'https://quay.io/repository/prometheus/node-exporter'],
    ['mcr.microsoft.com/dotnet/sdk:8.0', 'https://mcr.microsoft.com/artifact/mar/dotnet/sdk'],
    ['public.ecr.aws/nginx/nginx', 'https://gallery.ecr.aws/nginx/nginx'],
    ['registry.example.com:5000/app', undefined],
    ['localhost/app', undefined],
    ['UPPER', undefined],
    ['{{.Image}}', undefined],
    ['', undefined],
    ['constructor.io/x', undefined],
  ];
  for (const [image, page] of cases) it(`${image || '(nothing)'}: ${page ?? 'none'}`, () => assert.equal(imagePage(image), page));
});

describe('links', () => {
  const linksIn = (text: string, syntax: Syntax, target: typeof TARGET & { as?: string[] } = TARGET) => links(readDocument(text, syntax), target).map(({ span, url }) => `${text.slice(span.start, span.end)} ${url}`);
  it('lead from an image to its page, and from a field to the description of the version', () => {
    const reference = 'https://docs.docker.com/reference/api/engine/version/v1.44/#tag/Service/operation/ServiceUpdate';
    assert.equal(apiReference('1.44'), reference);
    assert.deepEqual(linksIn('Name: a\nzzz: 1\nTaskTemplate:\n  ContainerSpec:\n    Image: "nginx"\n', 'yaml'), [`Name ${reference}`, `TaskTemplate ${reference}`, 'nginx https://hub.docker.com/_/nginx']);
    assert.deepEqual(linksIn('[{"Spec": {"TaskTemplate": {"ContainerSpec": {"Image": "quay.io/a/b"}}}}]', 'json'), [`"TaskTemplate" ${reference}`, 'quay.io/a/b https://quay.io/repository/a/b']);
  });
  it('know fragments', () => assert.deepEqual(linksIn('Image: redis\n', 'yaml', { ...TARGET, as: ['TaskTemplate', 'ContainerSpec'] }), ['redis https://hub.docker.com/_/redis']));
  it('are none in what is no spec', () => assert.deepEqual(linksIn('a: [1]\nb: nginx\n', 'yaml'), []));
});

describe('anchors', () => {
  const groups = (text: string) => anchorGroups(readDocument(text, 'yaml')).map(({ name, anchor, aliases }) => `${name}@${anchor.start} ${aliases.map(({ start, end }) => text.slice(start, end) + start).join(' ')}`);
  it('have their aliases', () => assert.deepEqual(groups('a: &x 1\nb: *x\nc: [*x, &y {d: 1}]\ne: *y\n'), ['x@4 x12 x19', 'y@23 y37']));
  it('may be given again', () => assert.deepEqual(groups('a: &x 1\nb: *x\nc: &x 2\nd: *x\n'), ['x@4 x12', 'x@18 x26']));
  it('are none in comments and texts', () => assert.deepEqual(groups('# &x\na: "&x" # &y\nb: x&z\nc: |\n  &w\n'), []));
  it('stand at objects, lists, items and keys', () => assert.deepEqual(groups('a: &x\n  b: 1\nc:\n  - &y\n    d: 1\n  - &z e\n<<: *x\n'), ['x@4 x46', 'y@21 ', 'z@37 ']));
  it('are none in JSON', () => assert.deepEqual(anchorGroups(readDocument('{"a": "&x"}', 'json')), []));
});

describe('what a spec speaks of', () => {
  const SPEC = `Name: web
TaskTemplate:
  ContainerSpec:
    Secrets: [{ SecretID: x, SecretName: "tok" }]
    Configs: [{ ConfigName: app }]
    Mounts:
      - { Type: volume, Source: data, Target: /a }
      - { Type: bind, Source: /data, Target: /b }
  Placement:
    Constraints: [node.role == manager, "node.labels.zone == a"]
    Preferences: [{ Spread: { SpreadDescriptor: node.labels.zone } }]
  Networks: [{ Target: front }]
`;
  const said = (text: string, syntax: Syntax = 'yaml') => mentions(readDocument(text, syntax), TARGET).map(({ kind, name, span }) => {
    assert.equal(text.slice(span.start, span.end), name);
    return `${kind} ${name}`;
  });
  it('has names in the swarm', () => assert.deepEqual(said(SPEC), ['service web', 'secret tok', 'config app', 'volume data', 'label node.labels.zone', 'label node.labels.zone', 'network front']));
  it('has them in JSON', () => assert.deepEqual(said('{"name": "web", "Networks": [{"Target": "front"}]}', 'json'), ['service web', 'network front']));
});

describe('files of specs on the disk', () => {
  it('are found by their names, up to the limits', async () => {
    const folder = folderOf({ 'a.service.yaml': 'a', 'sub/b.swarmspec.json': 'b', 'sub/c.yaml': 'c', 'node_modules/d.service.yaml': 'd', '.git/e.service.yaml': 'e', 'big.service.yaml': 'x'.repeat(2000) });
    try {
      const found = async (limits?: object) => (await scanSpecs([folder, '/nonexistent'], { files: 100, bytesOfFile: 1000, folders: 100, ...limits })).map(({ path, text }) => `${path.slice(folder.length + 1)} ${text}`);
      assert.deepEqual(await found(), ['a.service.yaml a', 'sub/b.swarmspec.json b']);
      assert.equal((await found({ files: 1 })).length, 1);
      assert.deepEqual(await found({ folders: 1 }), ['a.service.yaml a']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('in an editor', () => {
  let client: Client;
  const URI = 'file:///deploy/web.service.yaml';
  const start = async (options: ClientOptions = {}) => (client = await startClient({ settings: { contactEngine: false }, ...options }));
  afterEach(() => client.stop());
  /** Asks at the `|` of a text that is open. */
  const ask = async (method: string, marked: string, more: object = {}, uri = URI) => {
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    await client.open(uri, text, uri.endsWith('json') ? 'json' : 'yaml');
    return client.request(method, { textDocument: { uri }, position: TextDocument.create(uri, '', 1, text).positionAt(offset), ...more });
  };
  const places = (found: any[]) => found.map(({ uri, range }: any) => `${uri === undefined || uri === URI ? '' : `${uri.split('/').at(-1)} `}${range.start.line}:${range.start.character}-${range.end.character}`);
  const ANCHORED = 'Name: a\nLabels: &x\n  a: b\nTaskTemplate:\n  ContainerSpec:\n    Labels: *x\n';

  it('an alias leads to its anchor', async () => {
    await start();
    assert.deepEqual(places([await ask('textDocument/definition', ANCHORED.replace('*x', '*|x'))]), ['1:9-10']);
    await client.close(URI);
    assert.equal(await ask('textDocument/definition', ANCHORED.replace('a: b', 'a: |b')), null);
  });

  it('an anchor has references and highlights', async () => {
    await start();
    assert.deepEqual(places(await ask('textDocument/references', ANCHORED.replace('&x', '|&x'), { context: { includeDeclaration: true } })), ['1:9-10', '5:13-14']);
    await client.close(URI);
    assert.deepEqual(places(await ask('textDocument/references', ANCHORED.replace('&x', '&x|'), { context: { includeDeclaration: false } })), ['5:13-14']);
    await client.close(URI);
    assert.deepEqual((await ask('textDocument/documentHighlight', ANCHORED.replace('&x', '&x|'))).map(({ kind }: any) => kind), [3, 2]);
  });

  it('an anchor is renamed with its aliases', async () => {
    await start();
    assert.deepEqual(await ask('textDocument/prepareRename', ANCHORED.replace('*x', '*x|')), { range: { start: { line: 5, character: 13 }, end: { line: 5, character: 14 } }, placeholder: 'x' });
    await client.close(URI);
    const { changes } = await ask('textDocument/rename', ANCHORED.replace('*x', '*x|'), { newName: 'labels' });
    assert.equal(TextDocument.applyEdits(TextDocument.create(URI, '', 1, ANCHORED), changes[URI]), ANCHORED.replace('&x', '&labels').replace('*x', '*labels'));
  });

  for (const [what, marked, says] of [
    ['the name of a service', 'Name: a|bc\n', /name of a service cannot be changed/],
    ['a secret', 'TaskTemplate: { ContainerSpec: { Secrets: [{ SecretName: t|ok }] } }\n', /secret `tok` has this name in the swarm/],
    ['anything else', 'La|bels: {}\n', /Only anchors .* can be renamed/],
  ] as const) {
    it(`${what} is not renamed, and it says why`, async () => {
      await start();
      await assert.rejects(ask('textDocument/prepareRename', marked), (error: any) => error.code === -32803 && says.test(error.message));
      await client.close(URI);
      await assert.rejects(ask('textDocument/rename', marked, { newName: 'x' }), says);
    });
  }

  it('a name that is none, or taken, is refused', async () => {
    await start();
    for (const [name, says] of [['a b', /is no name of an anchor/], ['', /is no name/], ['[', /is no name/], ['y', /`&y` in this document already/]] as const) {
      await assert.rejects(ask('textDocument/rename', `${ANCHORED.replace('*x', '*x|')}Mode: &y {}\n`, { newName: name }), says);
      await client.close(URI);
    }
  });

  it('a secret is found in all files that are open, and in those on the disk', async () => {
    const secret = (name: string) => `Name: ${name}\nTaskTemplate:\n  ContainerSpec:\n    Secrets: [{ SecretID: i, SecretName: tok }]\n`;
    const folder = folderOf({ 'disk.service.yaml': secret('disk'), 'open.service.yaml': secret('old') });
    try {
      await start({ folder: pathToFileURL(folder).href });
      const opened = pathToFileURL(join(folder, 'open.service.yaml')).href;
      await client.open(opened, `# moved down\n${secret('open')}`);
      const marked = secret('web').replace('tok', 't|ok').replace('{ SecretID', '{ SecretName: other }, { SecretID');
      assert.deepEqual(places(await ask('textDocument/references', marked, { context: { includeDeclaration: true } })), ['open.service.yaml 4:41-44', '3:64-67', 'disk.service.yaml 3:41-44']);
      writeFileSync(join(folder, 'disk.service.yaml'), secret('disk').replace('tok', 'other'));
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(join(folder, 'disk.service.yaml')).href, type: 2 }] });
      await client.close(URI);
      assert.deepEqual(places(await ask('textDocument/references', marked, { context: { includeDeclaration: true } })), ['open.service.yaml 4:41-44', '3:64-67']);
      await client.close(URI);
      assert.deepEqual(places(await ask('textDocument/documentHighlight', `${secret('web')}---\n${secret('web').replace('tok', 't|ok')}`)), ['3:41-44', '8:41-44']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('links have tooltips for those who show them', async () => {
    await start({ capabilities: { textDocument: { documentLink: { tooltipSupport: true } } } });
    await client.open(URI, 'Name: a\n---\nTaskTemplate: { ContainerSpec: { Image: redis } }\n');
    const found = await client.request('textDocument/documentLink', { textDocument: { uri: URI } });
    assert.deepEqual(found.map(({ range, tooltip }: any) => `${range.start.line}:${range.start.character} ${tooltip}`), ['0:0 Description of the API v1.49', '2:0 Description of the API v1.49', '2:40 Page of the image']);
  });
});
