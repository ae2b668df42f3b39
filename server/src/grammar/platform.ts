import type { TaskSpec } from '../facts/serviceSpec';
import { parseConstraint } from './constraint';

/** Whether the placement of a task names Windows nodes, by a constraint or by all of its `Platforms`. */
export function isPlacedOnWindows(task: TaskSpec | undefined): boolean {
  const { Constraints, Platforms } = task?.Placement ?? {};
  const constrained = (Constraints ?? []).some((text) => {
    const constraint = parseConstraint(text ?? '');
    return constraint.kind === 'constraint' && constraint.operator === '==' && constraint.key.toLowerCase() === 'node.platform.os' && constraint.value.toLowerCase() === 'windows';
  });
  return constrained || (Platforms !== undefined && Platforms.length > 0 && Platforms.every((platform) => platform?.OS?.toLowerCase() === 'windows'));
}
