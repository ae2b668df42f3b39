import { isIpAddress } from '../schema/text';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'hosts-address',
  effect: 'never-runs',
  summary: 'An entry of `Hosts` starts with an IP address.',
  why: 'It is a line of `/etc/hosts`, address first. The engine stores any text, and nodes reject the task.',
  source: 'engine 28.5: task rejected, "invalid IP address in add-host"',
  covers: ['hosts-order-or-ip-invalid'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Hosts: ["db 10.1.2.3"]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Hosts: ["10.1.2.3 db"]\n' },

  check({ TaskTemplate }, { report }) {
    for (const [i, entry] of (TaskTemplate?.ContainerSpec?.Hosts ?? []).entries()) {
      const words = entry?.trim().split(/\s+/) ?? [];
      if (words.length < 2 || isIpAddress(words[0]) || words[0] === 'host-gateway') continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Hosts', i];
      const swapped = words.length === 2 && isIpAddress(words[1]) ? `${words[1]} ${words[0]}` : undefined;
      report({
        at,
        message: `\`${words[0]}\` is not an IP address, and nodes reject the task.`,
        hint: 'Write `IP NAME`, in this order.',
        fix: swapped ? { title: `Write \`${swapped}\``, safe: true, edits: [{ kind: 'set', at, value: swapped }] } : undefined,
      });
    }
  },
});
