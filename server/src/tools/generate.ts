import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configSchema } from '../config/config';
import { SERVICE } from '../facts/kinds';
import { API_VERSIONS, DEFAULT_API } from '../facts/versions';
import { toJsonSchema } from '../schema/jsonSchema';
import { generatedDocs } from './generateDocs';
import { manPage } from './manPage';
import { ROOT } from './root';
import { typeScript } from './typescript';

/** Every generated file with its content, by path from the root. */
export function generatedFiles(): Map<string, string> {
  const files = new Map<string, string>();
  files.set('server/src/facts/serviceSpec.ts', typeScript(SERVICE.root));
  files.set('server/src/rules/all.ts', ruleList());
  for (const { version } of API_VERSIONS) schema(files, `service-spec.v${version}.json`, version);
  schema(files, 'service-spec.json', DEFAULT_API);
  files.set('schemas/config.v1.json', `${JSON.stringify(configSchema(), null, 1)}\n`);
  files.set('man/swarmspec.1', manPage());
  for (const [path, text] of generatedDocs()) files.set(path, text);
  return files;
}

function schema(files: Map<string, string>, name: string, version: (typeof API_VERSIONS)[number]['version']): void {
  files.set(`schemas/${name}`, `${JSON.stringify(toJsonSchema(SERVICE, version, name), null, 1)}\n`);
}

function ruleList(): string {
  const names = readdirSync(join(ROOT, 'server/src/rules'))
    .filter((name) => name.endsWith('.ts') && !['all.ts', 'rule.ts', 'run.ts', 'live.ts'].includes(name))
    .map((name) => name.slice(0, -3))
    .sort();
  return [
    '// Written by `npm run generate` from the files of this folder; do not edit.',
    ...names.map((name) => `import ${name} from './${name}';`),
    "import type { Rule } from './rule';",
    '',
    `export const RULES: readonly Rule[] = [${names.map((name) => `\n  ${name},`).join('')}\n];`,
    '',
  ].join('\n');
}

if (require.main === module) {
  for (const [path, text] of generatedFiles()) {
    const file = join(ROOT, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`wrote ${path}`);
  }
}
