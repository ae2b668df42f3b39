import type { Path } from '../path';
import type { Syntax } from './document';
import { isObject, type SpecValue, toJson } from './value';

/**
 * A value as a document of its own, every digit kept; without a newline at the end. In YAML, `remark` may give a comment
 * that is written behind the value at a path.
 */
export function writeDocument(value: SpecValue, syntax: Syntax, remark?: (path: Path, value: SpecValue) => string | undefined): string {
  if (syntax === 'json') return toJson(value, 2);
  const yaml: typeof import('yaml') = require('yaml');
  const document = new yaml.Document(value);
  if (remark) comment(value, []);
  return document.toString({ lineWidth: 0 }).trimEnd();

  function comment(inside: SpecValue, path: Path): void {
    if (Array.isArray(inside)) inside.forEach((item, i) => comment(item, [...path, i]));
    else if (isObject(inside)) for (const key of Object.keys(inside)) comment(inside[key], [...path, key]);
    else {
      const text = remark?.(path, inside);
      const node = text && document.getIn(path, true);
      if (yaml.isScalar(node)) node.comment = ` ${text}`;
    }
  }
}
