import * as assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Checker, type CheckJob } from '../server/src/cli/check';
import { TroubleError } from '../server/src/cli/command';
import type { FileReport } from '../server/src/cli/report';
import { checkTogether } from '../server/src/cli/threads';
import { ROOT } from '../server/src/tools/root';
import { corpus } from './support/corpus';
import { folderOf } from './support/terminal';

const JOB: CheckJob = { flags: {}, edits: true, silenced: false };
const CLI = join(ROOT, 'dist/cli.js');

describe('several threads that check files', () => {
  let cwd: string;
  let paths: string[];

  before(() => {
    const files = Object.fromEntries(corpus().slice(0, 500).map(({ text }, i) => [`${i % 3 === 0 ? 'own/' : ''}s${i}.service.json`, text]));
    cwd = folderOf({ ...files, 'own/swarmspec.config.yaml': 'rules: { nonsense: off }\n' });
    paths = Object.keys(files);
  });
  after(() => rmSync(cwd, { recursive: true }));

  const newChecker = () => new Checker(JOB, { cwd, stdin: () => '', err: () => undefined });
  const alone = () => {
    const checker = newChecker();
    return paths.flatMap((path) => checker.check(path));
  };
  const together = (script: string, some = paths) => checkTogether(some.values(), newChecker(), { script, count: 2, job: JOB, cwd });
  /** What is printed of a report: the text is needed where there is something to say of it. */
  const printed = (reports: Iterable<FileReport>) => [...reports].map(({ text, ...report }) => ({ ...report, ...(report.findings.length > 0 ? { text } : {}) }));

  it('say what one says, in the same order', () => {
    assert.deepEqual(printed(together(CLI)), printed(alone()));
  });

  it('are not needed: where none can start, this one does it all', () => {
    assert.deepEqual(printed(together(join(cwd, 'nowhere.js'))), printed(alone()));
  });

  it('are not waited for when they say nothing', () => {
    const silent = join(cwd, 'silent.js');
    writeFileSync(silent, 'setInterval(() => {}, 1000);\n');
    assert.deepEqual(printed(together(silent)), printed(alone()));
  });

  it('tell what goes wrong in its turn', () => {
    const reports = together(CLI, [...paths.slice(0, 200), 'gone.service.json', ...paths.slice(200)]);
    const told: FileReport[] = [];
    assert.throws(() => {
      for (const report of reports) told.push(report);
    }, (error: Error) => error instanceof TroubleError && error.message.includes('gone.service.json'));
    assert.deepEqual(printed(told), printed(alone().slice(0, told.length)));
    assert.equal(told.filter(({ kind }) => kind !== 'config').length, 200);
  });

  it('stay behind when the reader goes away', () => {
    for (const report of together(CLI)) {
      assert.ok(report.path);
      break;
    }
  });
});
