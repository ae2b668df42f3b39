import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
export function loop(parser: string, folder: string, share = 0, shares = 1): void {
  const Ajv = require(peer('ajv')).default as new (options: Options) => { compile(schema: object): ((value: unknown) => boolean) & { errors?: unknown } };
  const check = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(ROOT, 'schemas/service-spec.json'), 'utf8')));
  const parse = PARSERS[parser]();
  for (const [i, name] of readdirSync(folder).entries()) {
    if (i % shares !== share) continue;
    if (!check(parse(readFileSync(join(folder, name), 'utf8')))) throw new Error(`${name}: ${JSON.stringify(check.errors)}`);
  }
}

/** The same in two processes, each with half of the files: what two processors of this machine are worth. */
export async function twoLoops(parser: string, folder: string): Promise<void> {
  const codes = await Promise.all([0, 1].map((share) => once(spawn(process.execPath, [process.argv[1], 'loop', parser, folder, String(share), '2'], { stdio: 'inherit' }), 'exit')));
  if (codes.some(([code]) => code !== 0)) throw new Error(`a loop ended with ${codes.join(' and ')}`);
}
