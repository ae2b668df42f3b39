import type { ServiceSpec } from '../facts/serviceSpec';
import { RULES } from './all';
import type { Target } from '../target';
import type { Rule } from './rule';
import { runRules } from './run';

/** So many specs are looked at by all rules before it is worth to learn what each needs. */
const LEARN_AFTER = 24;
/** Targets and shapes of specs that are remembered, at most. */
const MOST = 256;

const learned = new Map<string, { seen: number; gates?: Gates }>();

/**
 * The rules that may have something to say of a spec. A rule sees nothing but the spec and the target, so one that has
 * looked for a few parts of a spec, found none of them and had nothing to say, has nothing to say of any spec without these
 * parts. What each looks for is learned by watching it, once for each target.
 */
export function rulesWorthRunning(spec: ServiceSpec, target: Target): readonly Rule[] {
  const { api, engine, as } = target;
  if (as || !spec.TaskTemplate?.ContainerSpec) return RULES;
  const key = `${api} ${engine ?? ''}`;
  let known = learned.get(key);
  if (!known) {
    if (learned.size >= MOST) return RULES;
    learned.set(key, (known = { seen: 0 }));
  }
  if (known.seen++ < LEARN_AFTER) return RULES;
  known.gates ??= new Gates(target);
  return known.gates.open(spec);
}

/** A member of one of the objects that nearly every spec has: the spec itself, its task template and the container in it. */
interface Part {
  readonly depth: 0 | 1 | 2;
  readonly name: string;
}

class Gates {
  /** All parts that some rule needs. */
  private readonly parts: readonly Part[];
  /** For each rule, the parts that it needs one of, by their place in `parts`; undefined where that cannot be told. */
  private readonly needs: readonly (readonly number[] | undefined)[];
  private readonly byShape = new Map<string, readonly Rule[]>();

  constructor(target: Target) {
    const parts: Part[] = [];
    const indexOf = (part: Part) => {
      const at = parts.findIndex(({ depth, name }) => depth === part.depth && name === part.name);
      return at < 0 ? parts.push(part) - 1 : at;
    };
    this.needs = RULES.map((rule) => partsLookedFor(rule, target)?.map(indexOf));
    this.parts = parts;
  }

  open(spec: ServiceSpec): readonly Rule[] {
    const objects = [spec, spec.TaskTemplate, spec.TaskTemplate?.ContainerSpec] as unknown as readonly Readonly<Record<string, unknown>>[];
    let shape = '';
    for (const { depth, name } of this.parts) shape += objects[depth][name] === undefined ? '-' : '+';
    let rules = this.byShape.get(shape);
    if (!rules) {
      rules = RULES.filter((_, i) => this.needs[i]?.some((part) => shape[part] === '+') ?? true);
      if (this.byShape.size < MOST) this.byShape.set(shape, rules);
    }
    return rules;
  }
}

/** The parts that a rule looks for in a spec that has none; undefined where it has something to say of that, or looks at it in another way than by name. */
function partsLookedFor(rule: Rule, target: Target): readonly Part[] | undefined {
  const parts: Part[] = [];
  let byNameOnly = true;
  const other = () => {
    byNameOnly = false;
    return undefined;
  };
  const watched = (depth: Part['depth'], inner: string, object?: object): object =>
    new Proxy({}, {
      get: (_, name) => {
        if (name === inner) return object;
        if (typeof name === 'string') parts.push({ depth, name });
        else other();
        return undefined;
      },
      has: () => other() ?? false,
      ownKeys: () => other() ?? [],
      getOwnPropertyDescriptor: other,
      getPrototypeOf: () => other() ?? null,
    });
  const bare = watched(0, 'TaskTemplate', watched(1, 'ContainerSpec', watched(2, '')));
  const said = runRules([rule], target, ({ check }, context) => check(bare as ServiceSpec, context));
  return said.length > 0 || !byNameOnly ? undefined : parts;
}
