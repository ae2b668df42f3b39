import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFile, type Syntax } from '../../server/src/document/document';
import { toJson } from '../../server/src/document/value';
import { ROOT } from '../../server/src/tools/root';
import { survive, surviveEditor } from './survive';

const SPEC = 'Name: web\nTaskTemplate:\n  ContainerSpec:\n    Image: nginx:1.27\nMode: { Replicated: { Replicas: 1 } }\n';

/** Texts that have brought other tools down, what is found in them, and at most how many findings that takes. */
const ODDITIES: { name: string; syntax: Syntax; text: string; says?: RegExp; most?: number }[] = [
  { name: 'lists ten thousand deep, in JSON', syntax: 'json', text: '['.repeat(10_001) + ']'.repeat(10_001), says: /deeper than 10000 levels/, most: 4 },
  { name: 'objects ten thousand deep, in JSON', syntax: 'json', text: '{"a":'.repeat(10_000), says: /deeper than 500 levels/, most: 4 },
  { name: 'lists ten thousand deep, in YAML', syntax: 'yaml', text: '['.repeat(10_000) + ']'.repeat(10_000), says: /deeper than 500 levels/, most: 4 },
  { name: 'objects ten thousand deep, in block YAML', syntax: 'yaml', text: Array.from({ length: 2500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), says: /deeper than 500 levels/, most: 4 },
  { name: 'dashes ten thousand deep', syntax: 'yaml', text: '- '.repeat(10_000), says: /deeper than 500 levels/, most: 4 },
  { name: 'a bomb of aliases', syntax: 'yaml', text: `a0: &a0 [${'x,'.repeat(9)}]\n${Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`).join('\n')}\n`, says: /more than 500,000 values/, most: 2 },
  { name: 'a bomb of merge keys', syntax: 'yaml', text: `a0: &a0 { x: 1 }\n${Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} { <<: [${`*a${i},`.repeat(9)}] }`).join('\n')}\n`, says: /more than 500,000 values|not a field/ },
  { name: 'an alias inside of what it repeats', syntax: 'yaml', text: `${SPEC}Labels: &l { a: *l }\n`, says: /stands inside the value that it repeats/ },
  { name: 'one object by alias where two structs stand', syntax: 'yaml', text: 'TaskTemplate: &t { ContainerSpecc: {} }\nMode: *t\n', says: /`ContainerSpecc` is not a field of `Mode`/ },
  { name: 'a fraction of a nanosecond, without its zero', syntax: 'json', text: '{"TaskTemplate":{"ContainerSpec":{"Image":"a:1","Healthcheck":{"Interval":.5}}}}', says: /./ },
  { name: 'an endless number of nanoseconds', syntax: 'yaml', text: `${SPEC}    Healthcheck: { Interval: .inf, Timeout: 1e999 }\nUpdateConfig: { Delay: .inf }\n`, says: /./ },
  { name: 'NUL bytes', syntax: 'yaml', text: `${SPEC}Labels: { a: "\u0000" }\n\u0000`, says: /./ },
  { name: 'half a surrogate pair', syntax: 'json', text: '{"Name": "\\ud83d"}', says: /surrogate/ },
  { name: 'a byte order mark', syntax: 'json', text: `\ufeff{"Name": "web"}`, says: /byte order mark/ },
  { name: 'tabs for indentation', syntax: 'yaml', text: 'TaskTemplate:\n\tContainerSpec:\n\t\tImage: a\n', says: /tab/ },
  { name: '__proto__ as a key of the spec, in JSON', syntax: 'json', text: '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "Name": "web"}', says: /`__proto__` is not a field/ },
  { name: '__proto__ as a key of the spec, in YAML', syntax: 'yaml', text: `${SPEC}__proto__: { polluted: 1 }\nconstructor: { prototype: { polluted: 1 } }\n`, says: /`__proto__` is not a field/ },
  { name: '__proto__ by a merge key', syntax: 'yaml', text: `${SPEC}<<: { __proto__: { polluted: 1 } }\n`, says: /`__proto__` is not a field/ },
  { name: 'a number of a million digits', syntax: 'json', text: `{"Mode": {"Replicated": {"Replicas": ${'9'.repeat(1_000_000)}}}}`, says: /Replicas/ },
  { name: 'an image of a million characters', syntax: 'json', text: `{"Name": "web", "TaskTemplate": {"ContainerSpec": {"Image": "${'a/'.repeat(500_000)}"}}}`, says: /Image|image/ },
  { name: 'a constraint of a million characters', syntax: 'json', text: `{"TaskTemplate": {"ContainerSpec": {"Image": "a:1"}, "Placement": {"Constraints": ["${'node.'.repeat(200_000)}"]}}}`, says: /constraint/i },
  { name: 'a template of a hundred thousand openings', syntax: 'json', text: `{"TaskTemplate": {"ContainerSpec": {"Image": "a:1", "Hostname": "${'{{if .Node.ID}}'.repeat(100_000)}"}}}` },
  { name: 'a hundred thousand unknown keys', syntax: 'json', text: `{${Array.from({ length: 100_000 }, (_, i) => `"key${i}": 1`).join()}}`, says: /is not a field/ },
  { name: 'a key given twenty thousand times', syntax: 'json', text: `{"Name": "web", "Labels": {${'"a": "b",'.repeat(20_000)}"a": "b"}}`, says: /given twice/ },
  { name: 'a hundred thousand documents', syntax: 'yaml', text: '---\n'.repeat(100_000), most: 100_001 },
];

describe('what brings other tools down', function () {
  this.timeout(120_000);
  for (const { name, syntax, text, says, most } of ODDITIES) {
    it(name, () => {
      const findings = survive(text, syntax);
      if (says) assert.ok(findings.some(({ message }) => says.test(message)), `no finding says ${says}; the first is ${findings[0]?.message}`);
      if (most !== undefined) assert.ok(findings.length <= most, `${findings.length} findings`);
      if (text.length < 100_000) surviveEditor(text, syntax, Math.floor(text.length / 2));
    });
  }

  it('keeps the names of prototypes as labels', () => {
    const text = '{"Name":"web","TaskTemplate":{"ContainerSpec":{"Image":"nginx:1.27","Labels":{"__proto__":"a","constructor":"b","toString":"c"}}}}';
    assert.deepEqual(survive(text, 'json').filter(({ severity }) => severity === 'error'), []);
    assert.equal(toJson(readFile(text, 'json').documents[0].document.value ?? null), text);
  });

  it('line ends of Windows change no value', () => {
    const value = (text: string): string => toJson(readFile(text, 'yaml').documents[0].document.value ?? null);
    const text = `${SPEC}    Env:\n      - A=b\n    Command: [sh, -c, |\n        a\n        b\n        ]\n`.replace(/ {4}Command[^]*/, '    Command:\n      - |\n        a\n        b\n');
    assert.equal(value(text.replaceAll('\n', '\r\n')), value(text));
  });
});

describe('files too large for anything', function () {
  this.timeout(300_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'swarmspec-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const validate = (path: string) => spawnSync(process.execPath, [join(ROOT, 'dist/cli.js'), 'validate', path, '--format', 'json'], { encoding: 'utf8', maxBuffer: 1024 ** 3 });
  const findingsOf = (path: string): { message: string }[] => {
    const { stdout, stderr, status } = validate(path);
    assert.equal(stderr, '');
    assert.equal(status, 1);
    return JSON.parse(stdout).files[0].diagnostics;
  };

  for (const syntax of ['json', 'yaml'] as const) {
    it(`says of 50 MB of ${syntax.toUpperCase()} that it is not read, and why`, () => {
      const path = join(folder, `large.service.${syntax}`);
      writeFileSync(path, syntax === 'json' ? `{"Name":"web","Labels":{"a":"${'x'.repeat(50_000_000)}"}}` : `${SPEC}Labels:\n${Array.from({ length: 1_000_000 }, (_, i) => `  com.example.label.number.${i}: "and its value, ${i}"\n`).join('')}`);
      const findings = findingsOf(path);
      assert.equal(findings.length, 1);
      assert.match(findings[0].message, /^This document is \d+ MiB long, and more than 8 MiB are not read/);
    });
  }

  it('checks a file of a million lines, document by document', () => {
    const path = join(folder, 'many.service.yaml');
    writeFileSync(path, Array.from({ length: 1000 }, (_, i) => `---\n${SPEC.replace('web', `web${i}`)}${'# a comment\n'.repeat(990)}`).join('') + `---\n${SPEC}Replcas: 1\n`);
    assert.deepEqual(findingsOf(path).filter(({ message }) => !/another document/.test(message)).map(({ message }) => message.split('.')[0]), ['`Replcas` is not a field of the service spec, so the engine drops it without a word']);
  });

  it('tells bytes that are no UTF-8', () => {
    const path = join(folder, 'bytes.service.json');
    writeFileSync(path, Buffer.concat([Buffer.from('{"Name":"web","Labels":{"a":"'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('"}}')]));
    assert.ok(findingsOf(path).some(({ message }) => /not UTF-8/.test(message)));
  });
});
