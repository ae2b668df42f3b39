import { isIpAddress } from '../schema/text';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'bad-nameserver',
  effect: 'never-runs',
  summary: 'A nameserver is an IP address, without a port.',
  why: 'Engine 28 stores any text, and the task fails when it starts; engine 29 answers 400.',
  source: 'engine 28.5: task failed, "bad nameserver address"',
  covers: ['dns-nameserver-invalid'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    DNSConfig: { Nameservers: ["8.8.8.8:53"] }\n', good: 'TaskTemplate:\n  ContainerSpec:\n    DNSConfig: { Nameservers: ["8.8.8.8", "2001:4860:4860::8888"] }\n' },

  check({ TaskTemplate }, { report }) {
    for (const [i, server] of (TaskTemplate?.ContainerSpec?.DNSConfig?.Nameservers ?? []).entries()) {
      if (server === null || isIpAddress(server)) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'DNSConfig', 'Nameservers', i];
      const alone = server.replace(/:\d+$/, '');
      report({
        at,
        message: server === '' ? 'This nameserver is empty, and the task fails when it starts.' : `\`${server}\` is not an IP address, and the task fails when it starts.`,
        hint: 'Write an address without a port.',
        fix: isIpAddress(alone) ? { title: `Write \`${alone}\``, safe: false, edits: [{ kind: 'set', at, value: alone }] } : undefined,
      });
    }
  },
});
