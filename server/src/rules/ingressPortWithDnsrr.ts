import { serviceRule } from './rule';

export default serviceRule({
  id: 'ingress-port-with-dnsrr',
  effect: 'refused',
  summary: 'A port in `ingress` mode needs a virtual IP.',
  why: 'The routing mesh forwards to the virtual IP of the service, and `dnsrr` gives it none. The engine answers 400.',
  source: 'engine 28.5: "port published with ingress mode can\'t be used with dnsrr mode"',
  covers: ['dnsrr-with-ingress-port'],
  examples: {
    bad: 'EndpointSpec:\n  Mode: dnsrr\n  Ports:\n    - TargetPort: 80\n      PublishedPort: 8080\n',
    good: 'EndpointSpec:\n  Mode: dnsrr\n  Ports:\n    - TargetPort: 80\n      PublishedPort: 8080\n      PublishMode: host\n',
  },

  check({ EndpointSpec }, { report }) {
    if (EndpointSpec?.Mode !== 'dnsrr') return;
    for (const [i, port] of (EndpointSpec.Ports ?? []).entries()) {
      if ((port?.PublishMode || 'ingress') !== 'ingress') continue;
      const mode = ['EndpointSpec', 'Ports', i, 'PublishMode'];
      report({
        at: ['EndpointSpec', 'Ports', i],
        computesWith: [mode],
        goesBy: [mode],
        message: 'This port is published through the routing mesh (`PublishMode` is `ingress`), but `EndpointSpec.Mode` is `dnsrr`.',
        hint: 'Set `PublishMode: host` on the port, or `Mode: vip` on the endpoint.',
      });
    }
  },
});
