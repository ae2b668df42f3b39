import type { PlacedDocument, SpecDocument } from '../document/document';
import { locate } from '../document/document';
import { type SpecPlace, specsIn } from '../document/shape';
import { isObject } from '../document/value';
import type { Span } from '../path';

/** What is known of the service of a spec. */
export type ServiceState =
  /** Nobody has asked yet, or no engine answers. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'live'; readonly running: number; readonly wanted: number; readonly index: string; readonly changes: number; /** `updating`, `paused` and the like, while it is no ordinary state. */ readonly update?: string };

/** One clickable line over a spec. */
export interface Lens {
  readonly title: string;
  readonly does: 'plan' | 'apply' | 'rollback' | 'pull';
  readonly place: SpecPlace;
  /** In the document. */
  readonly span: Span;
}

/** The specs of a document that name a service. */
export function namedSpecs(document: SpecDocument): { readonly place: SpecPlace; readonly name: string }[] {
  return specsIn(document).flatMap((place) => {
    const name = isObject(place.value) ? place.value.Name : undefined;
    return typeof name === 'string' && name !== '' ? [{ place, name }] : [];
  });
}

/** What to show over each spec of a document: how its service is, and what can be done. */
export function lenses({ document }: PlacedDocument, stateOf: (spec: { readonly place: SpecPlace; readonly name: string }) => ServiceState): Lens[] {
  return namedSpecs(document).flatMap((spec) => {
    const { place } = spec;
    const span = spanOf(document, place);
    const state = stateOf(spec);
    const lens = (title: string, does: Lens['does']): Lens => ({ title, does, place, span });
    switch (state.kind) {
      case 'unknown':
        return [lens('Plan', 'plan'), lens('Apply', 'apply')];
      case 'missing':
        return [lens('not in the swarm', 'plan'), lens('Create', 'apply')];
      case 'live':
        return [lens(describeState(state), 'plan'), lens('Apply', 'apply'), lens('Rollback', 'rollback'), lens('Pull', 'pull')];
    }
  });
}

/** `3/3 running · in sync · index 123`. */
export function describeState({ running, wanted, index, changes, update }: Extract<ServiceState, { kind: 'live' }>): string {
  const sync = changes === 0 ? 'in sync' : `${changes} ${changes === 1 ? 'difference' : 'differences'}`;
  return [`${running}/${wanted} running`, ...(update ? [update] : []), sync, `index ${index}`].join(' · ');
}

/** The name of the service, or where its spec begins. */
function spanOf(document: SpecDocument, { base }: SpecPlace): Span {
  const found = locate(document, base);
  const start = found?.node?.start ?? document.root?.start ?? 0;
  return { start, end: start };
}
