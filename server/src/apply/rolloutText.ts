import type { RolloutResult } from './rollout';
import type { EndedTask, RolloutView } from './rolloutView';

/** The numbers of a rollout on one line: `2 of 3 updated, 1 running, 1 old`. */
export function describeView({ wanted, updated, running, old, state, waiting }: RolloutView): string {
  const parts = [`${updated} of ${wanted} updated`, `${running} running`];
  if (old > 0) parts.push(`${old} old`);
  if (state !== 'none') parts.push(state.replaceAll('_', ' '));
  if (waiting.length > 0) parts.push(`waiting: ${waiting[0]}`);
  return parts.join(', ');
}

/** A task that has ended, with the engine's own reason: `web.1 on node-1 failed: task: non-zero exit (1)`. */
export function describeEndedTask({ slot, id, node, state, reason }: EndedTask, service: string): string {
  const name = `${service}.${slot ?? id.slice(0, 12)}`;
  return `${name}${node ? ` on ${node}` : ''} ${state === 'complete' ? 'ended' : state}: ${reason}`;
}

/** How a rollout ended, in sentences; the first stands alone. */
export function describeRollout({ end, view, ended }: RolloutResult, name: string): string {
  const numbers = `${view.running} of ${view.wanted} tasks run what was applied.`;
  const last = ended.at(-1);
  const because = last ? ` The last failure: ${describeEndedTask(last, name)}.` : '';
  switch (end.kind) {
    case 'converged':
      if (view.wanted === 0) return `\`${name}\` has converged: it wants no tasks.`;
      return `\`${name}\` has converged: ${view.running} of ${view.wanted} tasks ${end.restarted ? 'run what was applied' : 'are as they should be'}.`;
    case 'paused':
      return `The engine has paused the ${end.rollback ? 'rollback' : 'update'} of \`${name}\`: ${sentence(end.message)} ${numbers}${because} Mend the spec and apply it, or run \`swarmspec rollback ${name}\`.`;
    case 'rolledBack':
      return `\`${name}\` was rolled back to its previous spec ${end.byHand ? 'by somebody' : 'by the engine'}: ${sentence(end.message)}${because} What was applied is gone.`;
    case 'superseded':
      return `Somebody else has changed \`${name}\` since: what was applied is no longer its spec. Plan again to see what it has become.`;
    case 'removed':
      return `Somebody has removed \`${name}\`.`;
    case 'stuck':
      return `\`${name}\` does not converge: tasks are missing and the manager starts no more. ${numbers}${because}`;
    case 'timedOut':
      return `\`${name}\` has not converged after ${Math.round(end.afterMs / 1000)} s. ${numbers}${view.waiting.length > 0 ? ` Tasks wait: ${view.waiting.join('; ')}.` : ''}${because} The swarm goes on with it.`;
    case 'cancelled':
      return `Not watching \`${name}\` any longer. ${numbers} The swarm goes on with it.`;
    case 'outOfSight':
      return `\`${name}\` is updated, and how it goes on cannot be seen: ${end.cause.message}`;
  }
}

function sentence(message: string): string {
  return message === '' ? '' : message.replace(/\.?$/, '.');
}
