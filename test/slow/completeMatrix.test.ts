import * as assert from 'node:assert/strict';
import { isObject, type SpecObject, type SpecValue } from '../../server/src/document/value';
import { SERVICE } from '../../server/src/facts/kinds';
import { fieldAt, neverStored } from '../../server/src/facts/lookup';
import type { Field, StructType, Type } from '../../server/src/facts/types';
import { complete, type Completion } from '../../server/src/features/complete';
import { valueOf as valueOfDraft } from '../../server/src/features/completion/draft';
import { startOf, startOfStruct } from '../../server/src/features/completion/starts';
import { resolveTarget } from '../../server/src/features/target';
import { validate } from '../../server/src/features/validate';
import type { Path } from '../../server/src/path';
import { accepted, read, type Reading } from '../support/marked';
import { mergePatch, writeValue } from '../support/writings';

/**
 * Every kind of position, in every syntax, in every struct and at every field of a spec: the cursor is put there, what
 * completion offers is chosen, each item of it, and the text has to be one that parses, has what was chosen at its place, and
 * has no error that was not there before.
 */
const API = '1.55';
const MARK = 'markPlace';
const SYNTAXES = ['block YAML', 'flow YAML', 'JSON', 'JSON on one line'] as const;
type Syntax = (typeof SYNTAXES)[number];

interface Position {
  readonly name: string;
  /** What stands in place of the mark, with the cursor as `|`. Undefined where there is no such position. */
  readonly put: (mark: string) => string | undefined;
}

interface Cell {
  readonly on: string;
  readonly syntax: Syntax;
  readonly path: Path;
  readonly reading?: Reading;
}

let cells = 0;
let chosen = 0;
const labels = new Map<string, Set<string>>();

// — the specs that hold each struct —

interface Host {
  readonly struct: StructType;
  readonly path: Path;
  readonly spec: SpecObject;
}

/** Where the smallest host has another thing in the way. */
const PATCHES: Readonly<Record<string, SpecObject>> = {
  PluginSpec: { TaskTemplate: { Runtime: 'plugin', ContainerSpec: null }, Mode: { Global: {} } },
  RuntimePrivilege: { TaskTemplate: { Runtime: 'plugin', ContainerSpec: null }, Mode: { Global: {} } },
  PluginPrivilege: { TaskTemplate: { Runtime: 'plugin', ContainerSpec: null }, Mode: { Global: {} } },
};

function* structsIn(type: Type, path: Path): Generator<{ struct: StructType; path: Path }> {
  if (type.kind === 'struct') {
    yield { struct: type, path };
    for (const [name, field] of Object.entries(type.fields)) yield* structsIn(field.type, [...path, name]);
  } else if (type.kind === 'list') yield* structsIn(type.item.type, [...path, 0]);
}

function hosts(): Host[] {
  const found = new Map<StructType, Host>();
  for (const { struct, path } of structsIn(SERVICE.root, [])) if (!found.has(struct)) found.set(struct, { struct, path, spec: hostOf(struct, path) });
  return [...found.values()];
}

/** A valid spec that holds the struct at a path, begun the way completion begins it; the path comes last in each object. */
function hostOf(struct: StructType, path: Path): SpecObject {
  let value: SpecValue = begun(struct);
  for (let i = path.length - 1; i >= 0; i--) {
    const step = path[i];
    if (typeof step === 'number') value = [value];
    else {
      const above = typeAt(path.slice(0, i));
      const others: SpecObject = above.kind === 'struct' ? needed(above, step) : {};
      delete others[step];
      value = { ...others, [step]: value };
    }
  }
  const base: SpecObject = path.length === 0 || path[0] !== 'TaskTemplate' ? { Name: 'demo', TaskTemplate: { ContainerSpec: { Image: 'busy:1' } } } : { Name: 'demo' };
  const spec = { ...base, ...(value as SpecObject), Name: 'demo' };
  return mergePatch(spec, PATCHES[struct.name] ?? {}) as SpecObject;
}

function begun(struct: StructType): SpecObject {
  const value = valueOfDraft(startOfStruct(struct, API));
  return isObject(value) ? value : {};
}

/** What an object has to have next to `step`. */
function needed(struct: StructType, step: string): SpecObject {
  const given = begun(struct);
  if (struct.name === 'Mount') return step === 'TmpfsOptions' ? { Type: 'tmpfs', Target: '/t' } : step === 'BindOptions' ? { Type: 'bind', Source: '/s', Target: '/t' } : { Type: 'volume', Source: 's', Target: '/t' };
  if (struct.name === 'GenericResource' || struct.name === 'ServiceMode' || struct.name === 'CredentialSpec') return {};
  if (struct.name === 'ConfigReference' && step === 'Runtime') return { ConfigID: given.ConfigID, ConfigName: given.ConfigName };
  if (struct.name === 'SpreadOver' || struct.name === 'TaskSpec' || struct.name === 'ContainerSpec' || struct.name.endsWith('Reference')) return given;
  return {};
}

function typeAt(path: Path): Type {
  return path.length === 0 ? SERVICE.root : (fieldAt(SERVICE.root, path) as Field).type;
}

// — writing a host with a cursor in it —

function placed(spec: SpecValue, path: Path, put: (object: SpecValue | undefined) => SpecValue): SpecValue {
  if (path.length === 0) return put(spec);
  const [step, ...rest] = path;
  if (typeof step === 'number') {
    const list = Array.isArray(spec) ? [...spec] : [];
    list[step] = placed(list[step], rest, put);
    return list;
  }
  const object = isObject(spec) ? spec : {};
  const { [step]: inside, ...others } = object;
  return { ...others, [step]: placed(inside, rest, put) };
}

function withMark(members: SpecObject, where: 'first' | 'middle' | 'last'): SpecObject {
  const keys = Object.keys(members);
  const at = where === 'first' ? 0 : where === 'last' ? keys.length : Math.floor(keys.length / 2);
  return Object.fromEntries([...keys.slice(0, at), MARK, ...keys.slice(at)].map((key) => [key, key === MARK ? MARK : members[key]]));
}

/** The writing of a mark as a member, and as a value, in each syntax. */
const MEMBER: Readonly<Record<Syntax, string>> = { 'block YAML': `${MARK}: "${MARK}"`, 'flow YAML': `${MARK}: "${MARK}"`, JSON: `"${MARK}": "${MARK}"`, 'JSON on one line': `"${MARK}": "${MARK}"` };

const KEY_POSITIONS: Readonly<Record<'block' | 'brackets' | 'JSON', readonly Position[]>> = {
  block: [
    { name: 'empty', put: () => '|' },
    { name: 'half-typed', put: () => 'Xy|' },
    { name: 'in the middle of a word', put: () => 'X|y' },
    { name: 'in double quotes', put: () => '"|"' },
    { name: 'in single quotes', put: () => "'X|'" },
    { name: 'in a quote that is open', put: () => '"X|' },
    { name: 'before a colon', put: () => 'Xy|:' },
    { name: 'white space behind', put: () => '|  ' },
    { name: 'further in', put: () => '    |' },
    { name: 'one further in', put: () => ' |' },
    { name: 'half-typed further in', put: () => '  Xy|' },
  ],
  brackets: [
    { name: 'empty', put: () => '|' },
    { name: 'half-typed', put: () => 'Xy|' },
    { name: 'in double quotes', put: () => '"|"' },
    { name: 'in single quotes', put: () => "'X|'" },
    { name: 'before a colon', put: () => 'Xy|: ' },
  ],
  JSON: [
    { name: 'empty', put: () => '|' },
    { name: 'half-typed without quotes', put: () => 'Xy|' },
    { name: 'in quotes', put: () => '"|"' },
    { name: 'half-typed in quotes', put: () => '"X|y"' },
    { name: 'in a quote that is open', put: () => '"X|' },
    { name: 'before a colon', put: () => '"X|": null' },
  ],
};

function positionsFor(syntax: Syntax): readonly Position[] {
  return syntax === 'block YAML' ? KEY_POSITIONS.block : syntax === 'flow YAML' ? KEY_POSITIONS.brackets : KEY_POSITIONS.JSON;
}

/** In brackets the comma before an empty place may be missing, or there, or follow. */
function withCursor(text: string, member: string, put: string, { syntax, comma }: { readonly syntax: Syntax; readonly comma?: 'none' }): string | undefined {
  const at = text.indexOf(member);
  assert.ok(at >= 0, text);
  let before = text.slice(0, at);
  let after = text.slice(at + member.length);
  if (syntax !== 'block YAML') {
    if (/^\s*,/.test(after)) after = after.replace(/^(\s*),/, '$1');
    else if (comma === 'none' && /,\s*$/.test(before)) before = before.replace(/,(\s*)$/, '$1');
    if (put.endsWith(': ') || put.endsWith('null')) after = /^\s*["'\w]/.test(after) ? `,${after}` : after;
  }
  return before + put + after;
}

// — choosing —

const syntaxOf = (syntax: Syntax): 'json' | 'yaml' => (syntax.startsWith('JSON') ? 'json' : 'yaml');

function errorsOf(text: string, reading: Reading): string[] {
  const file = read(text, reading);
  return validate(file, { target: (document) => resolveTarget(document, reading) })
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, message }) => `${rule}: ${message}`);
}

/** Puts the cursor, asks, chooses; gives how many items there were. */
function tryCell({ on, syntax, path, reading = {} }: Cell, of: string, check: (item: Completion, value: SpecValue | undefined, text: string) => void, kinds?: readonly Completion['kind'][]): number {
  cells++;
  const reads: Reading = { api: API, syntax: syntaxOf(syntax), ...reading };
  const at = on.indexOf('|');
  const text = on.slice(0, at) + on.slice(at + 1);
  const file = read(text, reads);
  const placedAt = file.documents.findLast(({ offset }) => offset <= at) ?? file.documents[0];
  const { items } = complete(placedAt.document, at - placedAt.offset, resolveTarget(placedAt.document, reads));
  const wanted = items.filter(({ kind }) => !kinds || kinds.includes(kind));
  const seen = labels.get(of) ?? new Set();
  labels.set(of, seen);
  for (const { label } of wanted) seen.add(label);
  const known = new Set(errorsOf(text, reads));
  for (const item of wanted) {
    chosen++;
    const after = accepted(text, placedAt.offset, item);
    const explain = () => `${of}, ${syntax}, \`${item.label}\`:\n${on}\n→\n${after}`;
    const result = read(after, reads);
    const document = result.documents[file.documents.indexOf(placedAt)]?.document;
    assert.deepEqual(document?.problems.filter(({ effect }) => effect === 'refused').map(({ message }) => message), [], explain());
    const fresh = errorsOf(after, reads).filter((error) => !known.has(error));
    assert.deepEqual(fresh, [], explain());
    const value = path.reduce<SpecValue | undefined>((inside, step) => (Array.isArray(inside) ? inside[Number(step)] : isObject(inside) ? inside[step] : undefined), document?.value);
    try {
      check(item, value, after);
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${explain()}`);
    }
  }
  return wanted.length;
}

function hasKey(item: Completion, value: SpecValue | undefined): void {
  if (item.kind !== 'field') return;
  assert.ok(isObject(value) && Object.hasOwn(value, item.label), `\`${item.label}\` is not there`);
}

/** The key stands in one place more than before where the facts have such a field, wherever that is. */
function isField({ on, syntax }: Cell): (item: Completion, value: SpecValue | undefined, text: string) => void {
  const places = (text: string, label: string): number =>
    read(text, { api: API, syntax: syntaxOf(syntax) }).documents.reduce((sum, { document: { value } }) => sum + (value === undefined ? 0 : fieldsNamed(label, value, [])), 0);
  return ({ kind, label }, _, text) => {
    if (kind === 'field') assert.ok(places(text, label) > places(on.replace('|', ''), label), `\`${label}\` is no field where it stands`);
  };
}

function fieldsNamed(label: string, value: SpecValue, path: Path): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item, i) => sum + fieldsNamed(label, item, [...path, i]), 0);
  if (!isObject(value)) return 0;
  return Object.keys(value).reduce((sum, key) => sum + (key === label && fieldAt(SERVICE.root, [...path, key]) ? 1 : 0) + fieldsNamed(label, value[key], [...path, key]), 0);
}

const HOSTS = hosts();

describe('the position matrix of completion', function () {
  this.timeout(300_000);

  for (const host of HOSTS) {
    it(`keys of ${host.struct.name}`, () => keysOf(host));
  }
  for (const host of HOSTS) {
    it(`values in ${host.struct.name}`, () => valuesOf(host));
  }

  it('chose each field of each struct somewhere', () => {
    for (const { struct, path } of HOSTS) {
      if (neverStored(SERVICE.root, path)) continue;
      const offered = labels.get(`keys of ${struct.name}`) ?? new Set();
      const missing = Object.keys(struct.fields).filter((name) => !struct.fields[name].neverStored && !offered.has(name) && !(struct.name in NEVER_OFFERED && NEVER_OFFERED[struct.name].includes(name)));
      assert.deepEqual(missing, [], struct.name);
    }
  });

  after(() => console.log(`      ${cells} cells, ${chosen} choices, none skipped`));
});

/** Fields that would be wrong in the host of their struct, each offered in another. */
const NEVER_OFFERED: Readonly<Record<string, readonly string[]>> = {};

function keysOf({ struct, path, spec }: Host): void {
  const of = `keys of ${struct.name}`;
  const silent = neverStored(SERVICE.root, path) !== undefined;
  const members = path.reduce<SpecValue>((inside, step) => (inside as SpecObject)[step as string], spec) as SpecObject;
  const one: SpecObject = members;
  for (const syntax of SYNTAXES) {
    for (const where of ['first', 'middle', 'last'] as const) {
      const written = writeValue(placed(spec, path, () => withMark(one, where)), syntax);
      for (const position of positionsFor(syntax)) {
        const put = position.put(MARK);
        if (put === undefined) continue;
        // an object that is full has no place for one more
        for (const comma of [undefined, 'none'] as const) {
          if (comma === 'none' && (where !== 'last' || syntax !== 'JSON' || Object.keys(one).length === 0)) continue;
          const on = withCursor(written, MEMBER[syntax], put, { syntax, comma });
          if (on === undefined) continue;
          variants(on, syntax, where, path, position.name).forEach(({ name, ...cell }) => {
            // further in may be inside of the object above
            const count = tryCell(cell, of, position.name.includes('further') ? isField(cell) : hasKey);
            if (silent) assert.equal(count, 0, `${name}: ${cell.on}`);
          });
        }
      }
      if (syntax === 'block YAML') {
        // the column of something else: whatever is chosen lands somewhere without harm
        const line = written.split('\n').findIndex((text) => text.includes(MARK));
        for (const column of [0, 1, 2, 3, 5, 7, 9]) {
          const lines = written.split('\n');
          lines[line] = lines[line].replace(/^[\s-]*.*$/, (text) => (/^\s*- /.test(text) ? text.replace(/^(\s*- ).*$/, '$1|') : `${' '.repeat(column)}|`));
          const cell: Cell = { on: lines.join('\n'), syntax, path: [] };
          tryCell(cell, `${of}, another column`, isField(cell));
        }
        comments(written, syntax, path, of);
      }
    }
    empty({ struct, path, spec }, syntax, of, silent);
  }
}

/** The same place at the end of the file, with Windows line ends, in other documents, and in wrappings. */
function variants(on: string, syntax: Syntax, where: string, path: Path, name: string): (Cell & { readonly name: string })[] {
  const all: (Cell & { readonly name: string })[] = [{ name, on, syntax, path }];
  if (name !== 'empty' && name !== 'half-typed') return all;
  all.push({ name: `${name}, CRLF`, on: on.replaceAll('\n', '\r\n'), syntax, path });
  if (where === 'last' && syntax === 'block YAML') all.push({ name: `${name}, end of file`, on: on.trimEnd(), syntax, path });
  if (syntax === 'block YAML' && where === 'middle') {
    all.push({ name: `${name}, second document`, on: `Name: other\nTaskTemplate: {ContainerSpec: {Image: busy:1}}\n---\n# comment\n${on}`, syntax, path });
    all.push({ name: `${name}, document before another`, on: `---\n${on}---\nName: other\nTaskTemplate: {ContainerSpec: {Image: busy:1}}\n`, syntax, path });
    all.push({ name: `${name}, list of specs`, on: on.split('\n').map((line, i) => (line === '' ? line : `${i === 0 ? '- ' : '  '}${line}`)).join('\n'), syntax, path: [0, ...path] });
    all.push({ name: `${name}, inspect output`, on: `ID: x\nSpec:\n${on.split('\n').map((line) => (line === '' ? line : `  ${line}`)).join('\n')}`, syntax, path: ['Spec', ...path] });
    all.push({ name: `${name}, comments`, on: on.split('\n').flatMap((line) => (line === '' || line.includes('|') ? [line] : [`# about the next line: it's {here`, line])).join('\n'), syntax, path });
  }
  if (syntax === 'JSON' && where === 'middle') all.push({ name: `${name}, inspect output`, on: `[{"ID": "x", "Spec": ${on}}]`, syntax, path: [0, 'Spec', ...path] });
  return all;
}

function comments(written: string, syntax: Syntax, path: Path, of: string): void {
  const lines = written.split('\n');
  const line = lines.findIndex((text) => text.includes(MARK));
  const behind = [...lines];
  behind[line] = lines[line].replace(/\S.*$/, '# |');
  if (/^\s*- /.test(lines[line])) behind[line] = lines[line].replace(/^(\s*- ).*$/, '$1# |');
  assert.equal(tryCell({ on: behind.join('\n'), syntax, path }, `${of}, in a comment`, () => undefined), 0, behind.join('\n'));
}

/** The struct with nothing in it yet. */
function empty({ struct, path, spec }: Host, syntax: Syntax, of: string, silent: boolean): void {
  if (path.length === 0) {
    const starts = syntax === 'block YAML' ? ['|', '\n|\n', '# c\n|', '---\n|', '|\n\n', 'X|'] : syntax === 'flow YAML' ? ['{|}', '{|}\n', '{X|}', '{"|"}'] : ['|', '{|}', '{\n  |\n}\n', '{"|"}', '{"X|"}', '{X|}'];
    for (const on of starts) tryCell({ on, syntax, path }, of, hasKey);
    return;
  }
  const written = writeValue(placed(spec, path, () => MARK), syntax);
  const quoted = `"${MARK}"`;
  const inList = typeof path.at(-1) === 'number';
  const emptyStruct = Object.keys(struct.fields).length === 0;
  const check = emptyStruct ? (_: Completion, value: SpecValue | undefined) => assert.deepEqual(value, {}) : hasKey;
  const puts = syntax === 'block YAML' ? (inList ? ['|', 'X|', '-|'] : ['|', ':|', 'X|', 'below', 'below half', 'anchor']) : ['|', '{|}', ...(syntax === 'flow YAML' ? ['{X|}'] : ['{"|"}', '{\n|\n}'])];
  for (const put of puts) {
    let on: string;
    const key = `${String(path.at(-1))}: ${quoted}`;
    const column = /\n?([^\n]*)$/.exec(written.slice(0, written.indexOf(quoted)))?.[1] ?? '';
    const deeper = ' '.repeat((/^[\s-]*/.exec(column)?.[0].length ?? 0) + 2);
    if (put === ':|') on = written.replace(key, `${String(path.at(-1))}:|`);
    else if (put === 'below') on = written.replace(key, `${String(path.at(-1))}:\n${deeper}|`);
    else if (put === 'below half') on = written.replace(key, `${String(path.at(-1))}:\n${deeper}X|`);
    else if (put === 'anchor') on = written.replace(key, `${String(path.at(-1))}: &here\n${deeper}|`);
    else if (put === '-|') on = written.replace(`- ${quoted}`, '-|');
    else on = written.replace(quoted, put);
    const count = tryCell({ on, syntax, path }, of, check);
    if (silent) assert.equal(count, 0, on);
    else if (put !== '{|}' && !put.startsWith('{')) assert.ok(count > 0, `nothing at ${on}`);
  }
}

/** Each field of the struct, with its value still to be written. */
function valuesOf({ struct, path, spec }: Host): void {
  for (const [name, field] of Object.entries(struct.fields)) {
    const at = [...path, name];
    if (neverStored(SERVICE.root, at)) continue;
    const of = `values of ${struct.name}.${name}`;
    const host = placed(spec, path, (object) => ({ ...(isObject(object) ? fittingFor(struct, name, object) : {}), [name]: MARK }));
    for (const syntax of SYNTAXES) {
      const written = writeValue(host, syntax);
      for (const on of valueTexts(written, syntax, name, field)) tryCell({ on, syntax, path: at }, of, (_, value) => assert.ok(value !== undefined && value !== null, `there is nothing at ${name}`));
    }
    for (const syntax of SYNTAXES) {
      if (field.type.kind !== 'list') continue;
      const item = valueOfDraft(startOf(struct, name, field, API)) as SpecValue[];
      const several = placed(spec, path, (object) => ({ ...(isObject(object) ? fittingFor(struct, name, object) : {}), [name]: [...item, MARK] }));
      for (const { on, further } of itemTexts(writeValue(several, syntax), syntax)) {
        // further in may be inside of the item above
        tryCell({ on, syntax, path: at }, of, (_, value) => assert.ok(Array.isArray(value) && (further || value.length > item.length), 'there is no new item'));
      }
    }
  }
}

/** What is begun, without what would be wrong next to this field. */
function fittingFor(struct: StructType, name: string, object: SpecObject): SpecObject {
  if (struct.name === 'ServiceMode' || struct.name === 'GenericResource' || struct.name === 'CredentialSpec') return {};
  if (struct.name === 'ConfigReference' && (name === 'Runtime' || name === 'File')) return { ConfigID: object.ConfigID, ConfigName: object.ConfigName };
  if (struct.name === 'Mount' && /Options$/.test(name)) return needed(struct, name);
  return object;
}

function valueTexts(written: string, syntax: Syntax, name: string, { type }: Field): string[] {
  const value = `"${MARK}"`;
  const text = type.kind === 'scalar';
  if (syntax === 'block YAML') {
    const line = written.split('\n').find((one) => one.includes(value)) ?? '';
    const deeper = ' '.repeat((/^[\s-]*/.exec(line)?.[0].length ?? 0) + 2);
    const all = [`${name}: |`, `${name}:|`, `${name}:\n${deeper}|`, `${name}: X|`];
    if (text) all.push(`${name}: "|"`, `${name}: 'X|'`, `${name}: "X|`, `${name}: |X`, `${name}: X|y # c`, `${name}: | # c`, `${name}: &here |`, `${name}: 1|`);
    if (type.kind === 'list') all.push(`${name}:\n${deeper}- |`, `${name}:\n${deeper}-|`, `${name}:\n${deeper.slice(2)}- |`, `${name}:\n${deeper}- X|`, `${name}:\n${deeper}- "|"`, `${name}: [|]`);
    return all.map((put) => written.replace(`${name}: ${value}`, put));
  }
  const json = syntax.startsWith('JSON');
  const key = json ? `"${name}"` : name;
  const all = [`${key}: |`];
  if (json) all.push(`${key}:|`);
  if (text) all.push(`${key}: X|`, `${key}: "|"`, `${key}: "X|y"`, `${key}: 1|`, ...(json ? [] : [`${key}: 'X|'`]));
  if (type.kind === 'list') all.push(`${key}: [|]`, ...(type.item.type.kind === 'scalar' ? [`${key}: ["|"]`, `${key}: [X|]`] : []));
  return all.map((put) => written.replace(`${key}: ${value}`, put));
}

function itemTexts(written: string, syntax: Syntax): { readonly on: string; readonly further?: true }[] {
  const value = `"${MARK}"`;
  if (syntax === 'block YAML') {
    const line = written.split('\n').find((one) => one.includes(value)) ?? '';
    const dash = line.replace(/-[^-]*$/, '');
    const lines = [line.replace(value, '|'), line.replace(`- ${value}`, '-|'), line.replace(value, 'X|'), `${dash}|`].map((put) => ({ on: written.replace(line, put) }));
    return [...lines, { on: written.replace(line, `${dash}    |`), further: true }];
  }
  return [written.replace(value, '|'), written.replace(value, '"|"'), ...(syntax === 'JSON' ? [written.replace(new RegExp(`,(\\s*)${value}`), '$1|')] : [])].map((on) => ({ on }));
}
