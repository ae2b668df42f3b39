/** The library: the same functions that the editor and the command line use. Text in, data out. */
export type { PlacedDocument, SpecDocument, SpecFile, Syntax } from './document/document';
export { readFile } from './document/document';
export { Lines, type Place } from './document/lines';
export { NumberText, type SpecObject, type SpecValue, toJson } from './document/value';
export { KINDS, SERVICE, type Kind } from './facts/kinds';
export type { ServiceSpec } from './facts/serviceSpec';
export type { ApiVersion } from './facts/types';
export { API_VERSIONS, DEFAULT_API } from './facts/versions';
export { fixAll, type FixedFinding, type FixedText } from './features/fixAll';
export { resolveTarget, type Surroundings } from './features/target';
export { unifiedDiff } from './features/unifiedDiff';
export { validate, type ValidateOptions } from './features/validate';
export { type RuleDoc, ruleDocs } from './features/explain';
export type { Edit, Effect, Finding, Fix, Severity } from './finding';
export { type Path, type Span, toPointer } from './path';
export { toJsonSchema } from './schema/jsonSchema';
export type { ApiSource, Target } from './target';
