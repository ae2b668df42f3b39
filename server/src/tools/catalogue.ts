import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile } from '../document/document';
import { SERVICE } from '../facts/kinds';
import { ruleDocs } from '../features/explain';
import { validate } from '../features/validate';
import type { ApiVersion } from '../facts/types';
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
  /** Why no rule of a document covers it: it is about the request, which apply makes, or about the live service. */
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
};

export function readCatalogue(): { readonly minimal: unknown; readonly rows: readonly CatalogueRow[] } {
  const { minimal_spec, rules } = JSON.parse(readFileSync(join(ROOT, 'test/data/engine-rules.json'), 'utf8'));
  return { minimal: minimal_spec, rows: rules };
}

/** Which rule covers which row, found by running its examples. */
export function coverage(): Coverage[] {
  const { minimal, rows } = readCatalogue();
  const named = new Map<string, string[]>();
  for (const { id, covers } of ruleDocs()) for (const row of covers) named.set(row, [...(named.get(row) ?? []), id]);
  return rows.map((row) => {
    // the rows about erased fields are about a version before the field: the very same spec is good at its own
    const gate = /^gate-|^engine29-swap/.test(row.id);
    const engine = row.id.startsWith('engine29-top') ? 29 : undefined;
    const good = new Set(rulesIn(row.good_example, minimal, '1.49', engine));
    const found = rulesIn(row.bad_example, minimal, gate ? '1.39' : '1.49', engine).filter((rule) => !good.has(rule));
    const elsewhere = REQUEST[row.id] ?? (row.checkable === 'live' ? 'needs the live swarm: belongs to the plan' : undefined);
    return { row, rules: found.sort(), named: found.length > 0 ? [] : (named.get(row.id) ?? []), elsewhere };
  });
}

function rulesIn(example: unknown, minimal: unknown, api: ApiVersion, engine: number | undefined): string[] {
  // a text is a whole body, if it is one, with a remark behind it
  const body = typeof example === 'string' ? example.replace(/\s{2}\(.*\)$/, '') : JSON.stringify(mergePatch(minimal, example));
  if (typeof example === 'string' && !/^[{[]|^\w+: /.test(body)) return [];
  const target = { kind: SERVICE, api, apiSource: 'default', engine } as const;
  return [...new Set(validate(readFile(body, 'json'), { target: () => target }).map(({ rule }) => rule))];
}

/** RFC 7396, except that a null inside a list is a null. */
export function mergePatch(value: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> = typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  for (const [key, member] of Object.entries(patch)) {
    if (member === null) delete result[key];
    else result[key] = mergePatch(result[key], member);
  }
  return result;
}
