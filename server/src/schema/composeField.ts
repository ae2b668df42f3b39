import type { SpecObject, SpecValue } from '../document/value';
import { COMMAND_WORDS } from '../facts/commandWords';
import { COMPOSE_WORDS, type ComposeWord, composeWordFor, memberWordFor } from '../facts/compose';
import { fieldAt, foldKey } from '../facts/lookup';
import { hasBareName, hasNull, readOtherShape } from '../facts/otherShapes';
import type { Field, StructType } from '../facts/types';
import type { Fix, Problem } from '../finding';
import type { Path } from '../path';
import { mayBe, type Suits } from './mayBe';
import { changesMode, fieldsCalled } from './misplacedField';
import { listOfText } from './oneText';

/** A word that compose files have inside of an object like this one. */
export function memberWord(key: string, siblings: SpecObject, at: Path, where: string, struct: StructType, suits: Suits): Problem | undefined {
  const word = memberWordFor(struct.name, key);
  if (!word || isOtherWord(word, siblings[key]) || (word.whole && word.whole(siblings) === undefined)) return undefined;
  const to = word.to.split('.');
  const fix = composeFix(word, siblings, at, [...at.slice(0, -1), ...to], fieldAt(struct, to), suits);
  if (key === key.toLowerCase()) return composeProblem(key, word.to, at, where, fix);
  return { rule: 'unknown-field', effect: 'lost', at, part: 'key', fix, message: `\`${key}\` is not a field of ${where}, so the engine drops it without a word. Did you mean \`${word.to}\`?` };
}

/** A word of compose files, with the field that it stands for. */
export function composeWord(key: string, siblings: SpecObject, at: Path, where: string, root: StructType, suits: Suits): Problem | undefined {
  const word = COMPOSE_WORDS.get(key) ?? (fieldsCalled(root, key).length === 0 ? composeWordFor(key) : undefined);
  // inside a list item the words mean something else
  if (!word || isOtherWord(word, siblings[key]) || root.name !== 'ServiceSpec' || at.some((step) => typeof step === 'number')) return undefined;
  if (word.and) {
    return {
      rule: 'compose-field', effect: 'lost', at, part: 'key',
      message: `\`${key}\` is a block of compose files, not a field of ${where}, so the engine drops all of it without a word. In a spec its parts are in ${[word.to, ...word.and].map((place) => `\`${place}\``).join(', ')}.`,
      hint: '`swarmspec convert --to spec` makes specs of a whole compose file.',
    };
  }
  const to = word.to.split('.');
  const fix = composeFix(word, siblings, at, to, fieldAt(root, to), suits);
  return { ...composeProblem(key, word.to, at, where, fix && { ...fix, safe: fix.safe && isWhereServicesAre(at, to) && !changesMode(to, at, siblings) }), hint: takesAway(to, siblings[key]) ? 'A variable without a value comes from the shell there; in a spec its name alone takes away the one that the image sets.' : undefined };
}

/** An option of the docker command, with the field that it sets. */
export function commandWord(key: string, siblings: SpecObject, at: Path, where: string, root: StructType, suits: Suits): Problem | undefined {
  const dotted = COMMAND_WORDS.get(key);
  const to = dotted?.split('.') ?? [];
  const field = fieldAt(root, to);
  if (dotted === undefined || !field || root.name !== 'ServiceSpec' || at.some((step) => typeof step === 'number')) return undefined;
  const value = siblings[key];
  const texts = typeof value === 'string' && field.type.kind === 'list' && field.type.item.type.kind === 'scalar' ? listOfText(value, field)?.value : undefined;
  const as = texts ?? readOtherShape(value, field, key, siblings)?.value;
  const convert = as === undefined ? undefined : () => as;
  const fix = composeFix({ to: dotted, convert }, siblings, at, to, field, suits);
  return {
    rule: 'unknown-field', effect: 'lost', at, part: 'key', fix: fix && { ...fix, safe: isWhereServicesAre(at, to) },
    message: `\`${key}\` is an option of the docker command, not a field of ${where}, so the engine drops it without a word. In a spec it is \`${dotted}\`.`,
  };
}

function isOtherWord({ sometimes, convert }: ComposeWord, value: SpecValue): boolean {
  return sometimes === true && convert?.(value) === undefined;
}

function composeProblem(key: string, to: string, at: Path, where: string, fix: Fix | undefined): Problem {
  return { rule: 'compose-field', effect: 'lost', at, part: 'key', fix, message: `\`${key}\` is a word of compose files, not a field of ${where}, so the engine drops it without a word. In a spec it is \`${to}\`.` };
}

/** Whether a place is one where people put the words of a compose service: that of the service, its task or its container, or on the way to the field. */
function isWhereServicesAre(at: Path, to: Path): boolean {
  const holder = at.slice(0, -1);
  return [to, ['TaskTemplate', 'ContainerSpec']].some((way) => holder.every((step, i) => step === way[i]));
}

/** Whether a variable has no value: in a compose file it is that of the shell, in a spec one that is taken away. */
function takesAway(to: Path, value: SpecValue): boolean {
  return to.at(-1) === 'Env' && (hasNull(value) || hasBareName(value));
}

/** Whether a name is there beside a key, letter case aside. */
function isGiven(name: string, beside: string, siblings: SpecObject): boolean {
  return Object.keys(siblings).some((key) => key !== beside && foldKey(key) === foldKey(name));
}

function composeFix({ to: dotted, convert, whole }: ComposeWord, siblings: SpecObject, at: Path, to: Path, field: Field | undefined, suits: Suits): Fix | undefined {
  const title = `Make it \`${dotted}\``;
  const value = siblings[at[at.length - 1]];
  if (whole) {
    const made = whole(siblings);
    return made === undefined ? undefined : { title, safe: true, edits: [{ kind: 'set', at: at.slice(0, -1), value: made }] };
  }
  const as = convert?.(value);
  if (convert && as === undefined) return undefined;
  if (!field) return undefined;
  const isHere = to.length === at.length && to.every((step, i) => i === at.length - 1 || step === at[i]);
  if (as === undefined && !mayBe(value, field, suits)) return undefined;
  // what stands there under its own name is not lost to another one
  if (isHere && [at, to].some((path) => isGiven(String(path.at(-1)), String(at.at(-1)), siblings))) return undefined;
  const safe = !takesAway(to, value);
  if (!isHere) return { title, safe, edits: [{ kind: 'move', from: at, to, as }] };
  return { title, safe, edits: [{ kind: 'rename', at, to: String(to.at(-1)) }, ...(as === undefined ? [] : [{ kind: 'set', at, value: as } as const])] };
}
