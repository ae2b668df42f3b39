import { serviceRule } from './rule';

export default serviceRule({
  id: 'host-port-with-replicas',
  effect: 'never-runs',
  // right where there are nodes enough
  severity: 'information',
  summary: 'A port in `host` mode has as many nodes as the service has replicas.',
  why: 'Only one task on a node can have the port. With fewer eligible nodes than replicas, the others stay pending.',
  source: 'engine 28.5: task pending, "host-mode port already in use on 1 node"',
  covers: ['host-port-with-several-replicas'],
  examples: {
    bad: 'Mode:\n  Replicated: { Replicas: 2 }\nEndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: host }]\n',
    good: 'Mode:\n  Global: {}\nEndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: host }]\n',
  },

  check({ Mode, EndpointSpec, TaskTemplate }, { report }) {
    const tasks = Mode?.Replicated?.Replicas ?? Mode?.ReplicatedJob?.MaxConcurrent ?? 1;
    // who lets a node have one task has thought of it
    if (tasks <= 1 || Number(TaskTemplate?.Placement?.MaxReplicas ?? 0) === 1) return;
    for (const [i, port] of (EndpointSpec?.Ports ?? []).entries()) {
      if (port?.PublishMode !== 'host' || !port.PublishedPort) continue;
      report({
        at: ['EndpointSpec', 'Ports', i, 'PublishedPort'],
        message: `Port ${port.PublishedPort} in \`host\` mode fits once on a node: ${tasks} tasks need ${tasks} nodes where it is free, and the rest stay pending.`,
        hint: 'Write `Mode: {Global: {}}` for one task on each node, or publish in `ingress` mode.',
      });
    }
  },
});
