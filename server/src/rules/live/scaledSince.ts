import { toJson } from '../../document/value';
import { count } from '../../facts/units';
import { liveRule } from '../liveRule';

export default liveRule({
  id: 'scaled-since',
  effect: 'changed',
  summary: '`Replicas` is what the service has now.',
  why: 'Somebody, or something, has scaled the service since the spec was applied: the number in the spec is the one before. The update takes it back.',
  source: 'engine 28.5: `docker service scale` updates the spec, and nothing else in it differs from the one before',
  examples: {
    live: 'service:\n  Mode: { Replicated: { Replicas: 5 } }\nprevious:\n  Mode: { Replicated: { Replicas: 3 } }\n',
    bad: 'Labels: { a: b }\nMode: { Replicated: { Replicas: 3 } }\n',
    good: 'Labels: { a: b }\nMode: { Replicated: { Replicas: 5 } }\n',
  },

  check({ Mode }, { service }, { report }) {
    const [now, then, ours] = [service?.spec.Mode, service?.previous?.Mode, Mode].map((mode) => mode?.Replicated?.Replicas);
    if (!service?.previous || now === undefined || ours === undefined || BigInt(ours) === BigInt(now)) return;
    const rest = (spec: object) => toJson({ ...spec, Mode: null } as never);
    const scaled = then !== undefined && BigInt(then) !== BigInt(now) && rest(service.spec) === rest(service.previous);
    if (!scaled || BigInt(ours) !== BigInt(then)) return;
    const at = ['Mode', 'Replicated', 'Replicas'];
    report({
      at,
      message: `Somebody has scaled the service from ${then} to ${count(now, 'replica')}, and the update takes that back.`,
      hint: `Write \`Replicas: ${now}\` to keep them.`,
      fix: { title: `Write \`Replicas: ${now}\``, safe: false, edits: [{ kind: 'set', at, value: now }] },
    });
  },
});
