import * as assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findInputs, toSlashes } from '../server/src/cli/files';
import { compileGlob, matchesGlob } from '../server/src/features/glob';
import { folderOf, run, runIn } from './support/terminal';

const HEAD = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';
const GOOD = `${HEAD}Mode: { Global: {} }\n`;
const BAD = `${HEAD}Mode:\n  Replicated:\n    Replcas: 3\n`;

/** The paths that arguments find in a folder that holds these files, all of them specs. */
function found(names: readonly string[], args: readonly string[], { files = {}, cwd = '.', ...search }: { files?: Record<string, string>; cwd?: string } & NonNullable<Parameters<typeof findInputs>[2]> = {}): string[] {
  const folder = folderOf({ ...Object.fromEntries(names.map((name) => [name, GOOD])), ...files });
  try {
    return [...findInputs(args, { cwd: join(folder, cwd) }, search)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a glob', () => {
  for (const [glob, yes, no] of [
    ['*.yaml', ['a.yaml'], ['a.yml', 'b/a.yaml', '.a.yaml']],
    ['**/*.yaml', ['a.yaml', 'b/a.yaml', 'b/c/a.yaml'], ['b/.a.yaml', '.b/a.yaml']],
    ['b/**', ['b/a', 'b/c/a'], ['b', 'a']],
    ['b/**/c/*', ['b/c/a', 'b/x/y/c/a'], ['b/a', 'c/a']],
    ['{a,b}/*.{json,y{,a}ml}', ['a/x.json', 'b/x.yml', 'b/x.yaml'], ['c/x.json', 'a/x.yyaml']],
    ['a?[0-9][!x-z].yaml', ['ab1c.yaml'], ['ab1x.yaml', 'abcc.yaml', 'a1c.yaml']],
    ['.github/*', ['.github/a'], ['github/a']],
    ['a{b', ['a{b'], ['ab', 'a']],
    ['a\\*b', ['a*b'], ['axb']],
    ['[z-a].yaml', ['[z-a].yaml'], ['z.yaml']],
    ['a+(b).$', ['a+(b).$'], ['aab.$']],
  ] as const) {
    it(glob, () => {
      const { matches } = compileGlob(glob);
      for (const path of yes) assert.ok(matches(path), `${glob} matches ${path}`);
      for (const path of no) assert.ok(!matches(path), `${glob} does not match ${path}`);
    });
  }
  it('knows which folders may hold something', () => {
    const { mayHold } = compileGlob('deploy/*/web/**/*.yaml');
    for (const folder of ['', 'deploy', 'deploy/a', 'deploy/a/web', 'deploy/a/web/x/y']) assert.ok(mayHold(folder), folder);
    for (const folder of ['other', 'deploy/a/db', 'deploy/.a']) assert.ok(!mayHold(folder), folder);
  });
  it('of a setting may match the end of a path, hidden names too', () => {
    assert.ok(matchesGlob('/home/x/deploy/.a/b.json', 'deploy/**/*.json'));
    assert.ok(!matchesGlob('/home/x/redeploy/b.json', 'deploy/*.json'));
  });
  it('takes no time to speak of, whatever is in it', () => {
    const start = Date.now();
    assert.ok(!compileGlob(`${'**/a*/'.repeat(30)}b`).matches(`${'aaaa/'.repeat(200)}c`));
    assert.ok(!compileGlob(`${'*a'.repeat(8)}b`).matches('a'.repeat(60)));
    assert.ok(Date.now() - start < 5000);
  });
});

describe('a search', () => {
  const TREE = ['a.service.yaml', 'b/c.service.yaml', 'b/d.service.json', 'b/other.yaml', '.hidden/e.service.yaml', 'node_modules/x/f.service.yaml', '.git/g.service.yaml', 'out/h.service.yaml'];

  it('of a folder goes everywhere but into dependencies and version control', () => assert.deepEqual(found(TREE, ['.']), ['.hidden/e.service.yaml', 'a.service.yaml', 'b/c.service.yaml', 'b/d.service.json', 'out/h.service.yaml']));
  it('is in the order of the paths', () => assert.deepEqual(found(['b/z.service.yaml', 'b.service.yaml', 'b-c.service.yaml', 'a/b/c.service.yaml', 'a/a.service.yaml'], ['.']), ['a/a.service.yaml', 'a/b/c.service.yaml', 'b-c.service.yaml', 'b.service.yaml', 'b/z.service.yaml']));
  it('finds a file once, however it is named', () => assert.deepEqual(found(TREE, ['b', './b/c.service.yaml', 'b/*.yaml']), ['b/c.service.yaml', 'b/d.service.json', 'b/other.yaml']));
  it('leaves out what `!` names: a file, a folder, a glob, wherever it stands', () => {
    assert.deepEqual(found(TREE, ['.', '!out', '!.hidden']), ['a.service.yaml', 'b/c.service.yaml', 'b/d.service.json']);
    assert.deepEqual(found(TREE, ['!b/*.json', '.', '!out/**', '!**/e.*']), ['a.service.yaml', 'b/c.service.yaml']);
  });
  it('takes a name as it is before it takes it for a glob', () => assert.deepEqual(found(['a[1].service.yaml', 'a1.service.yaml'], ['a[1].service.yaml']), ['a[1].service.yaml']));
  it('above where the command runs', () => assert.deepEqual(found(TREE, ['../b/*.json', '../a.service.yaml'], { cwd: 'b' }), ['d.service.json', '../a.service.yaml']));
  it('with nothing but `!` names nothing', () => assert.throws(() => found(TREE, ['!b']), /no file is given/));
  it('takes backslashes on Windows', () => {
    assert.equal(toSlashes('deploy\\**\\*.yaml', '\\'), 'deploy/**/*.yaml');
    assert.equal(toSlashes('a\\*b', '/'), 'a\\*b');
  });
});

describe('ignore files', () => {
  const TREE = ['a.service.yaml', 'gen/b.service.yaml', 'gen/keep/c.service.yaml', 'sub/d.service.yaml', 'sub/gen/e.service.yaml'];
  for (const [name, files, wanted] of [
    ['.gitignore', { '.gitignore': 'gen/\n' }, ['a.service.yaml', 'sub/d.service.yaml']],
    ['.swarmspecignore', { '.swarmspecignore': '# ours\n/gen\n' }, ['a.service.yaml', 'sub/d.service.yaml', 'sub/gen/e.service.yaml']],
    ['one further down', { 'sub/.gitignore': 'd.*\n' }, ['a.service.yaml', 'gen/b.service.yaml', 'gen/keep/c.service.yaml', 'sub/gen/e.service.yaml']],
    ['one further down takes back', { '.gitignore': '*.service.yaml\n', 'sub/.gitignore': '!d.service.yaml\n' }, ['sub/d.service.yaml']],
    ['ours takes back what the other leaves out', { '.gitignore': 'a.*\n', '.swarmspecignore': '!a.service.yaml\n' }, TREE],
    ['nothing is taken back out of a folder that is left out', { '.gitignore': 'gen/\n!gen/keep/\n' }, ['a.service.yaml', 'sub/d.service.yaml']],
    ['but out of one whose contents are', { '.gitignore': '/gen/*\n!/gen/keep\n' }, ['a.service.yaml', 'gen/keep/c.service.yaml', 'sub/d.service.yaml', 'sub/gen/e.service.yaml']],
    ['with a byte order mark and CRLF', { '.gitignore': '\ufeffgen/\r\n' }, ['a.service.yaml', 'sub/d.service.yaml']],
  ] as [string, Record<string, string>, string[]][]) {
    it(name, () => assert.deepEqual(found(TREE, ['.'], { files }), wanted));
  }
  it('count from the top of the repository', () => {
    const files = { '.git/HEAD': '', '.gitignore': 'gen/\n' };
    assert.deepEqual(found(TREE, ['.'], { files, cwd: 'sub' }), ['d.service.yaml']);
    assert.deepEqual(found(TREE, ['.'], { files: { '.gitignore': 'gen/\n' }, cwd: 'sub' }), ['d.service.yaml', 'gen/e.service.yaml']);
  });
  it('do not count for what is named', () => {
    const files = { '.gitignore': 'gen/\n' };
    assert.deepEqual(found(TREE, ['gen/b.service.yaml'], { files }), ['gen/b.service.yaml']);
    assert.deepEqual(found(TREE, ['gen'], { files }), ['gen/b.service.yaml', 'gen/keep/c.service.yaml']);
  });
  it('count for globs', () => assert.deepEqual(found(TREE, ['**/*.yaml'], { files: { '.gitignore': 'gen/\n' } }), ['a.service.yaml', 'sub/d.service.yaml']));
  it('do not count with --no-ignore', async () => {
    const files = { ...Object.fromEntries(TREE.map((name) => [name, GOOD])), '.gitignore': 'gen\n' };
    assert.match((await run('validate .', { files })).out, /^2 files/);
    assert.match((await run('validate . --no-ignore', { files })).out, /^5 files/);
  });
  it('are told when they leave nothing', async () => {
    const { code, err } = await run('validate gen/*.yaml', { files: { 'gen/b.service.yaml': GOOD, '.gitignore': 'b.*\n' } });
    assert.equal(code, 2);
    assert.match(err, /all that `gen\/\*\.yaml` matches is left out by ignore files, `gen\/b\.service\.yaml` for one\. `--no-ignore` checks it/);
  });
});

describe('links', () => {
  it('are followed, and circles end', function () {
    if (process.platform === 'win32') this.skip();
    const folder = folderOf({ 'real/a.service.yaml': GOOD, 'elsewhere/b.service.yaml': GOOD });
    symlinkSync('..', join(folder, 'real/up'));
    symlinkSync('a.service.yaml', join(folder, 'real/linked.service.yaml'));
    symlinkSync('../elsewhere', join(folder, 'real/other'));
    symlinkSync('nowhere', join(folder, 'real/broken.service.yaml'));
    const paths = [...findInputs(['real'], { cwd: folder })];
    rmSync(folder, { recursive: true });
    assert.deepEqual(paths.filter((path) => !path.includes('up/')), ['real/a.service.yaml', 'real/linked.service.yaml', 'real/other/b.service.yaml']);
    assert.ok(paths.length <= 4, paths.join());
  });
});

describe('a pattern that matches nothing', () => {
  for (const pattern of ['none/*.yaml', 'none.yaml', '.']) {
    it(`${pattern} is fine with --no-error-on-unmatched-pattern`, async () => {
      const { code, out, err } = await run(`validate ${pattern} --no-error-on-unmatched-pattern`, { files: { 'readme.txt': '' } });
      assert.deepEqual({ code, out, err }, { code: 0, out: '0 files: no errors, no warnings\n', err: '' });
    });
  }
});

describe('the standard input with a name', () => {
  it('has it in the findings, and its syntax', async () => {
    const { out } = await run('validate --stdin-filename deploy/web.service.yaml --format compact', { stdin: BAD });
    assert.match(out, /^deploy\/web\.service\.yaml:7:5/);
    assert.match((await run('validate - --stdin-filename a.json', { stdin: GOOD })).out, /json-syntax/);
  });
  it('has the config of its place', async () => {
    const files = { 'deploy/swarmspec.config.yaml': 'severity: { unknown-field: off }\n' };
    assert.equal((await run('validate - --stdin-filename deploy/web.yaml', { stdin: BAD, files })).code, 0);
    assert.equal((await run('validate - --stdin-filename web.yaml', { stdin: BAD, files })).code, 1);
  });
  it('needs a standard input', async () => assert.match((await run('validate a.yaml --stdin-filename b.yaml')).err, /`-` is not among the files/));
});

describe('the config file', () => {
  const files = { 'a.service.yaml': BAD, 'swarmspec.config.yaml': 'severity: { unknown-field: warning }\nfiles: ["stacks/*.json"]\nfragments: [{ files: "parts/*.yaml", as: partial }]\n', 'other.yaml': 'severity: { unknown-field: off }\n' };
  it('is found above the spec', async () => assert.match((await run('validate .', { files })).out, /1 file: 1 warning/));
  it('is another with --config, for all specs', async () => assert.match((await run('validate . --config other.yaml', { files })).out, /1 file: no errors, no warnings/));
  it('is none with --no-config', async () => assert.match((await run('validate . --no-config', { files })).out, /1 file: 1 error/));
  it('goes behind --rule', async () => {
    assert.equal((await run('validate . --rule unknown-field=error', { files })).code, 1);
    assert.match((await run('validate . --rule unknown-field=off --rule floating-image-tag=off', { files })).out, /no warnings/);
  });
  it('names further files that a folder holds', async () => {
    const more = { ...files, 'stacks/web.json': '{"Name":"a"}', 'stacks/web.txt': '', 'parts/p.yaml': 'Labels: {}\n', 'parts.yaml': '' };
    const { out } = await run('validate . --format json', { files: more });
    assert.deepEqual(JSON.parse(out).files.map(({ path }: any) => path), ['a.service.yaml', 'parts/p.yaml', 'stacks/web.json']);
  });
  it('that is not there: the job cannot be done', async () => {
    const { code, err } = await run('validate . --config none.yaml', { files });
    assert.equal(code, 3);
    assert.match(err, /cannot read the config file `none\.yaml`: there is no such file/);
  });

  describe('that something is wrong with', () => {
    const config = 'api: 9.9\nseverity:\n  unknwon-field: off\n  unknown-field: fatal\nfile: []\nfragments:\n  - files: a\n';
    it('is a finding at each place, once, and what is right counts', async () => {
      const { code, out, err } = await run('validate . --format json', { files: { 'a.service.yaml': GOOD, 'b/c.service.yaml': BAD, 'swarmspec.config.yaml': `${config}engine: "29"\n` } });
      const [{ path, kind, diagnostics }, ...specs] = JSON.parse(out).files;
      assert.deepEqual({ code, err, path, kind }, { code: 1, err: '', path: 'swarmspec.config.yaml', kind: 'config' });
      assert.deepEqual(
        diagnostics.map(({ rule, path: at, range: { start } }: any) => [rule, at, start.line]),
        [['config-problem', '/api', 0], ['config-problem', '/severity/unknwon-field', 2], ['config-problem', '/severity/unknown-field', 3], ['config-problem', '/file', 4], ['config-problem', '/fragments/0', 6]],
      );
      assert.deepEqual(specs.map(({ path: at }: any) => at), ['a.service.yaml', 'b/c.service.yaml']);
    });
    it('is shown with its line', async () => {
      const { out } = await run('validate a.service.yaml', { files: { 'a.service.yaml': GOOD, 'swarmspec.config.json': '{ "apii": "1.44" }' } });
      assert.match(out, /^swarmspec\.config\.json:1:3 error There is no setting `apii`\. Did you mean `api`\? \[config-problem\]\n {2}1 \| \{ "apii": "1\.44" \}\n {4}\| {3}\^{6}\n/);
    });
    it('cannot be read at all', async () => {
      for (const text of ['a: [', '[]', '{']) {
        const { code, out } = await run('validate a.service.yaml', { files: { 'a.service.yaml': GOOD, 'swarmspec.config.yaml': text } });
        assert.equal(code, 1, text);
        assert.match(out, /^swarmspec\.config\.yaml:\d+:\d+ error .*\[config-problem\]/);
      }
    });
  });
});

describe('many files', () => {
  it('are told on a terminal while they are checked, and nothing of it stays', async () => {
    const folder = folderOf({});
    mkdirSync(join(folder, 'a'));
    for (let i = 0; i < 400; i++) writeFileSync(join(folder, 'a', `${i}.service.yaml`), GOOD.replace('demo', `demo-${i}`));
    const told: string[] = [];
    const now = Date.now;
    let clock = now();
    Date.now = () => (clock += 5);
    try {
      await runIn(folder, ['validate', 'a'], { progress: (text) => void told.push(text) });
    } finally {
      Date.now = now;
      rmSync(folder, { recursive: true });
    }
    assert.ok(told.length >= 3, told.join());
    assert.match(told[0], /^\d+ files checked …$/);
    assert.equal(told.at(-1), '');
  });
});
