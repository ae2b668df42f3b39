import { nearest } from '../../schema/nearest';
import { liveRule } from '../liveRule';

/** What the engine looks up under these names in a way of its own, or refuses for another reason, which another rule tells. */
const PREDEFINED = ['host', 'bridge', 'none', 'ingress', 'default', 'nat'];

export default liveRule({
  id: 'network-not-found',
  effect: 'refused',
  summary: 'Every network of the spec is there.',
  why: 'The engine looks a network up by id, name or the beginning of an id, and answers 500 when there is none.',
  source: 'engines 20.10 and 28.5: "network … not found"',
  covers: ['network-not-found'],
  examples: {
    live: 'service: {}\nnetworks: [{ name: app-net, scope: swarm }]\n',
    bad: 'TaskTemplate:\n  Networks: [{ Target: app-nett }]\n',
    good: 'TaskTemplate:\n  Networks: [{ Target: app-net }]\n',
  },

  check({ TaskTemplate, Networks }, { networks }, { report }) {
    if (!networks) return;
    const own = TaskTemplate?.Networks ?? [];
    const [base, list] = own.length > 0 ? [['TaskTemplate', 'Networks'], own] : [['Networks'], Networks ?? []];
    for (const [i, network] of list.entries()) {
      const target = network?.Target ?? '';
      if (target === '' || PREDEFINED.includes(target) || networks.some(({ id, name }) => name === target || id.startsWith(target))) continue;
      const near = nearest(target, networks.filter(({ scope }) => scope === 'swarm').map(({ name }) => name));
      const at = [...base, i, 'Target'];
      report({
        at,
        message: `There is no network \`${target}\` in this swarm, and the engine refuses the service.${near ? ` Did you mean \`${near}\`?` : ''}`,
        hint: near ? undefined : `Create it first: \`docker network create --driver overlay ${target}\`.`,
        fix: near ? { title: `Write \`${near}\``, safe: false, edits: [{ kind: 'set', at, value: near }] } : undefined,
      });
    }
  },
});
