import { type Path, toDotted } from '../path';
import type { Resolution } from './resolve';
import type { RestartForecast, RestartReason } from './restart';

/** Which tasks restart and why, in sentences; the first says whether any does. */
export function describeRestarts(forecast: RestartForecast | undefined): string {
  if (!forecast) return 'Nobody knows which tasks restart: the engine does not tell the tasks of the service.';
  const { restart, start, stop, keep, job, reasons } = forecast;
  if (job) return `The job runs again from the beginning: ${tasks(start, 'starts', 'start')}${stop > 0 ? `, and ${tasks(stop, 'that runs now is stopped', 'that run now are stopped')}` : ''}.`;
  const parts = [
    restart > 0 ? `${tasks(restart, 'restarts', 'restart')}, ${whyOf(reasons, restart)}` : keep + stop > 0 ? 'No task restarts' : start > 0 ? undefined : 'No task runs, and none starts',
    start > 0 ? `${tasks(start, 'starts', 'start')}${restart === 0 && reasons.length > 0 ? `, ${whyOf(reasons, start)}` : ''}` : undefined,
    stop > 0 ? tasks(stop, 'stops', 'stop') : undefined,
  ];
  return `${parts.filter((part) => part !== undefined).join('. ')}.`;
}

function whyOf(reasons: readonly RestartReason[], count: number): string {
  const [their, them] = count === 1 ? ['its', 'it'] : ['their', 'them'];
  const of = (kind: RestartReason['kind']) => reasons.filter((reason) => reason.kind === kind).map(({ at }) => at);
  const [changed, same, evicted, outdated] = [of('changed'), of('same-meaning'), of('evicted'), of('outdated')];
  const parts = [
    changed.length > 0 ? `because of ${list(changed)}` : undefined,
    evicted.length > 0 ? `because ${their} node does not satisfy the new constraints` : undefined,
    outdated.length > 0 ? `because an earlier update has left ${them} behind` : undefined,
    same.length > 0 && changed.length === 0 ? `only because ${list(same)} ${same.length === 1 ? 'is' : 'are'} written in another way, which means the same` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', and ') || `because ${count === 1 ? 'it is' : 'they are'} in the middle of a replacement`;
}

/** Up to three places by name, the rest by number. */
function list(paths: readonly Path[]): string {
  const named = paths.slice(0, 3).map((path) => `\`${toDotted(path)}\``).join(', ');
  return paths.length > 3 ? `${named} and ${paths.length - 3} more` : named;
}

/** `1 task restarts`, `3 tasks restart`. */
export function tasks(count: number, one: string, many: string): string {
  return `${count} task${count === 1 ? '' : 's'} ${count === 1 ? one : many}`;
}

/** The ids that stand for names in the body, each once: `network frontend is 5mx…`. */
export function describeNames(resolved: readonly Resolution[]): string {
  return [...new Set(resolved.map(({ what, name, id }) => `${what} \`${name}\` is \`${id}\``))].join(', ');
}
