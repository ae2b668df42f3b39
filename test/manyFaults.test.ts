import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile } from '../server/src/document/document';
import { applyTextEdits } from '../server/src/document/textEdit';
import { SERVICE } from '../server/src/facts/kinds';
import { fileEdits } from '../server/src/features/codeActions';
import { validate } from '../server/src/features/validate';
import { toPointer } from '../server/src/path';
import { ROOT } from '../server/src/tools/root';
import { fixAll, fixOf } from './support/marked';

const SPEC = '/TaskTemplate/ContainerSpec';

/** Each fault that the engine would tell one at a time, at its place. */
const FAULTS = [
  '/Name', '/TaskTemplate/Runtime', '/TaskTemplate/ForceUpdate', `${SPEC}/Image`, `${SPEC}/Command`, `${SPEC}/Env/0`, `${SPEC}/Env/1`, `${SPEC}/Hostname`, `${SPEC}/StopGracePeriod`,
  `${SPEC}/TTY`, `${SPEC}/User`, `${SPEC}/Mounts/0/Type`, `${SPEC}/Mounts/2`, `${SPEC}/Mounts/3/BindOptions/Propagation`, `${SPEC}/Healthcheck/Test`, `${SPEC}/Healthcheck/Interval`,
  `${SPEC}/Healthcheck/Timeout`, `${SPEC}/Healthcheck/Retries`, `${SPEC}/Healthcheck/StartPeriod`, `${SPEC}/Secrets/0`, `${SPEC}/Secrets/1`, `${SPEC}/Configs/0`, `${SPEC}/Privileges/CredentialSpec`,
  `${SPEC}/Privileges/Seccomp/Profile`, `${SPEC}/Sysctls/net.core.somaxconn`, '/TaskTemplate/Resources/Limits/NanoCPUs', '/TaskTemplate/Resources/Limits/MemoryBytes',
  '/TaskTemplate/Resources/Reservations/MemoryBytes', '/TaskTemplate/Resources/Reservations/NanoCPUs', '/TaskTemplate/RestartPolicy/Condition', '/TaskTemplate/RestartPolicy/Delay',
  '/TaskTemplate/RestartPolicy/Window', '/TaskTemplate/Placement/Constraints/0', '/TaskTemplate/Placement/Constraints/1', '/TaskTemplate/Placement/Constraints/2', '/TaskTemplate/Networks/0',
  '/TaskTemplate/Networks/1/Target', '/Mode/Replicated/Replicas', '/Mode/Global', '/UpdateConfig/Parallelism', '/UpdateConfig/FailureAction', '/UpdateConfig/Order', '/UpdateConfig/MaxFailureRatio',
  '/UpdateConfig/Monitor', '/EndpointSpec/Mode', '/EndpointSpec/Ports/1', '/EndpointSpec/Ports/2/TargetPort',
];

describe('a list of one spec', () => {
  for (const syntax of ['json', 'yaml'] as const) {
    it(`becomes the spec that it holds, as it is (${syntax})`, () => {
      const file = readFile(syntax === 'json' ? '[\n  { "Name": "web", "Labels": {} }\n]\n' : '- Name: web\n  Labels: {}\n', syntax);
      const [finding] = validate(file, { target: () => ({ kind: SERVICE, api: '1.49', apiSource: 'default' }) }).filter(({ rule }) => rule === 'list-of-specs');
      const edits = fileEdits(file, finding, finding.fixes[0].edits);
      assert.ok(edits);
      assert.deepEqual(readFile(applyTextEdits(file.text, edits), syntax).documents[0].document.value, { Name: 'web', Labels: {} });
    });
  }
});

describe('pasted output of `docker service inspect`', () => {
  const SPEC = '{ "Name": "web", "Labels": {}, "TaskTemplate": { "ContainerSpec": { "Image": "a:1", "Isolation": "default" }, "ForceUpdate": 0, "Runtime": "container" }, "Mode": { "Replicated": { "Replicas": 3 } } }';
  const CLEAN = { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'a:1' } }, Mode: { Replicated: { Replicas: 3 } } };
  for (const syntax of ['json', 'yaml'] as const) {
    it(`becomes the clean spec that it holds (${syntax})`, () => {
      const file = readFile(`[{ "ID": "x", "Version": { "Index": 3 }, "Spec": ${SPEC} }]\n`, syntax);
      const [finding] = validate(file, { target: () => ({ kind: SERVICE, api: '1.49', apiSource: 'default' }) }).filter(({ rule }) => rule === 'inspect-output');
      const edits = fileEdits(file, finding, finding.fixes[0].edits);
      assert.ok(edits);
      assert.deepEqual(readFile(applyTextEdits(file.text, edits), syntax).documents[0].document.value, CLEAN);
    });
  }

  it('keeps comments, anchors and the layout of what is inside', () => {
    const text = `# pasted
- ID: x # id
  # the spec
  Spec: # here
    Name: web # name
    Labels: {}
    TaskTemplate:
      ContainerSpec: &c
        Image: a:1 # image
        # why
        Isolation: default
        Init: false
      ForceUpdate: 0
    Mode: {Replicated: {Replicas: 3}}
    X: *c # last
  Endpoint: {}
# end
`;
    assert.equal(fixOf(text, 'inspect-output'), `# pasted
# the spec
# here
Name: web # name
TaskTemplate:
  ContainerSpec: &c
    Image: a:1 # image
    # why
    Isolation: default
    Init: false
Mode: {Replicated: {Replicas: 3}}
X: *c # last
# end
`);
  });

  it('has one right answer, unless it is of several services', () => {
    const one = `{"Spec": ${SPEC}}`;
    const layout = '{ "Name": "web", "TaskTemplate": { "ContainerSpec": { "Image": "a:1" } }, "Mode": { "Replicated": { "Replicas": 3 } } }';
    assert.equal(fixAll(one, { syntax: 'json' }), layout);
    assert.equal(fixAll(`[${one}]`, { syntax: 'json' }), layout);
    assert.equal(fixAll(`[${one}, ${one}]`, { syntax: 'json' }), `[${one}, ${one}]`);
  });

  it('is left alone where the spec repeats what is outside of it', () => {
    const text = 'PreviousSpec: {Labels: &l {a: b}}\nSpec:\n  Labels: *l\n  TaskTemplate: {ContainerSpec: {Image: a:1}}\n';
    assert.equal(fixAll(text), text);
  });
});

describe('a spec with many faults', () => {
  it(`shows all ${FAULTS.length} that the engine would tell one a request, each at its place`, () => {
    const file = readFile(readFileSync(join(ROOT, 'test/fixtures/manyFaults.service.yaml'), 'utf8'), 'yaml');
    const refused = validate(file, { target: () => ({ kind: SERVICE, api: '1.49', apiSource: 'default' }) }).filter(({ effect }) => effect === 'refused');
    const places = refused.map(({ path }) => toPointer(path));
    const missing = FAULTS.filter((pointer) => !places.some((place) => place === pointer || place.startsWith(`${pointer}/`)));
    assert.deepEqual(missing, []);
    const extra = refused.filter(({ path }) => !FAULTS.some((pointer) => toPointer(path) === pointer || toPointer(path).startsWith(`${pointer}/`)));
    assert.deepEqual(extra.map(({ rule, path }) => `${rule} ${toPointer(path)}`), []);
  });
});
