import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile } from '../document/document';
import { SERVICE } from '../facts/kinds';
import { type RuleDoc, ruleDocs } from '../features/explain';
import { validate } from '../features/validate';
import type { ApiVersion } from '../facts/types';
import { problemsIn, readWorld } from './liveExample';
import { mergePatch } from './mergePatch';
import { ROOT } from './root';

/** One row of the catalogue of what the engine does beyond the shape of a spec. */
export interface CatalogueRow {
  readonly id: string;
  readonly condition: string;
  readonly effect: string;
  readonly applies_to: 'create' | 'update' | 'both';
  readonly checkable: 'offline' | 'heuristic' | 'live';
  readonly engine_message: string;
  readonly bad_example: unknown;
  readonly good_example: unknown;
}

export interface Coverage {
  readonly row: CatalogueRow;
  /** Rules that find something in the bad example and nothing in the good one. */
  readonly rules: readonly string[];
  /** Where no example shows it, as for a text about a request: rules that name the row. */
  readonly named: readonly string[];
  /** Why no rule covers it: it is about the request, which apply makes, or about what nobody can see. */
  readonly elsewhere?: string;
}

/** Rows about the request itself: nobody writes it by hand here. */
const REQUEST: Readonly<Record<string, string>> = {
  'update-version-missing': 'apply always sends the version index of the plan',
  'update-version-not-uint': 'apply sends the index as the engine wrote it',
  'update-service-prefix-accepted': 'apply asks for the exact name and sends the id',
  'update-rollback-unknown': 'apply sends `previous` or nothing',
  'update-rollback-needs-valid-body': 'a rollback sends the current spec as its body',
  'update-rollback-ignores-body': 'a rollback sends the current spec as its body',
  'update-registry-auth-from-unknown': '`--registry-auth-from` takes the two words only',
  'registry-auth-header-malformed': 'apply checks the header before it is sent',
  'registry-auth-header-overrides-from': 'told in the help of apply',
  'body-content-type': 'apply sends `application/json`',
  'update-version-stale': 'apply sends the version index of the plan, and tells a conflict from a refusal',
  'update-service-not-found': 'a plan asks for the service first; one that is gone by then is told as such',
  'update-service-prefix-ambiguous': 'a plan asks for the exact name or id, and apply sends the whole id',
  'update-rollback-without-previous': 'a rollback is planned only where there is a previous spec',
  'update-identical-spec-overwrites-previous': 'a plan without a change is not sent',
  'update-registry-auth-from-previous-missing': 'the dry run of the plan asks with the same option, and is refused',
  'api-version-too-new': 'the API version is negotiated with the engine',
  'api-version-too-old': 'the API version is negotiated with the engine',
  'swarm-inactive': 'a plan cannot be made, and says why',
  'swarm-locked': 'a plan cannot be made, and says why',
  'version-index-moves-during-rollout': 'apply tells a conflict in which the spec is the same from one in which it is not',
  'selinux-context-without-selinux': 'no API tells of the nodes that may get a task whether they have SELinux',
};

/** Where a row is about something else in the swarm than the examples of its rule, or about more than a patch can say. */
const WORLDS: Readonly<Record<string, string>> = {
  'mode-missing-on-update-non-replicated': 'service: { Mode: { Global: {} } }\n',
  'port-conflict-ingress-vs-host': 'service: {}\nservices:\n  - { name: other, EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 18080, PublishMode: host }] } }\n',
  'mount-bind-source-missing-on-node': 'service: {}\nerrors: [\'invalid mount config for type "bind": bind source path does not exist: /no/such/dir\']\n',
};

export function readCatalogue(): { readonly minimal: unknown; readonly rows: readonly CatalogueRow[] } {
  const { minimal_spec, rules } = JSON.parse(readFileSync(join(ROOT, 'test/data/engine-rules.json'), 'utf8'));
  return { minimal: minimal_spec, rows: rules };
}

/** Which rule covers which row, found by running its examples. */
export function coverage(): Coverage[] {
  const { minimal, rows } = readCatalogue();
  const named = new Map<string, string[]>();
  const docs = ruleDocs();
  for (const { id, covers } of docs) for (const row of covers) named.set(row, [...(named.get(row) ?? []), id]);
  return rows.map((row) => {
    // the rows about erased fields are about a version before the field: the very same spec is good at its own
    const gate = /^gate-|^engine29-swap/.test(row.id);
    const engine = row.id.startsWith('engine29-top') ? 29 : undefined;
    // the rows about the body have whole ones
    const base = row.id.startsWith('body-') ? {} : minimal;
    const good = new Set(rulesIn(row.good_example, base, '1.49', engine));
    const found = rulesIn(row.bad_example, base, gate ? '1.39' : '1.49', engine).filter((rule) => !good.has(rule));
    const planned = docs.filter(({ live, covers }) => live !== undefined && covers.includes(row.id)).filter((rule) => isShownBy(row, rule)).map(({ id }) => id);
    const rules = [...found, ...planned].sort();
    return { row, rules, named: rules.length > 0 ? [] : (named.get(row.id) ?? []), elsewhere: REQUEST[row.id] };
  });
}

/** Whether a live rule finds the bad example of the row and nothing in its good one, in its own world. */
function isShownBy(row: CatalogueRow, { id, live = '' }: RuleDoc): boolean {
  const world = readWorld(WORLDS[row.id] ?? live);
  const found = (example: unknown) => typeof example === 'object' && problemsIn(world, example).some(({ rule }) => rule === id);
  return found(row.bad_example) && !found(row.good_example);
}

function rulesIn(example: unknown, minimal: unknown, api: ApiVersion, engine: number | undefined): string[] {
  // a text is a whole body, if it is one, with a remark behind it
  const body = typeof example === 'string' ? example.replace(/\s{2}\(.*\)$/, '') : JSON.stringify(mergePatch(minimal, example));
  if (typeof example === 'string' && !/^[{[]|^\w+: /.test(body)) return [];
  const target = { kind: SERVICE, api, apiSource: 'default', engine } as const;
  return [...new Set(validate(readFile(body, 'json'), { target: () => target }).map(({ rule }) => rule))];
}
