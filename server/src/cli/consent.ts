import { resolve } from 'node:path';
import { ConfigFinder } from '../config/find';
import { type Consent, consentFor, type Protection, protectionOf } from '../config/protection';
import { type Arguments, type Terminal, UsageError } from './command';
import { hostOf } from './connection';

/** How the engine of a command is protected, and the name under which it is typed. */
export interface Guard {
  readonly level: Protection;
  readonly name: string;
}

/** Whether what has been shown may be sent: by what was said beforehand, or by the person at the terminal. */
export async function consent(question: string, guard: Guard, values: Arguments['values'], terminal: Terminal): Promise<boolean> {
  const needed = neededFor(guard, values);
  switch (needed.kind) {
    case 'given':
      return true;
    case 'ask':
      return (await terminal.ask?.(question)) ?? false;
    case 'askName':
      return (await terminal.askText?.(`${question} Type \`${needed.name}\` to go on:`)) === needed.name;
    case 'refused':
      throw new UsageError(needed.why);
  }
}

/** Whether nobody needs to be asked. */
export function isGiven(guard: Guard, values: Arguments['values']): boolean {
  return neededFor(guard, values).kind === 'given';
}

/** Ends with wrong usage, before anything is read or sent, where the engine may not be changed or a question could reach nobody. */
export function requireSomebody({ positionals, values }: Pick<Arguments, 'positionals' | 'values'>, terminal: Terminal): Guard {
  const guard = guardOf(positionals, values, terminal);
  const needed = neededFor(guard, values);
  if (needed.kind === 'refused') throw new UsageError(needed.why);
  if (needed.kind === 'given') return guard;
  const give = needed.kind === 'askName' ? `\`--confirm ${needed.name}\`, since this engine is protected by \`type-name\`` : '`--yes` to apply without being asked';
  if (values.json) throw new UsageError(`\`--json\` asks no questions. Give ${give}.`);
  if (!(needed.kind === 'askName' ? terminal.askText : terminal.ask)) throw new UsageError(`nobody is there to answer, since this is no terminal. Give ${give}.`);
  return guard;
}

function neededFor(guard: Guard, { yes, confirm }: Arguments['values']): Consent {
  return consentFor(guard, { yes: yes === true, confirm: confirm as string | undefined });
}

/** By the config files of this folder and of every file that is named, whichever is strictest. */
function guardOf(positionals: readonly string[], values: Arguments['values'], terminal: Terminal): Guard {
  const finder = new ConfigFinder();
  const files = [resolve(terminal.cwd, 'any'), ...positionals.flatMap((path) => [resolve(terminal.cwd, path), resolve(terminal.cwd, path, 'any')])];
  const { context, address, ...host } = hostOf(values, terminal);
  return protectionOf({ context, address, ...('hostname' in host && { hostname: host.hostname }) }, ...files.map((file) => finder.settingsOf(file).config.protection));
}
