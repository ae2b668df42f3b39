import type { Engine, EngineInfo, LiveNetwork, LiveNode, LiveReference, LiveService, LiveVolume } from '../engine/engine';
import { unlessRefused } from '../engine/error';
import type { ApiVersion } from '../facts/types';

/** The swarm around a service, read once for all plans of one run. A list is absent where the engine refuses to tell it. */
export interface Swarm {
  readonly info: EngineInfo;
  readonly id?: string;
  readonly networks: readonly LiveNetwork[];
  readonly secrets?: readonly LiveReference[];
  readonly configs?: readonly LiveReference[];
  readonly services?: readonly LiveService[];
  readonly nodes?: readonly LiveNode[];
  /** Read only for specs that mount a cluster volume. */
  readonly volumes?: readonly LiveVolume[];
}

/**
 * Reads what plans need to know of the swarm. Throws an `EngineError` when the engine is no manager or cannot be reached;
 * a list that it alone refuses, as behind a proxy that guards the socket, is left out.
 */
export async function readSwarm(engine: Engine, api: ApiVersion, info?: EngineInfo): Promise<Swarm> {
  const [known, swarm, networks, secrets, configs, services, nodes] = await Promise.all([
    info ?? engine.ping(),
    unlessRefused(engine.swarm(api)),
    engine.networks(api),
    unlessRefused(engine.secrets(api)),
    unlessRefused(engine.configs(api)),
    unlessRefused(engine.services(api)),
    unlessRefused(engine.nodes(api)),
  ]);
  return { info: known, id: swarm?.id, networks, secrets, configs, services, nodes };
}
