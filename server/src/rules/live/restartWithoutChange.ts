import { isObject, type SpecValue, toJson } from '../../document/value';
import type { Path } from '../../path';
import { toDotted } from '../../path';
import { hasSameMeaning } from '../../schema/sameMeaning';
import { liveRule } from '../liveRule';

export default liveRule({
  id: 'restart-without-change',
  effect: 'changed',
  severity: 'information',
  summary: 'A spec that means the same is written the same.',
  why: 'The manager compares what is written. An empty block, a default spelled out or another spelling of the image replaces every task, although nothing about them changes.',
  source: 'engines 20.10 and 28.5: every task replaced',
  covers: ['adding-empty-object-restarts'],
  examples: { live: 'service: {}\n', bad: 'TaskTemplate:\n  Resources: {}\n', good: 'Labels: { a: b }\n' },

  check(spec, { service }, { report }) {
    if (!service || service.slots === 0 || spec.Mode?.ReplicatedJob || spec.Mode?.GlobalJob) return;
    const { Placement: _, ...ours } = spec.TaskTemplate ?? {};
    const { Placement: __, ...before } = service.spec.TaskTemplate ?? {};
    const found = [
      ...differences(before as SpecValue, ours as SpecValue, ['TaskTemplate']),
      ...differences(service.spec.EndpointSpec as SpecValue | undefined, spec.EndpointSpec as SpecValue | undefined, ['EndpointSpec']),
    ];
    // with any real change the tasks restart for that, and nobody needs to hear of the rest
    if (found.length === 0 || !found.every(hasSameMeaning)) return;
    const [{ path, to }] = found;
    report({
      at: to === undefined ? path.slice(0, -1) : path,
      part: 'key',
      message: `Every task restarts although nothing changes for them: ${found.map((one) => `\`${toDotted(one.path)}\` is ${one.from === undefined ? 'new' : one.to === undefined ? 'gone' : 'spelled differently'}`).join(', ')}, and means the same as before.`,
      hint: 'Write it as the running service has it.',
    });
  },
});

interface Difference {
  readonly path: Path;
  readonly from: SpecValue | undefined;
  readonly to: SpecValue | undefined;
}

function differences(from: SpecValue | undefined, to: SpecValue | undefined, path: Path): Difference[] {
  if (from === undefined || to === undefined) return from === to ? [] : [{ path, from, to }];
  if (!isObject(from) || !isObject(to)) return toJson(from) === toJson(to) ? [] : [{ path, from, to }];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) => differences(from[key], to[key], [...path, key]));
}
