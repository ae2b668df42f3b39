import type { SpecObject } from '../document/value';
import type { LiveNetwork } from '../engine/engine';
import { type Change, diff } from './diff';
import { comparable } from './resolve';

/**
 * What was posted and is stored otherwise, or not at all: from the posted value to the stored one. Spelling and what the
 * engine fills in do not count.
 */
export function notStored(posted: SpecObject, stored: SpecObject, networks: readonly LiveNetwork[]): Change[] {
  return diff(comparable(posted, networks), comparable(stored, networks));
}
