import { ResponseError } from 'vscode-languageserver';
import { applyCommand } from '../commands/apply';
import { convertCommand } from '../commands/convert';
import { editCommand } from '../commands/edit';
import { planCommand } from '../commands/plan';
import { pullCommand } from '../commands/pull';
import { rollbackCommand } from '../commands/rollback';
import { targetCommand } from '../commands/target';
import type { ServerCommand } from '../command';
import type { Handler } from '../handler';

const COMMANDS: readonly ServerCommand[] = [planCommand, applyCommand, rollbackCommand, pullCommand, targetCommand, editCommand, convertCommand];

/** `workspace/executeCommand`; the first argument of every command is the uri of an open file. */
export const commandsHandler: Handler = {
  capabilities: () => ({ executeCommandProvider: { commands: COMMANDS.map(({ name }) => name) } }),

  register(session) {
    session.connection.onExecuteCommand(async ({ command: name, arguments: given = [] }) => {
      if (session.state !== 'running') return session.refusal();
      const command = COMMANDS.find((one) => one.name === name);
      if (!command) return new ResponseError(-32601, `There is no command ${name}.`);
      const [uri, ...rest] = given as unknown[];
      const on = typeof uri !== 'string' ? undefined : command.anyFile ? session.anyFileOf(uri) : session.fileOf({ textDocument: { uri } });
      return on ? command.run(on, rest, session) : { kind: 'nothing', message: 'Open a service spec first.' };
    });
  },
};
