import * as assert from 'node:assert/strict';
import type { Syntax } from '../server/src/document/document';
import { applyTextEdits, toTextEdits } from '../server/src/document/edit';
import { toJson } from '../server/src/document/value';
import type { Edit, Finding } from '../server/src/finding';
import { toPointer } from '../server/src/path';
import { corpus, isJson } from './support/corpus';
import { findingsOf, fixAll, fixOf, read } from './support/marked';
import { syntaxIn, write, WRITINGS } from './support/writings';

interface Case {
  readonly name: string;
  readonly rule: string;
  readonly syntax?: Syntax;
  readonly text: string;
  readonly gives: string;
}

/** A fix gives exactly this text, which has no such finding any more, so that there is nothing to apply twice. */
function checkFix({ name, rule, text, gives, syntax = 'yaml' }: Case): void {
  it(name + (syntax === 'json' ? ' (JSON)' : ''), () => {
    const fixed = fixOf(text, rule, { syntax });
    assert.equal(fixed, gives);
    const findings = findingsOf(fixed, { syntax });
    assert.deepEqual(findings.filter((finding) => /-syntax$/.test(finding.rule) || finding.rule === rule), []);
  });
}

/** Errors and warnings: advice may come and go with what a spec says. */
function loud(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
}

describe('moving networks to the task', () => {
  const cases: Case[] = [
    {
      name: "a first key, with the comments around it", rule: 'deprecated-field',
      text: `# top
# swarmspec: api=1.49

# nets
Networks: # list
  # a
  - Target: a # one
  - {Target: b}
# name
Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
      gives: `# top
# swarmspec: api=1.49

# name
Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
  # nets
  Networks: # list
    # a
    - Target: a # one
    - {Target: b}
`,
    },
    {
      name: "a last line that does not end", rule: 'deprecated-field',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
Networks:
- Target: a
- Target: b # two`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
  Networks:
  - Target: a
  - Target: b # two
`,
    },
    {
      name: "a list on one line, with its comment", rule: 'deprecated-field',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
Networks: [{Target: a}, {Target: b}] # c
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
  Networks: [{Target: a}, {Target: b}] # c
`,
    },
    {
      name: "a document in braces", rule: 'deprecated-field',
      text: `{Name: w, Networks: [{Target: a}], TaskTemplate: {ContainerSpec: {Image: x}}}
`,
      gives: `{Name: w, TaskTemplate: {ContainerSpec: {Image: x}, Networks: [{Target: a}]}}
`,
    },
    {
      name: "the last member of a document in braces", rule: 'deprecated-field',
      text: `{Name: w, TaskTemplate: {ContainerSpec: {Image: x}}, Networks: [{Target: a}]}
`,
      gives: `{Name: w, TaskTemplate: {ContainerSpec: {Image: x}, Networks: [{Target: a}]}}
`,
    },
    {
      name: "a block into braces, where comments go above", rule: 'deprecated-field',
      text: `Name: w
TaskTemplate: {ContainerSpec: {Image: x}}
Networks:
  # c
  - Target: a
  - Target: b
`,
      gives: `Name: w
# c
TaskTemplate: {ContainerSpec: {Image: x}, Networks: [{Target: a}, {Target: b}]}
`,
    },
    {
      name: "JSON, indented anew", rule: 'deprecated-field', syntax: 'json',
      text: `{
  "Name": "w",
  "Networks": [
    { "Target": "a" }
  ],
  "TaskTemplate": {
    "ContainerSpec": { "Image": "x" }
  }
}
`,
      gives: `{
  "Name": "w",
  "TaskTemplate": {
    "ContainerSpec": { "Image": "x" },
    "Networks": [
      { "Target": "a" }
    ]
  }
}
`,
    },
    {
      name: "the last member of JSON", rule: 'deprecated-field', syntax: 'json',
      text: `{
  "TaskTemplate": {
    "ContainerSpec": { "Image": "x" }
  },
  "Networks": [ { "Target": "a" } ]
}
`,
      gives: `{
  "TaskTemplate": {
    "ContainerSpec": { "Image": "x" },
    "Networks": [ { "Target": "a" } ]
  }
}
`,
    },
    {
      name: "JSON on one line", rule: 'deprecated-field', syntax: 'json',
      text: `{"Networks":[{"Target":"a"}],"TaskTemplate":{"ContainerSpec":{"Image":"x"}}}`,
      gives: `{"TaskTemplate":{"ContainerSpec":{"Image":"x"}, "Networks": [{"Target":"a"}]}}`,
    },
    {
      name: "JSON that has both lists, without what is there twice", rule: 'deprecated-field', syntax: 'json',
      text: `{"Networks":[{"Target":"a"},{"Target":"b"}],"TaskTemplate":{"Networks":[{"Target":"b"}],"ContainerSpec":{"Image":"x"}}}`,
      gives: `{"TaskTemplate":{"Networks":[{"Target":"b"}, {"Target":"a"}],"ContainerSpec":{"Image":"x"}}}`,
    },
    {
      name: "JSON that has both lists, one item a line", rule: 'deprecated-field', syntax: 'json',
      text: `{
  "Networks": [
    { "Target": "a" },
    {
      "Target": "c"
    }
  ],
  "TaskTemplate": {
    "ContainerSpec": { "Image": "x" },
    "Networks": [
      { "Target": "b" }
    ]
  }
}
`,
      gives: `{
  "TaskTemplate": {
    "ContainerSpec": { "Image": "x" },
    "Networks": [
      { "Target": "b" },
      { "Target": "a" },
      {
        "Target": "c"
      }
    ]
  }
}
`,
    },
    {
      name: "JSON whose other list is empty", rule: 'deprecated-field', syntax: 'json',
      text: `{"Networks":[{"Target":"a"}],"TaskTemplate":{"Networks":[],"ContainerSpec":{"Image":"x"}}}`,
      gives: `{"TaskTemplate":{"Networks":[{"Target":"a"}],"ContainerSpec":{"Image":"x"}}}`,
    },
    {
      name: "two lists in block style into one", rule: 'deprecated-field',
      text: `Name: w
# service
Networks:
  # a
  - Target: a # one
    Aliases: [x]
  - Target: b
TaskTemplate:
  Networks:
  - Target: b # kept
  ContainerSpec:
    Image: x:1
`,
      gives: `Name: w
TaskTemplate:
  Networks:
  - Target: b # kept
  # service
  # a
  - Target: a # one
    Aliases: [x]
  ContainerSpec:
    Image: x:1
`,
    },
    {
      name: "a list whose items are all there already", rule: 'deprecated-field',
      text: `Networks:
  - Target: b
TaskTemplate:
  Networks:
  - Target: b # kept
  ContainerSpec:
    Image: x:1
`,
      gives: `TaskTemplate:
  Networks:
  - Target: b # kept
  ContainerSpec:
    Image: x:1
`,
    },
    {
      name: "a block list into brackets", rule: 'deprecated-field',
      text: `Networks:
  - Target: a
    Aliases:
      - x # c
  - Target: c
TaskTemplate:
  Networks: [{Target: b}]
  ContainerSpec:
    Image: x:1
`,
      gives: `TaskTemplate:
  # c
  Networks: [{Target: b}, {Target: a, Aliases: [x]}, {Target: c}]
  ContainerSpec:
    Image: x:1
`,
    },
    {
      name: "a block list into empty brackets", rule: 'deprecated-field',
      text: `Networks:
  - Target: a
TaskTemplate:
  Networks: []
  ContainerSpec:
    Image: x:1
`,
      gives: `TaskTemplate:
  Networks: [{Target: a}]
  ContainerSpec:
    Image: x:1
`,
    },
    {
      name: "a list to where the key has no value", rule: 'deprecated-field',
      text: `Networks:
  - Target: a
TaskTemplate:
  Networks:
  ContainerSpec:
    Image: x:1
`,
      gives: `TaskTemplate:
  Networks:
    - Target: a
  ContainerSpec:
    Image: x:1
`,
    },
    {
      name: "brackets into a block list", rule: 'deprecated-field',
      text: `Networks: [{Target: a}, {Target: c,
  Aliases: [x]}]
TaskTemplate:
  Networks:
    - Target: b
  ContainerSpec:
    Image: x:1
`,
      gives: `TaskTemplate:
  Networks:
    - Target: b
    - {Target: a}
    - {Target: c,
        Aliases: [x]}
  ContainerSpec:
    Image: x:1
`,
    },
    {
      name: "the first key behind a dash", rule: 'deprecated-field',
      text: `- Networks:
    - Target: a
  Name: w
  TaskTemplate:
    ContainerSpec:
      Image: x:1
`,
      gives: `- Name: w
  TaskTemplate:
    ContainerSpec:
      Image: x:1
    Networks:
      - Target: a
`,
    },
    {
      name: "one spec of several", rule: 'deprecated-field',
      text: `- Networks:
    - Target: a # c
  TaskTemplate:
    ContainerSpec: {Image: x}
- TaskTemplate: {ContainerSpec: {Image: y}}
`,
      gives: `- TaskTemplate:
    ContainerSpec: {Image: x}
    Networks:
      - Target: a # c
- TaskTemplate: {ContainerSpec: {Image: y}}
`,
    },
    {
      name: "a list with an anchor", rule: 'deprecated-field',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
Networks: &n
  - Target: a
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
  Networks: &n
    - Target: a
`,
    },
    {
      name: "a list that is an alias", rule: 'deprecated-field',
      text: `X: &n
  - Target: a
Networks: *n
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
      gives: `X: &n
  - Target: a
TaskTemplate:
  ContainerSpec:
    Image: x:1
  Networks: *n
`,
    },
    {
      name: "the only key", rule: 'deprecated-field',
      text: `Networks:
  - Target: a
`,
      gives: `TaskTemplate:
  Networks:
    - Target: a
`,
    },
    {
      name: "the only key in braces", rule: 'deprecated-field',
      text: `{Networks: [{Target: a}]}
`,
      gives: `{TaskTemplate: {Networks: [{Target: a}]}}
`,
    },
    {
      name: "the only key of JSON", rule: 'deprecated-field', syntax: 'json',
      text: `{"Networks": [{"Target": "a"}]}
`,
      gives: `{"TaskTemplate": {"Networks": [{"Target": "a"}]}}
`,
    },
    {
      name: "lines that end the Windows way", rule: 'deprecated-field',
      text: `Name: w\r
Networks:\r
  - Target: a # c\r
TaskTemplate:\r
  ContainerSpec:\r
    Image: x\r
`,
      gives: `Name: w\r
TaskTemplate:\r
  ContainerSpec:\r
    Image: x\r
  Networks:\r
    - Target: a # c\r
`,
    },
    {
      name: "a spec inside of inspect output", rule: 'deprecated-field', syntax: 'json',
      text: `[{"ID": "x", "Spec": {"Networks":[{"Target":"a"}],"TaskTemplate":{"ContainerSpec":{"Image":"x"}}}}]`,
      gives: `[{"ID": "x", "Spec": {"TaskTemplate":{"ContainerSpec":{"Image":"x"}, "Networks": [{"Target":"a"}]}}}]`,
    },
    {
      name: "one document of several", rule: 'deprecated-field',
      text: `Name: a
TaskTemplate:
  ContainerSpec:
    Image: x:1
---
Name: w
Networks: [{Target: a}]
TaskTemplate:
  ContainerSpec:
    Image: x:1
---
Name: c
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
      gives: `Name: a
TaskTemplate:
  ContainerSpec:
    Image: x:1
---
Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
  Networks: [{Target: a}]
---
Name: c
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
    },
  ];
  for (const one of cases) describe('moves', () => checkFix(one));

  const not: [string, string][] = [
    ['where an alias above would lose its anchor', 'Networks: &n\n  - Target: a\nLabels: {}\nX: *n\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n'],
    ['where both lists cannot be told apart from an alias', 'X: &n\n  - Target: a\nNetworks: *n\nTaskTemplate:\n  Networks: [{Target: b}]\n  ContainerSpec: {Image: x}'],
    ['out of a merge key, which others may share', 'X: &x\n  Networks: [{Target: a}]\n<<: *x\nTaskTemplate:\n  ContainerSpec: {Image: x}\n'],
    ['into an alias, which others may share', 'X: &x\n  ContainerSpec: {Image: x}\nTaskTemplate: *x\nNetworks: [{Target: a}]\n'],
    ['a key in the long form of YAML', '? Networks\n: - Target: a\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n'],
    ['to where a value of another type stands', 'Networks: [{Target: a}]\nTaskTemplate: 5\n'],
  ];
  for (const [name, text] of not) {
    it(`is not offered ${name}`, () => {
      const finding = findingsOf(text).find(({ rule }) => rule === 'deprecated-field');
      assert.ok(finding);
      assert.equal(toTextEdits(read(text).documents[0].document, finding.fixes[0].edits), undefined);
    });
  }

  it('keeps every comment, whatever stands where', () => {
    const items = [['- Target: a # one', '- Target: b'], ['# in', '- {Target: a} # two', '# end'], ['- Target: keep # three', '- Target: a']];
    const targets = ['', '  Networks: # t\n    - Target: keep\n', '  Networks: [{Target: keep}] # u\n', '  Networks: # v\n', '  Networks: [] # w\n'];
    for (const indent of ['', '  ']) for (const lines of items) for (const target of targets) for (const order of [0, 1]) {
      const networks = `# above\nNetworks: # line\n${lines.map((line) => `${indent}${line}\n`).join('')}`;
      const task = `# task\nName: w\nTaskTemplate:\n  # c\n  ContainerSpec: {Image: x} # d\n${target}`;
      const text = order === 0 ? networks + task : task + networks;
      const fixed = fixOf(text, 'deprecated-field');
      assert.deepEqual((fixed.match(/#.*/g) ?? []).sort(), (text.match(/#.*/g) ?? []).sort(), `${text}\n---->\n${fixed}`);
      assert.deepEqual(loud(findingsOf(fixed)).map(({ rule }) => rule), [], `${text}\n---->\n${fixed}`);
    }
  });
});

describe('moving a field to where it belongs', () => {
  const cases: Case[] = [
    {
      name: "a list of a task into its container", rule: 'misplaced-field',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
  # env
  Env:
    - A=b # c
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    # env
    Env:
      - A=b # c
`,
    },
    {
      name: "a number to where no object is yet", rule: 'misplaced-field',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
  Replicas: 3 # three
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
Mode:
  Replicated:
    Replicas: 3 # three
`,
    },
    {
      name: "an object from the top, with a comment inside", rule: 'misplaced-field',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
RestartPolicy:
  # c
  Condition: any
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
  RestartPolicy:
    # c
    Condition: any
`,
    },
    {
      name: "an object of JSON", rule: 'misplaced-field', syntax: 'json',
      text: `{
  "Name": "w",
  "TaskTemplate": {
    "ContainerSpec": {
      "Image": "x"
    }
  },
  "RestartPolicy": {
    "Condition": "any"
  }
}
`,
      gives: `{
  "Name": "w",
  "TaskTemplate": {
    "ContainerSpec": {
      "Image": "x"
    },
    "RestartPolicy": {
      "Condition": "any"
    }
  }
}
`,
    },
    {
      name: "a field out of braces into a block", rule: 'misplaced-field',
      text: `Name: w
TaskTemplate: {ContainerSpec: {Image: x}, Replicas: 3}
Mode:
  Replicated: # r
`,
      gives: `Name: w
TaskTemplate: {ContainerSpec: {Image: x}}
Mode:
  # r
  Replicated:
    Replicas: 3
`,
    },
  ];
  for (const one of cases) describe('moves', () => checkFix(one));

  it('is not offered where the field is there already', () => {
    const text = 'TaskTemplate:\n  ContainerSpec: {Image: x, Env: [a=b]}\n  Env: [c=d]\n';
    const finding = findingsOf(text).find(({ rule }) => rule === 'misplaced-field');
    for (const { edits } of finding?.fixes ?? []) assert.equal(edits[0].kind === 'move' ? toTextEdits(read(text).documents[0].document, edits) : undefined, undefined);
  });
});

describe('the other fixes', () => {
  const cases: Case[] = [
    {
      name: "a key", rule: 'unknown-field',
      text: `Name: w
Mode:
  Replicated:
    Replcas: 3 # c
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
      gives: `Name: w
Mode:
  Replicated:
    Replicas: 3 # c
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
    },
    {
      name: "a key in single quotes", rule: 'unknown-field',
      text: `{"Name": "w", "Mode": {"Replicated": {'Replcas': 3}}, TaskTemplate: {ContainerSpec: {Image: x}}}`,
      gives: `{"Name": "w", "Mode": {"Replicated": {"Replicas": 3}}, TaskTemplate: {ContainerSpec: {Image: x}}}`,
    },
    {
      name: "a time as text", rule: 'wrong-type',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    StopGracePeriod: "10s" # c
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    StopGracePeriod: 10000000000 # c
`,
    },
    {
      name: "a text that should be a list", rule: 'wrong-type',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Command: sleep 5 # c
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Command: ["sleep 5"] # c
`,
    },
    {
      name: "an object that should be a list", rule: 'wrong-type',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Mounts:
      # m
      Type: bind
      Source: /a
      Target: /a # t
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Mounts:
      # m
      - Type: bind
        Source: /a
        Target: /a # t
`,
    },
    {
      name: "a value that has an anchor", rule: 'wrong-type',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Command: &c sleep
    Args: *c
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Command: &c [sleep]
    Args: *c
`,
    },
    {
      name: "a label without a value", rule: 'null-item',
      text: `Name: w
Labels:
  a:
  b: x
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
      gives: `Name: w
Labels:
  a: ""
  b: x
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
    },
    {
      name: "a label in braces without a colon", rule: 'null-item',
      text: `Name: w
Labels: {a, b: x}
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
      gives: `Name: w
Labels: {a: "", b: x}
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
    },
    {
      name: "a label in braces without a value", rule: 'null-item',
      text: `Name: w
Labels: {a: , b: x}
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
      gives: `Name: w
Labels: {a: "", b: x}
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
    },
    {
      name: "an empty item with its comment", rule: 'null-item',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Secrets:
      - # empty
      - SecretName: x
        SecretID: y
        File: {Name: x, UID: "0", GID: "0", Mode: 292}
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Secrets:
      - SecretName: x
        SecretID: y
        File: {Name: x, UID: "0", GID: "0", Mode: 292}
`,
    },
    {
      name: "the only item", rule: 'null-item',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Secrets:
      -
    Hostname: x
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Secrets: []
    Hostname: x
`,
    },
    {
      name: "an empty last line", rule: 'null-item',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Env:
      - a=b
      -`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Env:
      - a=b
`,
    },
    {
      name: "an empty item in brackets", rule: 'null-item',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Env: [null, a=b]
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Env: [a=b]
`,
    },
    {
      name: "an object with its comments, and no others", rule: 'job-with-update-config',
      text: `Name: w
Mode:
  ReplicatedJob: {}
# why
UpdateConfig:
  # c
  Delay: 5

# next
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
      gives: `Name: w
Mode:
  ReplicatedJob: {}

# next
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
    },
    {
      name: "the first key behind a dash", rule: 'job-with-update-config',
      text: `- UpdateConfig: {}
  Mode: {ReplicatedJob: {}}
  TaskTemplate: {ContainerSpec: {Image: x}}
`,
      gives: `- Mode: {ReplicatedJob: {}}
  TaskTemplate: {ContainerSpec: {Image: x}}
`,
    },
    {
      name: "the last member of JSON", rule: 'job-with-update-config', syntax: 'json',
      text: `{"Mode": {"ReplicatedJob": {}}, "UpdateConfig": {}}`,
      gives: `{"Mode": {"ReplicatedJob": {}}}`,
    },
    {
      name: "the letter case of a key", rule: 'wrong-case',
      text: `name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
`,
    },
  ];
  const done: Record<string, string> = { 'unknown-field': 'renames', 'wrong-case': 'renames', 'wrong-type': 'writes anew', 'null-item': 'mends', 'job-with-update-config': 'removes' };
  for (const one of cases) describe(done[one.rule], () => checkFix(one));
});

describe('edits by path', () => {
  const after = (text: string, edit: Edit, syntax: Syntax = 'yaml') => {
    const { document } = read(text, { syntax }).documents[0];
    const edits = toTextEdits(document, [edit]);
    return edits && applyTextEdits(text, edits);
  };
  const cases: { name: string; text: string; edit: Edit; gives: string | undefined; syntax?: Syntax }[] = [
    { name: 'set makes the objects on the way', text: 'Name: w\n', edit: { kind: 'set', at: ['Mode', 'Replicated', 'Replicas'], value: 3 }, gives: 'Name: w\nMode:\n  Replicated:\n    Replicas: 3\n' },
    { name: 'set makes the objects on the way', syntax: 'json', text: '{"Name": "w"}', edit: { kind: 'set', at: ['Mode', 'Replicated', 'Replicas'], value: 3 }, gives: '{"Name": "w", "Mode": {"Replicated": {"Replicas": 3}}}' },
    { name: 'set keeps every digit', text: 'n: 1\n', edit: { kind: 'set', at: ['n'], value: 18446744073709551615n }, gives: 'n: 18446744073709551615\n' },
    { name: 'set quotes what would be read as something else', text: 'a: 1 # c\n', edit: { kind: 'set', at: ['a'], value: 'yes: no' }, gives: 'a: "yes: no" # c\n' },
    { name: 'set quotes text that looks like a number', text: 'a: 1\n', edit: { kind: 'set', at: ['a'], value: '1' }, gives: 'a: "1"\n' },
    { name: 'set fills a key without a value', text: 'a:\nb: 1\n', edit: { kind: 'set', at: ['a'], value: [1] }, gives: 'a: [1]\nb: 1\n' },
    { name: 'set goes into a key without a value', text: 'Mode:\nb: 1\n', edit: { kind: 'set', at: ['Mode', 'Replicated'], value: {} }, gives: 'Mode:\n  Replicated: {}\nb: 1\n' },
    { name: 'set does not write through an alias', text: 'a: &x {n: 1}\nb: *x\n', edit: { kind: 'set', at: ['b'], value: 1 }, gives: undefined },
    { name: 'remove takes the only member of an item away and leaves an object', text: '- a: 1 # c\n- b: 2\n', edit: { kind: 'remove', at: [0, 'a'] }, gives: '- {}\n- b: 2\n' },
    { name: 'remove leaves an object without members, which is not null', text: 'Mode:\n  Global: &g # g\n    a: 1\nb: *g\n', edit: { kind: 'remove', at: ['Mode', 'Global', 'a'] }, gives: 'Mode:\n  Global: &g {} # g\nb: *g\n' },
    { name: 'remove keeps the comment of the next key behind a dash', text: '- a: 1\n  # b\n  b: 2\n', edit: { kind: 'remove', at: [0, 'a'] }, gives: '- # b\n  b: 2\n' },
    { name: 'remove takes a block scalar as a whole', text: 'a: |\n  x\n\n  y\nb: 1\n', edit: { kind: 'remove', at: ['a'] }, gives: 'b: 1\n' },
    { name: 'remove takes the comma along', syntax: 'json', text: '{"a": 1, "b": 2, "c": 3}', edit: { kind: 'remove', at: ['b'] }, gives: '{"a": 1, "c": 3}' },
    { name: 'remove leaves an empty object', syntax: 'json', text: '{ "a": { "b": 1 } }', edit: { kind: 'remove', at: ['a', 'b'] }, gives: '{ "a": {} }' },
    { name: 'remove does not take an anchor that is in use', text: 'a: &x 1\nb: *x\n', edit: { kind: 'remove', at: ['a'] }, gives: undefined },
    { name: 'remove takes an item with its anchor', text: 'a:\n  - &x 1\n  - 2\n', edit: { kind: 'remove', at: ['a', 0] }, gives: 'a:\n  - 2\n' },
    { name: 'rename keeps quotes', text: '"a": 1\n', edit: { kind: 'rename', at: ['a'], to: 'b' }, gives: '"b": 1\n' },
    { name: 'nothing is written for a place that is not there', text: 'a: 1\n', edit: { kind: 'remove', at: ['b'] }, gives: undefined },
    { name: 'an object does not move into itself', text: 'a: {b: 1}\n', edit: { kind: 'move', from: ['a'], to: ['a', 'c'] }, gives: undefined },
  ];
  for (const { name, text, edit, gives, syntax } of cases) it(`${name}${syntax === 'json' ? ' (JSON)' : ''}`, () => assert.equal(after(text, edit, syntax), gives));
});

describe('edits that belong together', () => {
  for (const [syntax, text, gives] of [
    ['json', '{"environment": {"a": "b"}}', '{"TaskTemplate": {"ContainerSpec": {"Env": ["a=b"]}}}'],
    ['yaml', '{environment: {a: b}}', '{TaskTemplate: {ContainerSpec: {Env: ["a=b"]}}}'],
    ['yaml', 'environment: {a: b}\n', 'TaskTemplate:\n  ContainerSpec:\n    Env: ["a=b"]\n'],
    ['yaml', '- environment: {a: b}\n', '- \n  TaskTemplate:\n    ContainerSpec:\n      Env: ["a=b"]\n'],
  ] as const) {
    it(`fill again what they empty: ${text.trim()} (${syntax})`, () => {
      const { document } = read(text, { syntax }).documents[0];
      const base = text.startsWith('-') ? [0] : [];
      const edits = toTextEdits(document, [{ kind: 'remove', at: [...base, 'environment'] }, { kind: 'set', at: [...base, 'TaskTemplate', 'ContainerSpec', 'Env'], value: ['a=b'] }]);
      assert.ok(edits);
      const after = applyTextEdits(text, edits);
      assert.equal(after.replaceAll(/\s+/g, ''), gives.replaceAll(/\s+/g, ''));
      assert.deepEqual(read(after, { syntax }).documents[0].document.problems, []);
    });
  }
});

describe('all safe fixes of a recorded spec', () => {
  for (const writing of WRITINGS) {
    const reading = { syntax: syntaxIn(writing) };
    it(`leave a document that can be read, with nothing new to say (${writing})`, function () {
      this.timeout(120_000);
      let fixed = 0;
      for (const { id, text: recorded, verdict } of corpus()) {
        if (verdict !== 'accept' || !isJson(recorded)) continue;
        const { root } = read(recorded, { syntax: 'json' }).documents[0].document;
        if (!root) continue;
        const text = write(root, writing);
        const before = new Set(findingsOf(text, reading).map(({ rule }) => rule));
        const places: string[] = [];
        const after = fixAll(text, reading, (edit) => places.push(toPointer('to' in edit ? (edit.kind === 'rename' ? [...edit.at.slice(0, -1), edit.to] : edit.to) : 'at' in edit ? edit.at : [])));
        if (after === text) continue;
        fixed++;
        // what stood under a key that nobody knew is looked at for the first time, and so is the object that has the key now
        const looked = places.flatMap((place) => [place, place.slice(0, place.lastIndexOf('/'))]).filter((place) => place !== '');
        const fresh = loud(findingsOf(after, reading)).filter(({ rule, path }) => !before.has(rule) && !looked.some((place) => `${toPointer(path)}/`.startsWith(`${place}/`)));
        assert.deepEqual(fresh.map(({ rule, path }) => `${rule} ${toPointer(path)}`), [], `${id}\n${text}\n---->\n${after}`);
      }
      assert.ok(fixed > 300, `only ${fixed} specs had a safe fix`);
    });
  }

  it('leave a document that means the same in all writings', function () {
    this.timeout(120_000);
    for (const { id, text: recorded, verdict } of corpus()) {
      if (verdict !== 'accept' || !isJson(recorded)) continue;
      const { document } = read(recorded, { syntax: 'json' }).documents[0];
      if (!document.root || document.problems.length > 0) continue;
      const values = WRITINGS.map((writing) => {
        const after = fixAll(write(document.root!, writing), { syntax: syntaxIn(writing) });
        const { value } = read(after, { syntax: syntaxIn(writing) }).documents[0].document;
        return value === undefined ? '' : toJson(value);
      });
      assert.deepEqual(new Set(values).size, 1, `${id}\n${values.join('\n')}`);
    }
  });
});
