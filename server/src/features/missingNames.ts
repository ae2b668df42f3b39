import { isObject, type SpecValue } from '../document/value';
import type { ServiceSpec } from '../facts/serviceSpec';
import type { Problem } from '../finding';
import { LIVE_RULES } from '../rules/all';
import type { Live } from '../rules/liveRule';
import { liveProblems } from '../rules/run';
import { checkFacts } from '../schema/check';
import { normalise } from '../schema/normalise';
import type { Target } from '../target';
import type { SwarmNames } from './swarmNames';

/** The rules of plans that look at names only. All others need the service that is about to be changed. */
const ABOUT_NAMES = LIVE_RULES.filter(({ id }) => ['network-not-found', 'network-not-swarm-scoped', 'reference-not-found', 'no-node-matches'].includes(id));

/**
 * Names in a spec that the connected swarm does not have. Warnings, whatever the engine would do: the file may be meant for
 * another swarm, or for this one after something has been created. Silent about lists that could not be read.
 */
export function missingNames(value: SpecValue, target: Target, { networks, secrets, configs, nodes }: SwarmNames): Problem[] {
  const { kind, as } = target;
  if (as || !isObject(value)) return [];
  const { accepted } = checkFacts(value, kind.root, target);
  if (!isObject(accepted)) return [];
  const spec = normalise(accepted, kind.root) as ServiceSpec;
  const live: Live = { engineVersion: '', experimental: false, networks, secrets, configs, nodes };
  return liveProblems(spec, live, target, ABOUT_NAMES, 'warning');
}
