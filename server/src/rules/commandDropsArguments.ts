import { serviceRule } from './rule';

export default serviceRule({
  id: 'command-drops-arguments',
  effect: 'changed',
  // where the whole command is given, nothing is missing
  severity: 'hint',
  summary: '`Command` is the whole command, and `Args` only the arguments.',
  why: '`Command` replaces the `ENTRYPOINT` of the image and drops its `CMD` too; `Args` replaces the `CMD` and keeps the `ENTRYPOINT`, with what it prepares.',
  source: 'engine 28.5: image CMD dropped',
  covers: ['command-replaces-image-cmd'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec: { Command: [/bin/sleep, "500"] }\n',
    good: 'TaskTemplate:\n  ContainerSpec: { Args: [/bin/sleep, "500"] }\n',
  },

  check({ TaskTemplate }, { report }) {
    const { Command, Args } = TaskTemplate?.ContainerSpec ?? {};
    // an empty first entry is a mistake of its own
    if (!Command?.[0] || (Args && Args.length > 0)) return;
    report({
      at: ['TaskTemplate', 'ContainerSpec', 'Command'],
      part: 'key',
      message: `\`Command\` replaces the entrypoint of the image and drops its \`CMD\`: ${Command.length === 1 ? 'the program runs without any arguments' : `what runs is this program with ${Command.length === 2 ? 'this argument' : `these ${Command.length - 1} arguments`} and nothing else`}.`,
      hint: 'Write `Args` instead to keep the entrypoint of the image.',
    });
  },
});
