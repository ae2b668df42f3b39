import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root';

/** Makes the packages twice from scratch and fails where the second has other bytes than the first. */
function main(): void {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string; version: string };
  const files = [`${name}-${version}.tgz`, `${name}-${version}.vsix`];
  const make = (): string[] => {
    execFileSync('npm', ['run', '--silent', 'package'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    return files.map((file) => createHash('sha256').update(readFileSync(join(ROOT, file))).digest('hex'));
  };
  const first = make();
  const second = make();
  for (const [i, file] of files.entries()) {
    const same = first[i] === second[i];
    console.log(`${first[i]}  ${file}${same ? ', twice' : `, and then ${second[i]}`}`);
    if (!same) process.exitCode = 1;
  }
}

main();
