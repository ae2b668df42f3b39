import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { fixAll } from '../server/src/features/fixAll';
import { documentedRules } from '../server/src/features/explain';
import { resolveTarget } from '../server/src/features/target';
import { unifiedDiff } from '../server/src/features/unifiedDiff';
import { folderOf, run, runIn } from './support/terminal';

const GOOD = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';
const BAD = `# a web server
Name: demo # its name
TaskTemplate:
  ContainerSpec:
    Image: busy:1
Mode:
  Replicated:
    Replcas: 3 # enough
Networks: [{ Target: a }] # the old place
`;
const FIXED = `# a web server
Name: demo # its name
TaskTemplate:
  ContainerSpec:
    Image: busy:1
  Networks: [{ Target: a }] # the old place
Mode:
  Replicated:
    Replicas: 3 # enough
`;
const options = { target: (document: Parameters<typeof resolveTarget>[0]) => resolveTarget(document, {}) };

/** Runs in a folder with one file and answers what it holds then. */
async function fixed(text: string | Buffer, args = 'validate a.yaml --fix') {
  const folder = folderOf({ 'a.yaml': text });
  const ran = await runIn(folder, args.split(' '));
  const after = readFileSync(join(folder, 'a.yaml'));
  const names = readdirSync(folder);
  rmSync(folder, { recursive: true });
  assert.deepEqual(names, ['a.yaml']);
  return { ...ran, after: after.toString('utf8'), bytes: after };
}

describe('--fix', () => {
  it('applies what has one right answer, keeps comments, and says what it did', async () => {
    const { code, out, err, after } = await fixed(BAD);
    assert.equal(after, FIXED);
    assert.deepEqual({ code, out }, { code: 0, out: '1 file: no errors, no warnings\n' });
    assert.equal(err, 'a.yaml:8: fixed: Rename `Replcas` to `Replicas` [unknown-field]\na.yaml:9: fixed: Move `Networks` to `TaskTemplate.Networks` [deprecated-field]\na.yaml: 2 fixes applied\n');
  });
  it('reports what is left', async () => {
    const { code, out, after } = await fixed(`${BAD}Zzz: 1\n`);
    assert.equal(after, `${FIXED}Zzz: 1\n`);
    assert.equal(code, 1);
    assert.match(out, /^a\.yaml:10:1 error `Zzz` is not a field/);
  });
  it('goes on with what a fix brings to light', async () => {
    const { after, code } = await fixed(`${GOOD}mode:\n  replicated:\n    replcas: 3\n`);
    assert.deepEqual({ after, code }, { after: `${GOOD}Mode:\n  Replicated:\n    Replicas: 3\n`, code: 0 });
  });
  it('does not add what is there under another name', async () => {
    const { after } = await fixed(`${GOOD}Mode:\n  Replicated:\n    REPLICAZ: 3\n    x: 1\n`);
    assert.doesNotMatch(after, /Replicas: 1/);
    const { after: json } = await fixed('{"name":"demo","taskTemplate":{"containerSpec":{"image":"busy:1"}},"mode":{"replicated":{"replcas":3}}}');
    assert.deepEqual(JSON.parse(json), { Name: 'demo', TaskTemplate: { ContainerSpec: { Image: 'busy:1' } }, Mode: { Replicated: { Replicas: 3 } } });
  });
  it('mends hundreds of findings', async () => {
    const items = Array.from({ length: 300 }, (_, i) => `      - { Target: "/t${i}", Type: tmpfs, readonly: true }\n`).join('');
    const { after, code } = await fixed(`${GOOD}    Mounts:\n${items}`);
    assert.equal(after, `${GOOD}    Mounts:\n${items.replaceAll('readonly', 'ReadOnly')}`);
    assert.equal(code, 0);
  });
  it('keeps the ends of lines and a missing last one', async () => {
    assert.equal((await fixed(BAD.replaceAll('\n', '\r\n'))).after, FIXED.replaceAll('\n', '\r\n'));
    const text = `${GOOD}Mode:\n  Replicated:\n    Replcas: 3`;
    assert.equal((await fixed(text)).after, text.replace('Replcas', 'Replicas'));
  });
  it('keeps a byte order mark in YAML', async () => assert.equal((await fixed(`\ufeff${BAD}`)).after, `\ufeff${FIXED}`));
  it('does not touch a file without anything to fix', async () => {
    const folder = folderOf({ 'a.yaml': GOOD });
    const before = statSync(join(folder, 'a.yaml'));
    await runIn(folder, ['validate', 'a.yaml', '--fix']);
    const after = statSync(join(folder, 'a.yaml'));
    rmSync(folder, { recursive: true });
    assert.deepEqual([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
  });
  it('leaves a file alone that is not UTF-8, and says so', async () => {
    const latin = Buffer.from(BAD.replace('enough', 'genügend'), 'latin1');
    const { bytes, err } = await fixed(latin);
    assert.ok(bytes.equals(latin));
    assert.match(err, /^a\.yaml: not fixed, since it is not UTF-8/);
  });
  it('keeps the rights of a file, and a link to it', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = folderOf({ 'real.yaml': BAD });
    chmodSync(join(folder, 'real.yaml'), 0o640);
    symlinkSync('real.yaml', join(folder, 'a.yaml'));
    await runIn(folder, ['validate', 'a.yaml', '--fix']);
    const [mode, linked, text] = [statSync(join(folder, 'real.yaml')).mode & 0o777, lstatSync(join(folder, 'a.yaml')).isSymbolicLink(), readFileSync(join(folder, 'real.yaml'), 'utf8')];
    rmSync(folder, { recursive: true });
    assert.deepEqual([mode, linked, text], [0o640, true, FIXED]);
  });
  it('leaves alone what a comment silences and what the config says off', async () => {
    const silenced = `${GOOD}Mode:\n  Replicated:\n    Replcas: 3 # swarmspec-ignore unknown-field -- on purpose\n`;
    assert.equal((await fixed(silenced)).after, silenced);
    const off = `${GOOD}Mode:\n  Replicated:\n    Replcas: 3\n`;
    assert.equal((await fixed(off, 'validate a.yaml --fix --rule unknown-field=off')).after, off);
  });
  it('takes only with --unsafe-fixes what a person should look at', async () => {
    const replicated = '{ "Name": "demo", "TaskTemplate": { "ContainerSpec": { "Image": "busy:1" } }, "Mode": "replicated" }\n';
    const folder = folderOf({ 'a.json': replicated });
    const { out } = await runIn(folder, ['validate', 'a.json', '--fix']);
    const safe = readFileSync(join(folder, 'a.json'), 'utf8');
    await runIn(folder, ['validate', 'a.json', '--fix', '--unsafe-fixes']);
    const unsafe = readFileSync(join(folder, 'a.json'), 'utf8');
    rmSync(folder, { recursive: true });
    assert.equal(safe, replicated);
    assert.match(out, /fix: Make it .* \(with --unsafe-fixes\)\n/);
    assert.deepEqual(JSON.parse(unsafe).Mode, { Replicated: { Replicas: 1 } });
  });
  it('of the standard input goes to the standard output, findings beside it', async () => {
    const { code, out, err } = await run('validate - --fix --stdin-filename a.yaml', { stdin: `${BAD}Zzz: 1\n` });
    assert.equal(out, `${FIXED}Zzz: 1\n`);
    assert.equal(code, 1);
    assert.match(err, /a\.yaml:8: fixed: [^]*a\.yaml:10:1 error `Zzz`[^]*1 file: 1 error\n$/);
    assert.equal((await run('validate - --fix', { stdin: GOOD })).out, GOOD);
  });
  for (const [name, args, says] of [
    ['the standard input with other files', 'validate - a.yaml --fix', /fixed alone/], ['--unsafe-fixes alone', 'validate a.yaml --unsafe-fixes', /goes with `--fix`/],
  ] as const) {
    it(`${name}: wrong usage`, async () => {
      const { code, err } = await run(args, { files: { 'a.yaml': GOOD }, stdin: '' });
      assert.equal(code, 2);
      assert.match(err, says);
    });
  }
  it('does not write over a file that has changed in the meantime', async () => {
    const folder = folderOf({ 'a.yaml': BAD });
    const { Fixer } = require('../server/src/cli/fixing') as typeof import('../server/src/cli/fixing');
    const fixer = new Fixer({ dryRun: false, unsafe: false, silent: false }, { cwd: folder, err: () => {}, out: () => {} } as any);
    const changing = { target: (document: any) => { writeFileSync(join(folder, 'a.yaml'), GOOD); return options.target(document); } };
    assert.throws(() => fixer.fix('a.yaml', 'a.yaml', BAD, changing), /has changed while it was fixed/);
    const after = readFileSync(join(folder, 'a.yaml'), 'utf8');
    rmSync(folder, { recursive: true });
    assert.equal(after, GOOD);
  });
});

describe('the fixes of every rule', () => {
  for (const { id, bad, whole } of documentedRules().filter(({ id: rule }) => rule !== 'config-problem')) {
    it(`${id}: end, and leave nothing that is safe to fix`, () => {
      const text = whole ? bad : `${GOOD}${bad}`;
      for (const unsafe of [false, true]) {
        const once = fixAll(text, whole ?? 'yaml', options, { unsafe });
        const twice = fixAll(once.text, whole ?? 'yaml', options, { unsafe });
        assert.deepEqual(twice, { text: once.text, fixed: [] });
        assert.equal(once.fixed.length > 0, once.text !== text);
      }
    });
  }
});

describe('--fix-dry-run', () => {
  it('prints a patch, writes nothing, and ends with 1', async () => {
    const { code, out, err, after } = await fixed(BAD, 'validate a.yaml --fix-dry-run');
    assert.equal(after, BAD);
    assert.equal(code, 1);
    assert.match(out, /^--- a\/a\.yaml\n\+\+\+ b\/a\.yaml\n@@ -3,7 \+3,7 @@\n/);
    assert.match(err, /a\.yaml:8: would fix: Rename/);
  });
  it('prints nothing and ends with 0 where there is nothing to fix', async () => {
    const { code, out } = await fixed(GOOD, 'validate a.yaml --fix-dry-run');
    assert.deepEqual({ code, out }, { code: 0, out: '' });
  });
  it('is what `git apply` makes the fix of', async () => {
    const folder = folderOf({ 'a.yaml': BAD, 'b/c.yaml': BAD.replaceAll('\n', '\r\n'), 'd.yaml': `${GOOD}Mode:\n  Replicated:\n    Replcas: 3` });
    const { out } = await runIn(folder, ['validate', 'a.yaml', 'b/c.yaml', 'd.yaml', '--fix-dry-run']);
    const { status, stderr } = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: out, encoding: 'utf8', env: { ...process.env, GIT_CEILING_DIRECTORIES: join(folder, '..') } });
    const texts = ['a.yaml', 'b/c.yaml', 'd.yaml'].map((name) => readFileSync(join(folder, name), 'utf8'));
    rmSync(folder, { recursive: true });
    assert.equal(status, 0, stderr);
    assert.deepEqual(texts, [FIXED, FIXED.replaceAll('\n', '\r\n'), `${GOOD}Mode:\n  Replicated:\n    Replicas: 3`]);
  });
});

describe('a unified diff', () => {
  /** Applies a patch by the book. */
  function patched(text: string, patch: string): string {
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const result: string[] = [];
    let at = 0;
    let bare = false;
    for (const row of (patch.match(/[^\n]*\n/g) ?? []).slice(2)) {
      const header = /^@@ -(\d+)(?:,(\d+))? \+/.exec(row);
      if (header) {
        const start = Number(header[1]) - (header[2] === '0' ? 0 : 1);
        result.push(...lines.slice(at, start));
        at = start;
      } else if (row.startsWith('\\')) bare = true;
      else if (row.startsWith('-')) assert.ok(lines[at++].replace(/\n$/, '') === row.slice(1, -1));
      else {
        if (row.startsWith(' ')) assert.ok(lines[at++].replace(/\n$/, '') === row.slice(1, -1));
        result.push(row.slice(1));
      }
    }
    const after = [...result, ...lines.slice(at)].join('');
    return bare && at === lines.length && patch.endsWith('\\ No newline at end of file\n') ? after.replace(/\n$/, '') : after;
  }
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '', 'd'), { maxLength: 30 }).map((lines) => lines.map((line) => `${line}\n`).join(''));

  it('makes the one text of the other', () => {
    fc.assert(fc.property(text, text, (before, after) => assert.equal(patched(before, unifiedDiff(before, after, 'x')), after)), { numRuns: 300 });
  });
  it('of equal texts is empty', () => assert.equal(unifiedDiff('a\n', 'a\n', 'x'), ''));
  it('tells a missing last line end', () => {
    assert.equal(unifiedDiff('a', 'b', 'x'), '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n');
    assert.equal(unifiedDiff('', 'b\n', 'x'), '--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+b\n');
  });
  it('of texts that have nothing in common takes no time to speak of', () => {
    const start = Date.now();
    const lines = (letter: string) => Array.from({ length: 5000 }, (_, i) => `${letter}${i}\n`).join('');
    assert.ok(unifiedDiff(lines('a'), lines('b'), 'x').length > 50_000);
    assert.ok(Date.now() - start < 10_000);
  });
});
