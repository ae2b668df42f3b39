import * as assert from 'node:assert/strict';
import { toJson } from '../server/src/document/value';
import { findingsOf, fixAll, fixOf, read } from './support/marked';
import { specWith } from './support/specWith';

/** A field, what is written there, and what the fix makes of it. */
type Case = readonly [place: string, written: string, made: string];

const valueOf = (text: string) => toJson(read(text).documents[0].document.value ?? null, 1);

/** The fix of the finding at the value; whether it is safe, nothing is found afterwards. */
function checkCases(cases: readonly Case[], safe: boolean): void {
  for (const [place, written, made] of cases) {
    it(`${place}: ${written} → ${made}`, () => {
      const text = specWith(place, written);
      const [{ rule }] = findingsOf(text);
      const fixed = fixOf(text, rule);
      assert.equal(valueOf(fixed), valueOf(specWith(place, made)));
      assert.deepEqual(findingsOf(fixed).map(({ message }) => message), []);
      assert.equal(valueOf(fixAll(text)), valueOf(safe ? fixed : text));
    });
  }
}

const RESTART = 'TaskTemplate.RestartPolicy';
const LIMITS = 'TaskTemplate.Resources.Limits';
const HEALTH = 'TaskTemplate.ContainerSpec.Healthcheck';
const GRACE = 'TaskTemplate.ContainerSpec.StopGracePeriod';
const SIZE = 'TaskTemplate.ContainerSpec.Mounts.0.TmpfsOptions.SizeBytes';

describe('a number in another form', () => {
  describe('that makes sense in the unit of its field is written as it is', () =>
    checkCases([
      [GRACE, '"10000000000"', '10000000000'],
      [GRACE, '0.0', '0'],
      ['UpdateConfig.Delay', '5e9', '5000000000'],
      [`${RESTART}.MaxAttempts`, '"3"', '3'],
      [`${LIMITS}.MemoryBytes`, '"536870912"', '536870912'],
      [`${LIMITS}.NanoCPUs`, '5.0e8', '500000000'],
      ['UpdateConfig.MaxFailureRatio', '"0.25"', '0.25'],
      ['EndpointSpec.Ports.0.TargetPort', '"80"', '80'],
    ], true));

  describe('with its unit is read as that', () =>
    checkCases([
      [GRACE, '10s', '10000000000'],
      [`${LIMITS}.NanoCPUs`, '"0.5"', '500000000'],
      [`${LIMITS}.MemoryBytes`, '512M', '536870912'],
      ['UpdateConfig.MaxFailureRatio', '25%', '0.25'],
    ], true));

  describe('that can only be CPUs is read as these', () =>
    checkCases([
      [`${LIMITS}.NanoCPUs`, '"2"', '2000000000'],
      [`${LIMITS}.NanoCPUs`, '2.0', '2000000000'],
      [`${LIMITS}.NanoCPUs`, '2', '2000000000'],
      [`${LIMITS}.NanoCPUs`, '1.5', '1500000000'],
    ], true));

  describe('that makes no sense there is likely one of another unit', () =>
    checkCases([
      [GRACE, '"10"', '10000000000'],
      [GRACE, '10', '10000000000'],
      [GRACE, '1', '1000000000'],
      [GRACE, '5000', '5000000000'],
      ['UpdateConfig.Delay', '"10"', '10000000000'],
      ['UpdateConfig.Monitor', '0.5', '500000000'],
      [`${RESTART}.Window`, '"120"', '120000000000'],
      [`${RESTART}.Delay`, '5.0', '5000000000'],
      [`${RESTART}.Delay`, '5000', '5000000000'],
      [`${HEALTH}.Interval`, '5', '5000000000'],
      [`${HEALTH}.Interval`, '5000', '5000000000'],
      [`${HEALTH}.StartPeriod`, '500000', '500000000000'],
      [SIZE, '"64"', '67108864'],
      [SIZE, '1', '1048576'],
      [`${LIMITS}.MemoryBytes`, '512', '536870912'],
      [`${LIMITS}.MemoryBytes`, '"512"', '536870912'],
      [`${LIMITS}.MemoryBytes`, '2', '2147483648'],
      [`${LIMITS}.MemoryBytes`, '1.5', '1610612736'],
      [`${LIMITS}.NanoCPUs`, '16', '16000000000'],
      [`${LIMITS}.NanoCPUs`, '"500"', '500000000'],
      ['UpdateConfig.MaxFailureRatio', '"25"', '0.25'],
      ['UpdateConfig.MaxFailureRatio', '25', '0.25'],
      ['RollbackConfig.MaxFailureRatio', '25', '0.25'],
      ['RollbackConfig.Delay', '30000', '30000000000'],
    ], false));

  describe('that makes sense in no unit has no fix', () => {
    for (const [place, written] of [[`${LIMITS}.MemoryBytes`, '100000'], [`${LIMITS}.NanoCPUs`, '200000'], [GRACE, '500000000'], ['UpdateConfig.MaxFailureRatio', '250'], [`${RESTART}.Delay`, '-5']]) {
      it(`${place}: ${written}`, () => assert.deepEqual(findingsOf(specWith(place, written)).flatMap(({ fixes }) => fixes), []));
    }
  });
});

describe('a number that can only be meant as it is', () => {
  const CHECK = '    Healthcheck: { Test: [CMD, "true"], Interval: 10000000000, Retries: 3 }\n';
  for (const [name, rest, made] of [
    ['a monitor that is too short', `${CHECK}UpdateConfig: { Parallelism: 1, Delay: 10s, Monitor: 10s, FailureAction: rollback }\n`, /Delay: 10000000000, Monitor: 10000000000/],
    ['attempts that are never reached', '  RestartPolicy: { Condition: any, Delay: 10s, MaxAttempts: "5", Window: 20s }\n', /Delay: 10000000000, MaxAttempts: 5, Window: 20000000000/],
    ['a reservation above its limit', '  Resources: { Limits: { MemoryBytes: 256m }, Reservations: { MemoryBytes: 512m } }\n', /268435456.*536870912/],
    ['more at once than there are', 'UpdateConfig: { Parallelism: "10" }\n', /Parallelism: 10 /],
    ['more than a day', 'UpdateConfig: { Parallelism: 1, Delay: 48h }\n', /Delay: 172800000000000 /],
    ['a long timeout', '    Healthcheck: { Test: [CMD, "true"], Interval: 10s, Timeout: 20s }\n', /Interval: 10000000000, Timeout: 20000000000/],
  ] as const) {
    it(`is made one whatever advice follows: ${name}`, () => assert.match(fixAll(`Name: api\nMode: { Replicated: { Replicas: 3 } }\nTaskTemplate:\n  ContainerSpec:\n    Image: nginx:1.27\n${rest}`), made));
  }
  it('is judged by what follows where it may be another', () => {
    for (const [place, written] of [['EndpointSpec.Ports.0.TargetPort', '"70000"'], ['UpdateConfig.MaxFailureRatio', '"1"']]) assert.equal(fixAll(specWith(place, written)), specWith(place, written));
  });
  it('says in advance what would be found at it then', () => {
    const [finding] = findingsOf('Name: 12.5\nTaskTemplate: { ContainerSpec: { Image: a:1 } }\n').filter(({ rule }) => rule === 'wrong-type');
    assert.equal(finding.hint, 'Then: `.` cannot stand in `Name`, and the engine refuses the service.');
  });
});

describe('a value without quotes where a text is wanted', () => {
  const CONTAINER = 'TaskTemplate.ContainerSpec';
  const FILE = `${CONTAINER}.Secrets.0.File`;

  describe('is the text that stands there', () =>
    checkCases([
      ...['5', '0x1F', '0o17', '+5', '1E3', '0777', '1.50', 'true', 'True', 'FALSE'].map((text): Case => ['Labels.a', text, `"${text}"`]),
      ['TaskTemplate.LogDriver.Options.max-file', '3', '"3"'],
      [`${CONTAINER}.Args`, '[--color, True]', '["--color", "True"]'],
      [`${CONTAINER}.Env`, '{ A: 0x1F, B: +5, C: True, D: 1e3, E: 5 }', '["A=0x1F", "B=+5", "C=True", "D=1e3", "E=5"]'],
      [`${CONTAINER}.Env`, '[A=b, C: True]', '["A=b", "C=True"]'],
      [`${CONTAINER}.Labels`, '[a: 0x1F]', '{ a: "0x1F" }'],
      [`${CONTAINER}.User`, '1000', '"1000"'],
      [`${CONTAINER}.Groups`, '[1001]', '["1001"]'],
      [`${CONTAINER}.Hostname`, '7', '"7"'],
      [`${CONTAINER}.StopSignal`, '15', '"15"'],
      [`${FILE}.UID`, '0', '"0"'],
      [`${FILE}.GID`, '100', '"100"'],
    ], true));

  describe('that cannot be right as one has no safe fix', () => {
    for (const [place, written] of [
      ['Name', '12.5'], ['Name', 'true'], [`${FILE}.UID`, '1.5'], [`${FILE}.GID`, 'true'], [`${CONTAINER}.Mounts.0.Target`, '5'], [`${CONTAINER}.Mounts.0.Target`, 'true'], [`${CONTAINER}.Mounts.0.Source`, 'false'],
      [`${CONTAINER}.CapabilityAdd`, '[1]'], [`${CONTAINER}.DNSConfig.Nameservers`, '[8.8]'], ['TaskTemplate.Placement.Constraints', '[5]'], [`${CONTAINER}.Env`, '[5]'], [`${CONTAINER}.StopSignal`, '99'],
      [`${CONTAINER}.Healthcheck.Test`, '[true]'], ['TaskTemplate.LogDriver.Options.max-size', 'true'],
    ]) {
      it(`${place}: ${written}`, () => assert.equal(fixAll(specWith(place, written)), specWith(place, written)));
    }
  });
});

describe('a number that was an octal one in older YAML', () => {
  it('is held against the range of its field all the same', () => {
    const found = findingsOf(specWith(`${HEALTH}.Interval`, '0444'));
    assert.deepEqual(found.map(({ rule }) => rule), ['octal-number', 'number-range']);
  });
});

describe('the title of a fix', () => {
  const inFile = (mode: string) => `Name: a\nTaskTemplate: { ContainerSpec: { Image: a:1, Secrets: [{ SecretID: a1, SecretName: one, File: { Name: a, UID: "0", GID: "0", Mode: ${mode} } }] } }\n`;
  for (const [mode, title] of [['0444', 'Write `292` (octal 0444)'], ['444', 'Write `292` (octal 0444)'], ['"0400"', 'Write `256` (octal 0400)']]) {
    it(`says what a mode means: ${mode}`, () => assert.deepEqual(findingsOf(inFile(mode)).flatMap(({ fixes }) => fixes.map((fix) => fix.title)).filter((one) => /octal/.test(one)), [title]));
  }
});
