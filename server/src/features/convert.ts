import { commentsOf } from '../document/comments';
import { type PlacedDocument, type SpecDocument, type SpecFile, type Syntax } from '../document/document';
import type { Node } from '../document/node';
import { specsIn } from '../document/shape';
import { isObject, toJson } from '../document/value';
import { keyText, scalarText, writeDocument } from '../document/write';
import { SERVICE } from '../facts/kinds';
import { normalise } from '../schema/normalise';
import type { Loss } from './compose/source';
import { specToCompose } from './compose/fromSpec';
import { composeToSpecs, type ToSpecOptions } from './compose/toSpec';
import { isCompose } from './composeFile';
import { arrange, NotArranged } from './format/arrange';
import { printYaml } from './format/printYaml';

/** What a file can be turned into. */
export const CONVERSIONS = ['yaml', 'json', 'spec', 'compose'] as const;
export type Conversion = (typeof CONVERSIONS)[number];

export type Converted =
  | { readonly kind: 'converted'; readonly text: string; readonly syntax: Syntax; readonly losses: readonly Loss[] }
  | { readonly kind: 'refused'; readonly reason: string };

export interface ConvertOptions extends ToSpecOptions {
  /** The syntax of specs made from compose services; YAML unless said. */
  readonly syntax?: Syntax;
}

/** Turns a file into another form, with the list of what could not be carried over. */
export function convert(file: SpecFile, to: Conversion, options: ConvertOptions = {}): Converted {
  for (const { document, offset } of file.documents) {
    const fault = document.problems.find(({ rule, message }) => (rule === 'yaml-syntax' || rule === 'json-syntax' || rule === 'trailing-text') && !message.startsWith('JSON has no comments'));
    if (fault) return { kind: 'refused', reason: `Line ${file.text.slice(0, offset + fault.start).split('\n').length} cannot be read: ${fault.message}` };
  }
  const documents = file.documents.filter(({ document }) => document.root !== undefined);
  if (documents.length === 0) return { kind: 'refused', reason: 'There is nothing in the file.' };
  switch (to) {
    case 'yaml':
      return file.syntax === 'yaml' ? { kind: 'refused', reason: 'The file is YAML already.' } : toYaml(documents[0].document);
    case 'json':
      return file.syntax === 'json' ? { kind: 'refused', reason: 'The file is JSON already.' } : toJsonFile(documents);
    case 'spec':
      return toSpecs(documents, options);
    case 'compose':
      return toCompose(documents, options);
  }
}

function toYaml(document: SpecDocument): Converted {
  const { root, text, value } = document;
  try {
    const yaml = printYaml(arrange(document), {
      step: 2,
      key: ({ key }) => keyText(key),
      scalar: (node) => (node.kind === 'scalar' && typeof node.value === 'string' ? scalarText(node.value) : text.slice(node.start, node.end)),
      comment: toYamlComment,
      flow: ({ node }) => (node.kind === 'object' ? node.entries.length === 0 : node.items.length === 0),
      spread: () => false,
    });
    return { kind: 'converted', text: yaml, syntax: 'yaml', losses: [] };
  } catch (error) {
    if (!(error instanceof NotArranged) || !root) throw error;
    return { kind: 'converted', text: `${writeDocument(value ?? null, 'yaml')}\n`, syntax: 'yaml', losses: lostComments(document, 'A comment at this place cannot be kept.') };
  }
}

function toYamlComment(comment: string): readonly string[] {
  if (comment.startsWith('//')) return [`#${comment.slice(2)}`];
  if (!comment.startsWith('/*')) return [comment];
  return comment
    .replace(/^\/\*+|\*+\/$/g, '')
    .split('\n')
    .map((line) => line.trim().replace(/^\* ?/, ''))
    .filter((line, i, all) => line !== '' || (i > 0 && i < all.length - 1))
    .map((line) => `# ${line}`.trimEnd());
}

function toJsonFile(documents: readonly PlacedDocument[]): Converted {
  if (documents.length > 1) return { kind: 'refused', reason: `The file has ${documents.length} documents, and a JSON file has one. Put them in files of their own first.` };
  const [{ document }] = documents;
  const losses = [...lostComments(document, 'JSON has no comments: this one is left out.'), ...lostAliases(document)];
  return { kind: 'converted', text: `${toJson(document.value ?? null, 2)}\n`, syntax: 'json', losses };
}

/** Specs of compose services, and of inspect output: what the engine takes as a body. */
function toSpecs(documents: readonly PlacedDocument[], { syntax, service, ...options }: ConvertOptions): Converted {
  const losses: Loss[] = [];
  const specs = documents.flatMap(({ document }) => {
    if (isCompose(document.value)) {
      losses.push(...lostComments(document, 'Comments are not carried over.').slice(0, 1));
      return composeToSpecs(document.value, { service, ...options }).map((one) => {
        losses.push(...one.losses);
        return one.spec;
      });
    }
    return specsIn(document).flatMap(({ value, inspected }) => (isObject(value) && (service === undefined || value.Name === service) ? [inspected ? normalise(value, SERVICE.root) : value] : []));
  });
  if (specs.length === 0) return { kind: 'refused', reason: service === undefined ? 'There is no service in the file.' : `There is no service \`${service}\` in the file.` };
  const chosen = syntax ?? 'yaml';
  if (chosen === 'json') return { kind: 'converted', text: `${toJson(specs.length === 1 ? specs[0] : specs, 2)}\n`, syntax: 'json', losses };
  return { kind: 'converted', text: specs.map((spec) => `${writeDocument(spec, 'yaml')}\n`).join('---\n'), syntax: 'yaml', losses };
}

function toCompose(documents: readonly PlacedDocument[], { service, syntax = 'yaml' }: ConvertOptions): Converted {
  if (documents.some(({ document }) => isCompose(document.value))) return { kind: 'refused', reason: 'The file is a compose file already.' };
  const losses: Loss[] = [];
  const file: { [key: string]: { [key: string]: unknown } } = {};
  let count = 0;
  for (const { document } of documents) {
    for (const { value } of specsIn(document)) {
      if (!isObject(value) || (service !== undefined && value.Name !== service)) continue;
      const made = specToCompose(normalise(value, SERVICE.root));
      losses.push(...made.losses);
      for (const [key, entries] of Object.entries(made.file)) if (isObject(entries)) file[key] = { ...file[key], ...entries };
      count++;
    }
    losses.push(...lostComments(document, 'Comments are not carried over.').slice(0, 1));
  }
  if (count === 0) return { kind: 'refused', reason: service === undefined ? 'There is no service in the file.' : `There is no service \`${service}\` in the file.` };
  return { kind: 'converted', text: `${writeDocument(file as never, syntax)}\n`, syntax, losses };
}

function lostComments(document: SpecDocument, reason: string): Loss[] {
  return commentsOf(document).map(({ start }) => ({ at: lineOf(document, start), reason }));
}

/** The place of something that has no path, such as a comment. */
function lineOf({ text }: SpecDocument, offset: number): string {
  return `line ${text.slice(0, offset).split('\n').length}`;
}

function lostAliases(document: SpecDocument): Loss[] {
  const found: Loss[] = [];
  const visit = (node: Node | undefined): void => {
    if (node?.kind === 'alias') found.push({ at: lineOf(document, node.start), reason: `JSON has no aliases: what \`*${node.name}\` repeats is written out.` });
    else if (node?.kind === 'list') node.items.forEach(visit);
    else if (node?.kind === 'object') for (const { value } of node.entries) visit(value);
  };
  visit(document.root);
  return found;
}

