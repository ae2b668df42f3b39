import type { SpecObject } from '../document/value';
import type { LiveService, LiveTask } from '../engine/engine';
import type { ApiVersion } from '../facts/types';
import { type Change, diff } from './diff';
import { toSent } from './plan';
import { comparable, type Names, resolveNames } from './resolve';

/** How the live service differs from a spec, up to spelling; nothing is asked and nothing is planned. */
export function differences(spec: SpecObject, live: LiveService, names: Names, api: ApiVersion): readonly Change[] {
  const { spec: sent } = resolveNames(toSent(spec), names);
  return diff(comparable(live.spec, names.networks), comparable(sent, names.networks, api));
}

/** Tasks of a service in numbers, as `docker service ls` counts them. */
export interface TaskCount {
  readonly running: number;
  readonly wanted: number;
}

/** A service that is not replicated wants as many tasks as the manager has decided on: one on each node, or those that a job has left. */
export function countTasks({ spec }: LiveService, tasks: readonly LiveTask[]): TaskCount {
  const live = tasks.filter(({ desiredState }) => desiredState === 'running');
  const replicas = replicasOf(spec);
  return { running: live.filter(({ state }) => state === 'running').length, wanted: replicas ?? live.length };
}

/** The replicas of a replicated service; undefined for every other mode. */
function replicasOf({ Mode }: SpecObject): number | undefined {
  const replicated = (Mode as { Replicated?: { Replicas?: number } } | undefined)?.Replicated;
  return replicated ? Number(replicated.Replicas ?? 0) : undefined;
}
