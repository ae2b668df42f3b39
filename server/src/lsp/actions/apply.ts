import type { Node } from '../../document/node';
import { specsIn } from '../../document/shape';
import { toPointer } from '../../path';
import type { ActionSource } from '../action';
import { COMMANDS } from '../protocol';

const KIND = 'refactor.apply';
const TITLE = 'Apply this spec to the swarm';

/** Applies the spec that the cursor stands in. */
export const applyAction: ActionSource = {
  kinds: [KIND],
  actions({ text, file, span }, { open, platform }) {
    const { placed, offset } = open.documentAt(file, span.start);
    const specs = specsIn(placed.document);
    if (specs.length === 0 || !platform.connect) return [];
    const { base } = specs[specIndexAt(placed.document, specs.length, offset)];
    return [{ title: TITLE, kind: KIND, command: { title: TITLE, command: COMMANDS.apply, arguments: [text.uri, { document: placed.index, base: toPointer(base) }] } }];
  },
};

/** Which of the specs of a list the offset stands in; the first where it stands in none. */
function specIndexAt({ root }: { root: Node | undefined }, count: number, offset: number): number {
  if (root?.kind !== 'list') return 0;
  return Math.min(Math.max(0, root.items.findLastIndex(({ start }) => start <= offset)), count - 1);
}
