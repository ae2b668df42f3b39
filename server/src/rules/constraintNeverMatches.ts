import type { Fix } from '../finding';
import { type Constraint, parseConstraint } from '../grammar/constraint';
import type { Path, Span } from '../path';
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
        const { meant, ...rest } = problem;
        report({ at, ...rest, fix: meant && rest.within && toFix(at, text ?? '', rest.within, meant) });
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

interface Wrong extends Omit<RuleProblem, 'at' | 'fix'> {
  /** What to write in place of the part that is wrong. */
  readonly meant?: { readonly text: string; readonly safe: boolean };
}

/** The constraint with what was meant in it; safe only if some node can satisfy that one. */
function toFix(at: Path, text: string, { start, end }: Span, meant: NonNullable<Wrong['meant']>): Fix {
  const value = text.slice(0, start) + meant.text + text.slice(end);
  const constraint = parseConstraint(value);
  return { title: `Write \`${meant.text}\``, safe: meant.safe && constraint.kind === 'constraint' && alone(constraint) === undefined, edits: [{ kind: 'set', at, value }] };
}

/** The key that was meant: one whose first words or middle one were left out (`role`, `labels.zone`, `node.arch`), or the nearest. */
function meantKey(key: string): { readonly text: string; readonly safe: boolean } | undefined {
  const lower = key.toLowerCase();
  if (/^labels?\../.test(lower)) return { text: `node.labels.${key.slice(key.indexOf('.') + 1)}`, safe: true };
  const label = /^(node|engine)\.label\.(.+)$/i.exec(key);
  if (label) return { text: `${label[1]}.labels.${label[2]}`, safe: true };
  const shortened = KEYS.find((one) => one.endsWith(`.${lower.replace(/^node\./, '')}`));
  if (shortened) return { text: shortened, safe: true };
  // behind `node.`, which is the same in all of them and makes them look alike
  const [head, ...rest] = key.split('.');
  const stem = nearest(rest.length > 0 && nearest(head, ['node']) ? rest.join('.') : key, KEYS.map((one) => one.slice('node.'.length)));
  const near = stem && `node.${stem}`;
  // `node.id` and `node.ip` are as near to each other as to any slip of the pen
  return near === undefined ? undefined : { text: near, safe: near !== 'node.id' && near !== 'node.ip' };
}

/** What is wrong with a constraint whatever the others say. */
function alone({ key, operator, value, keySpan, valueSpan }: Parsed): Wrong | undefined {
  const lower = key.toLowerCase();
  if (isLabel(key)) {
    const wrong = operator === '==' ? globbing(value, valueSpan) : undefined;
    // a label can have any text
    return wrong && { ...wrong, severity: 'information', message: `\`*\` has no meaning in a constraint: only a node with the very text \`${value}\` in this label satisfies it.` };
  }
  if (!KEYS.includes(lower)) {
    const incomplete = LABELS.some((prefix) => `${lower}.` === prefix || lower === prefix);
    const meant = incomplete ? undefined : meantKey(key);
    return {
      within: keySpan,
      meant,
      message: incomplete ? `\`${key}\` names no label, and no node satisfies the constraint.` : `\`${key}\` is not a key the engine knows, and no node satisfies the constraint${operator === '!=' ? ', even with `!=`' : ''}.${meant ? ` Did you mean \`${meant.text}\`?` : ''}`,
      hint: incomplete ? `Write \`${lower.replace(/\.$/, '')}.NAME\`.` : 'It knows `node.id`, `node.hostname`, `node.ip`, `node.role`, `node.platform.os`, `node.platform.arch`, `node.labels.NAME` and `engine.labels.NAME`.',
    };
  }
  if (lower === 'node.ip' && !isIpAddress(value.replace(/\/\d+$/, ''))) {
    return { within: valueSpan, message: `\`${value}\` is neither an IP address nor a network such as \`10.0.0.0/8\`, and no node satisfies the constraint.` };
  }
  if (operator !== '==') return undefined;
  if (lower === 'node.role' && !['manager', 'worker'].includes(value.toLowerCase())) {
    const near = nearest(value, ['manager', 'worker']);
    return { within: valueSpan, meant: near === undefined ? undefined : { text: near, safe: true }, message: `A node is \`manager\` or \`worker\`, never \`${value}\`, and no node satisfies the constraint.` };
  }
  const kernel = lower === 'node.platform.arch' && Object.hasOwn(ARCHITECTURES, value.toLowerCase()) ? ARCHITECTURES[value.toLowerCase()] : undefined;
  if (kernel) return { within: valueSpan, meant: { text: kernel, safe: true }, message: `No Linux node is \`${value}\`: this key is compared with the spelling of the kernel.`, hint: `Write \`${kernel}\`.` };
  return globbing(value, valueSpan);
}

function globbing(value: string, within: Span): Wrong | undefined {
  return value.includes('*') ? { within, message: `\`${value}\` is compared as it is, since \`*\` has no meaning in a constraint, and no node satisfies it.` } : undefined;
}
