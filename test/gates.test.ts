import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readDocument } from '../server/src/document/document';
import { specsIn } from '../server/src/document/shape';
import { isObject, type SpecObject, type SpecValue } from '../server/src/document/value';
import { SERVICE } from '../server/src/facts/kinds';
import type { ServiceSpec } from '../server/src/facts/serviceSpec';
import { problemsOf } from '../server/src/features/validate';
import { RULES } from '../server/src/rules/all';
import { rulesWorthRunning } from '../server/src/rules/gates';
import type { Target } from '../server/src/target';
import { mergePatch } from '../server/src/tools/mergePatch';
import { corpus } from './support/corpus';
import { structOf } from './support/specs';

const TARGET: Target = { kind: SERVICE, api: '1.49', apiSource: 'default' };
const OLD: Target = { kind: SERVICE, api: '1.38', apiSource: 'default', engine: 20 };
const BARE: ServiceSpec = { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'nginx:1.27' } } };

/** A spec that has each of its parts from one of three. */
function mix(specs: readonly SpecObject[], choice: Iterator<number>, depth = 0): SpecObject {
  const mixed: SpecObject = {};
  for (const key of new Set(specs.flatMap((spec) => Object.keys(spec)))) {
    const value = specs[choice.next().value as number]?.[key];
    const objects = specs.map((spec) => spec[key]).filter(isObject);
    if (depth < 2 && (key === 'TaskTemplate' || key === 'ContainerSpec')) mixed[key] = mix(objects, choice, depth + 1);
    else if (value !== undefined) mixed[key] = value;
  }
  return mixed;
}

describe('the rules that are worth running', () => {
  before(() => {
    // what each rule looks for is learned after a few specs
    for (let i = 0; i < 100; i++) for (const target of [TARGET, OLD]) rulesWorthRunning(BARE, target);
  });

  it('are few for a spec that says little', () => {
    assert.ok(rulesWorthRunning(BARE, TARGET).length < RULES.length / 3);
  });

  function assertSame(spec: SpecValue, about: string): void {
    for (const target of [TARGET, OLD]) assert.deepEqual(problemsOf(spec, target), problemsOf(spec, target, { rules: RULES }), about);
  }

  it('say all that all rules say of each recorded document', () => {
    for (const { text } of corpus()) for (const { value } of specsIn(readDocument(text, 'json'))) assertSame(value, text);
  });

  it('say all that all rules say of the example of each rule', () => {
    for (const { id, examples } of RULES) {
      const patch = readDocument(examples.bad, 'yaml').value;
      assertSame(mergePatch({ ...BARE } as Parameters<typeof mergePatch>[0], patch as Parameters<typeof mergePatch>[1]) as SpecValue, id);
    }
  });

  it('say all that all rules say of specs whose parts come from different recorded documents', () => {
    const specs = corpus().flatMap(({ text }) => specsIn(readDocument(text, 'json'))).map(({ value }) => value).filter((value) => isObject(value) && isObject(value.TaskTemplate)) as SpecObject[];
    const one = fc.nat(specs.length - 1).map((i) => specs[i]);
    const mixed = fc.tuple(one, one, one, fc.infiniteStream(fc.nat(2))).map(([a, b, c, choice]) => mix([a, b, c], choice));
    fc.assert(fc.property(mixed, (spec) => assertSame(spec, 'parts of three documents')), { numRuns: 3000 });
  });

  it('are the same few for specs that differ only where no rule objects', () => {
    const fleet = (i: number): ServiceSpec => ({ Name: `web-${i}`, TaskTemplate: { ContainerSpec: { Image: 'nginx:1.27', User: String(i % 3) }, RestartPolicy: { Condition: 'any', Delay: 5_000_000_000 } }, Mode: { Replicated: { Replicas: 1 + (i % 4) } } });
    const counts = Array.from({ length: 500 }, (_, i) => rulesWorthRunning(fleet(i), { ...TARGET, engine: 27 }).length);
    assert.ok(counts.slice(-50).every((count) => count < 10), counts.slice(-50).join(' '));
  });

  it('say all that all rules say of specs made from the facts', () => {
    fc.assert(fc.property(structOf(SERVICE.root, TARGET), (spec) => assertSame(spec, 'a spec made from the facts')), { numRuns: 500 });
  });
});
