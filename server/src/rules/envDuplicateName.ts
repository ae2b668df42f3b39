import { perText, repeating } from '../remember';
import { serviceRule } from './rule';

const namesOf = perText((entry) => entry.split('=', 1)[0]);
const hasRepeated = repeating();

export default serviceRule({
  id: 'env-duplicate-name',
  effect: 'lost',
  // stored as it is; only the process sees one of the two
  severity: 'warning',
  summary: 'A variable stands in `Env` once.',
  why: 'The engine stores both entries, and the container gets the last one.',
  source: 'engine 28.5: first value absent from the container',
  covers: ['env-duplicate-name'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Env: ["A=1", "A=2"]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Env: ["A=1", "B=2"]\n' },

  check({ TaskTemplate }, { report }) {
    const names = namesOf(TaskTemplate?.ContainerSpec?.Env ?? []);
    if (!hasRepeated(names)) return;
    const last = new Map(names.map((name, i) => [name, i]));
    for (const [i, name] of names.entries()) {
      const winner = last.get(name);
      if (!name || winner === undefined || winner === i) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Env', i];
      report({ at, message: `\`${name}\` stands in \`Env\` again at \`Env[${winner}]\`, and this entry has no effect.`, fix: { title: 'Remove the entry', safe: false, edits: [{ kind: 'remove', at }] } });
    }
  },
});
