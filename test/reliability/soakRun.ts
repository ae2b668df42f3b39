import { parseArgs } from 'node:util';
import { startEngine } from '../support/engine';
import { type Lap, soak } from './soak';
import { complaintsOf, coursesOf } from './soakVerdict';

const USAGE = `npm run soak -- [--minutes 60] [--users 4] [--seed 1] [--preload FILE]
FILE is a module that runs before the server, such as one that leaks: this has to fail then.`;

/** `npm run soak`: tells each lap, then what came out, and fails where something has grown or was not so. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' }, users: { type: 'string', default: '4' }, seed: { type: 'string', default: '1' }, preload: { type: 'string', multiple: true }, help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  const engine = await startEngine({ generation: '28' });
  if (!engine) throw new Error('There is no engine 28 here. Run `test/support/engines.sh` as root.');
  try {
    const { laps, ...soaked } = await soak(engine, { minutes: Number(values.minutes), users: Number(values.users), seed: Number(values.seed), preload: values.preload, onLap: tell });
    console.log(JSON.stringify(soaked, null, 1));
    console.table(coursesOf(laps));
    const complaints = [...complaintsOf({ laps, ...soaked })];
    for (const complaint of complaints) console.error(complaint);
    if (complaints.length > 0) process.exitCode = 1;
  } finally {
    await engine.stop();
  }
}

function tell({ cycles, heapMb, rssMb, handles, files, sockets }: Lap, soFar: string): void {
  console.log(`${cycles} cycles: heap ${heapMb.toFixed(2)} MB, resident ${rssMb.toFixed(1)} MB, ${handles} handles, ${files} files, ${sockets} sockets; ${soFar}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
