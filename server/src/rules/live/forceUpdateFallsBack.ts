import { liveRule } from '../liveRule';

export default liveRule({
  id: 'force-update-falls-back',
  effect: 'changed',
  summary: '`ForceUpdate` stays what it is, unless a restart is meant.',
  why: 'Any other number restarts every task, a smaller one too, and leaving it out is 0. `docker service update --force` adds one to it behind the back of the file.',
  source: 'engines 20.10 and 28.5: every task replaced',
  covers: ['force-update-omitted-restarts'],
  examples: {
    live: 'service:\n  TaskTemplate: { ForceUpdate: 3 }\n',
    bad: 'Labels: { a: b }\n',
    good: 'TaskTemplate: { ForceUpdate: 3 }\n',
  },

  check({ TaskTemplate }, { service }, { report }) {
    const [before, after] = [BigInt(service?.spec.TaskTemplate?.ForceUpdate ?? 0), BigInt(TaskTemplate?.ForceUpdate ?? 0)];
    if (after >= before) return;
    const at = ['TaskTemplate', 'ForceUpdate'];
    report({
      at: after === 0n ? ['TaskTemplate'] : at,
      part: 'key',
      message: `\`ForceUpdate\` falls from ${before} to ${after}, and that alone restarts every task.`,
      hint: `Write \`ForceUpdate: ${before}\` to leave the tasks alone.`,
      fix: { title: `Write \`ForceUpdate: ${before}\``, safe: false, edits: [{ kind: 'set', at, value: before }] },
    });
  },
});
