import { ALL_CAPABILITIES as KNOWN } from '../facts/service/capabilities';
import { nearest } from '../schema/nearest';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'unknown-capability',
  effect: 'never-runs',
  summary: '`CapabilityAdd` and `CapabilityDrop` name capabilities of the kernel.',
  why: 'The engine stores any text, and nodes reject a task with a name they do not know. Letter case and `CAP_` do not matter; `ALL` is all of them.',
  source: 'engine 28.5: task rejected, "unknown capability"',
  covers: ['capability-unknown'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    CapabilityAdd: [CAP_NET_ADMINS]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    CapabilityAdd: [net_admin, CAP_CHOWN]\n    CapabilityDrop: [ALL]\n' },

  check({ TaskTemplate }, { report }) {
    for (const list of ['CapabilityAdd', 'CapabilityDrop'] as const) {
      for (const [i, capability] of (TaskTemplate?.ContainerSpec?.[list] ?? []).entries()) {
        if (capability === null) continue;
        const upper = capability.toUpperCase();
        if (upper === 'ALL' || KNOWN.includes(upper.replace(/^CAP_/, ''))) continue;
        const at = ['TaskTemplate', 'ContainerSpec', list, i];
        const near = upper === 'CAP_ALL' ? 'ALL' : nearest(upper.replace(/^CAP_/, ''), KNOWN);
        report({
          at,
          message: `${capability === '' ? 'An empty text' : `\`${capability}\``} is not a capability, and nodes reject the task.${near ? ` Did you mean \`${near}\`?` : ''}`,
          fix: near ? { title: `Write \`${near}\``, safe: false, edits: [{ kind: 'set', at, value: near }] } : undefined,
        });
      }
    }
  },
});
