import { MessageType } from 'vscode-languageserver';
import { describeObstacle, obstacleOf } from '../../apply/obstacle';
import { planUpdate } from '../../apply/plan';
import { errorsOf, present, tell, type Where, withSpec } from '../apply/context';
import { questionOf } from '../apply/send';
import type { ServerCommand } from '../command';
import { COMMANDS } from '../protocol';

/** Plans and shows it; nothing is sent but reads and the dry run. */
export const planCommand: ServerCommand = {
  name: COMMANDS.plan,
  run: (on, [where], session) =>
    withSpec({ ...on, session }, where as Where, 'plan', async (chosen) => {
      const { spec, engine, planOptions } = chosen;
      const errors = errorsOf(chosen);
      const but = errors.length === 0 ? '' : ` It has ${errors.length} error${errors.length === 1 ? '' : 's'} and would not be applied.`;
      const outcome = await planUpdate(spec, engine, planOptions);
      switch (outcome.kind) {
        case 'unnamed':
          return tell(chosen, MessageType.Error, { kind: 'unnamed', message: 'The spec has no `Name`, so nobody can tell which service it is for.' });
        case 'noSuchService':
          return tell(chosen, MessageType.Info, { kind: outcome.kind, message: `There is no service \`${outcome.name}\` at ${engine.address}; to apply would create it.${but}` });
        case 'unchanged':
          return tell(chosen, MessageType.Info, { kind: outcome.kind, message: `Nothing to change: \`${outcome.plan.service.name}\` at ${engine.address} already is what this spec says.${but}` });
        case 'planned': {
          const { plan } = outcome;
          await present(chosen, plan);
          const obstacle = obstacleOf(plan);
          const refused = obstacle ? ` ${describeObstacle(obstacle, 'it')}` : '';
          return tell(chosen, refused || but ? MessageType.Warning : MessageType.Info, { kind: 'planned', message: `${questionOf(chosen, plan).replaceAll('\n', ' · ')}${refused}${but}` });
        }
      }
    }),
};
