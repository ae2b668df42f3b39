import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../server/src/tools/root';
import { readVerdicts, type Scored, score, trapsOf } from './score';

/** The share as a percentage with one digit; a hundred only where nothing is missing. */
function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const value = (100 * part) / whole;
  return `${(part < whole ? Math.min(value, 99.9) : value).toFixed(1)} %`;
}

export interface Figures {
  readonly rejects: number;
  readonly rejectsSeen: number;
  readonly placedOf: number;
  readonly placed: number;
  readonly traps: number;
  readonly trapsSeen: number;
  readonly clean: number;
  readonly falseErrors: number;
  readonly valid: number;
  readonly validWithError: number;
  readonly validWithWarning: number;
}

export function figures(scored: readonly Scored[]): Figures {
  const of = (test: (one: Scored) => boolean) => scored.filter(test).length;
  const isReject = ({ verdict }: Scored) => verdict.verdict === 'reject' && !verdict.env_dependent;
  const isTrap = ({ verdict }: Scored) => verdict.verdict === 'accept' && (trapsOf(verdict).length > 0 || Boolean(verdict.trailing));
  const isClean = (one: Scored) => one.verdict.verdict === 'accept' && !isTrap(one);
  const isFalseError = ({ miss }: Scored) => miss === 'error on an accepted spec' || miss === 'called refused, and accepted';
  const isValid = (one: Scored) => isClean(one) && one.verdict.tags.intent === 'valid';
  return {
    rejects: of(isReject),
    rejectsSeen: of((one) => isReject(one) && one.miss === undefined),
    placedOf: of((one) => isReject(one) && one.placed !== undefined),
    placed: of((one) => isReject(one) && one.placed === true),
    traps: of(isTrap),
    trapsSeen: of((one) => isTrap(one) && one.miss === undefined),
    clean: of(isClean),
    falseErrors: of((one) => isClean(one) && isFalseError(one)),
    valid: of(isValid),
    validWithError: of((one) => isValid(one) && isFalseError(one)),
    validWithWarning: of((one) => one.miss === 'warning on a valid spec'),
  };
}

function report(scored: readonly Scored[]): string {
  const f = figures(scored);
  const kinds = new Map<string, Scored[]>();
  for (const one of scored) kinds.set(one.verdict.tags.kind, [...(kinds.get(one.verdict.tags.kind) ?? []), one]);
  const rows = [...kinds].sort(([a], [b]) => a.localeCompare(b)).map(([kind, group]) => {
    const k = figures(group);
    return `| ${kind} | ${group.length} | ${k.rejects ? `${k.rejectsSeen}/${k.rejects}` : ''} | ${k.placedOf ? `${k.placed}/${k.placedOf}` : ''} | ${k.traps ? `${k.trapsSeen}/${k.traps}` : ''} | ${k.falseErrors || ''} | ${k.validWithWarning || ''} |`;
  });
  const misses = scored.filter(({ miss }) => miss).map(({ verdict, miss, detail }) => `- \`${verdict.id}\`: ${miss}${detail ? ` (${detail})` : ''}${verdict.message ? `; engine: ${verdict.message.slice(0, 100)}` : ''}`);
  return `# Agreement with the engine

Written by \`npm run agreement\`; do not edit.

Each of the ${scored.length} documents in \`test/data/engine-verdicts.jsonl\` was posted to a real Docker Engine 28.5.2 (API v1.49) and read back.
This page compares what the engine did with what swarmspec says, offline, at the default target.

| what | cases | agreed | |
|---|---|---|---|
| the engine refuses, we show an error | ${f.rejects} | ${f.rejectsSeen} | **${percent(f.rejectsSeen, f.rejects)}** |
| … and the error stands where the document is broken | ${f.placedOf} | ${f.placed} | **${percent(f.placed, f.placedOf)}** |
| the engine loses or changes something silently, we say so at each place | ${f.traps} | ${f.trapsSeen} | **${percent(f.trapsSeen, f.traps)}** |
| the engine accepts and keeps everything, we show no error | ${f.clean} | ${f.clean - f.falseErrors} | **${percent(f.clean - f.falseErrors, f.clean)}** |
| … of these marked valid: without an error | ${f.valid} | ${f.valid - f.validWithError} | **${percent(f.valid - f.validWithError, f.valid)}** |
| … of these marked valid: without a warning | ${f.valid} | ${f.valid - f.validWithError - f.validWithWarning} | **${percent(f.valid - f.validWithError - f.validWithWarning, f.valid)}** |

For comparison, a plain JSON Schema validator on the same cases: 70 % of the refusals, 86 % of the traps, errors on 11 % of the valid specs.

## By kind of document

| kind | cases | refusals seen | at their place | traps seen | false errors | warnings on valid |
|---|---|---|---|---|---|---|
${rows.join('\n')}

## Where we disagree

${misses.length === 0 ? 'Nowhere.' : misses.join('\n')}
`;
}

if (require.main === module) {
  const scored = readVerdicts().map((verdict) => score(verdict));
  writeFileSync(join(ROOT, 'docs/agreement.md'), report(scored));
  console.log(figures(scored));
}
