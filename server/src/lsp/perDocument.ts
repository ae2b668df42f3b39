import type { Range } from 'vscode-languageserver';

/**
 * What was made of each document of a file, in lines of the file. It is kept as long as the document is, and moved by whole
 * lines where lines above have come or gone, so that after an edit only the document that has changed is looked at.
 */
export class PerDocument<R> {
  private readonly made = new WeakMap<object, { readonly as: string; readonly line: number; readonly items: readonly R[] }>();

  constructor(private readonly moved: (item: R, by: number) => R) {}

  /** `of` is the document, or what was found in it; `as` is what else the result depends on; `line` is where the document begins. */
  get(of: object, as: string, line: number, make: () => readonly R[]): readonly R[] {
    const before = this.made.get(of);
    if (before?.as === as && before.line === line) return before.items;
    const items = before?.as === as ? before.items.map((item) => this.moved(item, line - before.line)) : make();
    this.made.set(of, { as, line, items });
    return items;
  }
}

export function movedRange({ start, end }: Range, by: number): Range {
  return { start: { line: start.line + by, character: start.character }, end: { line: end.line + by, character: end.character } };
}
