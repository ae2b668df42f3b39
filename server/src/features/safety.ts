import { isObject, type SpecObject, type SpecValue } from '../document/value';
import { type Problem, type Severity, SEVERITY_OF } from '../finding';
import type { Path } from '../path';

/**
 * A spec after all fixes that write another number, truth value or text where the engine's decoder refuses what stands there;
 * undefined where there is none. No rule has looked at such a value yet, so only this tells whether the new one is right.
 */
export function afterFixes(spec: SpecValue, problems: readonly Problem[]): SpecValue | undefined {
  const copies = new Map<SpecValue, SpecValue>();
  let fixed: SpecValue | undefined;
  for (const { fix, at } of problems.filter(isTried)) {
    const [edit] = fix?.edits ?? [];
    if (edit?.kind === 'set') fixed = withValue(fixed ?? spec, at, edit.value as SpecValue, copies);
  }
  return fixed;
}

/**
 * The problems, each of these fixes safe only if after all of them no error is found at its place; if its value is a guess,
 * only if nothing is. What is found is told in advance. Advice that follows from a right value does not make it wrong.
 */
export function judgedBy(after: readonly Problem[], problems: readonly Problem[]): Problem[] {
  const found = new Map<string, { readonly severity: Severity; readonly message: string }>();
  for (const { at, effect, severity = SEVERITY_OF[effect], message } of after) if (severity !== 'hint' && found.get(keyOf(at))?.severity !== 'error') found.set(keyOf(at), { severity, message });
  return problems.map((problem) => {
    const { at, fix, guess, hint } = problem;
    const next = found.get(keyOf(at));
    return fix && next && isTried(problem) && (guess || next.severity === 'error') ? { ...problem, hint: hint ?? `Then: ${next.message}`, fix: { ...fix, safe: false } } : problem;
  });
}

function isTried({ decoding, fix, at }: Problem): boolean {
  const [edit, ...more] = fix?.edits ?? [];
  return decoding === true && fix?.safe === true && more.length === 0 && edit.kind === 'set' && typeof edit.value !== 'object' && keyOf(edit.at) === keyOf(at);
}

/** Facts have the spelling of the text, rules that of the engine. */
function keyOf(path: Path): string {
  return path.join('\n').toLowerCase();
}

/** The value with another one at a path; what has been copied already is not copied again. */
function withValue(value: SpecValue, [step, ...rest]: Path, written: SpecValue, copies: Map<SpecValue, SpecValue>): SpecValue {
  if (step === undefined) return written;
  if (!Array.isArray(value) && !isObject(value)) return value;
  const copy = (copies.get(value) ?? (Array.isArray(value) ? [...value] : { ...value })) as SpecObject;
  copies.set(value, copy).set(copy, copy);
  copy[step] = withValue(copy[step], rest, written, copies);
  return copy;
}
