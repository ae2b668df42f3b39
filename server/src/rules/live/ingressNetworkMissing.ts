import { liveRule } from '../liveRule';

export default liveRule({
  id: 'ingress-network-missing',
  effect: 'refused',
  summary: 'A port in `ingress` mode needs the ingress network.',
  why: 'Somebody has removed the network of the routing mesh from this swarm. The engine answers 400.',
  source: 'engines 20.10 and 28.5: "service needs ingress network, but no ingress network is present"',
  covers: ['ingress-network-missing'],
  examples: {
    live: 'service: {}\nnetworks: [{ name: app-net, scope: swarm }]\n',
    bad: 'EndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 18080 }]\n',
    good: 'EndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 18080, PublishMode: host }]\n',
  },

  check({ EndpointSpec }, { networks }, { report }) {
    if (!networks || networks.some(({ ingress }) => ingress)) return;
    for (const [i, port] of (EndpointSpec?.Ports ?? []).entries()) {
      if ((port?.PublishMode ?? 'ingress') !== 'ingress') continue;
      report({ at: ['EndpointSpec', 'Ports', i], message: 'This swarm has no ingress network, and the engine refuses a port that is published through the routing mesh.', hint: 'Publish it in `host` mode, or make the network again: `docker network create --ingress --driver overlay ingress`.' });
    }
  },
});
