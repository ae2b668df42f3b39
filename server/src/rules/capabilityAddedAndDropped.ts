import { serviceRule } from './rule';

export default serviceRule({
  id: 'capability-added-and-dropped',
  effect: 'changed',
  summary: 'A capability is added or dropped, not both.',
  why: 'The engine stores both lists, and adding wins: the container has the capability.',
  source: 'engine 28.5: capability present in the container',
  covers: ['capability-add-and-drop'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    CapabilityAdd: [NET_ADMIN]\n    CapabilityDrop: [NET_ADMIN]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    CapabilityAdd: [NET_ADMIN]\n    CapabilityDrop: [ALL]\n' },

  check({ TaskTemplate }, { report }) {
    const { CapabilityAdd, CapabilityDrop } = TaskTemplate?.ContainerSpec ?? {};
    const plain = (name: string | null) => (name ?? '').toUpperCase().replace(/^CAP_/, '');
    const added = new Set((CapabilityAdd ?? []).map(plain));
    for (const [i, name] of (CapabilityDrop ?? []).entries()) {
      if (!name || plain(name) === 'ALL' || !added.has(plain(name))) continue;
      report({ at: ['TaskTemplate', 'ContainerSpec', 'CapabilityDrop', i], message: `\`${name}\` is in \`CapabilityAdd\` too, which wins: the container has it.`, hint: 'Keep it in one of the lists.' });
    }
  },
});
