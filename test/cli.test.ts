import Ajv from 'ajv';
import * as assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../server/src/cli/commands';
import { documentedRules, ruleDocs } from '../server/src/features/explain';
import { ROOT } from '../server/src/tools/root';
import { folderOf, run, type Scene } from './support/terminal';

const HEAD = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';
const GOOD = `${HEAD}Mode: { Global: {} }\n`;
const BAD = `${HEAD}Mode:\n  Replicated:\n    Replcas: 3\n`;
const WARNED = `${HEAD}labels: { team: a }\nMode: { Global: {} }\n`;
const JSON_BAD = '{"Name": "demo", "TaskTemplate": {"ContainerSpec": {"Image": "busy:1"}}, "Mode": {"Replicated": {"Replcas": 3}}}';
const COMMAND_NAMES = Object.keys(COMMANDS);
const ESCAPE = '\u001b[';

const validateShape = new Ajv({ strict: true }).compile(JSON.parse(readFileSync(join(ROOT, 'schemas/findings.v1.json'), 'utf8')));

/** Runs with `--format json` and answers what was printed, which has the published shape. */
async function jsonOf(args: string, scene: Scene) {
  const ran = await run(`${args} --format json`, scene);
  const output = JSON.parse(ran.out);
  const valid: unknown = validateShape(output);
  assert.ok(valid, JSON.stringify(validateShape.errors));
  return { ...ran, output };
}

describe('exit code', () => {
  const cases: { name: string; args: string; scene?: Scene; code: number; says?: RegExp }[] = [
    { name: '0 when all is well', args: 'validate a.yaml', scene: { files: { 'a.yaml': GOOD } }, code: 0, says: /^1 file: no errors, no warnings\n$/ },
    { name: '0 for warnings', args: 'validate a.yaml', scene: { files: { 'a.yaml': WARNED } }, code: 0, says: /1 file: 1 warning\n$/ },
    { name: '1 for warnings that count', args: 'validate a.yaml --fail-on warning', scene: { files: { 'a.yaml': WARNED } }, code: 1 },
    { name: '1 for an error', args: 'validate a.yaml', scene: { files: { 'a.yaml': BAD } }, code: 1, says: /1 file: 1 error\n$/ },
    { name: '1 for an error in one of several files', args: 'validate a.yaml b.yaml', scene: { files: { 'a.yaml': BAD, 'b.yaml': GOOD } }, code: 1, says: /2 files: 1 error\n$/ },
    { name: '0 for help', args: 'validate --help', code: 0 },
    { name: '2 without a command', args: '', code: 2 },
    { name: '2 for a command that is not there', args: 'valdate a.yaml', code: 2, says: /no command `valdate`\. Did you mean `validate`\?/ },
    { name: '2 for a command of every object', args: 'constructor', code: 2, says: /no command/ },
    { name: '2 for a flag that is not there', args: 'validate a.yaml --nonsense', scene: { files: { 'a.yaml': GOOD } }, code: 2, says: /no option `--nonsense`.*\nUsage: swarmspec validate/ },
    { name: '2 for a misspelt flag, with the near miss', args: 'validate a.yaml --formt json', scene: { files: { 'a.yaml': GOOD } }, code: 2, says: /no option `--formt`\. Did you mean `--format`\?/ },
    { name: '2 for a misspelt format, with the near miss', args: 'validate a.yaml --format sarf', scene: { files: { 'a.yaml': GOOD } }, code: 2, says: /Did you mean `sarif`\?/ },
    { name: '2 for a misspelt rule, with the near miss', args: 'validate a.yaml --rule unknwon-field=off', scene: { files: { 'a.yaml': GOOD } }, code: 2, says: /no rule `unknwon-field`\. Did you mean `unknown-field`\?/ },
    { name: '2 for a severity that is not there', args: 'validate a.yaml --rule unknown-field=fatal', scene: { files: { 'a.yaml': GOOD } }, code: 2, says: /error, warning, information, hint, off/ },
    { name: '2 for a flag without its value', args: 'validate a.yaml --api', scene: { files: { 'a.yaml': GOOD } }, code: 2 },
    { name: '2 for a version that is not there', args: 'validate a.yaml --api 9.9', scene: { files: { 'a.yaml': GOOD } }, code: 2, says: /1\.25 to 1\.\d+/ },
    { name: '2 for a release that is none', args: 'validate a.yaml --engine new', scene: { files: { 'a.yaml': GOOD } }, code: 2, says: /no release of the engine/ },
    { name: '2 for a format that is not there', args: 'validate a.yaml --format xml', scene: { files: { 'a.yaml': GOOD } }, code: 2, says: /no format `xml`.*text, compact, json, .* and markdown/ },
    { name: '2 for a format of every object', args: 'validate a.yaml --format toString', scene: { files: { 'a.yaml': GOOD } }, code: 2 },
    { name: '2 for a level that is not there', args: 'validate a.yaml --fail-on hint', scene: { files: { 'a.yaml': GOOD } }, code: 2, says: /error, warning, information or never/ },
    { name: '2 without a file', args: 'validate', code: 2, says: /no file is given/ },
    { name: '2 for a folder without specs', args: 'validate .', scene: { files: { 'readme.txt': '' } }, code: 2, says: /no spec in/ },
    { name: '2 for a folder without specs, and why that may be', args: 'validate .', scene: { files: { 'swarmspec.config.yaml': 'files: deploy/*.json\n', 'deploy/a.json': '{}' } }, code: 2, says: /swarmspec\.config\.yaml:1:8: `files` is a list of globs[^]*no spec in/ },
    { name: '2 for a part that is none, with what is meant', args: 'validate a.yaml --as Containerspec', scene: { files: { 'a.yaml': GOOD } }, code: 2, says: /Did you mean `TaskTemplate\.ContainerSpec`/ },
    { name: '2 for a glob that matches nothing', args: 'validate *.yaml', code: 2, says: /nothing matches/ },
    { name: '3 for a file that is not there', args: 'validate none.yaml', code: 3, says: /cannot read `none.yaml`: there is no such file/ },
    { name: '3 for an engine that is not there', args: 'plan a.yaml --host unix:///nonexistent.sock', scene: { files: { 'a.yaml': GOOD } }, code: 3, says: /unix:\/\/\/nonexistent\.sock/ },
    { name: '3 for applying to an engine that is not there', args: 'apply a.yaml --yes', scene: { files: { 'a.yaml': GOOD }, env: { DOCKER_HOST: 'unix:///nonexistent.sock' } }, code: 3, says: /nonexistent/ },
    { name: '2 for lsp without a way to speak', args: 'lsp', code: 2, says: /--stdio/ },
  ];
  for (const { name, args, scene, code, says } of cases) {
    it(name, async () => {
      const ran = await run(args, scene);
      assert.equal(ran.code, code, ran.out + ran.err);
      if (says) assert.match(ran.out + ran.err, says);
      // what went wrong goes to the error stream, what was found to the output
      if (code >= 2) assert.equal(ran.out, '');
      else assert.equal(ran.err, '');
    });
  }
});

describe('help and version', () => {
  for (const command of COMMAND_NAMES) {
    it(`${command} has help`, async () => {
      for (const flag of ['--help', '-h']) {
        const { code, out } = await run(`${command} ${flag}`);
        assert.equal(code, 0);
        assert.match(out, new RegExp(`Usage: swarmspec ${command}`));
        assert.match(out, /-h, --help/);
        assert.match(out, /Example/);
      }
    });
    it(`${command} tells the version`, async () => assert.deepEqual(await run(`${command} --version`), await run('--version')));
  }
  it('the overview names every command', async () => {
    for (const args of ['--help', '-h', 'help']) {
      const { code, out } = await run(args);
      assert.equal(code, 0);
      for (const command of COMMAND_NAMES) assert.match(out, new RegExp(`^  ${command} `, 'm'));
    }
  });
  it('help COMMAND is the help of the command', async () => assert.deepEqual(await run('help validate'), await run('validate --help')));
  it('every option in an example exists, and every option has one', async () => {
    for (const command of COMMAND_NAMES) {
      const { examples, options } = COMMANDS[command]();
      const known = [...options.map(({ name }) => `--${name}`), '--help', '--color'];
      const texts = [...examples, ...options.map(({ example }) => example ?? '')].map((text) => text.replace(/\|.*|#.*/, ''));
      for (const [flag] of texts.join(' ').matchAll(/(?<= )--[a-zA-Z-]+/g)) assert.ok(known.includes(flag), `${command}: ${flag}`);
      for (const { name, example } of options) assert.ok(example?.includes(`--${name}`), `${command}: --${name} is not shown in use`);
      const { out } = await run(`${command} --help`);
      for (const { name, example } of options) assert.ok(out.includes(`--${name}`) && out.replaceAll(/\s+/g, ' ').includes(`Example: ${example}`), `${command} --help does not show --${name} in use`);
    }
  });
});

describe('findings as text', () => {
  it('show the place, the line with the stretch underlined, and the fix', async () => {
    const { out } = await run('validate web.service.yaml', { files: { 'web.service.yaml': BAD } });
    assert.equal(out, `web.service.yaml:7:5 error \`Replcas\` is not a field of \`Replicated\`, so the engine drops it without a word. Did you mean \`Replicas\`? [unknown-field]
  7 |     Replcas: 3
    |     ^^^^^^^
    = fix: Rename \`Replcas\` to \`Replicas\`

1 file: 1 error
`);
  });

  it('are coloured on a terminal', async () => {
    const { out } = await run('validate a.yaml', { files: { 'a.yaml': BAD }, color: true });
    assert.ok(out.includes(`${ESCAPE}31;1merror${ESCAPE}0m`));
    assert.doesNotMatch(out, /`/);
  });

  it('show a stretch of a line that is very long', async () => {
    const text = JSON_BAD.replace('{"Name"', `{"Labels": {"a": "${'x'.repeat(5000)}"}, "Name"`);
    const { out } = await run('validate a.json', { files: { 'a.json': text } });
    const [, line, marks] = out.split('\n');
    assert.ok(line.length < 200);
    assert.equal(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), '"Replcas"');
  });

  it('do not show what looks secret on the line', async () => {
    const text = JSON.stringify({ Name: 'demo', TaskTemplate: { ContainerSpec: { Image: 'busy:1', Env: ['DB_PASSWORD=hunter2', 'PATH=/bin'], Hostnam: 'x', Labels: { 'api-token': 's3cr3t' } } } });
    const yaml = `${HEAD}    Env: [DB_PASSWORD=hunter2, 5]\n    Labels: { api-token: "s3cr3t", Hostnam: 5 }\n`;
    for (const [name, content] of [['a.json', text], ['a.yaml', yaml]]) {
      for (const format of ['text', 'json']) {
        const { out } = await run(`validate ${name} --format ${format}`, { files: { [name]: content } });
        assert.match(out, /Hostnam|Env/);
        assert.doesNotMatch(out, /hunter2|s3cr3t/, `${name} as ${format}`);
      }
    }
  });
});

describe('findings as JSON', () => {
  it('have the published shape', async () => {
    const { code, output } = await jsonOf('validate a.yaml', { files: { 'a.yaml': BAD } });
    assert.equal(code, 1);
    assert.deepEqual(output, {
      version: 1,
      files: [
        {
          path: 'a.yaml', api: '1.49', kind: 'service',
          diagnostics: [
            {
              rule: 'unknown-field', effect: 'lost', severity: 'error',
              message: '`Replcas` is not a field of `Replicated`, so the engine drops it without a word. Did you mean `Replicas`?',
              path: '/Mode/Replicated/Replcas', document: 0,
              range: { start: { line: 6, character: 4 }, end: { line: 6, character: 11 } },
              fixes: [{ title: 'Rename `Replcas` to `Replicas`', safe: true, edits: [{ range: { start: { line: 6, character: 4 }, end: { line: 6, character: 11 } }, newText: 'Replicas' }] }],
            },
          ],
        },
      ],
      summary: { files: 1, errors: 1, warnings: 0 },
    });
  });

  it('have it for every bad example of a rule', async () => {
    const files = Object.fromEntries(ruleDocs().map(({ id, bad, whole }) => [`${id}.${whole === 'json' ? 'json' : 'yaml'}`, bad]));
    const { output } = await jsonOf(`validate ${Object.keys(files).join(' ')}`, { files });
    assert.equal(output.summary.files, ruleDocs().length);
    assert.equal(output.files.flatMap(({ diagnostics }: any) => diagnostics).filter(({ severity }: any) => severity === 'error').length, output.summary.errors);
  });

  it('count UTF-16 characters, and name the document', async () => {
    const { output } = await jsonOf('validate a.yaml', { files: { 'a.yaml': `${GOOD}---\n${GOOD}Labels: { "😀": 5 }\n` } });
    const [{ document, range, path }] = output.files[0].diagnostics;
    assert.deepEqual({ document, range, path }, { document: 1, path: '/Labels/😀', range: { start: { line: 11, character: 16 }, end: { line: 11, character: 17 } } });
  });

  it('are one object for no findings too', async () => {
    const { output } = await jsonOf('validate a.yaml', { files: { 'a.yaml': GOOD } });
    assert.deepEqual(output.files[0].diagnostics, []);
  });

  it('tell the version that was asked for', async () => {
    const files = { 'a.yaml': GOOD, 'b.yaml': `# swarmspec: api=1.44\n${HEAD}` };
    const { output } = await jsonOf('validate a.yaml b.yaml --api v1.45', { files });
    assert.deepEqual(output.files.map(({ api }: any) => api), ['1.45', '1.44']);
  });

  it('depend on the generation that was asked for', async () => {
    const { output } = await jsonOf('validate a.yaml --engine 29', { files: { 'a.yaml': `${GOOD}Networks: [{ Target: a }]\n` } });
    assert.equal(output.files[0].diagnostics[0].effect, 'lost');
  });
});

describe('the files of a command line', () => {
  const files = {
    'web.service.yaml': GOOD, 'deploy/api.service.json': JSON_BAD, 'deploy/old.swarmspec.yml': GOOD, 'deploy/other.yaml': BAD, 'node_modules/x/y.service.yaml': BAD, 'deploy/deep/er/z.service.yaml': GOOD,
  };
  const paths = async (args: string) => (await jsonOf(`validate ${args}`, { files, stdin: JSON_BAD })).output.files.map(({ path }: any) => path);
  for (const [name, args, wanted] of [
    ['a folder: the specs in it, by their names', '.', ['deploy/api.service.json', 'deploy/deep/er/z.service.yaml', 'deploy/old.swarmspec.yml', 'web.service.yaml']],
    ['a folder below', 'deploy', ['deploy/api.service.json', 'deploy/deep/er/z.service.yaml', 'deploy/old.swarmspec.yml']],
    ['a glob: whatever matches', 'deploy/*.yaml', ['deploy/other.yaml']],
    ['a glob over folders', '**/*.service.yaml', ['deploy/deep/er/z.service.yaml', 'web.service.yaml']],
    ['a glob with choices', 'deploy/*.{json,yml}', ['deploy/api.service.json', 'deploy/old.swarmspec.yml']],
    ['a file, whatever it is called', 'deploy/other.yaml', ['deploy/other.yaml']],
    ['a file given twice: once', 'web.service.yaml . web.service.yaml', ['web.service.yaml', 'deploy/api.service.json', 'deploy/deep/er/z.service.yaml', 'deploy/old.swarmspec.yml']],
    ['the standard input', '-', ['-']],
  ] as [string, string, string[]][]) {
    it(name, async () => assert.deepEqual(await paths(args), wanted));
  }

  it('the standard input is JSON or YAML by what it begins with', async () => {
    for (const stdin of [JSON_BAD, BAD]) assert.equal((await jsonOf('validate -', { stdin })).output.summary.errors, 1);
  });

  it('a file that is no UTF-8 is told', async () => {
    const { output } = await jsonOf('validate a.yaml', { files: { 'a.yaml': Buffer.from(`${GOOD}Labels: { a: "\xe4" }\n`, 'latin1') } });
    assert.deepEqual(output.files[0].diagnostics.map(({ rule }: any) => rule), ['text-encoding']);
  });

  it('a byte order mark is refused in JSON', async () => {
    const { output } = await jsonOf('validate a.json', { files: { 'a.json': `\ufeff${JSON_BAD.replace('Replcas', 'Replicas')}` } });
    assert.deepEqual(output.files[0].diagnostics.map(({ rule }: any) => rule), ['text-encoding']);
  });
});

describe('explain', () => {
  for (const { id, severity } of documentedRules()) {
    it(`tells of ${id}`, async () => {
      const { code, out } = await run(`explain ${id}`);
      assert.equal(code, 0);
      assert.ok(out.startsWith(`${id} (${severity}, `));
      assert.match(out, /\nBad:\n[^]*\nGood:\n/);
    });
  }
  it('offers the near miss', async () => {
    const { code, err } = await run('explain unknwon-field');
    assert.equal(code, 2);
    assert.match(err, /Did you mean `unknown-field`\?/);
  });
  it('says what it takes when nothing is given', async () => assert.match((await run('explain')).err, /swarmspec rules/));
  it('tells of a field, by its path, the end of it, or its name, in any letter case', async () => {
    for (const name of ['UpdateConfig.Delay', 'updateconfig.delay']) {
      const { code, out } = await run(`explain ${name}`);
      assert.equal(code, 0);
      assert.match(out, /^UpdateConfig\.Delay: .*\n/);
      assert.doesNotMatch(out, /\*\*|␊/);
    }
    assert.match((await run('explain Delay')).out, /^UpdateConfig\.Delay: [^]*^RollbackConfig\.Delay: /m);
    assert.match((await run('explain Ports[].TargetPort')).out, /^EndpointSpec\.Ports\[\]\.TargetPort: /);
    assert.match((await run('explain Healthcheck')).out, /Fields:\n  Test: /);
  });
});

describe('rules', () => {
  it('are listed, one a line, with what they find', async () => {
    const { code, out } = await run('rules');
    const lines = out.trimEnd().split('\n');
    assert.equal(code, 0);
    assert.deepEqual(lines.map((line) => line.split(' ')[0]), documentedRules().map(({ id }) => id));
    assert.match(lines.find((line) => line.startsWith('unknown-field ')) ?? '', /^unknown-field +error +lost +Every key is a field that the engine knows\.$/);
  });
  it('are data for programs, with all there is to tell', async () => {
    const { version, rules } = JSON.parse((await run('rules --format json')).out);
    assert.equal(version, 1);
    assert.deepEqual(rules.map(({ id }: any) => id), documentedRules().map(({ id }) => id));
    for (const rule of rules) assert.deepEqual(Object.keys(rule), ['id', 'severity', 'effect', 'summary', 'why', 'source', 'bad', 'good']);
  });
  it('are all of them', async () => {
    const { code, err } = await run('rules unknown-field');
    assert.equal(code, 2);
    assert.match(err, /`swarmspec explain unknown-field` tells of one rule/);
    assert.equal((await run('rules --format xml')).code, 2);
  });
});

describe('schema', () => {
  it('prints that of the default', async () => assert.equal(JSON.parse((await run('schema')).out).$id, 'https://swarmspec.github.io/schemas/service-spec.v1.49.json'));
  it('prints that of a version', async () => assert.deepEqual(JSON.parse((await run('schema --api 1.44')).out), JSON.parse(readFileSync(join(ROOT, 'schemas/service-spec.v1.44.json'), 'utf8'))));
});

describe('the command as it is shipped', function () {
  const CLI = join(ROOT, 'dist/cli.js');
  if (!existsSync(CLI)) {
    it('is not built: run `npm run build`', function () {
      this.skip();
    });
    return;
  }
  const shipped = (args: string[], { files = {}, stdin = '', env = {} }: Scene = {}) => {
    const cwd = folderOf(files);
    const { NO_COLOR, FORCE_COLOR, GITHUB_ACTIONS, ...rest } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { cwd, input: stdin, encoding: 'utf8', env: { ...rest, ...env } });
    rmSync(cwd, { recursive: true });
    return { code: status, out: stdout, err: stderr };
  };
  it('tells the version of the package', () => assert.equal(shipped(['--version']).out, `${JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version}\n`));
  it('checks a file', () => assert.equal(shipped(['validate', 'a.yaml'], { files: { 'a.yaml': BAD } }).code, 1));
  it('reads the standard input', () => assert.match(shipped(['validate', '-'], { stdin: JSON_BAD }).out, /^-:1:\d+ error/));
  it('has no colours in a pipe', () => assert.ok(!shipped(['validate', '-'], { stdin: BAD }).out.includes(ESCAPE)));
  it('has colours where they are forced', () => assert.ok(shipped(['validate', '-'], { stdin: BAD, env: { FORCE_COLOR: '1' } }).out.includes(ESCAPE)));
  it('has none where nobody wants them', () => assert.ok(!shipped(['validate', '-'], { stdin: BAD, env: { NO_COLOR: '1', FORCE_COLOR: '0' } }).out.includes(ESCAPE)));
  it('ends with 3 for a file that is not there', () => assert.equal(shipped(['validate', 'none.yaml']).code, 3));
  it('does not pass for done when nobody reads what it found', async () => {
    const cwd = folderOf({ 'a.yaml': BAD });
    const child = spawn(process.execPath, [CLI, 'validate', 'a.yaml'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    assert.equal(await new Promise((resolve) => child.on('close', resolve)), 141);
    rmSync(cwd, { recursive: true });
  });
  it('says when the output cannot be written', function () {
    if (!existsSync('/dev/full')) this.skip();
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'rules'], { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
    closeSync(full);
    assert.equal(status, 3);
    assert.match(stderr, /^swarmspec rules: cannot write to the standard output: ENOSPC/);
  });
  for (const [called, key, answer] of [['Ctrl-C', '\u0003', 'false'], ['Ctrl-D', '\u0004', 'false'], ['y', 'y\n', 'true']]) {
    it(`takes ${called} at a question for ${answer === 'true' ? 'yes' : 'no'}`, async function () {
      if (spawnSync('script', ['--version']).status !== 0) this.skip();
      const ask = `require(${JSON.stringify(join(ROOT, 'out/server/src/cli/terminal.js'))}).processTerminal("").ask("Go?").then((yes) => console.log("it is " + yes))`;
      const child = spawn('script', ['-qec', `'${process.execPath}' -e '${ask}'`, '/dev/null'], { stdio: 'pipe' });
      let out = '';
      child.stdout.on('data', (data) => {
        if (!out.includes('[y/N]') && `${out}${data}`.includes('[y/N]')) child.stdin.write(key);
        out += String(data);
      });
      await new Promise((resolve) => child.on('close', resolve));
      assert.match(out, new RegExp(`it is ${answer}`));
    });
  }
  it('prints a schema whole through a pipe', () => assert.doesNotThrow(() => JSON.parse(shipped(['schema']).out)));
});
