import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CONFIG_NAMES, configSchema } from '../config/config';
import { SERVICE } from '../facts/kinds';
import { API_VERSIONS, DEFAULT_API } from '../facts/versions';
import { SPEC_NAMES } from '../features/specFiles';
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
  files.set('schemas/catalog.json', `${JSON.stringify(catalogue(), null, 1)}\n`);
  files.set('man/swarmspec.1', manPage());
  for (const [path, text] of generatedDocs()) files.set(path, text);
  return files;
}

function schema(files: Map<string, string>, name: string, version: (typeof API_VERSIONS)[number]['version']): void {
  files.set(`schemas/${name}`, `${JSON.stringify(toJsonSchema(SERVICE, version, name), null, 1)}\n`);
}

/** Which schema is for which files, in the form of SchemaStore, so that it can be taken over there or named in an editor. */
function catalogue(): object {
  const url = (name: string) => `https://swarmspec.github.io/schemas/${name}`;
  return {
    $schema: 'https://json.schemastore.org/schema-catalog.json',
    version: 1,
    schemas: [
      {
        name: 'Docker Swarm service spec', description: 'Spec of a Docker Swarm service, the body of POST /services/{id}/update of the Docker Engine API', fileMatch: SPEC_NAMES, url: url('service-spec.json'),
        versions: Object.fromEntries(API_VERSIONS.map(({ version }) => [version, url(`service-spec.v${version}.json`)])),
      },
      { name: 'swarmspec', description: 'Config file of swarmspec, which checks Docker Swarm service specs', fileMatch: CONFIG_NAMES, url: url('config.v1.json') },
    ],
  };
}

function ruleList(): string {
  const namesIn = (folder: string, helpers: readonly string[]) =>
    readdirSync(join(ROOT, 'server/src/rules', folder))
      .filter((name) => name.endsWith('.ts') && !helpers.includes(name))
      .map((name) => name.slice(0, -3))
      .sort();
  const rules = namesIn('.', ['all.ts', 'rule.ts', 'liveRule.ts', 'run.ts', 'gates.ts']);
  const live = namesIn('live', []);
  const list = (names: readonly string[]) => `[${names.map((name) => `\n  ${name},`).join('')}\n]`;
  return [
    '// Written by `npm run generate` from the files of this folder; do not edit.',
    ...rules.map((name) => `import ${name} from './${name}';`),
    ...live.map((name) => `import ${name} from './live/${name}';`),
    "import type { LiveRule } from './liveRule';",
    "import type { Rule } from './rule';",
    '',
    `export const RULES: readonly Rule[] = ${list(rules)};`,
    '',
    `export const LIVE_RULES: readonly LiveRule[] = ${list(live)};`,
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
