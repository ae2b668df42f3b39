import Ajv from 'ajv';
import Draft4 from 'ajv-draft-04';
import * as assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import MarkdownIt from 'markdown-it';
import { Parser as TapParser } from 'tap-parser';
import { FORMATS } from '../server/src/cli/printers/formats';
import { documentedRules } from '../server/src/features/explain';
import { ROOT } from '../server/src/tools/root';
import { folderOf, run, runIn, type Scene } from './support/terminal';

const HEAD = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';
const GOOD = `${HEAD}Mode: { Global: {} }\n`;
const BAD = `${HEAD}Mode:\n  Replicated:\n    Replcas: 3\n`;
const WARNED = `${HEAD}labels: { team: a }\nMode: { Global: {} }\n`;

/** Text that is hard on every format: quotes, brackets, line ends, controls, the end of a CDATA section, wide characters. */
const NASTY = 'a%0A\r\n::b,c:"<&>\']]>|`x`\u0007😀*_#';
const NASTY_SPEC = JSON.stringify({ Name: 'demo', TaskTemplate: { ContainerSpec: { Image: 'busy:1' } }, [NASTY]: 1 });
const FILES = { 'bad.yaml': BAD, 'good.yaml': GOOD, 'warned.yaml': WARNED, 'nasty.json': NASTY_SPEC };
const ALL = `validate ${Object.keys(FILES).join(' ')}`;

const outputOf = async (format: string, args = ALL, scene: Scene = { files: FILES }) => (await run(`${args} --format ${format}`, scene)).out;

/** The findings that all formats are held against. */
async function expected(): Promise<{ path: string; rule: string; severity: string; message: string; hint?: string; line: number; column: number }[]> {
  const { files } = JSON.parse(await outputOf('json'));
  return files.flatMap(({ path, diagnostics }: any) => diagnostics.map(({ rule, severity, message, hint, range: { start } }: any) => ({ path, rule, severity, message, hint, line: start.line + 1, column: start.character + 1 })));
}

const full = ({ message, hint }: { message: string; hint?: string }, separator = ' ') => (hint ? message + separator + hint : message);

describe('findings in the formats of others', () => {
  it('are those of a scene that is hard on them', async () => {
    const found = await expected();
    assert.deepEqual(found.map(({ path, rule }) => `${path} ${rule}`), ['bad.yaml unknown-field', 'warned.yaml wrong-case', 'nasty.json unknown-field']);
    assert.ok(found[2].message.includes(NASTY));
  });

  describe('compact', () => {
    it('is a line a finding, without anything that could steer a terminal', async () => {
      const lines = (await outputOf('compact')).split('\n').slice(0, -1);
      const found = await expected();
      assert.equal(lines.length, found.length);
      for (const [i, line] of lines.entries()) {
        const [, path, row, column, severity, rule] = /^([^:]+):(\d+):(\d+): (\w+): .* \[([a-z-]+)\]$/.exec(line) ?? assert.fail(line);
        assert.deepEqual({ path, line: Number(row), column: Number(column), severity, rule }, { path: found[i].path, line: found[i].line, column: found[i].column, severity: found[i].severity, rule: found[i].rule });
        assert.doesNotMatch(line, /[\u0000-\u001f]/);
      }
    });
  });

  describe('jsonl', () => {
    it('is an object of the published shape a line, with its file', async () => {
      const { definitions } = JSON.parse(readFileSync(join(ROOT, 'schemas/findings.v1.json'), 'utf8'));
      const valid = new Ajv({ strict: true }).compile({ $ref: '#/definitions/diagnostic', definitions });
      const rows = (await outputOf('jsonl')).trimEnd().split('\n').map((line) => JSON.parse(line));
      for (const { file: _, api: __, kind: ___, ...diagnostic } of rows) assert.ok(valid(diagnostic), JSON.stringify(valid.errors));
      assert.deepEqual(rows.map(({ file, rule }) => ({ file, rule })), (await expected()).map(({ path, rule }) => ({ file: path, rule })));
    });
    it('is nothing when nothing is found', async () => assert.equal(await outputOf('jsonl', 'validate good.yaml'), ''));
  });

  describe('sarif', () => {
    const schema = JSON.parse(readFileSync(require.resolve('@microsoft/jest-sarif/package.json').replace(/package\.json$/, 'lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
    const valid = new Draft4({ strict: false, validateFormats: false, unicodeRegExp: false, logger: false }).compile<any>(schema);
    const sarifOf = async (args = ALL, scene: Scene = { files: FILES }) => {
      const log = JSON.parse(await outputOf('sarif', args, scene));
      assert.ok(valid(log), JSON.stringify(valid.errors?.slice(0, 3)));
      return log.runs[0];
    };

    it('can be told from what is none', () => assert.ok(!valid({ version: '2.1.0', runs: [{ tool: {} }] })));

    it('holds every finding at its place, with its rule', async () => {
      const { results, tool } = await sarifOf();
      assert.deepEqual(
        results.map(({ ruleId, level, message, locations: [{ physicalLocation: { artifactLocation, region } }] }: any) => ({ path: decodeURIComponent(artifactLocation.uri), rule: ruleId, severity: level, message: message.text, line: region.startLine, column: region.startColumn })),
        (await expected()).map(({ path, rule, severity, line, column, ...text }) => ({ path, rule, severity, message: full(text), line, column })),
      );
      for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex].id, ruleId);
      assert.deepEqual(tool.driver.rules.map(({ id }: any) => id), documentedRules().map(({ id }) => id));
      for (const { help, shortDescription, fullDescription, helpUri } of tool.driver.rules) assert.ok(help.text && help.markdown && shortDescription.text && fullDescription.text && helpUri.startsWith('https://'));
    });

    it('has a list of results for no findings too', async () => assert.deepEqual((await sarifOf('validate good.yaml')).results, []));

    it('is valid for the example of every rule', async () => {
      const files = Object.fromEntries(documentedRules().map(({ id, bad, whole }) => [`${id}.${whole === 'json' ? 'json' : 'yaml'}`, bad]));
      const { results } = await sarifOf(`validate ${Object.keys(files).join(' ')}`, { files });
      assert.ok(results.length >= documentedRules().length / 2);
    });

    it('carries the fixes as replacements that mend the file', async () => {
      const [{ fixes: [fix] }] = (await sarifOf('validate bad.yaml')).results;
      const [{ replacements: [{ deletedRegion, insertedContent }] }] = fix.artifactChanges;
      const lines = BAD.split('\n');
      const line = lines[deletedRegion.startLine - 1];
      assert.equal(line.slice(0, deletedRegion.startColumn - 1) + insertedContent.text + line.slice(deletedRegion.endColumn - 1), '    Replicas: 3');
    });

    it('tells what a comment silences, as suppressed and with the reason', async () => {
      const files = { 'a.yaml': `${HEAD}# swarmspec-ignore unknown-field -- read by our own tools\nx-team: web\n` };
      const { results } = await sarifOf('validate a.yaml', { files });
      assert.deepEqual(results.map(({ ruleId, suppressions }: any) => ({ ruleId, suppressions })), [{ ruleId: 'unknown-field', suppressions: [{ kind: 'inSource', justification: 'read by our own tools' }] }]);
      assert.equal((await run('validate a.yaml', { files })).code, 0);
      assert.deepEqual(JSON.parse(await outputOf('json', 'validate a.yaml', { files })).files[0].diagnostics, []);
    });

    it('writes paths as references, relative to the repository of CI', async () => {
      const folder = folderOf({ 'deploy/a b%.yaml': BAD });
      const { out } = await runIn(join(folder, 'deploy'), ['validate', 'a b%.yaml', '--format', 'sarif'], { env: { GITHUB_WORKSPACE: folder } });
      rmSync(folder, { recursive: true });
      assert.equal(JSON.parse(out).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri, 'deploy/a%20b%25.yaml');
    });
  });

  describe('fingerprints', () => {
    const FOUND = `${HEAD}    Env:\n      - A=1\n      - A=2\n    Hostnam: a\nLabels: { a: 5 }\nMode: { Global: {} }\n`;
    const printsOf = async (text: string, format: 'sarif' | 'gitlab') => {
      const out = JSON.parse(await outputOf(format, 'validate a.yaml', { files: { 'a.yaml': text } }));
      return (format === 'sarif' ? out.runs[0].results.map(({ partialFingerprints }: any) => partialFingerprints['swarmspecFinding/v1']) : out.map(({ fingerprint }: any) => fingerprint)).sort();
    };
    for (const format of ['sarif', 'gitlab'] as const) {
      it(`stay when other lines, items and documents come (${format})`, async () => {
        const before = await printsOf(FOUND, format);
        assert.equal(before.length, 3);
        assert.equal(new Set(before).size, before.length);
        const moved = `# a remark\n\n${FOUND.replace('      - A=1\n', '      - B=1\n      - A=1\n')}`;
        assert.deepEqual(await printsOf(moved, format), before);
        assert.deepEqual(await printsOf(`${GOOD.replace('demo', 'other')}---\n${FOUND}`, format), before);
        assert.deepEqual(await printsOf(FOUND.replaceAll('\n', '\r\n'), format), before);
      });
      it(`differ for what is found twice (${format})`, async () => {
        const prints = await printsOf(`${FOUND}---\n${FOUND}`, format);
        assert.equal(new Set(prints).size, 6);
      });
    }
    it('do not depend on what looks secret', async () => {
      const secret = (value: string) => `${HEAD}    Env: [DB_PASSWORD=${value}, DB_PASSWORD=${value}]\n`;
      assert.deepEqual(await printsOf(secret('hunter2'), 'gitlab'), await printsOf(secret('hunter3'), 'gitlab'));
      assert.ok((await printsOf(secret('hunter2'), 'gitlab')).length > 0);
    });
  });

  describe('junit and checkstyle', () => {
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', isArray: (name) => ['testsuite', 'testcase', 'file', 'error'].includes(name), htmlEntities: true, parseAttributeValue: false });
    const parse = (xml: string) => {
      assert.equal(XMLValidator.validate(xml), true);
      assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
      return parser.parse(xml);
    };

    it('junit: a suite a file, a failure for what fails', async () => {
      const { testsuites } = parse(await outputOf('junit'));
      assert.deepEqual(testsuites.testsuite.map(({ name, tests, failures }: any) => ({ name, tests, failures })), [
        { name: 'bad.yaml', tests: '1', failures: '1' }, { name: 'good.yaml', tests: '1', failures: '0' }, { name: 'warned.yaml', tests: '1', failures: '0' }, { name: 'nasty.json', tests: '1', failures: '1' },
      ]);
      const [[bad], [good], [warned]] = testsuites.testsuite.map(({ testcase }: any) => testcase);
      assert.match(bad.failure.message, /`Replcas` is not a field/);
      assert.equal(bad.line, '7');
      assert.equal(good.failure, undefined);
      assert.match(warned['system-out'], /warned\.yaml:5:1: warning: The engine spells this field `Labels`/);
    });

    it('junit: what fails is what makes the exit code 1', async () => {
      const { testsuites } = parse(await outputOf('junit', 'validate warned.yaml --fail-on warning'));
      assert.equal(testsuites.testsuite[0].failures, '1');
      assert.ok(testsuites.testsuite[0].testcase[0].failure);
    });

    it('checkstyle: every finding at its place', async () => {
      const { checkstyle } = parse(await outputOf('checkstyle'));
      const rows = checkstyle.file.flatMap(({ name, error = [] }: any) => error.map(({ line, column, severity, message, source }: any) => ({ path: name, line: Number(line), column: Number(column), severity, message, source })));
      // BEL is no character of XML
      assert.deepEqual(rows, (await expected()).map(({ path, line, column, severity, rule, ...text }) => ({ path, line, column, severity, message: full(text).replaceAll('\u0007', '\ufffd'), source: `swarmspec.${rule}` })));
      assert.deepEqual(checkstyle.file.map(({ name }: any) => name), Object.keys(FILES));
    });

    it('are documents for no findings too', async () => {
      for (const format of ['junit', 'checkstyle']) parse(await outputOf(format, 'validate good.yaml'));
    });
  });

  describe('github', () => {
    /** Reads workflow commands as the runner does: a line each, properties and data unescaped. */
    const commandsOf = (out: string) =>
      out.split('\n').flatMap((line) => {
        const match = /^::(\w+) ([^:]*)::(.*)$/.exec(line);
        if (!match) return [];
        const unescape = (text: string) => text.replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
        return [{ command: match[1], data: unescape(match[3]), ...Object.fromEntries(match[2].split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), unescape(pair.slice(pair.indexOf('=') + 1))])) } as Record<string, string>];
      });

    it('annotates every finding, whatever is in it', async () => {
      const out = await outputOf('github');
      assert.deepEqual(commandsOf(out).map(({ command, file, line, col, title, data }) => ({ path: file, severity: command, line: Number(line), column: Number(col), rule: title.replace('swarmspec: ', ''), message: data })), (await expected()).map(({ hint, message, ...rest }) => ({ ...rest, message: full({ message, hint }, '\n') })));
      assert.match(out, /\n4 files: 2 errors, 1 warning\n$/);
    });
    it('is chosen by itself where GitHub Actions runs it, unless a format is asked for', async () => {
      const env = { GITHUB_ACTIONS: 'true' };
      assert.match((await run('validate bad.yaml', { files: FILES, env })).out, /^::error file=bad\.yaml/);
      assert.match((await run('validate bad.yaml --format text', { files: FILES, env })).out, /^bad\.yaml:7:5/);
    });
    it('names files as the repository does', async () => {
      const folder = folderOf({ 'deploy/a.yaml': BAD });
      const { out } = await runIn(join(folder, 'deploy'), ['validate', 'a.yaml', '--format', 'github'], { env: { GITHUB_WORKSPACE: folder } });
      rmSync(folder, { recursive: true });
      assert.equal(commandsOf(out)[0].file, 'deploy/a.yaml');
    });
    it('leaves columns out where a finding spans lines', async () => {
      const out = await outputOf('github', 'validate a.json', { files: { 'a.json': '{\n"Name": "a"\n' } });
      for (const found of commandsOf(out)) assert.equal('col' in found, found.line === found.endLine, JSON.stringify(found));
    });
  });

  describe('gitlab', () => {
    /** What GitLab documents as required of an entry. */
    const valid = new Ajv({ allErrors: true }).compile<any>({
      type: 'array',
      items: {
        type: 'object', required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
        properties: {
          description: { type: 'string', minLength: 1 }, check_name: { type: 'string' }, fingerprint: { type: 'string', pattern: '^[0-9a-f]{32}$' }, severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
          location: { type: 'object', required: ['path', 'lines'], properties: { path: { type: 'string', pattern: '^(?!\\./|/)' }, lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } } } },
        },
      },
    });
    it('is a list of issues as GitLab takes them', async () => {
      const issues = JSON.parse(await outputOf('gitlab'));
      assert.ok(valid(issues), JSON.stringify(valid.errors));
      assert.deepEqual(issues.map(({ check_name, location }: any) => ({ rule: check_name, path: location.path, line: location.lines.begin })), (await expected()).map(({ rule, path, line }) => ({ rule, path, line })));
      assert.equal(new Set(issues.map(({ fingerprint }: any) => fingerprint)).size, issues.length);
    });
    it('is an empty list for no findings', async () => assert.deepEqual(JSON.parse(await outputOf('gitlab', 'validate good.yaml')), []));
  });

  describe('tap', () => {
    it('is a test a file, as a parser of it sees', async () => {
      const parser = new TapParser();
      const asserts: any[] = [];
      parser.on('assert', (result: any) => asserts.push(result));
      const done = new Promise<any>((resolve) => parser.on('complete', resolve));
      parser.end(await outputOf('tap'));
      const { count, fail, failures: _, ok, plan } = await done;
      assert.deepEqual({ count, fail, ok, end: plan.end }, { count: 4, fail: 2, ok: false, end: 4 });
      assert.deepEqual(asserts.map(({ ok: passed, name }) => ({ passed, name })), [
        { passed: false, name: 'bad.yaml' }, { passed: true, name: 'good.yaml' }, { passed: true, name: 'warned.yaml' }, { passed: false, name: 'nasty.json' },
      ]);
      assert.equal(asserts[0].diag.findings[0].rule, 'unknown-field');
      assert.ok(asserts[3].diag.findings[0].message.includes(NASTY));
    });
  });

  describe('markdown', () => {
    const rendered = (text: string) => new MarkdownIt('commonmark').enable('table').render(text);
    it('is a table a file, and nothing of a message becomes markup', async () => {
      const html = rendered(await outputOf('markdown'));
      assert.equal(html.match(/<tr>/g)?.length, 3 * 2);
      assert.equal(html.match(/<td/g)?.length, 3 * 4);
      assert.match(html, /<code>Replcas<\/code> is not a field/);
      assert.doesNotMatch(html, /<em>/);
      assert.match(html, /<strong>4 files: 2 errors, 1 warning<\/strong>/);
    });
    it('stops before a comment would be too long', async () => {
      const many = `${HEAD}${Array.from({ length: 300 }, (_, i) => `x${i}: 1\n`).join('')}`;
      const out = await outputOf('markdown', 'validate a.yaml', { files: { 'a.yaml': many } });
      assert.match(out, /… and 100 more\./);
      assert.ok(out.length < 60_000, `${out.length}`);
    });
  });

  it('every format is tried above', () => {
    const text = readFileSync(join(ROOT, 'test/cliFormats.test.ts'), 'utf8');
    for (const { name } of FORMATS) assert.ok(['text', 'json'].includes(name) || text.includes(`'${name}'`), name);
  });
});

describe('several outputs at once', () => {
  it('go to files, folders are made, and the screen stays as it is', async () => {
    const folder = folderOf(FILES);
    const names = FORMATS.map(({ name }) => name);
    const plain = await runIn(folder, ALL.split(' '));
    const { code, out } = await runIn(folder, [...ALL.split(' '), ...names.flatMap((name) => ['--output', `${name}=reports/deep/${name}.out`])]);
    const written = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, 'reports/deep', `${name}.out`), 'utf8')]));
    const alone = Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await runIn(folder, [...ALL.split(' '), '--format', name])).out])));
    rmSync(folder, { recursive: true });
    assert.deepEqual({ code, out }, { code: plain.code, out: plain.out });
    assert.deepEqual(written, alone);
  });

  it('leave no half of a file when the job cannot be done, and the old one as it was', async () => {
    const folder = folderOf({ ...FILES, 'report.json': 'old' });
    const { code } = await runIn(folder, ['validate', 'bad.yaml', 'none.yaml', '--output', 'json=report.json', '--output', 'sarif=new.sarif']);
    const left = [readFileSync(join(folder, 'report.json'), 'utf8'), existsSync(join(folder, 'new.sarif'))];
    rmSync(folder, { recursive: true });
    assert.equal(code, 3);
    assert.deepEqual(left, ['old', false]);
  });

  for (const [name, args, says] of [
    ['without a file', '--output sarif', /FORMAT=FILE/], ['of a format that is not there', '--output srif=a', /Did you mean `sarif`\?/], ['two to one file', '--output json=a --output sarif=./a', /two outputs go to/],
  ] as const) {
    it(`${name}: wrong usage`, async () => {
      const { code, err, out } = await run(`validate bad.yaml ${args}`, { files: FILES });
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, says);
    });
  }
});

describe('the line under a finding', () => {
  const frameOf = async (text: string, name = 'a.yaml') => (await outputOf('text', `validate ${name}`, { files: { [name]: text } })).split('\n').slice(1, 3);
  for (const [name, line, mark] of [
    ['wide characters before it', 'Labels: { "日本語": 5 }', '                    ^'],
    ['an emoji of several code points before it', 'Labels: { "👩‍👩‍👧": 5 }', '                ^'],
    ['a combining accent before it', 'Labels: { "e\u0301": 5 }', '               ^'],
    ['a wide key', 'Replicas日本: 5', '^^^^^^^^^^^^'],
  ] as const) {
    it(`is marked where it stands: ${name}`, async () => {
      const [shown, marks] = await frameOf(`${HEAD}${line}\nMode: { Global: {} }\n`);
      assert.equal(shown, `  5 | ${line}`);
      assert.equal(marks, `    | ${mark}`);
    });
  }
  it('shows tabs as spaces, and the mark under it', async () => {
    const [shown, marks] = await frameOf('{\n\t"Name": "demo",\n\t\t"Nam": 1, "TaskTemplate": {"ContainerSpec": {"Image": "busy:1"}}}\n', 'a.json');
    assert.ok(shown.startsWith('  3 |         "Nam": 1'));
    assert.equal(marks, '    |         ^^^^^');
  });
  it('cannot steer the terminal', async () => {
    const { out } = await run('validate a.json --format text', { files: { 'a.json': `{"Name": "demo", "TaskTemplate": {"ContainerSpec": {"Image": "busy:1"}}, "Labels": {"\\u001b[2J\u202e": 5}, "\u009b2J": 1}` } });
    assert.match(out, /unknown-field/);
    assert.doesNotMatch(out, /[\u001b\u202e\u009b]/);
  });
  it('is cut around the stretch, and between whole characters', async () => {
    const text = JSON.stringify({ Labels: { a: '😀'.repeat(300) }, Name: 'demo', Mode: { Global: {} }, TaskTemplate: { ContainerSpec: { Image: 'busy:1', Hostnam: '😀'.repeat(300) } } });
    const [shown, marks] = await frameOf(text, 'a.json');
    assert.match(shown, /^ {2}1 \| ….*"Hostnam".*…$/);
    assert.ok(shown.length < 200 && !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(shown));
    assert.match(marks, /^ +\| +\^{9}$/);
  });
});

describe('colours', () => {
  const { wantsColor } = require('../server/src/cli/color') as typeof import('../server/src/cli/color');
  for (const [env, terminal, wanted] of [
    [{}, true, true], [{}, false, false], [{ NO_COLOR: '1' }, true, false], [{ NO_COLOR: '' }, true, true], [{ FORCE_COLOR: '1' }, false, true], [{ FORCE_COLOR: '' }, false, true], [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true], [{ CLICOLOR: '0' }, true, false], [{ CLICOLOR_FORCE: '1' }, false, true], [{ CLICOLOR_FORCE: '0' }, false, false], [{ CLICOLOR_FORCE: '1', NO_COLOR: '1' }, false, false], [{ TERM: 'dumb' }, true, false],
  ] as const) {
    it(`${JSON.stringify(env)} ${terminal ? 'on a terminal' : 'in a pipe'}: ${wanted ? 'yes' : 'no'}`, () => assert.equal(wantsColor(env, terminal), wanted));
  }
  it('--color says it for one command', async () => {
    assert.match((await run('validate bad.yaml --color always', { files: FILES })).out, /\u001b\[31;1merror/);
    assert.doesNotMatch((await run('validate bad.yaml --color never', { files: FILES, color: true })).out, /\u001b/);
    assert.match((await run('explain unknown-field --color always')).out, /\u001b/);
    assert.equal((await run('validate bad.yaml --color blue', { files: FILES })).code, 2);
  });
  it('never go to a file', async () => {
    const folder = folderOf(FILES);
    await runIn(folder, ['validate', 'bad.yaml', '--output', 'text=a.txt'], { color: true });
    const written = readFileSync(join(folder, 'a.txt'), 'utf8');
    rmSync(folder, { recursive: true });
    assert.match(written, /error/);
    assert.doesNotMatch(written, /\u001b/);
  });
});
