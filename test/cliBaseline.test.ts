import * as assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, run, runIn, type Ran } from './support/terminal';

const HEAD = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';
const GOOD = `${HEAD}Mode: { Global: {} }\n`;
const BAD = `${HEAD}Mode:\n  Replicated:\n    Replcas: 3\n`;
const WARNED = `${HEAD}labels: { team: a }\nMode: { Global: {} }\n`;
const INFORMED = `${GOOD.replace('busy:1', 'busy:latest')}`;

/** A folder to run several commands in. */
async function inFolder(files: Record<string, string>, body: (validate: (args: string, where?: string) => Promise<Ran>, folder: string) => Promise<void>): Promise<void> {
  const folder = folderOf(files);
  try {
    await body((args, where = '.') => runIn(join(folder, where), ['validate', ...args.split(' ')]), folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('--baseline', () => {
  const update = '. --baseline known.json --update-baseline';

  it('reports only what is new, wherever lines have gone', () =>
    inFolder({ 'a.service.yaml': BAD, 'b/c.service.yaml': WARNED }, async (validate, folder) => {
      const written = await validate(update);
      assert.equal(written.code, 0);
      assert.match(written.err, /the baseline knows 2 findings now/);
      assert.deepEqual(await validate('. --baseline known.json'), { code: 0, out: '2 files: no errors, no warnings\n', err: '' });
      writeFileSync(join(folder, 'a.service.yaml'), `# moved\n\n${BAD}Zzz: 1\n`);
      const { code, out, err } = await validate('. --baseline known.json');
      assert.deepEqual({ code, err }, { code: 1, err: '' });
      assert.match(out, /^a\.service\.yaml:10:1 error `Zzz`[^]*\n2 files: 1 error\n$/);
    }));

  it('counts what is found twice', () =>
    inFolder({ 'a.service.yaml': `${BAD}---\n${BAD}` }, async (validate, folder) => {
      await validate(update);
      writeFileSync(join(folder, 'a.service.yaml'), `${BAD}---\n${BAD}---\n${BAD}`);
      assert.match((await validate('. --baseline known.json')).out, /1 file: 1 error/);
    }));

  it('tells what is no longer there, in files that are checked or gone, and takes it out when asked', () =>
    inFolder({ 'a.service.yaml': BAD, 'b.service.yaml': BAD, 'c.service.yaml': BAD }, async (validate, folder) => {
      await validate(update);
      writeFileSync(join(folder, 'a.service.yaml'), GOOD);
      rmSync(join(folder, 'b.service.yaml'));
      const some = await validate('a.service.yaml --baseline known.json');
      assert.equal(some.code, 0);
      assert.match(some.err, /2 of the findings in the baseline are no longer there/);
      assert.match((await validate('a.service.yaml --baseline known.json --update-baseline')).err, /knows 1 finding now/);
      const { findings } = JSON.parse(readFileSync(join(folder, 'known.json'), 'utf8'));
      assert.deepEqual(findings.map(({ file, rule, path }: any) => ({ file, rule, path })), [{ file: 'c.service.yaml', rule: 'unknown-field', path: '/Mode/Replicated/Replcas' }]);
      assert.equal((await validate('. --baseline known.json')).err, '');
    }));

  it('holds from whatever folder the command runs', () =>
    inFolder({ 'deploy/a.service.yaml': BAD }, async (validate) => {
      await validate(update);
      assert.equal((await validate('a.service.yaml --baseline ../known.json', 'deploy')).code, 0);
    }));

  it('does not hold for another file', () =>
    inFolder({ 'a.service.yaml': BAD }, async (validate, folder) => {
      await validate(update);
      mkdirSync(join(folder, 'x'));
      renameSync(join(folder, 'a.service.yaml'), join(folder, 'x/b.service.yaml'));
      assert.equal((await validate('. --baseline known.json')).code, 1);
    }));

  it('is the same text for the same findings', () =>
    inFolder({ 'b.service.yaml': BAD, 'a.service.yaml': `${WARNED}Zzz: 1\n` }, async (validate, folder) => {
      await validate(update);
      const first = readFileSync(join(folder, 'known.json'), 'utf8');
      await validate('b.service.yaml a.service.yaml --baseline known.json --update-baseline');
      assert.equal(readFileSync(join(folder, 'known.json'), 'utf8'), first);
      assert.doesNotMatch(first, /Zzz: 1/);
    }));

  it('is suppressed in SARIF, not gone', () =>
    inFolder({ 'a.service.yaml': BAD }, async (validate) => {
      await validate(update);
      const { results } = JSON.parse((await validate('. --baseline known.json --format sarif')).out).runs[0];
      assert.deepEqual(results.map(({ suppressions }: any) => suppressions), [[{ kind: 'external', justification: 'known in the baseline' }]]);
    }));

  for (const [name, text, says] of [
    ['is not there', undefined, /cannot read the baseline `known\.json`: there is no such file\. `--update-baseline` writes it/], ['is no JSON', '{', /cannot read the baseline/], ['is something else', '{"version":2}', /is no baseline of swarmspec/],
    ['is damaged', '{"version":1,"findings":[{"file":1}]}', /is no baseline/],
  ] as const) {
    it(`that ${name}: the job cannot be done`, () =>
      inFolder({ 'a.service.yaml': BAD, ...(text === undefined ? {} : { 'known.json': text }) }, async (validate) => {
        const { code, out, err } = await validate('. --baseline known.json');
        assert.deepEqual({ code, out }, { code: 3, out: '' });
        assert.match(err, says);
      }));
  }
  it('is not written when the job cannot be done', () =>
    inFolder({ 'a.service.yaml': BAD }, async (validate, folder) => {
      assert.equal((await validate('. none.yaml --baseline known.json --update-baseline')).code, 3);
      assert.ok(!existsSync(join(folder, 'known.json')));
    }));
  it('--update-baseline alone: wrong usage', async () => assert.equal((await run('validate a.yaml --update-baseline', { files: { 'a.yaml': GOOD } })).code, 2));
});

describe('what makes the command fail', () => {
  const files = { 'bad.yaml': BAD, 'warned.yaml': WARNED, 'informed.yaml': INFORMED, 'good.yaml': GOOD };
  for (const [args, code] of [
    ['bad.yaml --fail-on never', 0], ['bad.yaml --exit-zero', 0], ['bad.yaml --fail-on error', 1], ['warned.yaml --fail-on error', 0], ['warned.yaml --fail-on warning', 1], ['warned.yaml --fail-on information', 1],
    ['informed.yaml --fail-on warning', 0], ['informed.yaml --fail-on information', 1], ['good.yaml --fail-on information', 0],
    ['warned.yaml --max-warnings 0', 1], ['warned.yaml --max-warnings 1', 0], ['bad.yaml --max-warnings 5', 1], ['warned.yaml --max-warnings 0 --exit-zero', 0],
    ['warned.yaml --rule wrong-case=error', 1], ['bad.yaml --rule unknown-field=warning', 0], ['warned.yaml --quiet --fail-on warning', 1],
    ['bad.yaml --exit-zero --fail-on error', 2], ['bad.yaml --max-warnings -1', 2], ['bad.yaml --max-warnings many', 2],
  ] as const) {
    it(`${args}: ${code}`, async () => assert.equal((await run(`validate ${args}`, { files })).code, code));
  }
  it('is told where it is the number of warnings', async () => assert.match((await run('validate warned.yaml --max-warnings 0', { files })).err, /there is 1 warning, and `--max-warnings` allows 0/));
});

describe('--quiet', () => {
  const files = { 'a.yaml': `${BAD}labels: { team: a }\n`, 'b.yaml': WARNED };
  it('leaves the errors', async () => {
    const { out } = await run('validate a.yaml b.yaml --quiet', { files });
    assert.match(out, /unknown-field/);
    assert.doesNotMatch(out, /wrong-case/);
  });
  it('says nothing when there are none', async () => assert.deepEqual(await run('validate b.yaml -q', { files }), { code: 0, out: '', err: '' }));
});
