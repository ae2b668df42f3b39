import { parseExact } from '../document/exact';
import type { DryRunRequest, Engine } from '../engine/engine';
import type { Path } from '../path';
import { placeOfRefusal } from './refusal';

/** What the manager's own validation says of a body, asked without storing anything. */
export type DryRun =
  /** Everything but the version index was in order, as the engine said itself. */
  | { readonly kind: 'passed' }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string; /** The field that the message speaks of. */ readonly at?: Path }
  /** The impossible: the engine took the request. The service may have been updated, and nothing more is asked this way. */
  | { readonly kind: 'stored' }
  /** Nobody knows: no answer, or one that says nothing of the body. */
  | { readonly kind: 'failed'; readonly why: string }
  /** Not asked. */
  | { readonly kind: 'none'; readonly why: 'switched off' | 'nothing to send' | 'not trusted any more' };

/** Engines, by address, that have stored what was only asked. Nothing is asked of them that way any more. */
const broken = new Set<string>();

/** Asks the manager to validate exactly this request, without storing it. Never asks by creating something. */
export async function dryRun(engine: Engine, id: string, request: DryRunRequest): Promise<DryRun> {
  if (broken.has(engine.address)) return { kind: 'none', why: 'not trusted any more' };
  const answer = await engine.dryRun(id, request);
  switch (answer.kind) {
    case 'passed':
      return answer;
    case 'accepted':
      broken.add(engine.address);
      return { kind: 'stored' };
    case 'refused':
      return { ...answer, at: placeOfRefusal(answer.message, parseExact(request.body)) };
    case 'notFound':
    case 'notAManager':
      return { kind: 'failed', why: answer.message };
    case 'noAnswer':
      return { kind: 'failed', why: answer.cause.message };
  }
}

/** A dry run in a sentence. */
export function describeDryRun(dryRun: DryRun): string {
  switch (dryRun.kind) {
    case 'passed':
      return 'Dry run: the engine accepts this update.';
    case 'refused':
      return `Dry run: the engine refuses this update: ${dryRun.message}`;
    case 'stored':
      return 'DRY RUN STORED: the engine answered 200 to a request with version index 0, which must be impossible. The service may have been updated already. Look at it. This engine is not asked for dry runs any more.';
    case 'failed':
      return `Dry run: no answer about this update. ${dryRun.why}`;
    case 'none':
      return `Dry run: none, ${dryRun.why}.`;
  }
}
