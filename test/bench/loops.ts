import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from 'ajv';
import { ROOT } from '../../server/src/tools/root';
import { peer } from './peers';

const PARSERS: Readonly<Record<string, () => (text: string) => unknown>> = {
  json: () => JSON.parse,
  'js-yaml': () => require(peer('js-yaml')).load,
  yaml: () => require(peer('yaml')).parse,
};

/** The barest loop there is over some files: read, parse, one compiled schema. No position, no rule of the engine. */
export function loop(parser: string, folder: string): void {
  const Ajv = require(peer('ajv')).default as new (options: Options) => { compile(schema: object): ((value: unknown) => boolean) & { errors?: unknown } };
  const check = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(ROOT, 'schemas/service-spec.json'), 'utf8')));
  const parse = PARSERS[parser]();
  for (const name of readdirSync(folder)) {
    if (!check(parse(readFileSync(join(folder, name), 'utf8')))) throw new Error(`${name}: ${JSON.stringify(check.errors)}`);
  }
}
