import { count } from '../../facts/units';
import { liveRule } from '../liveRule';

export default liveRule({
  id: 'ports-unpublished',
  effect: 'changed',
  summary: 'A spec without `EndpointSpec` publishes nothing.',
  why: 'An update replaces the whole spec. What the body leaves out is gone, and ports that were published are closed.',
  source: 'engines 20.10 and 28.5: 200, `EndpointSpec` gone',
  covers: ['endpoint-omitted-on-update-unpublishes'],
  examples: {
    live: 'service:\n  EndpointSpec:\n    Ports: [{ TargetPort: 80, PublishedPort: 18080 }]\n',
    bad: 'Labels: { a: b }\n',
    good: 'EndpointSpec:\n  Ports: [{ TargetPort: 80, PublishedPort: 18080 }]\n',
  },

  check({ EndpointSpec }, { service }, { report }) {
    const ports = service?.spec.EndpointSpec?.Ports ?? [];
    if (EndpointSpec || ports.length === 0) return;
    const named = ports.flatMap((port) => (port?.PublishedPort ? [port.PublishedPort] : [])).join(', ');
    report({ at: [], message: `The spec has no \`EndpointSpec\`, and the update closes ${count(ports.length, 'published port')} of the service${named ? `: ${named}` : ''}.`, hint: 'Write the `EndpointSpec` of the running service to keep them, or `EndpointSpec: {Ports: []}` where closing them is meant.' });
  },
});
