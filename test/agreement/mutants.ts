import { createHash } from 'node:crypto';
import { SERVICE } from '../../server/src/facts/kinds';
import { fieldAt } from '../../server/src/facts/lookup';
import { parseExact } from '../../server/src/document/exact';
import { readVerdicts } from './score';
import { type Mutant, type Slip, SLIPS, TEXT_SLIPS } from './slips';
import { fromText, type Site, sites, toText, type Tree } from './tree';

export interface NamedMutant {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  /** Where the slip is, where that can be told. */
  readonly path?: Mutant['path'];
}

/** A number that is the same for the same text in every run. */
function hash(text: string): number {
  return createHash('md5').update(text).digest().readUInt32BE(0);
}

/** The documents that slips are made in: those that the engine takes and keeps as they are. */
function* soundDocuments(): Generator<{ readonly name: string; readonly tree: Tree }> {
  for (const { id, tags, verdict, text, unknown, dropped, changed, case_folded } of readVerdicts()) {
    if (tags.kind !== 'base' && tags.kind !== 'valid-mix') continue;
    if (verdict !== 'accept' || unknown || dropped || changed || case_folded || parseExact(text) === undefined) continue;
    yield { name: id, tree: fromText(text) };
  }
}

/** Replica counts that would make the manager create many tasks are not sent. */
export function isHarmless(text: string): boolean {
  return [...text.matchAll(/"\s*(?:Replicas|MaxConcurrent|TotalCompletions)[^"]*"\s*:\s*"?(\d+)/gi)].every(([, count]) => Number(count) <= 250);
}

/**
 * Slips of every kind at every field of the recorded documents, the same in every run: for each kind and field,
 * `each` of the documents that have the field. `share` takes one in so many of all these.
 */
export function* mutants({ each, share = 1, kinds = () => true }: { each: number; share?: number; kinds?: (kind: string) => boolean }): Generator<NamedMutant> {
  const byField = new Map<string, { name: string; tree: Tree; site: Site }[]>();
  for (const { name, tree } of soundDocuments()) {
    for (const site of sites(tree)) {
      const at = site.path.map((step, i) => (typeof step === 'number' || fieldAt(SERVICE.root, site.path.slice(0, i))?.type.kind === 'map' ? '*' : step)).join('/');
      byField.set(at, [...(byField.get(at) ?? []), { name, tree, site }]);
    }
  }
  for (const slip of SLIPS) {
    if (!kinds(slip.kind)) continue;
    for (const [at, places] of byField) yield* mutantsAt(slip, at, places, each, share);
  }
  const texts = [...soundDocuments()].map(({ name, tree }) => ({ name, text: toText(tree) }));
  for (const slip of TEXT_SLIPS) {
    if (!kinds(slip.kind)) continue;
    const count = Math.max(1, Math.round((TEXTS * each) / share));
    for (let i = 0; i < count; i++) {
      const chance = hash(`${slip.kind} ${i}`);
      const { name, text } = texts[chance % texts.length];
      const made = slip.make(text, (chance >>> 8) / 2 ** 24);
      if (made !== undefined && made !== text && isHarmless(made)) yield { text: made, kind: slip.kind, id: `${slip.kind}:${i} in ${name}` };
    }
  }
}

/** How many documents a slip of the text is made in, for each time that a slip of a field is made at each field. */
const TEXTS = 12;

function* mutantsAt(slip: Slip, at: string, places: readonly { name: string; tree: Tree; site: Site }[], each: number, share: number): Generator<NamedMutant> {
  const start = hash(`${slip.kind} ${at}`);
  if (share > 1 && start % share !== 0) return;
  const seen = new Set<string>();
  for (let i = 0; i < places.length && seen.size < each; i++) {
    const { name, tree, site } = places[(start + i) % places.length];
    const mutant = slip.make(tree, site, fieldAt(SERVICE.root, site.path));
    if (!mutant || seen.has(mutant.text) || !isHarmless(mutant.text)) continue;
    seen.add(mutant.text);
    yield { ...mutant, kind: slip.kind, id: `${slip.kind}:/${at} in ${name}` };
  }
}
