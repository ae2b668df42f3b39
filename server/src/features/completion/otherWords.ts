import { COMMAND_WORDS } from '../../facts/commandWords';
import { COMPOSE_WORDS, memberWordsFor } from '../../facts/compose';
import type { StructType } from '../../facts/types';
import type { Path } from '../../path';
import { isMembers, type Members } from './draft';

/** Words of compose files and of the docker command by the path of the field that they stand for. */
const BY_PATH: ReadonlyMap<string, readonly string[]> = byPath();

/** The words for a field at a path from the root. */
export function wordsForField(path: Path): readonly string[] {
  return BY_PATH.get(path.join('.')) ?? [];
}

/** What people who know compose files, the docker command or containers type for members of an object, those inside of them included. */
export function otherWords(struct: StructType, members: Members, path: Path): string[] {
  return Object.entries(members).flatMap(([name, draft]) => {
    const field = struct.fields[name];
    if (field === undefined) return [];
    const at = [...path, name];
    const inside = isMembers(draft) && field.type.kind === 'struct' ? otherWords(field.type, draft, at) : [];
    return [...wordsForField(at), ...memberWordsFor(struct.name, name), ...(field.alsoCalled ?? []), ...(field.containersCallIt === undefined ? [] : [field.containersCallIt]), ...inside];
  });
}

function byPath(): Map<string, string[]> {
  const words = new Map<string, string[]>();
  const add = (word: string, path: string) => words.set(path, [...(words.get(path) ?? []), word]);
  for (const [word, { to, and }] of COMPOSE_WORDS) if (and === undefined) add(word, to);
  for (const [word, path] of COMMAND_WORDS) add(word, path);
  return words;
}
