// Bundles what is shipped: the command line, the language server, the library and the extension, one file each; the last two of these for browsers too. What of others is in them is listed beside.
import { build } from 'esbuild';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import supplyChain from './out/server/src/tools/supplyChain.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
rmSync('dist', { recursive: true, force: true });

/**
 * Files of their own, loaded when they are needed: the server, since the protocol library is larger than all the rest,
 * and the full YAML parser, which few documents need.
 */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/lsp\/main$/ }, () => ({ path: './lsp.js', external: true }));
    onResolve({ filter: /^yaml$/ }, ({ kind }) => (kind === 'entry-point' ? undefined : { path: './yaml.js', external: true }));
  },
};

/** The names of the protocol library are copied once, and not for each of our modules that uses some of them: an editor waits for that. */
const once = {
  name: 'once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode-languageserver(\/\w+)?$/ }, ({ path, importer, namespace }) => (namespace === 'once' || importer.includes('node_modules') ? undefined : { path, namespace: 'once' }));
    onLoad({ filter: /./, namespace: 'once' }, ({ path }) => ({ contents: `export * from '${path}'`, resolveDir: process.cwd() }));
  },
};

const common = {
  bundle: true, format: 'cjs', minify: true, legalComments: 'none', logLevel: 'warning', metafile: true,
  mainFields: ['module', 'main'], define: { SWARMSPEC_VERSION: JSON.stringify(version) },
};
const node = { ...common, platform: 'node', target: 'node20' };
const browser = { ...common, platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };
const made = await Promise.all([
  build({ ...node, entryPoints: ['server/src/cli/launch.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } }),
  build({ ...node, entryPoints: ['server/src/cli/run.ts'], outfile: 'dist/main.js', plugins: [apart] }),
  build({ ...node, entryPoints: ['server/src/lsp/main.ts'], outfile: 'dist/lsp.js', plugins: [apart, once] }),
  build({ ...node, entryPoints: ['server/src/index.ts'], outfile: 'dist/index.js', plugins: [apart] }),
  build({ ...node, entryPoints: ['yaml'], outfile: 'dist/yaml.js' }),
  build({ ...node, entryPoints: ['client/src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] }),
  build({ ...browser, entryPoints: ['client/src/browser.ts'], outfile: 'dist/browser/extension.js', external: ['vscode'] }),
  build({ ...browser, entryPoints: ['server/src/lsp/browserMain.ts'], outfile: 'dist/browser/server.js', format: 'iife', plugins: [once] }),
]);

const { BILL_FILE, bundledPackages, LICENSES_FILE, licensesText, softwareBill } = supplyChain;
const bundled = bundledPackages(made.map(({ metafile }) => metafile));
writeFileSync(LICENSES_FILE, licensesText(bundled));
writeFileSync(BILL_FILE, `${JSON.stringify(softwareBill(bundled), null, 2)}\n`);
