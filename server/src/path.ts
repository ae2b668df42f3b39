/** The place of a value inside a document: keys and list indexes from the root. */
export type Path = readonly (string | number)[];

/** A stretch of text: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A path as a JSON Pointer (RFC 6901): `['Labels', 'a/b']` gives `/Labels/a~1b`, the root gives the empty string. */
export function toPointer(path: Path): string {
  let pointer = '';
  for (const step of path) pointer += '/' + String(step).replaceAll('~', '~0').replaceAll('/', '~1');
  return pointer;
}

/** A path as people write it: `TaskTemplate.Networks[0].Target`. */
export function toDotted(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
