import { MessageType } from 'vscode-languageserver';
import { updateOf } from '../../apply/apply';
import { planRollback } from '../../apply/plan';
import { toJson } from '../../document/value';
import { ask, declined, present, refuseObstacle, tell, type Where, withSpec } from '../apply/context';
import { questionOf, send } from '../apply/send';
import type { ServerCommand } from '../command';
import { COMMANDS } from '../protocol';

/** Goes back to the spec before the last update, after it was shown and agreed to. */
export const rollbackCommand: ServerCommand = {
  name: COMMANDS.rollback,
  run: (on, [where], session) =>
    withSpec({ ...on, session }, where as Where, 'roll back', async (chosen) => {
      const { spec, engine, api, planOptions } = chosen;
      const name = typeof spec.Name === 'string' ? spec.Name : '';
      const live = name === '' ? undefined : await engine.service(name, api);
      if (!live) return tell(chosen, MessageType.Error, { kind: 'notFound', message: `There is no service \`${name}\` at ${engine.address} to roll back.` });
      const plan = await planRollback(live, engine, planOptions);
      if (!plan) return tell(chosen, MessageType.Info, { kind: 'noPrevious', message: `\`${name}\` has no previous spec to go back to.` });
      if (plan.changes.length === 0) return tell(chosen, MessageType.Info, { kind: 'unchanged', message: `The previous spec of \`${name}\` is the same as the current one. Nothing was sent.` });
      const obstacle = refuseObstacle(chosen, plan, `the rollback of \`${name}\``);
      if (obstacle) return obstacle;
      // what comes back is the previous spec; the body is only there for the engine to check
      await present(chosen, { ...plan, body: toJson(plan.ours) });
      if (!(await ask(chosen, `Roll service \`${name}\` back to its previous spec?\n${questionOf(chosen, plan)}`, 'Roll Back'))) return declined(chosen);
      return send(chosen, updateOf(plan, 'rollback'));
    }),
};
