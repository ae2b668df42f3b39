import * as assert from 'node:assert/strict';
import { toTextEdits } from '../server/src/document/edit';
import { fixAll as fixAllIn } from '../server/src/features/fixAll';
import { resolveTarget } from '../server/src/features/target';
import { type Case, checkFix } from './support/fixes';
import { findingsOf, fixAll, read } from './support/marked';

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
    {
      name: "an object of JSON with tabs, and a list in it", rule: 'misplaced-field', syntax: 'json',
      text: `{
\t"Name": "w",
\t"Ports": [
\t\t{ "TargetPort": 80 },
\t\t{
\t\t\t"TargetPort": 81
\t\t}
\t],
\t"TaskTemplate": {
\t\t"ContainerSpec": {
\t\t\t"Image": "x:1"
\t\t}
\t}
}
`,
      gives: `{
\t"Name": "w",
\t"TaskTemplate": {
\t\t"ContainerSpec": {
\t\t\t"Image": "x:1"
\t\t}
\t},
\t"EndpointSpec": {
\t\t"Ports": [
\t\t\t{ "TargetPort": 80 },
\t\t\t{
\t\t\t\t"TargetPort": 81
\t\t\t}
\t\t]
\t}
}
`,
    },
    {
      name: "a list into an object that is made, four spaces deep", rule: 'misplaced-field',
      text: `Name: w
TaskTemplate:
    ContainerSpec:
        Image: x:1
Ports:
    - TargetPort: 80
`,
      gives: `Name: w
TaskTemplate:
    ContainerSpec:
        Image: x:1
EndpointSpec:
    Ports:
        - TargetPort: 80
`,
    },
    {
      name: "a field into an empty object of JSON on one line", rule: 'misplaced-field', syntax: 'json',
      text: '{"Name": "w", "TaskTemplate": {"ContainerSpec": {}, "Image": "x:1"}}\n',
      gives: '{"Name": "w", "TaskTemplate": {"ContainerSpec": {"Image": "x:1"}}}\n',
    },
    {
      name: "a value that is written anew in JSON with tabs", rule: 'wrong-type', syntax: 'json',
      text: '{\n\t"Name": "w",\n\t"Mode": "global"\n}\n',
      gives: '{\n\t"Name": "w",\n\t"Mode": {\n\t\t"Global": {}\n\t}\n}\n',
    },
  ];
  for (const one of cases) describe('moves', () => checkFix(one));

  it('is not offered where the field is there already', () => {
    const text = 'TaskTemplate:\n  ContainerSpec: {Image: x, Env: [a=b]}\n  Env: [c=d]\n';
    const finding = findingsOf(text).find(({ rule }) => rule === 'misplaced-field');
    for (const { edits } of finding?.fixes ?? []) assert.equal(edits[0].kind === 'move' ? toTextEdits(read(text).documents[0].document, edits) : undefined, undefined);
  });
});

describe('a field in the wrong object', () => {
  const inContainer = (written: string) => `Name: w\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n    ${written}\n`;
  const inTask = (written: string) => `Name: w\nTaskTemplate:\n  ContainerSpec: {Image: x:1}\n  ${written}\n`;
  const atTop = (written: string) => `Name: w\nTaskTemplate:\n  ContainerSpec: {Image: x:1}\n${written}\n`;
  const mount = (type: string, members: string) => inContainer(`Mounts: [{Type: ${type}, Source: data, Target: /a, ${members}}]`);

  const moved: [string, string][] = [
    [atTop('Image: y:1').replace('ContainerSpec: {Image: x:1}', 'ContainerSpec: {}'), atTop('').replace('ContainerSpec: {Image: x:1}\n\n', 'ContainerSpec: {Image: y:1}\n')],
    [inContainer('Retries: 3\n    Healthcheck: {Test: [NONE]}'), inContainer('Healthcheck: {Test: [NONE], Retries: 3}')],
    [inContainer('Healthcheck: {Init: true, Test: [NONE]}'), inContainer('Healthcheck: {Test: [NONE]}\n    Init: true')],
    [inContainer('NoNewPrivileges: true'), inContainer('Privileges:\n      NoNewPrivileges: true')],
    [inContainer('Privileges: {Disable: true, SELinuxContext: {User: system_u}}'), inContainer('Privileges: {SELinuxContext: {User: system_u, Disable: true}}')],
    [inTask('MaxReplicas: 2'), inTask('Placement:\n    MaxReplicas: 2')],
    [mount('volume', 'NoCopy: true'), mount('volume', 'VolumeOptions: {NoCopy: true}')],
    [inContainer('Mounts: [{Type: tmpfs, Target: /a, SizeBytes: 1048576}]'), inContainer('Mounts: [{Type: tmpfs, Target: /a, TmpfsOptions: {SizeBytes: 1048576}}]')],
  ];
  for (const [text, gives] of moved) it(`goes to where it is meant: ${text.split('\n').slice(3).join(' ').trim()}`, () => assert.equal(fixAll(text), gives));

  const notSafe: [string, string][] = [
    ['a truth value that may be about anything', inContainer('Privileges: {Disable: true}')],
    ['a number that several objects have, which are not near', inContainer('Delay: 5000000000')],
    ['a map that is deep inside of other options', mount('volume', 'Options: {a: b}')],
    ['a mode beside another', `${atTop('Mode: {Global: {}}')}replicas: 3\n`],
    ['a name that may be the tail of another', inContainer('Secrets: [{Name: db}]')],
    ['a name as near to another', 'Name: w\nTaskTemplate: {ContainerSpec: {Image: x:1}}\nMode: {GlobalOld: {}}\n'],
    ['another in the order of its words', 'Name: w\nTaskTemplate: {ContainerSpec: {Image: x:1}}\nMode: {JobReplicated: {}}\n'],
    ['what needs others beside it', inContainer('Secrets: [{SecretID: a, SecretName: b, GID: "0"}]')],
  ];
  for (const [name, text] of notSafe) it(`stays, if it is ${name}`, () => assert.equal(fixAll(text), text));

  const notOffered: [string, string][] = [
    ['far away, where most specs have nothing', atTop('Disable: true')],
    ['far away, for a word of another field', inTask('Placement: {Role: manager}')],
    ['far away, for a text that is none', inTask('LogDriver: {Name: json-file, Level: debug}')],
    ['for a value that it would refuse', inContainer('Delay: soon')],
    ['for a list where a map is', inTask('RestartPolicy: {Options: [a]}')],
    ['for another type of mount', mount('bind', 'SizeBytes: 1048576')],
    ['outside of a list item', inContainer('Mounts: [{Type: volume, Source: data, Target: /a, Env: [A=b]}]')],
  ];
  for (const [name, text] of notOffered) {
    it(`is not moved to a place ${name}`, () => {
      const finding = findingsOf(text).find(({ rule }) => rule === 'misplaced-field');
      assert.ok(finding);
      assert.deepEqual(finding.fixes, []);
    });
  }
});

describe('fixes that a person would have to look at', () => {
  const fixed = (text: string) => fixAllIn(text, 'yaml', { target: (document) => resolveTarget(document, {}) }, { unsafe: true }).text;
  const placement = (preference: string) => `Name: w\nTaskTemplate:\n  ContainerSpec: {Image: x:1}\n  Placement:\n    Preferences: [${preference}]\nMode: {Replicated: {Replicas: 2}}\n`;

  it('wait for those that have one right answer', () => assert.equal(fixed(placement('{SpreadDescriptor: node.labels.a}')), placement('{Spread: {SpreadDescriptor: node.labels.a}}')));
  it('come in the end', () => assert.equal(fixed(placement('{}, {SpreadDescriptor: node.labels.a}')), placement('{Spread: {SpreadDescriptor: node.labels.a}}')));
});

describe('a file with a byte order mark', () => {
  const rest = 'Name: w\nTaskTemplate:\n  ContainerSpec:\n    Image: x:1\n';
  const cases: [string, string, string][] = [
    ['a new key at the top', `${rest}Ports: # c\n  - TargetPort: 80\n`, `${rest}EndpointSpec:\n  Ports: # c\n    - TargetPort: 80\n`],
    ['a word at the top', `${rest}ports: ["80:80"]\n`, `${rest}EndpointSpec:\n  Ports: [{TargetPort: 80, PublishedPort: 80}]\n`],
    ['the first key', `# c\nEnv: [A=b]\n${rest}`, `${rest}    # c\n    Env: [A=b]\n`],
  ];
  for (const [name, text, gives] of cases) it(`is mended as any other: ${name}`, () => assert.equal(fixAll(`\uFEFF${text}`), `\uFEFF${gives}`));
});

describe('comments around what is moved', () => {
  const head = 'Name: w\nTaskTemplate:\n';
  const block = `${head}  ContainerSpec:\n    Image: x:1\n`;
  const cases: [string, string, string][] = [
    ['behind a member in braces', `${head}  ContainerSpec: {Image: "x:1", Resources: {Limits: {Pids: 5}}, # c\n    TTY: true}\n`, `${head}  ContainerSpec: {Image: "x:1",\n    TTY: true}\n  # c\n  Resources: {Limits: {Pids: 5}}\n`],
    [
      'between members in braces', `${head}  ContainerSpec: {\n    Image: "x:1", # i\n    # above\n    Resources: {Limits: {Pids: 5}}, # c, d\n    # tty\n    TTY: true} # end\n`,
      `${head}  ContainerSpec: {\n    Image: "x:1", # i\n    # tty\n    TTY: true} # end\n  # above\n  # c, d\n  Resources: {Limits: {Pids: 5}}\n`,
    ],
    ['behind the last member in braces', `${head}  ContainerSpec: {Image: "x:1", # i\n    Resources: {Limits: {Pids: 5}} # c\n    }\n`, `${head}  ContainerSpec: {Image: "x:1" # i\n\n    }\n  # c\n  Resources: {Limits: {Pids: 5}}\n`],
    ['into braces with a comment at their end', `${head}  ContainerSpec: {Image: "x:1" # i\n    }\n  Env: [A=b] # env\n`, `${head}  ContainerSpec: {Image: "x:1", # i\n    # env\n    Env: [A=b]\n    }\n`],
    ['into braces of several lines', `${head}  ContainerSpec: {\n    Image: "x:1", # i\n  }\n  Env: # env\n    - A=b # a\n    # b\n`, `${head}  ContainerSpec: {\n    Image: "x:1", # i\n    # env\n    # a\n    # b\n    Env: [A=b]\n  }\n`],
    ['at the end of a block', `${block}  Env:\n    - A=b\n    # end\n# top\nLabels: {}\n`, `${block}    Env:\n      - A=b\n      # end\n# top\nLabels: {}\n`],
    ['at the end of a block, behind an empty line', `${block}    Resources: # r\n      Limits: {Pids: 5} # p\n\n      # end\n  # task\n`, `${block}  Resources: # r\n    Limits: {Pids: 5} # p\n\n    # end\n  # task\n`],
    ['of networks that say the same', `${block}  Networks: [{Target: a}]\nNetworks: # n\n  # a\n  - Target: a # b\n  # tail\n`, `${block}  # n\n  # a\n  # b\n  # tail\n  Networks: [{Target: a}]\n`],
  ];
  for (const [name, text, gives] of cases) it(`stay with it, and others where they are: ${name}`, () => assert.equal(fixAll(text), gives));
});
