// Bundles what is shipped: the command line, the language server, the library and the extension, one file each.
import { build } from 'esbuild';
import { readFileSync, rmSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
rmSync('dist', { recursive: true, force: true });

/** The server is a file of its own, loaded by the `lsp` command only: the protocol library is larger than all the rest. */
const serverApart = {
  name: 'server-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/lsp\/main$/ }, () => ({ path: './lsp.js', external: true }));
  },
};

const common = {
  bundle: true, platform: 'node', target: 'node20', format: 'cjs', minify: true, legalComments: 'none', logLevel: 'warning',
  mainFields: ['module', 'main'], define: { SWARMSPEC_VERSION: JSON.stringify(version) },
};
await Promise.all([
  build({ ...common, entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' }, plugins: [serverApart] }),
  build({ ...common, entryPoints: ['server/src/lsp/main.ts'], outfile: 'dist/lsp.js' }),
  build({ ...common, entryPoints: ['server/src/index.ts'], outfile: 'dist/index.js' }),
  build({ ...common, entryPoints: ['client/src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] }),
]);
