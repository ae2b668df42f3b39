import { fieldAt } from '../facts/lookup';
import type { Problem } from '../finding';
import type { Path } from '../path';
import type { Rule, RuleProblem } from '../rules/rule';
import type { Target } from '../target';

/**
 * What the facts have said of a spec, by its places. Rules see a spec without the values that the engine refuses, so they may
 * take for left out what is there and wrong, which has been said; a fix of theirs would write over what somebody meant.
 */
export class Faults {
  private readonly places = new Set<string>();
  private readonly refused = new Set<string>();
  /** The objects in which a value is refused. */
  private readonly refusedIn = new Set<string>();
  /** The objects in which a key is at fault that nobody knows. */
  private readonly unknownIn = new Set<string>();
  /** Where something is that a fix would move, and all that is around that place. */
  private readonly movedTo = new Set<string>();
  /** Where the engine makes another word of what is written. */
  private readonly replaced = new Set<string>();

  constructor(faults: readonly Problem[], { kind: { root }, as = [] }: Target) {
    for (const { rule, at, effect, part, fix } of faults) {
      const holder = nameOf(at.slice(0, -1));
      this.places.add(nameOf(at));
      if (rule === 'unknown-value' && effect === 'changed') this.replaced.add(nameOf(at));
      if (effect === 'refused' && part !== 'key') {
        this.refused.add(nameOf(at));
        if (at.length > 0) this.refusedIn.add(holder);
      }
      if (at.length > 0 && fieldAt(root, [...as, ...at]) === undefined) this.unknownIn.add(holder);
      for (const edit of fix?.edits ?? []) if (edit.kind === 'move') for (let i = 1; i <= edit.to.length; i++) this.movedTo.add(nameOf(edit.to.slice(0, i)));
    }
  }

  /** Whether what a rule says comes of what has been said. */
  accountFor({ at, fix, lacks, computesWith = [] }: RuleProblem, { decidedBy }: Rule): boolean {
    if (decidedBy !== undefined) for (let i = 0; i <= at.length; i++) if (this.refused.has(nameOf([...at.slice(0, i), decidedBy]))) return true;
    if (computesWith.some((path) => this.isRefused(path))) return true;
    if (lacks !== undefined) return this.mayBe([...at, lacks]);
    return this.refusedIn.has(nameOf(at)) || fix?.edits.some((edit) => edit.kind === 'set' && this.refused.has(nameOf(edit.at))) === true;
  }

  /** Where what a rule says is told: at the word that is none, where it comes of one. */
  placeOf({ at, goesBy = [] }: RuleProblem): Path {
    return goesBy.find((path) => this.replaced.has(nameOf(path))) ?? at;
  }

  /** Whether a value is refused, or what it stands in. */
  private isRefused(path: Path): boolean {
    return path.some((_, i) => this.refused.has(nameOf(path.slice(0, i + 1))));
  }

  /** Whether something at fault may be what is missing at a path: it stands there, beside it under a key that nobody knows, or elsewhere and belongs there. */
  private mayBe(missing: Path): boolean {
    return this.places.has(nameOf(missing)) || this.unknownIn.has(nameOf(missing.slice(0, -1))) || this.movedTo.has(nameOf(missing));
  }
}

/** A path in no letter case: facts have the spelling of the text, rules that of the engine. */
function nameOf(path: Path): string {
  return path.join('\n').toLowerCase();
}
