import { SERVICE } from '../../facts/kinds';
import { erasedBelow } from '../../facts/lookup';
import { isOlder } from '../../facts/versions';
import { isObject, type SpecValue } from '../../document/value';
import { type Path, toDotted } from '../../path';
import { liveRule } from '../liveRule';

export default liveRule({
  id: 'erased-from-live',
  effect: 'lost',
  summary: 'The API version of the request knows every field that the service has.',
  why: 'Below the version of a field the engine erases it from what it is sent, so that an update through an old version takes it away from the service whatever the spec says.',
  source: 'engine 28.5: 200, and the field is gone',
  examples: {
    live: 'api: "1.40"\nservice:\n  TaskTemplate:\n    ContainerSpec: { CapabilityAdd: [CAP_NET_ADMIN] }\n',
    bad: 'Labels: { a: b }\n',
    good: 'Name: demo2\n',
  },

  check(_, { service }, { target: { api }, report }) {
    if (!service) return;
    const erased = pathsIn(service.spec as SpecValue, []).flatMap(({ path, since }) => (since && isOlder(api, since) ? [{ path, since }] : []));
    if (erased.length === 0) return;
    const newest = erased.reduce((one, other) => (isOlder(one.since, other.since) ? other : one)).since;
    report({
      at: [],
      message: `At API v${api} the update takes away ${erased.map(({ path }) => `\`${toDotted(path)}\``).join(', ')}, which the service has and this version cannot carry.`,
      hint: `Use API v${newest} or newer.`,
    });
  },
});

/** The fields that are erased below some version, each told once, without what lies below it. */
function pathsIn(value: SpecValue, path: Path): { readonly path: Path; readonly since: ReturnType<typeof erasedBelow> }[] {
  const since = path.length > 0 ? erasedBelow(SERVICE.root, path) : undefined;
  if (since) return [{ path, since }];
  if (Array.isArray(value)) return value.flatMap((item, i) => pathsIn(item, [...path, i]));
  return isObject(value) ? Object.keys(value).flatMap((key) => pathsIn(value[key], [...path, key])) : [];
}
