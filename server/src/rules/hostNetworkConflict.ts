import { serviceRule } from './rule';

export default serviceRule({
  id: 'host-network-conflict',
  effect: 'never-runs',
  summary: 'A service on the network `host` has no other network, no `ingress` port and no `net.*` sysctl.',
  why: 'Such a container shares the network of its node and cannot have one of its own besides. The engine accepts the service, and the tasks fail.',
  source: 'engine 28.5: task failed, "container sharing network namespace with another container or host cannot be connected to any other network"; "not allowed in host network namespace"',
  covers: ['network-host-plus-other', 'network-host-plus-ingress-port', 'sysctl-net-with-host-network'],
  examples: {
    bad: 'TaskTemplate:\n  Networks: [{ Target: host }, { Target: front }]\n',
    good: 'TaskTemplate:\n  Networks: [{ Target: host }]\nEndpointSpec:\n  Mode: dnsrr\n',
  },

  check({ TaskTemplate, Networks, EndpointSpec }, { report }) {
    const own = TaskTemplate?.Networks?.length ? TaskTemplate.Networks : (Networks ?? []);
    const base = TaskTemplate?.Networks?.length ? ['TaskTemplate', 'Networks'] : ['Networks'];
    const host = own.findIndex((network) => network?.Target === 'host');
    if (host < 0) return;
    for (const [i, network] of own.entries()) {
      if (network?.Target && network.Target !== 'host') {
        report({ at: [...base, i], message: `\`${network.Target}\` stands next to the network \`host\`, and the tasks fail: a container on \`host\` has no other network.` });
      }
    }
    for (const [i, port] of (EndpointSpec?.Ports ?? []).entries()) {
      if (!port || (port.PublishMode || 'ingress') !== 'ingress') continue;
      report({
        at: ['EndpointSpec', 'Ports', i],
        message: 'This port is published through the routing mesh, and the tasks fail: the service is on the network `host`.',
        hint: 'Remove it: on `host` the port of the container is the port of the node.',
      });
    }
    for (const key of Object.keys(TaskTemplate?.ContainerSpec?.Sysctls ?? {})) {
      if (key.startsWith('net.')) report({ at: ['TaskTemplate', 'ContainerSpec', 'Sysctls', key], part: 'key', message: `\`${key}\` cannot be set on the network \`host\`, and the tasks fail.` });
    }
  },
});
