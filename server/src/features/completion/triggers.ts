import type { SpecDocument } from '../../document/document';
import type { Completion } from './completion';

/**
 * Whether a character that was just typed is a reason to offer something unasked. What opens by itself takes the next Enter
 * for a choice, so it opens only where something has to be chosen: behind a colon and its space, at the start of an item, in
 * an opening quote or bracket, between the pieces of constraints and templates, and in comments that speak to us.
 */
export function isWorthAsking({ text }: SpecDocument, offset: number, typed: string | undefined): boolean {
  if (typed === undefined) return true;
  const before = lineBefore(text, offset);
  if (/#\s*swarmspec(?:: |-ignore(?:-document)? |:.*\s(?:(?:api|engine)=|as=\S*[=.]))$/.test(before)) return true;
  switch (typed) {
    case ' ':
      return /(?:[^\s:]:|^\s*-|[[{,]|[=!]=|\{\{\S*) $/.test(before);
    case '"':
    case "'":
      return new RegExp(`(?:^\\s*(?:- )*|[:[{,]\\s*)${typed}$`).test(before);
    case '{':
      return /[:[{,]\s*\{$|\{\{$/.test(before);
    case '.':
      return /(?:node|engine)\.(?:\w+\.)?$|\{\{[^}]*\.$/.test(before);
    case '=':
      return /[=!]=$/.test(before);
    case '*':
      return /(?:: |- |[[{,]\s*)\*$/.test(before);
    default:
      return false;
  }
}

/**
 * Whether an item is worth offering when nobody asked. Behind `key: ` people who want an object below press Enter, and
 * those who have a value in mind type it, so only words, numbers and names of the swarm are.
 */
export function isWorthOffering({ kind, order }: Completion, { text }: SpecDocument, offset: number, typed: string | undefined): boolean {
  if (typed !== ' ' || !lineBefore(text, offset).endsWith(': ')) return true;
  return kind !== 'field' && kind !== 'skeleton' && order < '4';
}

function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}
