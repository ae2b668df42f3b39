import { type Page, writePage } from '../support/page';
import { features } from './features';
import { loop } from './loops';
import { memory } from './memory';
import { opening } from './opening';
import { installPeers } from './peers';
import { startUp } from './startUp';
import { throughput } from './throughput';
import { typing } from './typing';

const PERFORMANCE: Page = {
  file: 'docs/performance.md',
  title: 'Performance',
  intro: (commit) => `Written by \`npm run bench\`, at ${commit} or later; do not edit. Each promise stands beside what was measured; peers ran in the same minutes, turn by turn, on the same machine, which other work shares. CPU time and ratios are steadier
than wall time. \`npm run bench -- typing\` runs one part.`,
  sections: { typing, opening, features, start: startUp, throughput, memory },
};

async function main(names: readonly string[]): Promise<void> {
  installPeers();
  await writePage(PERFORMANCE, names);
}

const [first, ...rest] = process.argv.slice(2);
if (first === 'loop') loop(rest[0], rest[1]);
else
  main(first === undefined ? [] : [first, ...rest]).then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
