import * as assert from 'node:assert/strict';
import { findingsOf, fixAll, fixOf } from './support/marked';

const text = (constraint: string) => `Name: w\nMode: {Global: {}}\nTaskTemplate:\n  ContainerSpec: {Image: x:1}\n  Placement: {Constraints: ["${constraint}"]}\n`;

describe('a constraint that no node satisfies becomes the one that is meant', () => {
  const cases: [string, string][] = [
    ['node.platform.arch==amd64', 'node.platform.arch==x86_64'],
    ['node.platform.arch == arm64', 'node.platform.arch == aarch64'],
    ['node.rolee==manager', 'node.role==manager'],
    ['nodes.rol==manager', 'node.role==manager'],
    ['role==manager', 'node.role==manager'],
    ['node.arch==x86_64', 'node.platform.arch==x86_64'],
    ['node.os==linux', 'node.platform.os==linux'],
    ['arch != x86_64', 'node.platform.arch != x86_64'],
    ['labels.zone==a', 'node.labels.zone==a'],
    ['node.label.zone==a', 'node.labels.zone==a'],
    ['node.role==managr', 'node.role==manager'],
  ];
  for (const [constraint, made] of cases) {
    it(constraint, () => {
      const fixed = fixAll(text(constraint));
      assert.equal(fixed, text(made));
      assert.deepEqual(findingsOf(fixed).filter(({ rule }) => /constraint/.test(rule)), []);
    });
  }

  it('if a person says so, where that is not certain', () => {
    for (const [constraint, made] of [['node.rolee==x', 'node.role==x'], ['node.ib==a', 'node.id==a']]) {
      assert.equal(fixAll(text(constraint)), text(constraint));
      assert.equal(fixOf(text(constraint), 'constraint-never-matches'), text(made));
    }
  });

  it('but for a key that stands for nothing', () => {
    for (const constraint of ['node.zone==a', 'node.zone!=a', 'zone==a', 'nodes.zone==a']) assert.deepEqual(findingsOf(text(constraint)).flatMap(({ fixes }) => fixes), [], constraint);
  });
});
