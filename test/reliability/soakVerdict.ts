import type { Lap, Soaked } from './soak';
import type { Held } from './soakServer';

/** One figure at rest: its median early and late, and by how much it may have grown in between. */
export interface Course {
  readonly figure: keyof Held;
  readonly name: string;
  readonly early: number;
  readonly late: number;
  readonly most: number;
}

/**
 * How much each figure may grow, whatever the length of the run. What one cycle leaves behind adds up: one socket a cycle is found
 * after three cycles, 10 kB a cycle after 150. The heap at rest moves by half a megabyte by itself.
 */
export const MOST: Readonly<Record<keyof Held, { readonly name: string; readonly most: number }>> = {
  heapMb: { name: 'heap after a collection, MB', most: 1.5 },
  rssMb: { name: 'resident memory, MB', most: 60 },
  handles: { name: 'handles of the event loop', most: 2 },
  files: { name: 'open files', most: 2 },
  sockets: { name: 'sockets', most: 2 },
};

/** In how many cycles between the early and the late laps a leak has to show itself. */
export const LEAST_BETWEEN = 200;

/** Early and late: after a quarter of the laps, in which caches fill, the first and the last third of the rest. */
function windows<T>(laps: readonly T[]): readonly [readonly T[], readonly T[]] {
  const warm = laps.slice(Math.floor(laps.length / 4));
  const third = Math.max(1, Math.floor(warm.length / 3));
  return [warm.slice(0, third), warm.slice(-third)];
}

export function coursesOf(laps: readonly Lap[]): Course[] {
  const [early, late] = windows(laps);
  return (Object.keys(MOST) as (keyof Held)[]).map((figure) => ({ figure, name: MOST[figure].name, early: median(early.map((lap) => lap[figure])), late: median(late.map((lap) => lap[figure])), most: MOST[figure].most }));
}

/** How many cycles lie between the early and the late laps; none where there are too few laps to tell them apart. */
export function cyclesBetween(laps: readonly Lap[]): number {
  if (laps.length < 4) return 0;
  const [early, late] = windows(laps);
  return median(late.map(({ cycles }) => cycles)) - median(early.map(({ cycles }) => cycles));
}

/** What is wrong with a soak, in sentences; nothing where all is flat and what was said is true. */
export function* complaintsOf({ laps, lies, endings }: Pick<Soaked, 'laps' | 'lies' | 'endings'>): Generator<string> {
  yield* lies;
  if (cyclesBetween(laps) < LEAST_BETWEEN) yield `too little to tell: ${laps.length} laps, with ${cyclesBetween(laps)} cycles between the early and the late ones`;
  else for (const { name, early, late, most } of coursesOf(laps)) if (late - early > most) yield `${name}: ${early.toFixed(1)} early, ${late.toFixed(1)} late, and it may grow by ${most}`;
  for (const ending of ['plan: planned', 'apply: applied', 'rollback: applied']) if (!endings[ending]) yield `never was there an ending \`${ending}\``;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
