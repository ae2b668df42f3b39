import { MessageType } from 'vscode-languageserver';
import { updateOf } from '../../apply/apply';
import { planUpdate } from '../../apply/plan';
import { ask, declined, present, refuseErrors, refuseObstacle, tell, type Where, whereOf, withSpec } from '../apply/context';
import { authFor, lineOf } from '../apply/auth';
import { questionOf, send, sendNew } from '../apply/send';
import type { ServerCommand } from '../command';
import { COMMANDS } from '../protocol';

/** Plans, shows, asks, sends exactly what was shown, and follows it. */
export const applyCommand: ServerCommand = {
  name: COMMANDS.apply,
  run: (on, [where], session) =>
    withSpec({ ...on, session }, where as Where, 'apply', async (chosen) => {
      const invalid = refuseErrors(chosen);
      if (invalid) return invalid;
      const { spec, engine, planOptions } = chosen;
      const outcome = await planUpdate(spec, engine, planOptions);
      switch (outcome.kind) {
        case 'unnamed':
          return tell(chosen, MessageType.Error, { kind: 'unnamed', message: 'The spec has no `Name`, so nobody can tell which service it is for.' });
        case 'noSuchService': {
          const obstacle = refuseObstacle(chosen, outcome, `the creation of \`${outcome.name}\``);
          if (obstacle) return obstacle;
          const auth = await authFor(chosen, 'create', outcome.ours);
          if ('kind' in auth) return auth;
          if (!(await ask(chosen, `There is no service \`${outcome.name}\` at ${whereOf(chosen)}. Create it?${lineOf(auth)}`, 'Create'))) return declined(chosen, 'noSuchService');
          return sendNew(chosen, outcome, auth);
        }
        case 'unchanged':
          return tell(chosen, MessageType.Info, { kind: 'unchanged', message: `Nothing to change: \`${outcome.plan.service.name}\` at ${engine.address} already is what this spec says. Nothing was sent.` });
        case 'planned': {
          const { plan } = outcome;
          const obstacle = refuseObstacle(chosen, plan, `the update of \`${plan.service.name}\``);
          if (obstacle) return obstacle;
          const auth = await authFor(chosen, 'update', plan.ours, plan.live);
          if ('kind' in auth) return auth;
          await present(chosen, plan);
          if (!(await ask(chosen, `Update service \`${plan.service.name}\`?\n${questionOf(chosen, plan)}${lineOf(auth)}`, 'Apply'))) return declined(chosen);
          return send(chosen, updateOf(plan), auth);
        }
      }
    }),
};
