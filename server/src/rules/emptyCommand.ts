import { serviceRule } from './rule';

export default serviceRule({
  id: 'empty-command',
  effect: 'never-runs',
  summary: 'The first entry of `Command` is a program.',
  why: 'The engine stores an empty one, and nodes reject the task.',
  source: 'engine 28.5: task rejected, "no command specified"',
  covers: ['command-empty-string'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Command: [""]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Command: [sleep, "10"]\n' },

  check({ TaskTemplate }, { report }) {
    if (TaskTemplate?.ContainerSpec?.Command?.[0] !== '') return;
    report({ at: ['TaskTemplate', 'ContainerSpec', 'Command', 0], message: '`Command` starts with an empty entry, and nodes reject the task.', hint: 'Leave `Command` out to run the entrypoint of the image.' });
  },
});
