import { createHash } from 'node:crypto';
import { parseExact } from '../document/exact';
import { isObject, type SpecObject, type SpecValue, toJson } from '../document/value';
import type { ApiVersion } from '../facts/types';

/** One update or rollback of a saved plan: what will be sent, and what it was planned against. */
export interface SavedUpdate {
  readonly goal: 'update' | 'rollback';
  readonly service: { readonly id: string; readonly name: string };
  readonly index: string;
  readonly api: ApiVersion;
  /** The request body, byte for byte. */
  readonly body: string;
  readonly registryAuthFrom?: 'spec' | 'previous-spec';
  /** The live service as it was read. */
  readonly live: SpecObject;
  readonly previous?: SpecObject;
  readonly updatedAt?: string;
  readonly updateStatus?: SpecObject;
}

export interface SavedPlan {
  /** Time of the plan, ISO 8601. */
  readonly made: string;
  readonly swarmId: string;
  /** Where the plan was made; for people, not compared. */
  readonly address: string;
  readonly updates: readonly SavedUpdate[];
}

export type PlanFileProblem =
  /** The text is no saved plan at all. */
  | { readonly kind: 'notAPlan' }
  /** The text is not what was saved. */
  | { readonly kind: 'tampered' }
  /** Written by a swarmspec with another format. */
  | { readonly kind: 'otherFormat'; readonly format: string };

const FORMAT = 'swarmspec-plan-1';
const BLANK = '0'.repeat(64);

/** Whether a file holds a saved plan rather than a spec, by its beginning. */
export function isPlanFile(text: string): boolean {
  return text.startsWith('{"format":"swarmspec-plan-');
}

/**
 * A saved plan as the text of a file. It holds the bodies, and with them whatever is secret in the specs, so the file is
 * for its owner alone. Its hash is over every byte of the file; it guards against accidents and edits, not against somebody
 * who makes a plan of their own.
 */
export function writePlanFile({ made, swarmId, address, updates }: SavedPlan): string {
  const text = `${toJson({ format: FORMAT, sha256: BLANK, made, swarmId, address, updates: updates.map(toSpecValue) })}\n`;
  return text.replace(BLANK, sha256(text));
}

export function readPlanFile(text: string): SavedPlan | PlanFileProblem {
  if (!isPlanFile(text)) return { kind: 'notAPlan' };
  const format = /^\{"format":"([^"]*)"/.exec(text)?.[1] ?? '';
  if (format !== FORMAT) return { kind: 'otherFormat', format };
  const hash = /^\{"format":"[^"]*","sha256":"([0-9a-f]{64})"/.exec(text)?.[1];
  if (!hash || sha256(text.replace(hash, BLANK)) !== hash) return { kind: 'tampered' };
  const content = parseExact(text);
  if (!isObject(content) || !Array.isArray(content.updates)) return { kind: 'tampered' };
  return { made: String(content.made), swarmId: String(content.swarmId), address: String(content.address), updates: content.updates.filter(isObject).map(toUpdate) };
}

/** SHA-256 of a text in UTF-8, as hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function toSpecValue({ goal, service, index, api, body, registryAuthFrom, live, previous, updatedAt, updateStatus }: SavedUpdate): SpecObject {
  const members: Record<string, SpecValue | undefined> = { goal, service: { ...service }, index, api, body, registryAuthFrom, live, previous, updatedAt, updateStatus };
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, SpecValue] => entry[1] !== undefined));
}

/** The hash has been checked, so the members are what was written. */
function toUpdate(saved: SpecObject): SavedUpdate {
  const service = isObject(saved.service) ? saved.service : {};
  return {
    goal: saved.goal === 'rollback' ? 'rollback' : 'update',
    service: { id: String(service.id), name: String(service.name) },
    index: String(saved.index),
    api: String(saved.api) as ApiVersion,
    body: String(saved.body),
    live: isObject(saved.live) ? saved.live : {},
    ...(typeof saved.registryAuthFrom === 'string' && { registryAuthFrom: saved.registryAuthFrom as 'spec' | 'previous-spec' }),
    ...(isObject(saved.previous) && { previous: saved.previous }),
    ...(typeof saved.updatedAt === 'string' && { updatedAt: saved.updatedAt }),
    ...(isObject(saved.updateStatus) && { updateStatus: saved.updateStatus }),
  };
}
