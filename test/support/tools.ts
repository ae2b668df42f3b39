import { spawnSync } from 'node:child_process';
import type { Context } from 'mocha';

/** Whether a program of the system is there. */
export function has(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

/** Skips a test or suite where a program is not there; fails it instead with SWARMSPEC_REQUIRE_TOOLS=1, as CI sets it. */
export function needs(context: Context, ...programs: readonly string[]): void {
  const missing = programs.filter((program) => !has(program));
  if (missing.length === 0) return;
  if (process.env.SWARMSPEC_REQUIRE_TOOLS === '1') throw new Error(`${missing.join(', ')} is not installed; \`test/support/tools.sh\` installs it.`);
  context.skip();
}
