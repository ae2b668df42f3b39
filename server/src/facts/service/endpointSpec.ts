import { list, string, struct, uint32 } from '../make';

export const PortConfig = struct('PortConfig', {
  Name: {
    type: string,
    examples: ['http'],
    since: '1.25',
    doc: 'A name for people who read the spec; nothing resolves it.',
    source: 'API v1.25',
  },
  Protocol: {
    type: string,
    words: {
      words: {
        tcp: { doc: 'TCP, for example HTTP.' },
        udp: { doc: 'UDP. Publish the port a second time with `tcp` when both are meant, as for DNS.' },
        sctp: { since: '1.37', doc: 'SCTP.' },
      },
      unknown: { becomes: 'tcp' },
      letterCase: 'ignored',
      empty: 'tcp',
    },
    default: '`tcp`',
    since: '1.25',
    doc: 'Protocol of the port. A misspelt word silently becomes `tcp`.',
    source: 'API v1.25; engine 28.5',
  },
  TargetPort: {
    type: uint32,
    unit: 'port',
    usual: true,
    zero: 'none: traffic goes nowhere',
    examples: [80, 8080],
    since: '1.25',
    doc: 'Port inside the container, 1 to 65535. The engine stores anything that fits 32 bits and does not miss it either; the task then runs and traffic goes nowhere.',
    source: 'API v1.25; Go type uint32; engine 28.5: 70000 stored',
  },
  PublishedPort: {
    type: uint32,
    unit: 'port',
    usual: true,
    zero: 'a free port is chosen, in `ingress` mode from 30000 to 32767',
    default: 'a free port, in `ingress` mode from 30000 to 32767, which may change on update',
    examples: [8080, 443],
    since: '1.25',
    doc: 'Port on the nodes, 1 to 65535. A larger one is stored and the tasks never start; the same port and protocol twice is refused with 400.',
    source: 'API v1.25; Go type uint32; engine 28.5: 400 "duplicate published ports provided", 70000 stored',
  },
  PublishMode: {
    type: string,
    alsoCalled: ['Mode'],
    words: {
      words: {
        ingress: { doc: 'Through the routing mesh: every node of the swarm listens and forwards to some task.' },
        host: {
          doc: 'Directly on the nodes that run a task, with the address of the client preserved. Only one task per node can have the port.',
        },
      },
      unknown: { becomes: 'ingress' },
      letterCase: 'ignored',
      empty: 'ingress',
    },
    default: '`ingress`',
    since: '1.34',
    doc: 'Where the port is opened. A misspelt word silently becomes `ingress`, which opens it on every node.',
    source: 'API v1.34; engine 28.5',
  },
});

export const EndpointSpec = struct('EndpointSpec', {
  Mode: {
    type: string,
    words: {
      words: {
        vip: { doc: 'The name of the service resolves to one virtual IP, which balances over the tasks.' },
        dnsrr: { doc: 'The name resolves to the addresses of the tasks themselves. Ports can then be published in `host` mode only.' },
      },
      unknown: 'refused',
      letterCase: 'exact',
      empty: 'vip',
    },
    default: '`vip`',
    since: '1.25',
    doc: 'What other services get when they look up the name of this one. `dnsrr` together with a port in `ingress` mode is refused with 400.',
    source: 'API v1.25; engine 28.5: 400 "invalid resolution mode"',
  },
  Ports: {
    type: list(
      {
        type: PortConfig,
        since: '1.25',
        doc: 'One published port: `TargetPort` in the container, `PublishedPort` on the nodes.',
        source: 'API v1.25',
      },
      'default-object',
    ),
    usual: true,
    since: '1.25',
    doc: 'Ports reachable from outside the swarm. Services on a common network reach each other without it.',
    source: 'API v1.25; engine 28.5',
  },
});
