import { serviceRule } from './rule';

export default serviceRule({
  id: 'hosts-alias-dropped',
  effect: 'lost',
  // stored as it is, and right in a real /etc/hosts
  severity: 'information',
  summary: 'An entry of `Hosts` has one name.',
  why: 'Nodes take only the first name after the address.',
  source: 'engine 28.5: alias missing in /etc/hosts',
  covers: ['hosts-aliases-dropped'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Hosts: ["10.1.2.3 db db.local"]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Hosts: ["10.1.2.3 db", "10.1.2.3 db.local"]\n' },

  check({ TaskTemplate }, { report }) {
    for (const [i, entry] of (TaskTemplate?.ContainerSpec?.Hosts ?? []).entries()) {
      const extra = /^\s*\S+\s+\S+\s+/.exec(entry ?? '');
      if (!entry || !extra || extra[0].length >= entry.trimEnd().length) continue;
      report({ at: ['TaskTemplate', 'ContainerSpec', 'Hosts', i], within: { start: extra[0].length, end: entry.trimEnd().length }, message: 'Nodes take only the first name after the address, and drop the others.', hint: 'Write an entry for each name.' });
    }
  },
});
