import { serviceRule } from './rule';

export default serviceRule({
  id: 'start-first-with-host-port',
  effect: 'never-runs',
  // with a node to spare it works
  severity: 'information',
  summary: 'An update with `Order: start-first` has no published port in `host` mode.',
  why: 'The new task needs the port that the old one holds until the new one runs. Where no further node is free, the update hangs for ever.',
  source: 'engine 28.5: task pending, "host-mode port already in use"',
  covers: ['start-first-with-host-port'],
  examples: {
    bad: 'UpdateConfig: { Parallelism: 1, Order: start-first }\nEndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: host }]\n',
    good: 'UpdateConfig: { Parallelism: 1, Order: stop-first }\nEndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: host }]\n',
  },

  check({ UpdateConfig, EndpointSpec }, { report }) {
    if (UpdateConfig?.Order !== 'start-first') return;
    const port = EndpointSpec?.Ports?.find((entry) => entry?.PublishMode === 'host' && entry.PublishedPort);
    if (!port) return;
    report({
      at: ['UpdateConfig', 'Order'],
      message: `An update cannot start the new task first while the old one holds port ${port.PublishedPort} of its node, and hangs where no other node is free.`,
      fix: { title: 'Write `stop-first`', safe: false, edits: [{ kind: 'set', at: ['UpdateConfig', 'Order'], value: 'stop-first' }] },
    });
  },
});
