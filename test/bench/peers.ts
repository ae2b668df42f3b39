import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../server/src/tools/root';

/** Where peers and made-up files live; git ignores it. */
export const PLACE = join(ROOT, '.bench');
const MODULES = join(PLACE, 'node_modules');

/** Installs the peers, unless those of the list are there already. */
export function installPeers(): void {
  const list = join(ROOT, 'test/bench/peers.json');
  const installed = join(PLACE, 'package.json');
  if (existsSync(MODULES) && existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(list, 'utf8')) return;
  mkdirSync(PLACE, { recursive: true });
  copyFileSync(list, installed);
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: PLACE, stdio: 'inherit' });
}

export function peer(path: string): string {
  return join(MODULES, path);
}

export function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')).version;
}

/** `name version` of some peers. */
export function named(...names: string[]): string {
  return names.map((name) => `${name} ${versionOf(name)}`).join(', ');
}
