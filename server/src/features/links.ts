import type { SpecDocument } from '../document/document';
import { resolveAlias } from '../document/node';
import type { Span } from '../path';
import type { Target } from '../target';
import { apiReference, imagePage } from './linkTargets';
import { below, specRoots } from './typedTree';

export interface Link {
  readonly span: Span;
  readonly url: string;
  readonly tooltip: string;
}

/** The links of a document: each image to its page, and the fields at the top of a spec to the description of the API. */
export function links(document: SpecDocument, target: Target): Link[] {
  const { as = [], api, kind } = target;
  const found: Link[] = [];
  for (const { node, type } of specRoots(document, target)) {
    const inside = resolveAlias(node);
    if (inside?.kind !== 'object') continue;
    if (type === kind.root) {
      for (const { keyStart, keyEnd, key } of inside.entries) {
        if (Object.keys(type.fields).some((name) => name.toLowerCase() === key.toLowerCase())) found.push({ span: { start: keyStart, end: keyEnd }, url: apiReference(api), tooltip: `Description of the API v${api}` });
      }
    }
    const path = ['TaskTemplate', 'ContainerSpec', 'Image'];
    if (as.some((step, i) => path[i] !== step)) continue;
    const image = below(inside, path.slice(as.length));
    const page = image?.kind === 'scalar' && typeof image.value === 'string' ? imagePage(image.value) : undefined;
    if (image && page !== undefined) found.push({ span: withoutQuotes(document.text, image), url: page, tooltip: 'Page of the image' });
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

function withoutQuotes(text: string, { start, end }: Span): Span {
  return /^["']/.test(text[start]) ? { start: start + 1, end: end - 1 } : { start, end };
}
