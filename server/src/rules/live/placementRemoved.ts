import { toJson } from '../../document/value';
import { liveRule } from '../liveRule';

export default liveRule({
  id: 'placement-removed',
  effect: 'crashes-engine',
  summary: 'The `Placement` of a running service is emptied, not left out.',
  why: 'An update that leaves `Placement` out and changes nothing else in the task template makes the manager panic as it compares the tasks. The update is stored by then, so that the managers panic again on every start, all of them.',
  source: 'engines 20.10 and 28.5: "invalid memory address or nil pointer dereference"; guarded since 29.7',
  covers: ['placement-removed-on-update'],
  examples: {
    live: 'service:\n  TaskTemplate:\n    Placement: { Constraints: [node.role==manager] }\n',
    bad: 'Labels: { a: b }\n',
    good: 'TaskTemplate:\n  Placement: {}\n',
  },

  check({ TaskTemplate, Mode }, { service, engineVersion }, { report }) {
    const before = service?.spec.TaskTemplate;
    if (!service || !before?.Placement || TaskTemplate?.Placement || service.slots === 0 || isGuarded(engineVersion)) return;
    // with no replicas left there is no task to compare, and any other change of the template is seen before the placement
    if (Mode?.Replicated && BigInt(Mode.Replicated.Replicas ?? 0) === 0n) return;
    const { Placement: _, ...rest } = before;
    if (toJson(rest as never) !== toJson((TaskTemplate ?? {}) as never)) return;
    const at = ['TaskTemplate', 'Placement'];
    report({
      at: ['TaskTemplate'],
      part: 'key',
      message: '`Placement` is left out, the running service has one, and nothing else in `TaskTemplate` changes: this update takes down every manager of the swarm, for good.',
      hint: 'Write `Placement: {}`, which means the same and does no harm.',
      fix: { title: 'Write `Placement: {}`', safe: true, edits: [{ kind: 'add', at, value: {} }] },
    });
  },
});

function isGuarded(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 29 || (major === 29 && minor >= 7);
}
