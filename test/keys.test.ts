import * as assert from 'node:assert/strict';
import { NOT_IN_SPECS } from '../server/src/facts/notInSpecs';
import { check, findingsOf } from './support/marked';

describe('unknown-field', () => {
  it('means each place of an object that an alias puts into two structs', () => {
    const found = findingsOf('Name: a\nTaskTemplate:\n  ContainerSpec: &c { Image: a:1, Hostnam: x, Condtion: any }\n  RestartPolicy: *c\n', { syntax: 'yaml' });
    assert.deepEqual(found.filter(({ rule }) => rule === 'unknown-field' || rule === 'misplaced-field').map(({ message }) => /Did you mean `(\w+)`/.exec(message)?.[1]).filter(Boolean).sort(), ['Condition', 'Hostname']);
  });

  check('offers the near miss', `
Mode:
  Replicated:
    Replcas: 3
#   ^^^^^^^ unknown-field: \`Replcas\` is not a field of \`Replicated\`, so the engine drops it without a word. Did you mean \`Replicas\`?
`);
  check.json('offers the near miss', `
{
  "Name": "demo",
  "TaskTemplate": { "ContainerSpec": { "Image": "busy:1", "Hostnam": "x" } }
                                                          ^^^^^^^^^ unknown-field: \`Hostnam\` is not a field of \`ContainerSpec\`
}
`);
  check('is about the topmost key only', `
Sidecars:
^^^^^^^^ unknown-field: \`Sidecars\` is not a field of the service spec
  - Image: 5
    Nonsense: true
`);
  check('is found in an item of a list', `
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Mounts:
      - { Type: volume, Sorce: data, Target: /data }
#                       ^^^^^ unknown-field: \`Sorce\` is not a field
`);
  check('is not said of labels and options, whose keys are the writer\'s own', `
Labels: { Replcas: "3", a.b/c: "" }
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Sysctls: { net.core.somaxconn: "1024" }
  LogDriver: { Name: json-file, Options: { max-size: 10m } }
`);
  check('is found behind an alias, for each object that it comes into', `
TaskTemplate:
  ContainerSpec: { Image: busy:1 }
  Resources: { Limits: &l { Memory: 5 }, Reservations: *l }
#                           ^^^^^^ unknown-field: \`Memory\` is not a field of \`Limits\`
#                           ^^^^^^ unknown-field: \`Memory\` is not a field of \`Reservations\`
`);
  check('is found once behind several aliases', `
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Mounts:
      - { Type: volume, Target: /a, VolumeOptions: &v { Driver: x } }
#                                                       ^^^^^^ unknown-field
      - { Type: volume, Target: /b, VolumeOptions: *v }
      - { Type: volume, Target: /c, VolumeOptions: *v }
`);
});

describe('misplaced-field', () => {
  check('says where the field belongs', `
TaskTemplate:
  ContainerSpec: { Image: busy:1 }
  Env: [A=b]
# ^^^ misplaced-field: \`Env\` is not a field of \`TaskTemplate\`, so the engine drops it without a word. It belongs in \`TaskTemplate.ContainerSpec\`.
`);
  check('is said of a block one level too far out', `
RestartPolicy: { Condition: any }
^^^^^^^^^^^^^ misplaced-field: \`RestartPolicy\` is not a field of the service spec, so the engine drops it without a word. It belongs in \`TaskTemplate\`.
`);
});

describe('wrong-case', () => {
  check('names the spelling of the engine', `
TaskTemplate:
  ContainerSpec: { Image: busy:1 }
  resources: { Limits: { NanoCpus: 1000000000 } }
# ^^^^^^^^^ wrong-case: The engine spells this field \`Resources\`
#                        ^^^^^^^^ wrong-case: The engine spells this field \`NanoCPUs\`
`);
  check('finds two spellings of one field', `
Labels: { a: x }
labels: { b: y }
^^^^^^ wrong-case
^^^^^^ duplicate-key: \`Labels\` is given twice in different letter case
`);
});

describe('a key that stands for a field which is there under its own name', () => {
  for (const [place, text] of [
    ['MaxAttempts', '{ TaskTemplate: { RestartPolicy: { Condition: any, MaxAttempts: 1, max_attempts: 2 } } }'],
    ['FailureAction', '{ UpdateConfig: { Parallelism: 1, FailureAction: pause, failure_action: pause } }'],
    ['ReadOnly', '{ TaskTemplate: { ContainerSpec: { Image: "busy:1", ReadOnly: true, read_only: true } } }'],
  ]) {
    it(place, () => {
      const [{ message, fixes }] = findingsOf(`# swarmspec: as=partial\n${text}\n`).filter(({ rule }) => rule === 'unknown-field');
      assert.match(message, new RegExp(` It is given as \`${place}\` already\\.$`));
      assert.deepEqual(fixes, []);
    });
  }
});

describe('where a field belongs', () => {
  const said = (text: string) => findingsOf(`# swarmspec: as=partial\n${text}\n`).filter(({ rule }) => rule === 'misplaced-field').map(({ message }) => message);
  it('is the top of the spec in words', () => assert.match(said('{ TaskTemplate: { UpdateConfig: { Parallelism: 1 } } }')[0], / It belongs at the top of the spec\.$/));
  for (const [value, struct] of [['2', 'DiscreteResourceSpec'], ['GPU-1', 'NamedResourceSpec']]) {
    it(`is the object whose members are like those that stand there: ${value}`, () => {
      const messages = said(`{ TaskTemplate: { Resources: { Reservations: { GenericResources: [{ Kind: gpu, Value: ${value} }] } } } }`);
      assert.equal(messages.length, 2);
      for (const message of messages) assert.match(message, new RegExp(`GenericResources\\[\\]\\.${struct}\`\\.$`));
    });
  }
});

describe('a word that no service has', () => {
  const holders = { 'the spec': (word: string) => `Name: a\n${word}: true\n`, 'its task': (word: string) => `Name: a\nTaskTemplate: { ${word}: true }\n`, 'its container': (word: string) => `Name: a\nTaskTemplate: { ContainerSpec: { ${word}: true } }\n` };
  for (const [word, why] of Object.entries(NOT_IN_SPECS)) {
    it(`${word} is no near miss of a field, and is told why`, () => {
      const asContainersHaveIt = word.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
      for (const key of [word, asContainersHaveIt]) {
        for (const [where, spec] of Object.entries(holders)) {
          const [{ hint, message, fixes }] = findingsOf(spec(key)).filter((finding) => finding.message.startsWith(`\`${key}\` is not a field`));
          assert.doesNotMatch(message, /Did you mean/, where);
          assert.deepEqual([hint, fixes.map(({ title }) => title)], [why, [`Remove \`${key}\``]], where);
        }
      }
    });
  }
});
