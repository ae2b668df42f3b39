import * as assert from 'node:assert/strict';
import { findingsOf } from './support/marked';

const SPEC = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\nMode: { Replicated: { Replicas: 1 } }\n';
const loud = (text: string) => findingsOf(text).filter(({ rule }) => /unknown-field|suppress/.test(rule)).map(({ rule, message, hint }) => `${rule}: ${message} ${hint ?? ''}`.trim());

describe('a comment that silences a rule', () => {
  const silent = ['x-team: web # swarmspec-ignore unknown-field -- ours\n', '# swarmspec-ignore unknown-field -- ours\nx-team: web\n'];
  it('speaks of its line, or of the next', () => {
    for (const text of silent) assert.deepEqual(loud(SPEC + text), []);
  });
  it('speaks of the whole document', () => assert.deepEqual(loud(`# swarmspec-ignore-document unknown-field -- ours\n${SPEC}x-team: web\nx-other: 1\n`), []));
  it('does not reach further', () => assert.equal(loud(`${SPEC}# swarmspec-ignore unknown-field -- ours\nx-team: web\nx-other: 1\n`).length, 1));

  const told: [string, RegExp][] = [
    ['# swarmspec-ignore unknown-field -- ours\n', /^unused-suppression: There is nothing here that `unknown-field` finds/],
    ['# swarmspec-ignore -- ours\n', /^unused-suppression: This comment names no rule/],
    ['# swarmspec-ignore unknwon-field -- ours\n', /^unused-suppression: There is no rule `unknwon-field`. Did you mean `unknown-field`\?/],
    ['# swarmspec-ignore nonsense-of-mine -- ours\n', /^unused-suppression: There is no rule `nonsense-of-mine`. `swarmspec rules` lists them/],
    ['# swarmspec-ignore-next-line unknown-field -- ours\n', /^unused-suppression: `swarmspec-ignore-next-line` means nothing, so it silences nothing. `swarmspec-ignore` speaks of its own line/],
    ['# swarmspec-ignore-file unknown-field -- ours\n', /`swarmspec-ignore-document` of the whole document/],
  ];
  for (const [comment, says] of told) it(`is told where it silences nothing: ${comment.trim()}`, () => assert.match(loud(`${SPEC}${comment}`)[0] ?? '', says));
  it('has its reason behind two dashes', () => {
    assert.deepEqual(loud(`${SPEC}x-team: web # swarmspec-ignore unknown-field because it is ours\n`), ['unused-suppression: There is no rule `because`, `it`, `is`, `ours`. A reason stands behind ` -- `.']);
    assert.deepEqual(loud(`${SPEC}x-team: web # swarmspec-ignore unknown-field\n`), ['suppression-without-reason: This comment does not say why. End it with `-- reason`, for whoever meets it next.']);
  });
  it('is none in JSON, where a comment is refused', () => assert.ok(findingsOf('{"Name": "a", "x": 1} // swarmspec-ignore unknown-field', { syntax: 'json' }).some(({ rule }) => rule === 'unknown-field')));
});
