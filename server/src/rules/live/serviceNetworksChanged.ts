import { toJson } from '../../document/value';
import { liveRule } from '../liveRule';

export default liveRule({
  id: 'service-networks-changed',
  effect: 'refused',
  summary: 'Networks of a service change together with their move to `TaskTemplate.Networks`.',
  why: 'The engine does not change the old list on the service. It takes the same networks, or others, in `TaskTemplate.Networks`, and then the old list may go. It answers 501.',
  source: 'engines 20.10 and 28.5: "networks must be migrated to TaskSpec before being changed"',
  covers: ['networks-service-level-change-on-update'],
  examples: {
    live: 'networks: [{ name: app-net, scope: swarm }]\nservice:\n  Networks: [{ Target: app-net }]\n',
    bad: 'Labels: { a: b }\n',
    good: 'TaskTemplate:\n  Networks: [{ Target: app-net }]\n',
  },

  check(spec, { service }, { report }) {
    if (!service || write(spec.Networks) === write(service.spec.Networks)) return;
    // moved to the tasks: the engine looks whether their list has changed
    if (write(spec.TaskTemplate?.Networks) !== write(service.spec.TaskTemplate?.Networks)) return;
    report({
      at: spec.Networks ? ['Networks'] : [],
      message: `\`Networks\` of the service ${spec.Networks ? (service.spec.Networks ? 'changes' : 'is new') : 'is gone'}, and the engine takes such a change only together with the move to \`TaskTemplate.Networks\`.`,
      hint: 'Write all networks that the service shall have as `TaskTemplate.Networks`, and leave `Networks` out: that is taken in one update, and restarts the tasks.',
    });
  },
});

function write(list: unknown): string {
  return list === undefined ? '' : toJson(list as never);
}
