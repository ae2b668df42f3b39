import { type Case, checkFix } from './support/fixes';

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
    Command: [sleep, "5"] # c
`,
    },
    {
      name: "a health check in one text, which is a line for the shell", rule: 'wrong-type',
      text: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Healthcheck:
      Test: curl localhost || exit 1
`,
      gives: `Name: w
TaskTemplate:
  ContainerSpec:
    Image: x:1
    Healthcheck:
      Test: [CMD-SHELL, "curl localhost || exit 1"]
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
