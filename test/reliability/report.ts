import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEADLINE_MS, STEADY_MS } from '../../server/src/apply/settle';
import { MAX_LENGTH } from '../../server/src/document/document';
import { MAX_DEPTH } from '../../server/src/document/json';
import { MAX_EXPANDED } from '../../server/src/document/yaml';
import { CALL_LIMITS } from '../../server/src/engine/client';
import { MOST_BODY, MOST_HEADER } from '../../server/src/lsp/frames';
import { ROOT } from '../../server/src/tools/root';
import { BILL_FILE } from '../../server/src/tools/supplyChain';
import { KINDS } from '../fuzz/kinds';
import { FEATURES } from '../fuzz/survive';
import { startEngine } from '../support/engine';
import { type Page, writePage } from '../support/page';
import { measureGrowth, MOST_EXPONENT } from './growth';
import { soak } from './soak';
import { SHARE } from './soakFaults';
import { complaintsOf, coursesOf, cyclesBetween } from './soakVerdict';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'fuzz-seconds': { type: 'string', default: '300' }, 'soak-minutes': { type: 'string', default: '10' } } });

const RELIABILITY: Page = {
  file: 'docs/reliability.md',
  title: 'Reliability',
  intro: (commit) => `Written by \`npm run reliability\`, at ${commit} or later; do not edit. The machine was shared with other work, so times are rough; counts and exponents are steadier. \`npm run reliability -- soak --soak-minutes 60\` does one part
anew; the parts are \`fuzz\`, \`texts\`, \`limits\`, \`growth\`, \`soak\` and \`shipped\`.`,
  sections: { fuzz, texts, limits, growth, soak: overTime, shipped },
};

/** What did not hold; the script fails with it, and the page says it too. */
const complaints: string[] = [];

async function fuzz(): Promise<string> {
  const { code, out } = await run([join(ROOT, 'out/test/fuzz/long.js'), '--seconds', values['fuzz-seconds']]);
  if (code !== 0) complaints.push(`fuzzing has found something: ${out}`);
  return `## Any text

\`npm run fuzz -- --seconds N [--seed S]\` makes texts (${Object.keys(KINDS).join('; ')}), each as JSON and as YAML, and asks everything of each: findings, ${Object.keys(FEATURES).join(', ')}. Every place lies inside of the text, nothing is left on
\`Object.prototype\`, what was laid out stays as it is when laid out again, and the CPU time of a question has a budget by the length of the text. It stops at the first failure with the smallest text that still fails. A fixed budget of the
same runs with every \`npm test\`.

The last run: ${code === 0 ? out.trim().replaceAll('\n', '; ') : '**a failure**'}.`;
}

interface Tests {
  readonly stats: { readonly passes: number; readonly failures: number; readonly pending: number };
  readonly tests: readonly { readonly title: string; readonly fullTitle: string; readonly err: object }[];
}

async function texts(): Promise<string> {
  const official = await mocha('fuzz/suites');
  const [yaml, json] = ['YAML test suite', 'JSON parsing suite'].map((name) => new RegExp(`${name}: .*`).exec(official.said)?.[0] ?? `${name}: **not told**`);
  const named = await mocha('fuzz/limits');
  const isolated = await mocha('isolation');
  const robust = await mocha('lspRobust');
  return `## Named texts

${yaml}. ${json}.

**What brings other tools down** (${counted(named)}): ${titles(named)}.

**A document reaches nothing** (${counted(isolated)}; every connection, look-up, process and file is recorded): ${titles(isolated)}.

**The server and its client** (${counted(robust)}; the shipped server, in bytes): ${titles(robust)}.`;
}

function limits(): string {
  const mebibytes = (bytes: number) => `${bytes / 1024 ** 2} MiB`;
  return `## Limits

Beyond these something is refused, and the finding or message names the limit.

| limit | | beyond it |
| --- | --- | --- |
| length of a document | ${mebibytes(MAX_LENGTH)} | it is not read; the other documents of the file are |
| nesting | ${MAX_DEPTH} levels | it is not read any further |
| values of a document, aliases expanded | ${MAX_EXPANDED.toLocaleString('en')} | it is not read |
| silence of the engine in one request | ${CALL_LIMITS.timeoutMs / 1000} s | the request has failed, or its ending is read |
| one request to the engine in all | ${CALL_LIMITS.deadlineMs / 1000} s | the same |
| an answer of the engine | ${mebibytes(CALL_LIMITS.maxBytes)} | it is not read to its end |
| an update without an answer: the service unchanged for | ${STEADY_MS / 1000} s | it counts as not taken |
| the reading of what has become of it | ${DEADLINE_MS / 1000} s | nobody knows, and that is said |
| header of a message of the editor | ${MOST_HEADER} bytes | the server says so and ends |
| body of a message of the editor | ${mebibytes(MOST_BODY)} | the same |`;
}

function growth(): string {
  const all = measureGrowth();
  for (const { shape, what, exponent } of all) if (exponent > MOST_EXPONENT) complaints.push(`${shape}, ${what}: exponent ${exponent.toFixed(2)}`);
  return `## Time by size

CPU of reading and asking from scratch, for a document and for one four times as large (\`npm run growth\`). An exponent of 1 is time in proportion to the size, 2 would be quadratic; above ${MOST_EXPONENT} in each of several tries the script fails. Garbage is hardly ever collected meanwhile. Below 1, a fixed cost or a
limit on how much is reported still counts.

| shape | question | small | four times as large | exponent |
| --- | --- | --- | --- | --- |
${all.map(({ shape, what, smallMs, largeMs, exponent }) => `| ${shape} | ${what} | ${smallMs.toFixed(1)} ms | ${largeMs.toFixed(1)} ms | ${exponent > MOST_EXPONENT ? `**${exponent.toFixed(2)}**` : exponent.toFixed(2)} |`).join('\n')}`;
}

async function overTime(): Promise<string> {
  const engine = await startEngine({ generation: '28' });
  const told = '\`npm run soak -- --minutes 60\` runs for an hour, `npm test` for four minutes.';
  if (!engine) return `## Over a long time\n\nNo engine could be started here, so this was not measured. ${told}`;
  try {
    const soaked = await soak(engine, { minutes: Number(values['soak-minutes']), onLap: ({ cycles }, soFar) => console.error(`${cycles} cycles, ${soFar}`) });
    const wrong = [...complaintsOf(soaked)];
    complaints.push(...wrong);
    const count = (figures: object) => Object.entries(figures).map(([name, times]) => `${name} ${times}`).join(', ');
    return `## Over a long time

Four people at the shipped server open, edit, ask, plan, apply, roll back and close, over and over, with engine ${soaked.engine.replace(/\+.*/, '')} behind a connection that damages ${SHARE} requests in a hundred, and somebody else who changes the services between plan and
apply. After every command the engine is asked whether it is so. ${told}

The last run: ${soaked.minutes.toFixed(1)} minutes, ${soaked.cycles} cycles, ${Object.values(soaked.faults).reduce((sum, times) => sum + times, 0)} faults. The longest wait for the answer to a command: ${soaked.slowestSeconds.toFixed(0)} s. What was said and was not so: ${soaked.lies.length === 0 ? 'nothing' : `**${soaked.lies.length}**`}.

Faults: ${count(soaked.faults)}.

Endings: ${count(soaked.endings)}.

At rest after ${soaked.laps.length} laps, the least of five looks each; medians of the early and the late ones after a quarter to warm up, ${cyclesBetween(soaked.laps)} cycles apart:

| | early | late | may grow by |
| --- | --- | --- | --- |
${coursesOf(soaked.laps).map(({ name, early, late, most }) => `| ${name} | ${early.toFixed(1)} | ${late - early > most ? `**${late.toFixed(1)}**` : late.toFixed(1)} | ${most} |`).join('\n')}`;
  } finally {
    await engine.stop();
  }
}

async function shipped(): Promise<string> {
  const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
  const { components } = read(BILL_FILE) as { components: readonly { name: string; version: string; licenses: readonly { license?: { id: string }; expression?: string }[] }[] };
  const { dependencies = {}, scripts } = read('package.json') as { dependencies?: object; scripts: object };
  const installs = ['preinstall', 'install', 'postinstall', 'prepare'].filter((script) => script in scripts);
  const tests = await mocha('supplyChain');
  return `## What is shipped of others

${Object.keys(dependencies).length} dependencies are installed with the package, and ${installs.length} scripts run at its installation. Bundled: ${components.map(({ name, version, licenses: [one] }) => `${name} ${version} (${one.license?.id ?? one.expression})`).join(', ')}. Their licences are in
\`dist/THIRD-PARTY-LICENSES.txt\`, the list for programs in \`${BILL_FILE}\` (CycloneDX). \`npm run reproducible\` makes both packages twice and fails where a byte differs.

Tests (${counted(tests)}): ${titles(tests)}.

\`npm audit\`: ${await audit()}`;
}

/** What the registry says about all packages, those of the build and the tests too. */
async function audit(): Promise<string> {
  const npm = process.env.npm_execpath;
  if (npm === undefined) return 'not asked, since npm did not run this.';
  const { out } = await run([npm, 'audit', '--json']);
  const unknown = (why: string) => `the registry could not be asked (${why}), so this page cannot tell. Only what is bundled reaches users; all else are tools of the build and of the tests.`;
  try {
    const { metadata, error, statusCode } = JSON.parse(out) as { metadata?: { vulnerabilities: Record<string, number> }; error?: { code?: string }; statusCode?: number };
    return metadata ? `${metadata.vulnerabilities.total} known vulnerabilities, tools of the build and of the tests included.` : unknown(`it answers ${statusCode ?? error?.code ?? 'with an error'}`);
  } catch {
    return unknown('no answer');
  }
}

async function mocha(file: string): Promise<Tests & { readonly said: string }> {
  const { out } = await run([require.resolve('mocha/bin/mocha.js'), '--no-config', '--timeout', '300000', '--reporter', 'json', `out/test/${file}.test.js`]);
  const start = out.indexOf('{\n  "stats"');
  if (start < 0) throw new Error(`The tests of ${file} did not run: ${out}`);
  const tests = JSON.parse(out.slice(start)) as Tests;
  for (const { fullTitle, err } of tests.tests) if (Object.keys(err).length > 0) complaints.push(`fails: ${fullTitle}`);
  return { ...tests, said: out.slice(0, start) };
}

function counted({ stats: { passes, failures, pending } }: Tests): string {
  return `${passes} passed, ${failures > 0 ? `**${failures} failed**` : '0 failed'}${pending > 0 ? `, ${pending} not run` : ''}`;
}

function titles({ tests }: Tests): string {
  return tests.map(({ title }) => title.replaceAll('<', '&lt;').replace(/^__proto__/, '`$&`')).join('; ');
}

/** What a node process prints on standard output, and its exit code. */
function run(args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (bytes: Buffer) => void (out += bytes.toString()));
    child.on('error', reject).on('close', (code) => resolve({ code, out }));
  });
}

writePage(RELIABILITY, positionals).then(
  () => {
    for (const complaint of complaints) console.error(complaint);
    process.exit(complaints.length > 0 ? 1 : 0);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
