import { connect } from '../engine/client';
import type { Engine, EngineInfo } from '../engine/engine';
import { resolveHost } from '../engine/host';
import { type Arguments, type OptionRow, type Terminal, TroubleError } from './command';

/** The options of every command that talks to an engine. */
export const ENGINE_OPTIONS: readonly OptionRow[] = [
  { name: 'host', short: 'H', value: 'ADDRESS', doc: 'Address of the engine; else `DOCKER_HOST`, else the local socket.', example: '--host tcp://10.0.0.5:2375' },
  { name: 'api', value: 'V', doc: 'API version of the request; else that of the modeline or the engine.', example: '--api 1.44' },
];

/** The engine that the options and the environment name. Throws a `TroubleError` or `EngineError` when it cannot be reached. */
export async function openEngine(values: Arguments['values'], { env }: Terminal): Promise<{ engine: Engine; info: EngineInfo }> {
  const host = resolveHost(env, values.host as string | undefined);
  if (host.kind === 'problem') throw new TroubleError(host.message);
  const engine = connect(host);
  return { engine, info: await engine.ping() };
}
