import * as assert from 'node:assert/strict';
import { toTextEdits } from '../server/src/document/edit';
import { type Case, checkFix } from './support/fixes';
import { findingsOf, read } from './support/marked';

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
