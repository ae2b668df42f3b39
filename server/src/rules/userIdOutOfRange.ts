import { serviceRule } from './rule';

const MOST = 2_147_483_647;

export default serviceRule({
  id: 'user-id-out-of-range',
  effect: 'never-runs',
  summary: 'The ID of a user or group is from 0 to 2147483647.',
  why: 'The engine stores any text, and the task fails when it starts.',
  source: 'engine 28.5: task failed, "uids and gids must be in range 0-2147483647"',
  covers: ['user-not-found', 'groups-not-found'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec: { User: "4294967295" }\n', good: 'TaskTemplate:\n  ContainerSpec: { User: "65534:65534", Groups: ["44"] }\n' },

  check({ TaskTemplate }, { report }) {
    const container = TaskTemplate?.ContainerSpec;
    const base = ['TaskTemplate', 'ContainerSpec'];
    let start = 0;
    for (const [i, id] of (container?.User ?? '').split(':').slice(0, 2).entries()) {
      if (isOutside(id)) report({ at: [...base, 'User'], within: { start, end: start + id.length }, message: `The ID ${id} of the ${i === 0 ? 'user' : 'group'} is not from 0 to ${MOST}, and the task fails when it starts.` });
      start += id.length + 1;
    }
    for (const [i, id] of (container?.Groups ?? []).entries()) {
      if (id && isOutside(id)) report({ at: [...base, 'Groups', i], message: `The ID ${id} of the group is not from 0 to ${MOST}, and the task fails when it starts.` });
    }
  },
});

function isOutside(id: string): boolean {
  return /^[+-]?\d+$/.test(id) && (Number(id) < 0 || Number(id) > MOST);
}
