import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ROOT } from './root';

/** A package above this has caught something that does not belong into it. */
const MAX_BYTES = 2_000_000;

/** What no user needs. Type declarations are for users of the library, so they may stay. */
const UNWANTED: readonly { readonly what: string; readonly is: RegExp }[] = [
  { what: 'dependencies', is: /(^|\/)node_modules\// },
  { what: 'sources', is: /(^|\/)src\/|(?<!\.d)\.[cm]?tsx?$/ },
  { what: 'tests', is: /(^|\/)tests?\/|\.(test|e2e)\./ },
  { what: 'source maps', is: /\.map$/ },
  { what: 'files of the repository only', is: /(^|\/)(\.git|\.ci|\.engines|\.vscode-e2e|out|coverage)\b|\.(tgz|vsix)$/ },
];

/** What makes each package useless when it is missing; paths from the root of the project. */
const NEEDED = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'dist/cli.js', 'dist/main.js', 'dist/lsp.js', 'dist/yaml.js', 'dist/THIRD-PARTY-LICENSES.txt', 'dist/sbom.cdx.json', 'docs/rules.md'];
const NEEDED_BY_NPM = ['schemas/service-spec.json', 'dist/index.js', 'dist/types/index.d.ts'];
/** Of the walkthrough; the gallery fetches those of the README itself. */
const IMAGES = ['editor', 'plan', 'apply', 'terminal'].map((image) => `docs/images/${image}.png`);
const NEEDED_BY_EDITOR = [
  'dist/extension.js', 'dist/browser/extension.js', 'dist/browser/server.js', 'schemas/config.v1.json', ...IMAGES, 'client/icon.png',
  'client/yaml.language-configuration.json', 'client/json.language-configuration.json', 'client/syntaxes/yaml.tmLanguage.json', 'client/syntaxes/json.tmLanguage.json',
];

/** What the extension is made of; the library, the schemas of specs, the man page and the like are for npm only. */
const FILES_OF_EDITOR = [
  'dist/cli.js', 'dist/main.js', 'dist/lsp.js', 'dist/yaml.js', 'dist/extension.js', 'dist/browser', 'dist/THIRD-PARTY-LICENSES.txt', 'dist/sbom.cdx.json', 'schemas/config.v1.json', 'client/icon.png', 'client/l10n', 'client/syntaxes', 'client/yaml.language-configuration.json', 'client/json.language-configuration.json',
  ...IMAGES, 'docs/rules.md', 'README.md', 'CHANGELOG.md', 'LICENSE', 'package.nls.json', 'package.nls.de.json',
];

/** The time that stands in the packages, in seconds: that of the last commit, so that the same sources give the same bytes. */
const SOURCE_DATE_EPOCH = process.env.SOURCE_DATE_EPOCH ?? lastCommit() ?? '946684800';

interface Package {
  readonly file: string;
  /** Paths inside, from the root of the project. */
  readonly paths: readonly string[];
  readonly needed: readonly string[];
}

const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly name: string; readonly version: string };

/** The tarball for npm; `files` of package.json says what is in it. */
function packForNpm(): Package {
  const [{ filename, files }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts'])) as [{ filename: string; files: { path: string }[] }];
  return { file: join(ROOT, filename), paths: files.map(({ path }) => path), needed: [...NEEDED, ...NEEDED_BY_NPM] };
}

/** The extension for VS Code. Everything it runs is bundled, so it brings no dependencies. */
function packForEditor(): Package {
  const file = join(ROOT, `${MANIFEST.name}-${MANIFEST.version}.vsix`);
  rmSync(file, { force: true });
  const stage = mkdtempSync(join(tmpdir(), 'swarmspec-vsix-'));
  try {
    for (const path of FILES_OF_EDITOR) cpSync(join(ROOT, path), join(stage, path), { recursive: true });
    // built already, and from here
    writeFileSync(join(stage, 'package.json'), JSON.stringify({ ...MANIFEST, files: FILES_OF_EDITOR, scripts: {}, devDependencies: {} }, null, 2));
    run(process.execPath, [require.resolve('@vscode/vsce/vsce'), 'package', '--no-dependencies', '--out', file], stage);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  const paths = namesInZip(readFileSync(file)).filter((path) => path.startsWith('extension/')).map((path) => path.slice('extension/'.length));
  return { file, paths, needed: [...NEEDED, ...NEEDED_BY_EDITOR] };
}

/** Everything that is wrong with a package, in sentences. */
function* complaints({ file, paths, needed }: Package): Generator<string> {
  const { size } = statSync(file);
  if (size >= MAX_BYTES) yield `It has ${size} bytes, and the limit is ${MAX_BYTES}.`;
  for (const { what, is } of UNWANTED) {
    const found = paths.filter((path) => is.test(path));
    if (found.length > 0) yield `It contains ${what}: ${found.slice(0, 5).join(', ')}${found.length > 5 ? ` and ${found.length - 5} more` : ''}.`;
  }
  const known = new Set(paths.map(plainPath));
  for (const path of needed) if (!known.has(plainPath(path))) yield `It lacks ${path}.`;
}

/** vsce writes some names its own way: `readme.md`, `changelog.md`, `LICENSE.txt`. */
function plainPath(path: string): string {
  return path.toLowerCase().replace(/^license\.(txt|md)$/, 'license');
}

/** The names in a zip archive, from its central directory: a fixed record each, then name, extra field and comment. */
function namesInZip(zip: Buffer): string[] {
  const end = zip.lastIndexOf('PK\u0005\u0006');
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    names.push(zip.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return names;
}

/** When the last commit was made; undefined outside of a repository. */
function lastCommit(): string | undefined {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: ROOT, encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
}

function run(command: string, args: readonly string[], cwd = ROOT): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, SOURCE_DATE_EPOCH } });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${basename(command)} ${args.join(' ')} failed.\n${stdout ?? ''}${stderr ?? String(error)}`);
  }
}

if (require.main === module) {
  for (const pack of [packForNpm, packForEditor]) {
    const made = pack();
    console.log(`${basename(made.file)}: ${(statSync(made.file).size / 1000).toFixed(0)} kB, ${made.paths.length} files`);
    for (const complaint of complaints(made)) {
      console.error(`${basename(made.file)}: ${complaint}`);
      process.exitCode = 1;
    }
  }
}
