/**
 * Whether a stream gets colours. What is forced goes first, then what is refused, then whether it is a terminal:
 * `FORCE_COLOR`, `NO_COLOR` (no-color.org), `CLICOLOR_FORCE` and `CLICOLOR` (bixense.com/clicolors), `TERM=dumb`.
 */
export function wantsColor(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.NO_COLOR) return false;
  if (env.CLICOLOR_FORCE !== undefined && env.CLICOLOR_FORCE !== '0') return true;
  return isTerminal && env.CLICOLOR !== '0' && env.TERM !== 'dumb';
}
