import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile } from '../../server/src/document/document';
import { SERVICE } from '../../server/src/facts/kinds';
import { validate } from '../../server/src/features/validate';
import type { Finding } from '../../server/src/finding';
import type { Target } from '../../server/src/target';
import { toPointer } from '../../server/src/path';
import { ROOT } from '../../server/src/tools/root';

/** One line of the recorded verdicts; `test/data/README.md` tells what the members mean. */
export interface Verdict {
  readonly id: string;
  readonly tags: { readonly kind: string; readonly intent: 'valid' | 'broken' | 'trap' | 'open'; readonly path?: string };
  readonly text: string;
  readonly verdict: 'accept' | 'reject';
  readonly message?: string;
  readonly env_dependent?: boolean;
  readonly panic?: string;
  readonly unknown?: readonly string[];
  readonly dropped?: readonly string[];
  readonly changed?: readonly string[];
  readonly case_folded?: readonly string[];
  readonly duplicate_keys?: readonly string[];
  readonly trailing?: unknown;
}

export function readVerdicts(): Verdict[] {
  return readFileSync(join(ROOT, 'test/data/engine-verdicts.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const verdict = JSON.parse(line);
      // the spec as text, straight from the line: parsing it would lose digits
      const start = line.indexOf('"spec":') + 7;
      const text = verdict.raw ?? (verdict.raw_b64 === undefined ? topLevelValue(line, start) : Buffer.from(verdict.raw_b64, 'base64').toString('utf8'));
      return { ...verdict, text };
    });
}

function topLevelValue(line: string, start: number): string {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < line.length; at++) {
    const char = line[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      if (--depth === 0) return line.slice(start, at + 1);
    }
  }
  return line.slice(start);
}

export interface Scored {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** What is wrong with our answer; undefined where it agrees. */
  readonly miss?: 'reject not seen' | 'called refused, and accepted' | 'trap not seen' | 'error on an accepted spec' | 'warning on a valid spec';
  /** For a reject that is seen: whether an error stands where the document was broken. */
  readonly placed?: boolean;
  readonly detail?: string;
}

const TARGET: Target = { kind: SERVICE, api: '1.49', apiSource: 'default' };

/** Holds a verdict against what we say, of the engine that a target names. */
export function score(verdict: Verdict, target = TARGET): Scored {
  const findings = validate(readFile(verdict.text, 'json'), { target: () => target });
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (verdict.verdict === 'reject') {
    if (verdict.env_dependent) return { verdict, findings };
    if (errors.length === 0) return { verdict, findings, miss: 'reject not seen' };
    const { path } = verdict.tags;
    return { verdict, findings, placed: path === undefined ? undefined : errors.some((finding) => isAt(finding, path)) };
  }
  const refused = errors.filter(({ effect }) => effect === 'refused');
  if (refused.length > 0) return { verdict, findings, miss: 'called refused, and accepted', detail: refused.map(({ rule, path }) => `${rule} ${toPointer(path)}`).join(' ') };
  const traps = trapsOf(verdict);
  const loud = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const unseen = traps.filter((pointer) => !loud.some((finding) => isAt(finding, pointer)));
  if (verdict.trailing && loud.length === 0) unseen.push('(text after the document)');
  if (unseen.length > 0) return { verdict, findings, miss: 'trap not seen', detail: unseen.join(' ') };
  if (traps.length > 0 || verdict.trailing) return { verdict, findings };
  if (errors.length > 0) return { verdict, findings, miss: 'error on an accepted spec', detail: errors.map(({ rule, path }) => `${rule} ${toPointer(path)}`).join(' ') };
  if (verdict.tags.intent === 'valid' && loud.length > 0) return { verdict, findings, miss: 'warning on a valid spec', detail: loud.map(({ rule, path }) => `${rule} ${toPointer(path)}`).join(' ') };
  return { verdict, findings };
}

/** Every place where the engine lost or changed something without a word; below an unknown key only the key counts. */
export function trapsOf({ unknown = [], dropped = [], changed = [], case_folded = [], duplicate_keys = [] }: Verdict): string[] {
  const below = dropped.filter((pointer) => !unknown.some((top) => pointer === top || pointer.startsWith(`${top}/`)));
  return [...unknown, ...below, ...changed, ...case_folded, ...duplicate_keys];
}

/** At the pointer, below it, or at its parent if the message names the key. */
function isAt({ path, message }: Finding, pointer: string): boolean {
  const here = toPointer(path);
  if (here === pointer || here.startsWith(`${pointer}/`)) return true;
  const parent = pointer.slice(0, pointer.lastIndexOf('/'));
  const key = pointer.slice(pointer.lastIndexOf('/') + 1).replaceAll('~1', '/').replaceAll('~0', '~');
  return here === parent && message.includes(key);
}
