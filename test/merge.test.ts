import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { mergeSpecs } from '../server/src/apply/merge';
import { isObject, type SpecObject, type SpecValue, toJson } from '../server/src/document/value';
import { SERVICE } from '../server/src/facts/kinds';
import { normalise } from '../server/src/schema/normalise';
import { toDotted } from '../server/src/path';
import { structOf } from './support/specs';

const normal = (spec: object): SpecObject => normalise(spec as SpecObject, SERVICE.root);
const conflictsOf = (base: object, live: object, ours: object) => mergeSpecs(normal(base), normal(live), normal(ours)).conflicts.map(({ path }) => toDotted(path));
const merged = (base: object, live: object, ours: object) => {
  const { spec, conflicts } = mergeSpecs(normal(base), normal(live), normal(ours));
  assert.deepEqual(conflicts, []);
  return spec;
};
const container = (more: object) => ({ Name: 'a', TaskTemplate: { ContainerSpec: { Image: 'a:1', ...more } } });

describe('a three-way merge', () => {
  it('takes changes of different fields from both sides', () => {
    const spec = merged({ Name: 'a', Labels: { a: '1' } }, { Name: 'a', Labels: { a: '1', live: 'x' } }, { Name: 'a', Labels: { a: '2' }, Mode: { Replicated: { Replicas: 3 } } });
    assert.deepEqual(spec, normal({ Name: 'a', Labels: { a: '2', live: 'x' }, Mode: { Replicated: { Replicas: 3 } } }));
  });

  it('takes variables by name, mounts by target, ports by target and protocol', () => {
    const base = container({ Env: ['A=1', 'B=1'], Mounts: [{ Type: 'volume', Source: 'v', Target: '/v' }] });
    const live = container({ Env: ['A=2', 'B=1', 'L=1'], Mounts: [{ Type: 'volume', Source: 'v', Target: '/v', ReadOnly: true }] });
    const ours = container({ Env: ['A=1', 'B=2', 'O=1'], Mounts: [{ Type: 'volume', Source: 'w', Target: '/v' }, { Type: 'tmpfs', Target: '/t' }] });
    assert.deepEqual(merged(base, live, ours), normal(container({
      Env: ['A=2', 'B=2', 'L=1', 'O=1'], Mounts: [{ Type: 'volume', Source: 'w', Target: '/v', ReadOnly: true }, { Type: 'tmpfs', Target: '/t' }],
    })));
    const port = (more: object[]) => ({ Name: 'a', EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080 }, ...more] } });
    assert.deepEqual(merged(port([]), port([{ TargetPort: 443 }]), port([{ TargetPort: 53, Protocol: 'udp' }])), normal(port([{ TargetPort: 443 }, { TargetPort: 53, Protocol: 'udp' }])));
  });

  const refused: readonly (readonly [string, object, object, object, string[]])[] = [
    ['one label set to two texts', { Labels: { a: '1' } }, { Labels: { a: '2' } }, { Labels: { a: '3' } }, ['Labels.a']],
    ['one label removed and changed', { Labels: { a: '1' } }, {}, { Labels: { a: '3' } }, ['Labels.a']],
    ['one variable set to two texts', container({ Env: ['A=1'] }), container({ Env: ['A=2'] }), container({ Env: ['A=3'] }), ['TaskTemplate.ContainerSpec.Env.A']],
    ['two commands', container({ Command: ['a'] }), container({ Command: ['b'] }), container({ Command: ['a', 'b'] }), ['TaskTemplate.ContainerSpec.Command']],
    ['two kinds of mode', { Mode: { Replicated: {} } }, { Mode: { Global: {} } }, { Mode: { Replicated: { Replicas: 2 } } }, ['Mode']],
    ['an object removed and changed', { UpdateConfig: { Parallelism: 1 } }, {}, { UpdateConfig: { Parallelism: 2 } }, ['UpdateConfig']],
    ['variables moved two ways', container({ Env: ['A=1', 'B=1', 'C=1'] }), container({ Env: ['B=1', 'A=1', 'C=1'] }), container({ Env: ['C=1', 'A=1', 'B=1'] }), ['TaskTemplate.ContainerSpec.Env']],
    ['variables with one name twice', container({ Env: ['A=1'] }), container({ Env: ['A=1', 'A=2'] }), container({ Env: ['A=1', 'B=2'] }), ['TaskTemplate.ContainerSpec.Env']],
  ];
  for (const [title, base, live, ours, at] of refused) it(`leaves ${title} to the person`, () => assert.deepEqual(conflictsOf(base, live, ours), at));

  it('goes by what the person has chosen', () => {
    const [base, live, ours] = [{ Labels: { a: '1', b: '1' } }, { Labels: { a: '2', b: '2' } }, { Labels: { a: '3', b: '3' } }].map(normal);
    const { spec, conflicts } = mergeSpecs(base, live, ours, new Map([['/Labels/a', 'live'], ['/Labels/b', 'ours']]));
    assert.deepEqual([conflicts, spec.Labels], [[], { a: '2', b: '3' }]);
  });

  it('is the other side where one has changed nothing, and itself where both have done the same', () => {
    fc.assert(
      fc.property(structOf(SERVICE.root, { kind: SERVICE, api: '1.49', apiSource: 'default' }), structOf(SERVICE.root, { kind: SERVICE, api: '1.49', apiSource: 'default' }), (one, other) => {
        const [base, changed] = [one, other].map((spec) => normal(spec as SpecObject));
        for (const [live, ours] of [[base, changed], [changed, base], [changed, changed]]) {
          assert.equal(toJson(canonical(merged(base, live, ours))), toJson(canonical(changed)));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('finds the same conflicts from either side, and settles each by a choice', () => {
    fc.assert(
      fc.property(structOf(SERVICE.root, { kind: SERVICE, api: '1.49', apiSource: 'default' }), structOf(SERVICE.root, { kind: SERVICE, api: '1.49', apiSource: 'default' }), structOf(SERVICE.root, { kind: SERVICE, api: '1.49', apiSource: 'default' }), (a, b, c) => {
        const [base, live, ours] = [a, b, c].map((spec) => normal(spec as SpecObject));
        const { conflicts } = mergeSpecs(base, live, ours);
        const pointers = (list: typeof conflicts) => list.map(({ path }) => path.join('/')).sort();
        assert.deepEqual(pointers(conflicts), pointers(mergeSpecs(base, ours, live).conflicts));
        const choices = new Map(conflicts.map(({ path }) => [path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''), 'ours'] as const));
        assert.deepEqual(mergeSpecs(base, live, ours, choices).conflicts, []);
      }),
      { numRuns: 150 },
    );
  });

  it('loses no change of either side and makes up none', () => {
    fc.assert(
      fc.property(fc.array(EDIT, { maxLength: 12 }), fc.array(EDIT, { maxLength: 12 }), (first, second) => {
        const theirs = onePerPlace(first);
        const mine = onePerPlace(second).filter(({ place }) => !theirs.some((edit) => edit.place === place));
        const base = normal(specOf(BASE));
        const spec = merged(base, specOf(edited(BASE, theirs)), specOf(edited(BASE, mine)));
        assert.equal(toJson(unordered(spec)), toJson(unordered(normal(specOf(edited(BASE, [...theirs, ...mine]))))));
      }),
      { numRuns: 500 },
    );
  });
});

/** A spec by its places, so that edits of different places are known not to overlap. */
type Places = ReadonlyMap<string, string | undefined>;

const NAMES = ['a', 'b', 'c', 'd'];
const PLACES = ['image', 'replicas', 'delay', ...['label', 'env', 'mount', 'port', 'constraint', 'secret', 'containerLabel'].flatMap((kind) => NAMES.map((name) => `${kind} ${name}`))];
const BASE: Places = new Map(PLACES.map((place) => [place, place.endsWith('d') ? undefined : '1']));
const EDIT = fc.record({ place: fc.constantFrom(...PLACES), value: fc.constantFrom('2', '3', undefined) });

function onePerPlace(edits: readonly { place: string; value: string | undefined }[]) {
  return [...new Map(edits.map((edit) => [edit.place, edit])).values()];
}

function edited(places: Places, edits: readonly { place: string; value: string | undefined }[]): Places {
  return new Map([...places, ...edits.map(({ place, value }) => [place, value] as const)]);
}

function specOf(places: Places): SpecObject {
  const of = (kind: string) => NAMES.flatMap((name) => (places.get(`${kind} ${name}`) === undefined ? [] : [[name, places.get(`${kind} ${name}`)!] as const]));
  return normal({
    Name: 'a',
    Labels: Object.fromEntries(of('label')),
    Mode: { Replicated: { Replicas: Number(places.get('replicas') ?? 7) } },
    UpdateConfig: { Delay: Number(places.get('delay') ?? 0) },
    EndpointSpec: { Ports: of('port').map(([name, value]) => ({ TargetPort: 80 + NAMES.indexOf(name), PublishedPort: 8000 + Number(value) * 100 + NAMES.indexOf(name) })) },
    TaskTemplate: {
      Placement: { Constraints: of('constraint').map(([name]) => `node.labels.${name}==1`) },
      ContainerSpec: {
        Image: `a:${places.get('image') ?? 'none'}`,
        Labels: Object.fromEntries(of('containerLabel')),
        Env: of('env').map(([name, value]) => `${name}=${value}`),
        Mounts: of('mount').map(([name, value]) => ({ Type: 'volume', Source: value, Target: `/${name}` })),
        Secrets: of('secret').map(([name, value]) => ({ SecretName: `${name}${value}`, SecretID: value, File: { Name: name, UID: '0', GID: '0', Mode: 292 } })),
      },
    },
  });
}

/** With the keys of every object in order, which mean nothing. */
function canonical(value: SpecValue): SpecValue {
  if (Array.isArray(value)) return value.map(canonical);
  return isObject(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, canonical(value[key])])) : value;
}

/** With lists in order too: where both sides have added items, their order is nobody's. */
function unordered(value: SpecValue): SpecValue {
  if (Array.isArray(value)) return value.map(unordered).sort((a, b) => (toJson(a) < toJson(b) ? -1 : 1));
  return isObject(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, unordered(value[key])])) : value;
}
