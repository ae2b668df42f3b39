import type { Span } from '../path';
import { TemplateFault, type Token } from './goTemplateLexer';
import { type Command, type Operand, parseTemplate, type Pipeline, type Template, type TemplateNode } from './goTemplateParser';
import { utf8Bytes, utf8Length } from './utf8';

/** What becomes of a template when the engine tries it out. */
export type Expansion =
  /** The text it gives; undefined where that is beyond this interpreter, although it works. */
  | { readonly kind: 'text'; readonly text: string | undefined }
  /** Why the engine refuses it, as a sentence without its full stop. */
  | { readonly kind: 'fault'; readonly message: string; readonly span: Span; readonly hint?: string };

/**
 * Expands a template the way a manager does before it stores a service: with made-up names for the service, its task and
 * the node, and without labels. What fails here is refused with 400 (swarmkit `template.ExpandContainerSpec`), so
 * `.Service.Labels.x` always is. Never throws.
 */
export function expandTemplate(text: string): Expansion {
  if (!text.includes('{{')) return { kind: 'text', text };
  try {
    return { kind: 'text', text: run(text, { steps: 20_000 }) };
  } catch (fault) {
    if (fault instanceof Unclear) return { kind: 'text', text: undefined };
    if (fault instanceof TemplateFault) return { kind: 'fault', message: fault.message, span: fault.span, hint: fault.hint };
    // a template nested deeper than the stack of this process: not for us to judge
    return { kind: 'text', text: undefined };
  }
}

type Value =
  | { readonly kind: 'nil' | 'map' | 'unknown' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int' | 'uint' | 'float'; readonly value: number }
  /** A complex number is known by its text. */
  | { readonly kind: 'string' | 'complex'; readonly value: string }
  | { readonly kind: 'struct'; readonly name: string; readonly fields: Readonly<Record<string, Value>> };

/** Thrown where the outcome cannot be told here; the template then counts as good. */
class Unclear extends Error {}

class Leave extends Error {
  constructor(readonly kind: 'break' | 'continue') {
    super(kind);
  }
}

const NIL: Value = { kind: 'nil' };
const UNKNOWN: Value = { kind: 'unknown' };
const LABELS: Value = { kind: 'map' };
const text = (value: string): Value => ({ kind: 'string', value });
const int = (value: number): Value => ({ kind: 'int', value });
const bool = (value: boolean): Value => ({ kind: 'bool', value });

/** The values a manager tries templates with. */
const CONTEXT: Value & { kind: 'struct' } = {
  kind: 'struct',
  name: 'the template context',
  fields: {
    Service: { kind: 'struct', name: '.Service', fields: { ID: text('serviceid'), Name: text('servicename'), Labels: LABELS } },
    Node: {
      kind: 'struct',
      name: '.Node',
      fields: { ID: text('nodeid'), Hostname: text('nodeHostname'), Platform: { kind: 'struct', name: '.Node.Platform', fields: { Architecture: text('architecture'), OS: text('os') } } },
    },
    Task: { kind: 'struct', name: '.Task', fields: { ID: text(''), Name: text('taskname'), Slot: text('1') } },
  },
};

interface Budget {
  steps: number;
}

function run(input: string, budget: Budget): string {
  const template = parseTemplate(input);
  // a definition named like the template itself stands in for a body without content
  const own = template.root.every((node) => node.kind === 'text' && node.text.trim() === '') ? template.defined.get('expansion') : undefined;
  return new Interpreter(template, budget).execute(own ?? template.root);
}

class Interpreter {
  private output = '';
  private clear = true;
  private depth = 0;
  private variables: { name: string; value: Value }[] = [{ name: '$', value: CONTEXT }];

  constructor(private readonly template: Template, private readonly budget: Budget) {}

  execute(root: readonly TemplateNode[]): string {
    this.walk(CONTEXT, root);
    if (!this.clear) throw new Unclear();
    return this.output;
  }

  private walk(dot: Value, nodes: readonly TemplateNode[]): void {
    for (const node of nodes) {
      if (--this.budget.steps < 0) throw new Unclear();
      switch (node.kind) {
        case 'text':
          this.output += node.text;
          break;
        case 'action': {
          const value = this.pipeline(dot, node.pipeline);
          if (node.pipeline.declares.length === 0) this.print(value);
          break;
        }
        case 'break':
        case 'continue':
          throw new Leave(node.kind);
        case 'if':
        case 'with': {
          const known = this.variables.length;
          const value = this.pipeline(dot, node.pipeline);
          if (isTrue(value)) this.walk(node.kind === 'with' ? value : dot, node.body);
          else this.walk(dot, node.otherwise ?? []);
          this.variables.length = known;
          break;
        }
        case 'range':
          this.range(dot, node.pipeline, node.body, node.otherwise ?? []);
          break;
        case 'template':
          this.call(dot, node);
          break;
      }
    }
  }

  private range(dot: Value, pipeline: Pipeline, body: readonly TemplateNode[], otherwise: readonly TemplateNode[]): void {
    const known = this.variables.length;
    const value = this.pipeline(dot, pipeline);
    if (value.kind === 'unknown') throw new Unclear();
    let count = 0;
    if (value.kind === 'int' || value.kind === 'uint') {
      if (pipeline.declares.length > 1) throw new TemplateFault('`range` counts with one variable, not two', pipeline);
      count = value.value;
    } else if (value.kind !== 'map' && value.kind !== 'nil') throw new TemplateFault(`\`range\` cannot go through ${aloud(value)}`, pipeline);
    const inside = this.variables.length;
    for (let i = 0; i < count; i++) {
      if (--this.budget.steps < 0) throw new Unclear();
      if (pipeline.declares.length > 0) this.variables[inside - 1].value = int(i);
      try {
        this.walk(int(i), body);
      } catch (leave) {
        if (!(leave instanceof Leave)) throw leave;
        if (leave.kind === 'break') break;
      } finally {
        this.variables.length = inside;
      }
    }
    this.variables.length = known;
    if (count <= 0) this.walk(dot, otherwise);
  }

  private call(dot: Value, node: Extract<TemplateNode, { kind: 'template' }>): void {
    const body = this.template.defined.get(node.name) ?? (node.name === 'expansion' ? this.template.root : undefined);
    if (!body) throw new TemplateFault(`The template \`${node.name}\` is not defined`, node);
    // Go stops at a depth of 100000; whatever gets this far calls itself for ever
    if (this.depth > 500) throw new TemplateFault(`The template \`${node.name}\` calls itself without an end`, node);
    const value = node.pipeline ? this.pipeline(dot, node.pipeline) : NIL;
    const { variables } = this;
    this.variables = [{ name: '$', value }];
    this.depth++;
    this.walk(value, body);
    this.depth--;
    this.variables = variables;
  }

  private print(value: Value): void {
    const shown = value.kind === 'nil' ? '<no value>' : show(value);
    if (shown === undefined) this.clear = false;
    else this.output += shown;
  }

  private pipeline(dot: Value, { commands, declares, assigns }: Pipeline): Value {
    let value: Value | undefined;
    for (const command of commands) value = this.command(dot, command, value);
    const result = value ?? NIL;
    for (const name of declares) {
      if (!assigns) {
        this.variables.push({ name, value: result });
        continue;
      }
      const variable = this.variables.findLast((known) => known.name === name);
      if (!variable) throw new TemplateFault(`The variable \`${name}\` is not declared`, commands[0], 'A variable is declared with `:=` before it is used.');
      variable.value = result;
    }
    return result;
  }

  private command(dot: Value, { operands }: Command, piped: Value | undefined): Value {
    const [first, ...rest] = operands;
    const extra = rest.length > 0 || piped !== undefined;
    if (first.kind === 'function') return this.invoke(dot, first, rest, piped);
    if (first.kind === 'chain' && first.fields.length > 0) return this.chain(dot, first, rest, piped);
    if (extra) throw new TemplateFault('This is not a function, so nothing can be given to it', first);
    if (first.kind === 'nil') throw new TemplateFault('`nil` cannot stand alone in a template', first);
    return this.operand(dot, first);
  }

  /** A value in the place of an argument, or alone. */
  private operand(dot: Value, operand: Operand): Value {
    if (--this.budget.steps < 0) throw new Unclear();
    switch (operand.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return NIL;
      case 'bool':
        return bool(operand.value);
      case 'string':
        return text(operand.value);
      case 'number':
        if (operand.value.kind === 'overflow') throw new TemplateFault(`\`${operand.text}\` does not fit 64 bits`, operand);
        return operand.value;
      case 'function':
        return this.invoke(dot, operand, [], undefined);
      case 'chain':
        return this.chain(dot, operand, [], undefined);
    }
  }

  private chain(dot: Value, chain: Extract<Operand, { kind: 'chain' }>, args: readonly Operand[], piped: Value | undefined): Value {
    const { of, fields } = chain;
    let value = dot;
    if (of !== 'dot') {
      if ('pipeline' in of) value = this.pipeline(dot, of.pipeline);
      else {
        const variable = this.variables.findLast(({ name }) => name === of.variable);
        if (!variable) throw new TemplateFault(`The variable \`${of.variable}\` is not declared`, chain);
        ({ value } = variable);
      }
    }
    for (const [i, field] of fields.entries()) {
      const last = i === fields.length - 1;
      value = this.field(dot, value, field, last ? args : [], last ? piped : undefined);
    }
    return value;
  }

  private field(dot: Value, value: Value, token: Token, args: readonly Operand[], piped: Value | undefined): Value {
    const name = token.text.slice(1);
    if (value.kind === 'unknown') return UNKNOWN;
    if (value === CONTEXT && name === 'Expand') {
      const given = this.arguments(dot, args, piped, () => true);
      if (given.length !== 1) throw new TemplateFault('`.Expand` takes one text', token);
      return given[0].kind === 'string' ? text(run(given[0].value, this.budget)) : UNKNOWN;
    }
    const hasArguments = args.length > 0 || piped !== undefined;
    if (value.kind === 'struct' && Object.hasOwn(value.fields, name)) {
      if (hasArguments) throw new TemplateFault(`\`${token.text}\` is not a function, so nothing can be given to it`, token);
      return value.fields[name];
    }
    if (value.kind === 'map') {
      throw new TemplateFault(
        `\`.Service.Labels.${name}\` finds nothing when the engine tries this template, even where the label exists`,
        token,
        `Write \`index .Service.Labels "${name}"\`.`,
      );
    }
    if (value.kind === 'struct') {
      const known = Object.keys(value.fields).map((field) => `\`.${field}\``);
      const near = Object.keys(value.fields).find((field) => field.toLowerCase() === name.toLowerCase());
      throw new TemplateFault(`\`${token.text}\` is not a field of ${value === CONTEXT ? value.name : `\`${value.name}\``}`, token, near ? `Did you mean \`.${near}\`?` : `It has ${known.join(', ')}.`);
    }
    throw new TemplateFault(`${capital(aloud(value))} has no field \`${token.text}\``, token);
  }

  private arguments(dot: Value, args: readonly Operand[], piped: Value | undefined, isText: (index: number) => boolean): Value[] {
    const values = args.map((operand, i) => {
      const value = this.operand(dot, operand);
      if (isText(i) && value.kind !== 'string' && value.kind !== 'unknown') throw new TemplateFault(`Text is expected here, not ${aloud(value)}`, operand);
      return value;
    });
    if (piped) {
      if (isText(args.length) && piped.kind !== 'string' && piped.kind !== 'unknown') throw new TemplateFault(`Text is expected here, not ${aloud(piped)}`, args[0] ?? { start: 0, end: 0 });
      values.push(piped);
    }
    return values;
  }

  private invoke(dot: Value, called: Extract<Operand, { kind: 'function' }>, args: readonly Operand[], piped: Value | undefined): Value {
    const { name } = called;
    const count = args.length + (piped ? 1 : 0);
    const [least, most] = COUNTS[name] ?? [0, Infinity];
    if (count < least || count > most) throw new TemplateFault(`\`${name}\` takes ${most === Infinity ? `at least ${least}` : least} argument${least === 1 ? '' : 's'}, and gets ${count}`, called);
    if (name === 'and' || name === 'or') {
      let value: Value = NIL;
      for (const operand of args) {
        value = this.operand(dot, operand);
        if (isTrue(value) === (name === 'or')) return value;
      }
      return piped ?? value;
    }
    const values = this.arguments(dot, args, piped, (i) => name === 'join' || (name === 'printf' && i === 0));
    if (values.some(({ kind }) => kind === 'unknown')) return UNKNOWN;
    const fail = (message: string): never => {
      throw new TemplateFault(message, called);
    };
    return FUNCTION_OF[name](values, fail);
  }
}

/** Least and most arguments of a function. */
const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  and: [1, Infinity], or: [1, Infinity], not: [1, 1], len: [1, 1], index: [1, Infinity], slice: [1, Infinity], printf: [1, Infinity], call: [1, Infinity],
  join: [1, Infinity], eq: [2, Infinity], ne: [2, 2], lt: [2, 2], le: [2, 2], gt: [2, 2], ge: [2, 2],
};

const FUNCTION_OF: Readonly<Record<string, (values: readonly Value[], fail: (message: string) => never) => Value>> = {
  not: ([value]) => bool(!isTrue(value)),
  len: ([value], fail) => (value.kind === 'string' ? int(utf8Length(value.value)) : value.kind === 'map' ? int(0) : fail(`\`len\` cannot measure ${aloud(value)}`)),
  index: ([item, ...keys], fail) => {
    let value = item;
    if (value.kind === 'nil') return fail('`index` cannot look into `nil`');
    for (const key of keys) {
      if (value.kind === 'map') {
        if (key.kind !== 'string') return fail(`A label has a text for its key, not ${aloud(key)}`);
        value = text('');
      } else if (value.kind === 'string') {
        if (key.kind !== 'int' && key.kind !== 'uint') return fail(`Text has no entry for ${aloud(key)}`);
        const bytes = utf8Bytes(value.value);
        if (key.value < 0 || key.value >= bytes.length) return fail(`\`${key.value}\` is beyond the end of the text`);
        value = { kind: 'uint', value: bytes[key.value] };
      } else return fail(`\`index\` cannot look into ${aloud(value)}`);
    }
    return value;
  },
  slice: ([item, ...bounds], fail) => {
    if (item.kind !== 'string') return fail(`\`slice\` cannot cut ${aloud(item)}`);
    if (bounds.length > 2) return fail('`slice` takes at most two bounds for text');
    const bytes = utf8Bytes(item.value);
    const ends = [0, bytes.length];
    for (const [i, bound] of bounds.entries()) {
      if (bound.kind !== 'int' && bound.kind !== 'uint') return fail(`\`slice\` takes whole numbers, not ${aloud(bound)}`);
      if (bound.value < 0 || bound.value > bytes.length) return fail(`\`${bound.value}\` is beyond the end of the text`);
      ends[i] = bound.value;
    }
    return ends[0] > ends[1] ? fail('`slice` starts after its end') : text(new TextDecoder().decode(bytes.subarray(ends[0], ends[1])));
  },
  join: (values) => text(values.slice(1).map((value) => (value.kind === 'string' ? value.value : '')).join(values[0].kind === 'string' ? values[0].value : '')),
  call: (_, fail) => fail('`call` takes a function, and a service template has none to give'),
  html: () => UNKNOWN,
  js: () => UNKNOWN,
  urlquery: () => UNKNOWN,
  print: (values) => shownTogether(values, (i) => values[i - 1].kind !== 'string' && values[i].kind !== 'string', ''),
  println: (values) => shownTogether(values, () => true, '\n'),
  printf: ([format, ...values]) => {
    let next = 0;
    let clear = format.kind === 'string';
    const result = (format.kind === 'string' ? format.value : '').replace(/%(.)/gs, (_, verb: string) => {
      if (verb === '%') return '%';
      const value = values[next++];
      const fits = value && (verb === 'v' || (verb === 's' && value.kind === 'string') || (verb === 'd' && value.kind === 'int'));
      const shown = fits ? show(value) : undefined;
      if (shown === undefined) clear = false;
      return shown ?? '';
    });
    return clear && next === values.length && !/%$/.test(result) ? text(result) : UNKNOWN;
  },
  eq: ([first, ...others], fail) => {
    // the first that is equal ends the look
    for (const other of others) if (compare(first, other, fail) === 0) return bool(true);
    return bool(false);
  },
  ne: ([a, b], fail) => bool(compare(a, b, fail) !== 0),
  lt: ([a, b], fail) => bool(order(a, b, fail) < 0),
  le: ([a, b], fail) => bool(order(a, b, fail) <= 0),
  gt: ([a, b], fail) => bool(order(a, b, fail) > 0),
  ge: ([a, b], fail) => bool(order(a, b, fail) >= 0),
};

function order(a: Value, b: Value, fail: (message: string) => never): number {
  for (const value of [a, b]) if (!['int', 'uint', 'float', 'string'].includes(value.kind)) return fail(`${capital(aloud(value))} has no order`);
  return compare(a, b, fail);
}

function compare(a: Value, b: Value, fail: (message: string) => never): number {
  if (a.kind === 'map' || b.kind === 'map' || a.kind === 'struct' || b.kind === 'struct') {
    // there are no labels, and nothing equals nothing
    if (a.kind === 'nil' || b.kind === 'nil') return a.kind === 'map' || b.kind === 'map' ? 0 : 1;
    if (a.kind === 'map' && b.kind === 'map') return 0;
    // the context is behind a pointer, and a struct that holds a map can only be the first of two
    if (a.kind === b.kind && (a === CONTEXT) === (b === CONTEXT) && (b === CONTEXT || !holdsMap(b))) return a === b ? 0 : 1;
    return fail(`${capital(aloud(a))} cannot be compared with ${aloud(b)}`);
  }
  if (a.kind === 'nil' || b.kind === 'nil') return a.kind === b.kind ? 0 : 1;
  const whole = (value: Value) => value.kind === 'int' || value.kind === 'uint';
  if (a.kind !== b.kind && !(whole(a) && whole(b))) return fail(`${capital(aloud(a))} cannot be compared with ${aloud(b)}`);
  if (!('value' in a) || !('value' in b) || (a.kind === 'complex' && a.value !== (b as typeof a).value)) throw new Unclear();
  return a.value === b.value ? 0 : a.value < b.value ? -1 : 1;
}

function holdsMap(value: Value): boolean {
  return value.kind === 'struct' && Object.values(value.fields).some(({ kind }) => kind === 'map');
}

function shownTogether(values: readonly Value[], spaced: (index: number) => boolean, end: string): Value {
  let result = '';
  for (const [i, value] of values.entries()) {
    const shown = value.kind === 'nil' ? '<nil>' : show(value);
    if (shown === undefined) return UNKNOWN;
    result += (i > 0 && spaced(i) ? ' ' : '') + shown;
  }
  return text(result + end);
}

/** A value as Go's `fmt.Print` shows it; undefined where that takes more than this knows. */
function show(value: Value): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'int':
    case 'uint':
      return Number.isSafeInteger(value.value) ? String(value.value) : undefined;
    case 'bool':
      return String(value.value);
    case 'map':
      return 'map[]';
    case 'struct': {
      const fields = Object.values(value.fields).map(show);
      return fields.includes(undefined) ? undefined : `{${fields.join(' ')}}`;
    }
    case 'nil':
      return '<nil>';
    case 'float':
    case 'complex':
    case 'unknown':
      return undefined;
  }
}

/** A complex number that is zero, in any base and with any exponent. */
const ZERO = /^(?:[+-]?(?:0[xX][0_.]+(?:[pP][+-]?\d+)?|[0_.]+(?:[eE][+-]?\d+)?)){1,2}i$/;

function isTrue(value: Value): boolean {
  switch (value.kind) {
    case 'nil':
    case 'map':
      return false;
    case 'bool':
      return value.value;
    case 'int':
    case 'uint':
    case 'float':
      return value.value !== 0;
    case 'string':
      return value.value !== '';
    case 'struct':
      return true;
    case 'complex':
      return !ZERO.test(value.value);
    case 'unknown':
      throw new Unclear();
  }
}

function aloud(value: Value): string {
  switch (value.kind) {
    case 'string':
      return 'text';
    case 'int':
    case 'uint':
    case 'float':
    case 'complex':
      return 'a number';
    case 'bool':
      return 'a truth value';
    case 'map':
      return 'the labels';
    case 'struct':
      return value === CONTEXT ? 'the template context' : `\`${value.name}\``;
    case 'nil':
      return '`nil`';
    case 'unknown':
      return 'this value';
  }
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
