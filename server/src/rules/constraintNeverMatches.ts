import { type Constraint, parseConstraint } from '../grammar/constraint';
import { nearest } from '../schema/nearest';
import { isIpAddress } from '../schema/text';
import { type RuleProblem, serviceRule } from './rule';

const KEYS = ['node.id', 'node.hostname', 'node.ip', 'node.role', 'node.platform.os', 'node.platform.arch'];
const LABELS = ['node.labels.', 'engine.labels.'];
const ARCHITECTURES: Readonly<Record<string, string>> = { amd64: 'x86_64', 'x86-64': 'x86_64', x64: 'x86_64', arm64: 'aarch64', armv7: 'armv7l', '386': 'i686' };

export default serviceRule({
  id: 'constraint-never-matches',
  effect: 'never-runs',
  summary: 'Some node can satisfy the placement constraints.',
  why: 'The engine checks only the form of a constraint. With a key it does not know, even with `!=`, or with a value no node has, the tasks stay pending.',
  source: 'engine 28.5: task pending, "scheduling constraints not satisfied"',
  covers: [
    'constraint-unknown-key', 'constraint-labels-prefix-incomplete', 'constraint-arch-spelling', 'constraint-no-globbing', 'constraint-ip-malformed',
    'constraint-role-value-unknown', 'constraint-contradiction',
  ],
  examples: {
    bad: 'TaskTemplate:\n  Placement:\n    Constraints: ["node.zone!=a"]\n',
    good: 'TaskTemplate:\n  Placement:\n    Constraints: ["node.labels.zone!=a", "node.role==worker", "node.platform.arch==x86_64", "node.ip==10.0.0.0/8"]\n',
  },

  check({ TaskTemplate }, { report }) {
    const equal = new Map<string, { readonly index: number; readonly value: string }>();
    for (const [i, text] of (TaskTemplate?.Placement?.Constraints ?? []).entries()) {
      const constraint = parseConstraint(text ?? '');
      if (constraint.kind !== 'constraint') continue;
      const at = ['TaskTemplate', 'Placement', 'Constraints', i];
      const problem = alone(constraint);
      if (problem) {
        report({ at, ...problem });
        continue;
      }
      // labels keep their letter case, everything else is compared without it
      const key = isLabel(constraint.key) ? constraint.key : constraint.key.toLowerCase();
      if (constraint.operator !== '==' || key === 'node.ip') continue;
      const other = equal.get(key);
      if (!other) equal.set(key, { index: i, value: constraint.value });
      else if (other.value.toLowerCase() !== constraint.value.toLowerCase()) {
        report({ at, message: `\`${constraint.key}\` cannot be \`${constraint.value}\` and, as \`Constraints[${other.index}]\` says, \`${other.value}\`: a node has to satisfy all constraints, and the tasks stay pending.` });
      }
    }
  },
});

type Parsed = Extract<Constraint, { kind: 'constraint' }>;

function isLabel(key: string): boolean {
  return LABELS.some((prefix) => key.length > prefix.length && key.toLowerCase().startsWith(prefix));
}

/** What is wrong with a constraint whatever the others say. */
function alone({ key, operator, value, keySpan, valueSpan }: Parsed): Omit<RuleProblem, 'at'> | undefined {
  const lower = key.toLowerCase();
  if (isLabel(key)) return operator === '==' ? globbing(value, valueSpan) : undefined;
  if (!KEYS.includes(lower)) {
    const incomplete = LABELS.some((prefix) => `${lower}.` === prefix || lower === prefix);
    const near = nearest(key, KEYS);
    return {
      within: keySpan,
      message: incomplete ? `\`${key}\` names no label, and no node satisfies the constraint.` : `\`${key}\` is not a key the engine knows, and no node satisfies the constraint${operator === '!=' ? ', even with `!=`' : ''}.${near ? ` Did you mean \`${near}\`?` : ''}`,
      hint: incomplete ? `Write \`${lower.replace(/\.$/, '')}.NAME\`.` : 'It knows `node.id`, `node.hostname`, `node.ip`, `node.role`, `node.platform.os`, `node.platform.arch`, `node.labels.NAME` and `engine.labels.NAME`.',
    };
  }
  if (lower === 'node.ip' && !isIpAddress(value.replace(/\/\d+$/, ''))) {
    return { within: valueSpan, message: `\`${value}\` is neither an IP address nor a network such as \`10.0.0.0/8\`, and no node satisfies the constraint.` };
  }
  if (operator !== '==') return undefined;
  if (lower === 'node.role' && !['manager', 'worker'].includes(value.toLowerCase())) {
    return { within: valueSpan, message: `A node is \`manager\` or \`worker\`, never \`${value}\`, and no node satisfies the constraint.` };
  }
  const kernel = lower === 'node.platform.arch' && Object.hasOwn(ARCHITECTURES, value.toLowerCase()) ? ARCHITECTURES[value.toLowerCase()] : undefined;
  if (kernel) return { within: valueSpan, message: `No Linux node is \`${value}\`: this key is compared with the spelling of the kernel.`, hint: `Write \`${kernel}\`.` };
  return globbing(value, valueSpan);
}

function globbing(value: string, within: Parsed['valueSpan']): Omit<RuleProblem, 'at'> | undefined {
  return value.includes('*') ? { within, message: `\`${value}\` is compared as it is, since \`*\` has no meaning in a constraint, and no node satisfies it.` } : undefined;
}
