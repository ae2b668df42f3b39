import * as assert from 'node:assert/strict';
import { type Lap, soak } from '../reliability/soak';
import { complaintsOf, cyclesBetween } from '../reliability/soakVerdict';
import { liveSuite } from '../support/engine';

/** `npm run soak` takes an hour. */
const MINUTES = Number(process.env.SWARMSPEC_SOAK_MINUTES ?? 4);

liveSuite('the server over a long time', '28', (engine) => {
  it(`opens, edits, plans, applies and closes for ${MINUTES} min with faults: what it says is so, and it holds no more at the end`, async () => {
    const soaked = await soak(engine(), { minutes: MINUTES });
    const { laps, cycles, faults, endings, slowestSeconds } = soaked;
    console.log(`      ${cycles} cycles in ${soaked.minutes.toFixed(1)} min, ${Object.values(faults).reduce((sum, times) => sum + times, 0)} faults, nobody waited longer than ${slowestSeconds.toFixed(0)} s; ${Object.entries(endings).map(([ending, times]) => `${ending} ${times}`).join(', ')}`);
    console.log(`      heap at rest: ${laps.map(({ heapMb }) => heapMb.toFixed(1)).join(', ')} MB`);
    assert.deepEqual([...complaintsOf(soaked)], []);
  }).timeout(MINUTES * 60_000 + 1_200_000);
});

describe('what a soak complains about', () => {
  const endings = { 'plan: planned': 1, 'apply: applied': 1, 'rollback: applied': 1 };
  /** Twelve laps that move as a server does by itself, and grow by this each cycle. */
  const laps = (leak: Partial<Record<keyof Lap, number>>): Lap[] =>
    Array.from({ length: 12 }, (_, i) => {
      const cycles = 40 * (i + 1);
      const up = 0.5 * Math.sin(i * 2.4);
      return { cycles, heapMb: 15 + up + cycles * (leak.heapMb ?? 0), rssMb: 85 + 30 * up + cycles * (leak.rssMb ?? 0), handles: 4 + cycles * (leak.handles ?? 0), files: 19 + cycles * (leak.files ?? 0), sockets: 3 + (i % 2) + cycles * (leak.sockets ?? 0) };
    });
  const complaints = (leak: Partial<Record<keyof Lap, number>>, more: object = {}) => [...complaintsOf({ laps: laps(leak), lies: [], endings, ...more })];

  it('is nothing where all moves as it does by itself', () => assert.deepEqual(complaints({}), []));
  it('is 10 kB of heap a cycle', () => assert.match(complaints({ heapMb: 0.01 }).join(), /^heap after a collection, MB: [\d.]+ early, [\d.]+ late, and it may grow by 1\.5$/));
  it('is a socket in ten cycles, which is an open file and a handle too', () => assert.equal(complaints({ sockets: 0.1, files: 0.1, handles: 0.1 }).length, 3));
  it('is half a megabyte outside of the heap a cycle', () => assert.match(complaints({ rssMb: 0.5 }).join(), /^resident memory/));
  it('is an apply that was not so', () => assert.deepEqual(complaints({}, { lies: ['said applied, and was not'] }), ['said applied, and was not']));
  it('is a run in which nothing was ever applied', () => assert.deepEqual(complaints({}, { endings: { ...endings, 'apply: applied': 0 } }), ['never was there an ending `apply: applied`']));
  it('is a run too short to tell', () => {
    assert.ok(cyclesBetween(laps({})) >= 200);
    assert.match([...complaintsOf({ laps: laps({}).slice(0, 6), lies: [], endings })].join(), /^too little to tell: 6 laps, with \d+ cycles between/);
  });
});
