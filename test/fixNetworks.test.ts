import * as assert from 'node:assert/strict';
import { toTextEdits } from '../server/src/document/edit';
import type { Finding } from '../server/src/finding';
import { type Case, checkFix } from './support/fixes';
import { findingsOf, fixAll, fixOf, read } from './support/marked';

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
      name: "JSON whose other list is empty", rule: 'deprecated-field', syntax: 'json',
      text: `{"Networks":[{"Target":"a"}],"TaskTemplate":{"Networks":[],"ContainerSpec":{"Image":"x"}}}`,
      gives: `{"TaskTemplate":{"Networks": [{"Target":"a"}],"ContainerSpec":{"Image":"x"}}}`,
    },
    {
      name: "a list in place of an empty one", rule: 'deprecated-field',
      text: `Networks:
  - Target: a
TaskTemplate:
  Networks: []
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
    const targets = ['', '  Networks: # v\n', '  Networks: [] # w\n'];
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

describe('networks of a service whose tasks have some of their own', () => {
  const rest = 'Name: w\nTaskTemplate:\n  ContainerSpec: {Image: x:1}\n  Networks:\n    - Target: x # kept\n';

  for (const networks of ['Networks: [{Target: front}]\n', 'Networks:\n  - Target: x\n  - Target: front\n', 'Networks: [{Target: x, Aliases: [y]}]\n']) {
    it(`have no effect, and are not merged: ${networks.trim()}`, () => {
      assert.equal(fixAll(networks + rest), networks + rest);
      assert.equal(fixOf(networks + rest, 'deprecated-field'), rest);
      assert.equal(fixOf(networks + rest, 'service-networks-ignored'), rest);
    });
  }

  for (const networks of ['Networks: [{Target: x}]\n', 'networks:\n  - Target: x\n']) {
    it(`are taken away where they say the same: ${networks.trim()}`, () => assert.equal(fixAll(networks + rest), rest));
  }
});

describe('networks that are given twice', () => {
  const head = 'Name: w\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n';
  const cases: [string, string][] = [
    ['on the service', `${head}Networks: [{Target: a}, {Target: b}]\nNetworks: [{Aliases: [x]}]\n`],
    ['in another letter case', `${head}networks: [{Target: a}, {Target: b}]\nNetworks: [{Aliases: [x]}]\n`],
    ['in JSON', '{"Name":"w","TaskTemplate":{"ContainerSpec":{"Image":"x:1"}},"Networks":[{"Target":"a"},{"Target":"b"}],"Networks":[{"Aliases":["x"]}]}'],
  ];
  for (const [name, text] of cases) it(`stay, as the engine merges them: ${name}`, () => assert.equal(fixAll(text, { syntax: text.startsWith('{') ? 'json' : 'yaml' }), text));

  it('stay, and so does any other field', () => {
    const text = `${head}  Env: [A=1]\n  Env: [B=2]\nenvironment: {A: b}\nenvironment: {B: c}\n`;
    assert.equal(fixAll(text), text);
  });
});
