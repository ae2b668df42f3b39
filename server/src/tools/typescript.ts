import type { Field, StructType, Type } from '../facts/types';

/** The TypeScript type of a spec as the rules see it: every member optional, integers as numbers or bigints. */
export function typeScript(root: StructType): string {
  const structs: StructType[] = [];
  collect(root, structs);
  return [
    '// Written by `npm run generate` from the facts; do not edit.',
    '',
    '/** A whole number: a bigint where it exceeds 2^53, or text where its form must survive. Compare with `<` and `>`; convert before you calculate. */',
    'export type Int = number | bigint;',
    ...structs.map(
      (struct) =>
        `\nexport interface ${struct.name} {\n${Object.entries(struct.fields)
          .map(([key, field]) => `  /** ${docOf(field)} */\n  readonly ${key}?: ${nameOf(field.type)};`)
          .join('\n')}\n}`,
    ),
    '',
  ].join('\n');
}

function docOf({ doc }: Field): string {
  return doc.replaceAll('*/', '* /').replaceAll('\n', ' ');
}

function collect({ kind, ...type }: Type, structs: StructType[]): void {
  const whole = { kind, ...type } as Type;
  if (whole.kind === 'list') collect(whole.item.type, structs);
  else if (whole.kind === 'map') collect(whole.value.type, structs);
  else if (whole.kind === 'struct' && !structs.some(({ name }) => name === whole.name)) {
    structs.push(whole);
    for (const { type: inner } of Object.values(whole.fields)) collect(inner, structs);
  }
}

function nameOf(type: Type): string {
  switch (type.kind) {
    case 'struct':
      return type.name;
    case 'list':
      return `readonly (${nameOf(type.item.type)} | null)[]`;
    case 'map':
      return `{ readonly [key: string]: ${nameOf(type.value.type)} }`;
    case 'scalar':
      return { string: 'string', 'ip-address': 'string', bytes: 'string', bool: 'boolean', int64: 'Int', uint64: 'Int', uint32: 'Int', float32: 'number' }[type.name];
  }
}
