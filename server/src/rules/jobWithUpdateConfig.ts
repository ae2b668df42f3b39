import { serviceRule } from './rule';

export default serviceRule({
  id: 'job-with-update-config',
  effect: 'refused',
  summary: 'A job has no `UpdateConfig`.',
  why: 'A job runs anew when it changes; nothing is replaced bit by bit. The engine answers 400, even to an empty block.',
  source: 'engine 28.5: "Jobs may not have an update config"',
  covers: ['job-with-update-config'],
  examples: {
    bad: 'Mode:\n  ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 3 }\nUpdateConfig: {}\n',
    good: 'Mode:\n  ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 3 }\n',
  },

  check({ Mode, UpdateConfig }, { report }) {
    const job = Mode?.ReplicatedJob ? 'ReplicatedJob' : Mode?.GlobalJob ? 'GlobalJob' : undefined;
    if (!job || !UpdateConfig) return;
    report({
      at: ['UpdateConfig'],
      part: 'key',
      message: `\`UpdateConfig\` stands next to \`Mode.${job}\`, and the engine refuses a job that has one, even an empty one.`,
      fix: { title: 'Remove `UpdateConfig`', safe: true, edits: [{ kind: 'remove', at: ['UpdateConfig'] }] },
    });
  },
});
