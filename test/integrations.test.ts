import * as assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { COMMANDS } from '../server/src/cli/commands';
import { manPage } from '../server/src/tools/manPage';
import { ROOT } from '../server/src/tools/root';
import { folderOf } from './support/terminal';
import { needs } from './support/tools';

const GOOD = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';
const BAD = `${GOOD}Mode:\n  Replicated:\n    Replcas: 3\n`;
const CLI = join(ROOT, 'dist/cli.js');

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const isPosix = process.platform !== 'win32';

/** A folder with these files and, in `.bin`, the command as it is shipped; what CI systems set is not inherited. */
function workplace(files: Record<string, string | Buffer>, programs: Record<string, string> = { swarmspec: `exec '${process.execPath}' '${CLI}' "$@"` }) {
  const folder = folderOf(files);
  mkdirSync(join(folder, '.bin'));
  for (const [name, script] of Object.entries(programs)) writeFileSync(join(folder, '.bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const { GITHUB_ACTIONS: _, CI: __, FORCE_COLOR: ___, ...env } = process.env;
  return { folder, env: { ...env, PATH: `${join(folder, '.bin')}:${process.env.PATH}` } as NodeJS.ProcessEnv, end: () => rmSync(folder, { recursive: true }) };
}

describe('what CI runs', function () {
  this.timeout(120_000);
  before(function () {
    if (!existsSync(CLI) || !isPosix) this.skip();
  });

  describe('the pre-commit hooks', () => {
    const hooks: { id: string; entry: string; language: string; files: string }[] = parse(read('.pre-commit-hooks.yaml'));

    it('take specs by their names', () => {
      for (const { files } of hooks) {
        for (const name of ['web.service.yaml', 'deploy/web.service.yml', 'a/b.service.json', 'x.swarmspec.yaml']) assert.match(name, new RegExp(files));
        for (const name of ['service.yaml', 'web.yaml', 'web.service.yaml.bak', 'webxservice.json']) assert.doesNotMatch(name, new RegExp(files));
      }
    });

    for (const { id, entry } of hooks) {
      it(`${id} fails on a bad file and passes a good one, as pre-commit calls it`, () => {
        const { folder, env, end } = workplace({ 'a b.service.yaml': BAD, 'c.service.yaml': GOOD, 'd.service.yaml': `${GOOD}Zzz: 1\n` });
        const hook = (...files: string[]) => spawnSync('bash', ['-c', `${entry} "$@"`, 'hook', ...files], { cwd: folder, env, encoding: 'utf8' });
        const [bad, good, other] = [hook('a b.service.yaml', 'c.service.yaml'), hook('c.service.yaml'), hook('d.service.yaml')];
        const after = readFileSync(join(folder, 'a b.service.yaml'), 'utf8');
        end();
        const fixes = entry.includes('--fix');
        assert.deepEqual([bad.status, good.status, other.status], [fixes ? 0 : 1, 0, 1], bad.stderr);
        assert.equal(after, fixes ? BAD.replace('Replcas', 'Replicas') : BAD);
      });
    }

    it('are installed and run by pre-commit itself', function () {
      needs(this, 'pre-commit', 'git');
      // the repository as pre-commit clones it, without what only its build needs, so that nothing is fetched
      const { folder, env, end } = workplace({ 'project/a.service.yaml': BAD, 'project/b.yaml': BAD, 'project/.pre-commit-config.yaml': '' });
      const hookRepo = join(folder, 'hooks');
      const { devDependencies: _, scripts: __, ...manifest } = JSON.parse(read('package.json'));
      for (const path of ['.pre-commit-hooks.yaml', '.npmrc', 'LICENSE', 'README.md', 'man', 'dist/cli.js', 'dist/main.js', 'dist/lsp.js', 'dist/yaml.js']) cpSync(join(ROOT, path), join(hookRepo, path), { recursive: true });
      writeFileSync(join(hookRepo, 'package.json'), JSON.stringify({ ...manifest, scripts: { prepack: 'node -e 0' } }));
      const git = (cwd: string, ...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, env, encoding: 'utf8' });
      for (const cwd of [hookRepo, join(folder, 'project')]) {
        git(cwd, 'init', '-q');
        git(cwd, 'add', '-A');
      }
      git(hookRepo, 'commit', '-qm', 'a');
      const rev = git(hookRepo, 'rev-parse', 'HEAD').trim();
      writeFileSync(join(folder, 'project/.pre-commit-config.yaml'), `repos: [{ repo: ${hookRepo}, rev: ${rev}, hooks: [{ id: swarmspec }] }]\n`);
      git(join(folder, 'project'), 'add', '-A');
      const { status, stdout } = spawnSync('pre-commit', ['run', '--all-files'], { cwd: join(folder, 'project'), env: { ...env, PRE_COMMIT_HOME: join(folder, 'home') }, encoding: 'utf8' });
      end();
      assert.equal(status, 1, stdout);
      assert.match(stdout, /check swarm service specs\.+Failed/);
      assert.match(stdout, /a\.service\.yaml:7:5 error/);
      assert.doesNotMatch(stdout, /b\.yaml/);
    });

    it('can be packed by pre-commit, which reads the name of the tarball from the output', () => {
      const { folder, env, end } = workplace({ 'package.json': '{ "name": "x", "version": "1.0.0", "scripts": { "prepack": "node -e 0" } }', '.npmrc': read('.npmrc') });
      const { stdout } = spawnSync('npm', ['pack'], { cwd: folder, env, encoding: 'utf8' });
      end();
      assert.equal(stdout, 'x-1.0.0.tgz\n');
    });
  });

  describe('the GitHub Action', () => {
    const action = parse(read('action.yml'));
    const [step] = action.runs.steps;

    /** Runs its step as the runner does: expressions of `env` replaced, the script as a file for bash. */
    function act(inputs: Record<string, string>, files: Record<string, string>, programs?: Record<string, string>) {
      const { folder, env, end } = workplace(files, programs);
      const all = { ...Object.fromEntries(Object.entries<any>(action.inputs).map(([name, { default: given }]) => [name, String(given)])), ...inputs };
      const fill = (text: string) => text.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => all[name] ?? assert.fail(name));
      const tools = join(folder, '.runner');
      mkdirSync(tools);
      writeFileSync(join(tools, 'script.sh'), step.run);
      const given = Object.fromEntries(Object.entries<string>(step.env).map(([name, text]) => [name, fill(text)]));
      const runner = { GITHUB_ACTIONS: 'true', CI: 'true', GITHUB_WORKSPACE: folder, GITHUB_OUTPUT: join(tools, 'output'), GITHUB_STEP_SUMMARY: join(tools, 'summary'), RUNNER_TEMP: tools };
      const ran = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', join(tools, 'script.sh')], { cwd: join(folder, fill(step['working-directory'])), env: { ...env, ...runner, ...given }, encoding: 'utf8' });
      const text = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
      const answer = { code: ran.status, out: ran.stdout, err: ran.stderr, outputs: text(runner.GITHUB_OUTPUT), summary: text(runner.GITHUB_STEP_SUMMARY), sarif: all.sarif === '' ? '' : text(join(folder, fill(step['working-directory']), all.sarif)), pwned: existsSync(join(folder, 'pwned')) };
      end();
      return answer;
    }

    it('annotates, summarises and fails', () => {
      const { code, out, err, outputs, summary } = act({}, { 'deploy/a.service.yaml': BAD, 'deploy/b.service.yaml': GOOD });
      assert.deepEqual({ code, err, outputs }, { code: 1, err: '', outputs: 'exit-code=1\n' });
      assert.match(out, /^::error file=deploy\/a\.service\.yaml,line=7,/);
      assert.match(summary, /## swarmspec[^]*Replcas[^]*\*\*2 files: 1 error, 0 warnings\*\*/);
    });
    it('passes good files', () => assert.equal(act({ files: 'deploy\n' }, { 'deploy/b.service.yaml': GOOD }).code, 0));
    it('takes a list of files, arguments, a folder, and writes SARIF', () => {
      const { code, out, outputs, sarif, summary } = act({ files: 'a b.yaml\n!x.yaml\n*.yaml\n', args: '--fail-on=never\n--rule\nunknown-field=warning\n', 'working-directory': 'deploy', sarif: 'out/swarmspec.sarif', summary: 'false' }, { 'deploy/a b.yaml': BAD, 'deploy/x.yaml': BAD });
      assert.deepEqual({ code, outputs, summary }, { code: 0, outputs: 'sarif=out/swarmspec.sarif\nexit-code=0\n', summary: '' });
      assert.match(out, /^::warning file=deploy\/a b\.yaml,line=7/);
      assert.equal(JSON.parse(sarif).runs[0].results.length, 1);
      assert.doesNotMatch(out, /x\.yaml/);
    });
    it('does not run what is in its inputs', () => {
      const { pwned, code } = act({ files: '$(touch pwned)\n`touch pwned`\n"; touch pwned; "\n', args: '$(touch pwned)' }, { 'a.service.yaml': GOOD });
      assert.deepEqual({ pwned, code }, { pwned: false, code: 3 });
      assert.doesNotMatch(step.run, /\$\{\{/);
    });
    it('takes the version that is asked for from npm', () => {
      const { out } = act({ version: '0.1.0', files: 'x' }, {}, { npx: 'printf "%s " "$@"' });
      assert.match(out, /^--yes swarmspec@0\.1\.0 validate --format github .*-- x /);
    });
    it('is a script that shellcheck has nothing against', function () {
      needs(this, 'shellcheck');
      const { stdout, status } = spawnSync('shellcheck', ['-s', 'bash', '-'], { input: step.run, encoding: 'utf8' });
      assert.equal(status, 0, stdout);
    });
    it('is of the form that GitHub takes', () => {
      assert.equal(action.runs.using, 'composite');
      for (const { shell, run } of action.runs.steps) assert.ok(shell && run);
      for (const name of ['name', 'description']) assert.ok(action[name]);
      for (const input of Object.values<any>(action.inputs)) assert.ok(input.description && typeof input.default === 'string');
      for (const [, id] of JSON.stringify(action.outputs).matchAll(/steps\.(\w+)\./g)) assert.equal(id, step.id);
    });
  });

  describe('the GitLab job', () => {
    const file = parse(read('ci/gitlab.yml'));
    const { script, variables, artifacts } = file['.swarmspec'];
    it('writes the reports that it names, and fails on errors', () => {
      const { folder, env, end } = workplace({ 'a.service.yaml': BAD });
      const ran = spawnSync('sh', ['-e', '-c', script.join('\n')], { cwd: folder, env: { ...env, ...variables, CI_PROJECT_DIR: folder, SWARMSPEC_ARGS: '--fail-on warning', SWARMSPEC_FILES: 'a.service.yaml' }, encoding: 'utf8' });
      const reports: Record<string, string> = Object.fromEntries(Object.entries<string>(artifacts.reports).map(([name, path]) => [name, readFileSync(join(folder, path), 'utf8')]));
      end();
      assert.equal(ran.status, 1, ran.stderr);
      assert.match(ran.stdout, /a\.service\.yaml:7:5 error/);
      assert.equal(JSON.parse(reports.codequality)[0].location.path, 'a.service.yaml');
      assert.match(reports.junit, /<testsuite /);
    });
    it('installs the command where it is not there', () => {
      const { folder, env, end } = workplace({}, { npm: 'echo "npm $*" >&2; exit 7' });
      const ran = spawnSync('/bin/sh', ['-e', '-c', script.join('\n')], { cwd: folder, env: { ...env, ...variables, PATH: join(folder, '.bin') }, encoding: 'utf8' });
      end();
      assert.deepEqual([ran.status, ran.stderr], [7, 'npm install --global swarmspec@latest\n']);
    });
    it('is extended by a job that runs for merge requests', () => assert.deepEqual([file.swarmspec.extends, JSON.stringify(file.swarmspec.rules).includes('merge_request_event')], ['.swarmspec', true]));
  });

  describe('the image', () => {
    const lines = read('ci/Dockerfile').replaceAll(/\\\n/g, ' ').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => /^(\w+)\s+(.*)$/.exec(line)?.slice(1) ?? assert.fail(line));
    const all = (instruction: string) => lines.filter(([name]) => name === instruction).map(([, rest]) => rest);

    it('holds files that the package and the build context have', () => {
      const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      const published: string[] = files.map(({ path }: { path: string }) => path);
      const context = read('.dockerignore').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
      for (const copy of all('COPY')) {
        for (const source of copy.split(/\s+/).slice(0, -1)) {
          assert.ok(published.some((path) => path === source || path.startsWith(`${source}/`)), `${source} is published`);
          assert.ok(context.includes(source), `${source} is in the context`);
        }
      }
      for (const path of ['man/swarmspec.1', 'action.yml', 'ci/gitlab.yml', 'ci/Dockerfile']) assert.ok(published.includes(path), path);
    });
    it('runs as nobody, on a base of a version, without a shell around the command', () => {
      assert.deepEqual(all('USER'), ['65534:65534']);
      assert.match(all('ARG')[0], /^BASE=[\w/-]+:(?!latest)[\w.-]+$/);
      assert.deepEqual(all('FROM'), ['${BASE}']);
      assert.ok(JSON.parse(all('ENTRYPOINT')[0]).length > 1);
      assert.deepEqual(all('ADD'), []);
      assert.ok(lines.findIndex(([name]) => name === 'USER') > lines.findLastIndex(([name]) => name === 'COPY'));
    });
  });

  describe('the manual page', () => {
    it('tells of every command and option', () => {
      const page = manPage().replaceAll('\\-', '-');
      for (const load of Object.values(COMMANDS)) {
        const { name, options } = load();
        assert.ok(page.includes(`.SH SWARMSPEC ${name.toUpperCase()}`));
        for (const option of options) assert.ok(page.includes(`\\fB--${option.name}\\fR`), `${name} --${option.name}`);
      }
    });
    it('is one that troff has nothing against', function () {
      needs(this, 'groff');
      const { stdout, stderr, status } = spawnSync('groff', ['-man', '-Tutf8', '-ww'], { input: manPage(), encoding: 'utf8' });
      assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
      const plain = stdout.replaceAll(/\u001b\[[\d;]*m|.\u0008/g, '');
      assert.match(plain, /swarmspec - check, explain and apply Docker Swarm service specs/);
      assert.match(plain, /--output FORMAT=FILE/);
      assert.match(plain, /\.swarmspecignore/);
    });
    it('is installed with the package', () => assert.equal(dirname(JSON.parse(read('package.json')).man), 'man'));
  });
});
