import { nearest } from '../schema/nearest';
import { LEFT_OUT, serviceRule } from './rule';

const NAMES = 'as core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(' ');

export default serviceRule({
  id: 'bad-ulimit',
  effect: 'never-runs',
  summary: 'A ulimit has a name the kernel knows, and `Soft` is not above `Hard`.',
  why: 'The engine stores anything, and the task fails when it starts. `Hard` left out is 0, not unlimited; -1 is.',
  source: 'engine 28.5: task failed, "wrong rlimit value", "error setting rlimit type"',
  covers: ['ulimit-unknown-name', 'ulimit-soft-above-hard'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Ulimits: [{ Name: core, Soft: 2048 }]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Ulimits: [{ Name: nofile, Soft: 1024, Hard: 2048 }, { Name: memlock, Soft: -1, Hard: -1 }]\n' },

  check({ TaskTemplate }, { report }) {
    for (const [i, ulimit] of (TaskTemplate?.ContainerSpec?.Ulimits ?? []).entries()) {
      if (!ulimit) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Ulimits', i];
      const { Name = '', Soft = 0, Hard = 0 } = ulimit;
      if (!NAMES.includes(Name.toLowerCase())) {
        const near = nearest(Name.replace(/^RLIMIT_/i, ''), NAMES);
        report({
          at: ulimit.Name === undefined ? at : [...at, 'Name'],
          lacks: ulimit.Name === undefined ? 'Name' : undefined,
          severity: ulimit.Name === undefined ? LEFT_OUT : undefined,
          message: Name === '' ? 'This ulimit has no `Name`, and the task fails when it starts.' : `\`${Name}\` is not a ulimit, and the task fails when it starts.${near ? ` Did you mean \`${near}\`?` : ''}`,
          hint: near ? undefined : `The kernel knows ${NAMES.map((name) => `\`${name}\``).join(', ')}.`,
          fix: near ? { title: `Write \`${near}\``, safe: false, edits: [{ kind: 'set', at: [...at, 'Name'], value: near }] } : undefined,
        });
      }
      const unlimited = (number: number | bigint) => Number(number) === -1;
      if (!unlimited(Hard) && Soft > Hard) {
        report({
          at: ulimit.Soft === undefined ? at : [...at, 'Soft'],
          computesWith: ['Soft', 'Hard'].map((name) => [...at, name]),
          severity: ulimit.Hard === undefined ? LEFT_OUT : undefined,
          message: `\`Soft\` is ${Soft}, above \`Hard\`, which is ${ulimit.Hard === undefined ? '0 because it is left out' : Hard}: the task fails when it starts.`,
          fix: ulimit.Hard === undefined ? { title: `Write \`Hard: ${Soft}\``, safe: false, edits: [{ kind: 'set', at: [...at, 'Hard'], value: Soft }] } : undefined,
        });
      }
    }
  },
});
