import { connect } from '../engine/client';
import type { Engine, EngineInfo } from '../engine/engine';
import { resolveHost, type ResolvedHost } from '../engine/resolve';
import { type Arguments, type OptionRow, type Terminal, TroubleError, UsageError } from './command';

/** The options of every command that talks to an engine. */
export const ENGINE_OPTIONS: readonly OptionRow[] = [
  { name: 'host', short: 'H', value: 'ADDRESS', doc: 'Address of the engine; else `DOCKER_HOST`, else that of the docker context.', example: '--host ssh://me@manager.example' },
  { name: 'context', short: 'c', value: 'NAME', doc: 'Docker context to use; else `DOCKER_CONTEXT`, else the current one.', example: '--context prod' },
  { name: 'allow-plain-tcp', doc: 'Talk plain TCP to another machine, unencrypted and to whoever answers.', example: '--host tcp://10.0.0.5:2375 --allow-plain-tcp' },
  { name: 'api', value: 'V', doc: 'API version of the request; else that of the modeline or the engine.', example: '--api 1.44' },
];

export interface OpenEngine {
  readonly engine: Engine;
  readonly info: EngineInfo;
  readonly host: ResolvedHost;
}

/** The engine that the options and the environment name. Throws a `TroubleError` or `EngineError` when it cannot be reached. */
export async function openEngine(values: Arguments['values'], terminal: Terminal): Promise<OpenEngine> {
  const host = hostOf(values, terminal);
  const engine = connect(host);
  return { engine, info: await engine.ping(), host };
}

/** Where that engine is; nothing is sent. */
export function hostOf(values: Arguments['values'], { env }: Terminal): ResolvedHost {
  const { host: address, context } = values as { host?: string; context?: string };
  if (address && context) throw new UsageError('`--host` and `--context` each name an engine. Give one of them.');
  const host = resolveHost(env, { host: address, context, allowPlainTcp: values['allow-plain-tcp'] === true });
  if (host.kind === 'problem') throw new TroubleError(host.message);
  return host;
}
