import { parseConstraint } from '../grammar/constraint';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'bad-constraint',
  effect: 'refused',
  summary: 'A placement constraint is `KEY==VALUE` or `KEY!=VALUE`.',
  why: 'The engine knows no other operator, and few characters on either side. It answers 500 to anything else.',
  source: 'engine 28.5: "constraint expected one operator from ==, !=", "key \'…\' is invalid", "value \'…\' is invalid"',
  covers: ['constraint-no-operator', 'constraint-key-invalid', 'constraint-value-invalid'],
  examples: {
    bad: 'TaskTemplate:\n  Placement:\n    Constraints: ["node.role=manager"]\n',
    good: 'TaskTemplate:\n  Placement:\n    Constraints: ["node.role == manager", "node.labels.zone!=eu-west-1"]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, text] of (TaskTemplate?.Placement?.Constraints ?? []).entries()) {
      if (text === null) continue;
      const at = ['TaskTemplate', 'Placement', 'Constraints', i];
      const constraint = parseConstraint(text);
      if (constraint.kind === 'constraint') continue;
      const mended = mend(text);
      const fix = mended === undefined ? undefined : ({ title: `Write \`${mended}\``, safe: true, edits: [{ kind: 'set', at, value: mended }] } as const);
      if (constraint.kind === 'no-operator') {
        const operator = /[=<>~]+|\bin\b/.exec(text);
        report({
          at,
          within: operator ? { start: operator.index, end: operator.index + operator[0].length } : undefined,
          message: operator ? `\`${operator[0]}\` is not an operator of a constraint, and the engine refuses the service.` : 'This constraint has neither `==` nor `!=`, and the engine refuses the service.',
          hint: 'Write `KEY==VALUE` or `KEY!=VALUE`.',
          fix,
        });
        continue;
      }
      const { kind, character, span } = constraint;
      const side = kind === 'bad-key' ? 'key' : 'value';
      report({
        at,
        within: span,
        message: constraint.text === ''
          ? `This constraint has no ${side}, and the engine refuses the service.`
          : character === undefined
            ? `The key \`${constraint.text}\` is too short, and the engine refuses the service.`
            : `\`${character}\` cannot stand ${kind === 'bad-key' && /[a-z0-9_.-]/i.test(character) ? 'at the start of' : 'in'} the ${side} of a constraint, and the engine refuses the service.`,
        hint: side === 'key' ? 'A key has letters, digits, `_`, `.` and `-`, and starts with a letter or `_`.' : 'A value has letters, digits, spaces and `: - _ . * ( ) ? + [ ] \\ ^ $ | /`; it is compared as it is, without quotes.',
        fix,
      });
    }
  },
});

/** The constraint that a slip of the pen stands for: one or three `=`, or quotes round the value. */
function mend(text: string): string | undefined {
  const match = /^\s*([\w.-]+)\s*(={1,3}|!={1,2})\s*(["']?)([^=!"']+)\3\s*$/.exec(text);
  if (!match) return undefined;
  const mended = `${match[1]}${match[2].startsWith('!') ? '!=' : '=='}${match[4].trim()}`;
  return parseConstraint(mended).kind === 'constraint' ? mended : undefined;
}
