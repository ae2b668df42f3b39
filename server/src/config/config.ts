import { readFile, type SpecDocument, type SpecFile, spanAt } from '../document/document';
import { isObject, type SpecObject, type SpecValue } from '../document/value';
import { fragmentPath } from '../features/target';
import { matchesGlob } from '../features/glob';
import { isApiVersion } from '../facts/versions';
import type { Field, Type, Words } from '../facts/types';
import { CONFIG_RULE, ruleDocs } from '../features/explain';
import { configTarget, LEVELS } from './fields';
import { type ProtectionMap, PROTECTIONS } from './protection';
import { nearest } from '../schema/nearest';
import type { Finding, Fix, Severity } from '../finding';
import type { Path } from '../path';

/** Names of the file, looked for from the folder of a spec upwards; the first found counts. */
export const CONFIG_NAMES: readonly string[] = ['swarmspec.config.yaml', 'swarmspec.config.yml', 'swarmspec.config.json'];

/** Whether a uri is that of a config file, by its name. */
export function isConfigFile(uri: string): boolean {
  return CONFIG_NAMES.includes(uri.slice(uri.lastIndexOf('/') + 1));
}

/** What a project has decided for its specs. */
export interface Config {
  readonly api?: string;
  readonly engine?: string;
  readonly severity?: Readonly<Record<string, Severity | 'off'>>;
  /** Globs of further files that hold specs, relative to the folder of the config. */
  readonly files?: readonly string[];
  /** Files that hold parts of specs, and which part. */
  readonly fragments?: readonly { readonly files: string; readonly as: string }[];
  /** How carefully changes at an engine are made, by docker context, address or host name. */
  readonly protection?: ProtectionMap;
}

/** The JSON Schema of the file, for editors without this server. */
export function configSchema(): object {
  const { root } = configTarget().kind;
  return { $schema: 'http://json-schema.org/draft-07/schema#', $id: 'https://swarmspec.github.io/schemas/config.v1.json', title: root.name, ...schemaOf(root) };
}

function schemaOf(type: Type, words?: Words): object {
  switch (type.kind) {
    case 'struct': {
      const required = Object.keys(type.fields).filter((key) => type.fields[key].required !== undefined);
      return { type: 'object', additionalProperties: false, ...(required.length > 0 && { required }), properties: Object.fromEntries(Object.entries(type.fields).map(([key, field]) => [key, schemaOfField(field)])) };
    }
    case 'map':
      return { type: 'object', additionalProperties: schemaOfField(type.value) };
    case 'list':
      return { type: 'array', items: schemaOfField(type.item) };
    case 'scalar':
      return words ? { enum: Object.keys(words.words) } : { type: 'string' };
  }
}

function schemaOfField({ type, words, doc }: Field): object {
  return { description: doc, ...schemaOf(type, words) };
}

/** A config file, read. What is right in it counts even if something else is wrong. */
export interface ReadConfig {
  readonly config: Config;
  readonly file: SpecFile;
  readonly findings: readonly Finding[];
}

/** Reads the text of a config file. Never throws. */
export function readConfig(text: string, syntax: 'json' | 'yaml'): ReadConfig {
  const file = readFile(text, syntax);
  const [{ document, offset }] = file.documents;
  const found = document.problems.map(({ start, end, message, hint }): Finding => ({ ...ABOUT, message, hint, path: [], span: { start: offset + start, end: offset + end } }));
  const tell = (problem: ConfigProblem) => void found.push(toFinding(problem, document, offset));
  const value = document.value ?? {};
  const config = isObject(value) ? settings(value, tell) : {};
  if (!isObject(value)) tell({ at: [], message: 'A config file is an object of settings.' });
  return { config, file, findings: found };
}

interface ConfigProblem {
  readonly at: Path;
  readonly part?: 'key' | 'value';
  readonly message: string;
  readonly fix?: Fix;
}

type Tell = (problem: ConfigProblem) => void;

const ABOUT = { rule: CONFIG_RULE.id, effect: CONFIG_RULE.effect, severity: CONFIG_RULE.severity, document: 0, fixes: [] } as const;

function toFinding({ at, part, message, fix }: ConfigProblem, document: SpecDocument, offset: number): Finding {
  const { start, end } = spanAt(document, at, part);
  return { ...ABOUT, message, path: at, span: { start: offset + start, end: offset + end }, fixes: fix ? [fix] : [] };
}

function settings(value: SpecObject, tell: Tell): Config {
  const config: { -readonly [K in keyof Config]: Config[K] } = {};
  for (const key of Object.keys(value)) {
    const given = value[key];
    switch (key) {
      case '$schema':
        break;
      case 'api':
        if (isApiVersion(textOf(given) ?? '')) config.api = textOf(given);
        else tell({ at: [key], message: '`api` is no API version that is known; write it in quotes, such as `"1.49"`.' });
        break;
      case 'engine':
        if (/^\d/.test(textOf(given) ?? '')) config.engine = textOf(given);
        else tell({ at: [key], message: '`engine` is no release, such as `"28.5"`.' });
        break;
      case 'severity':
        config.severity = severities(given, tell);
        break;
      case 'files':
        if (Array.isArray(given) && given.every((glob) => typeof glob === 'string')) config.files = given as string[];
        else tell({ at: [key], message: '`files` is a list of globs.' });
        break;
      case 'fragments':
        config.fragments = fragments(given, tell);
        break;
      case 'protection':
        config.protection = protections(given, tell);
        break;
      default:
        tell({ at: [key], part: 'key', ...notThere('setting', key, [], Object.keys(configTarget().kind.root.fields)) });
    }
  }
  return config;
}

/** That there is no such thing, with the near miss and the fix that writes it. */
function notThere(what: string, name: string, holder: Path, names: readonly string[]): { message: string; fix?: Fix } {
  const near = nearest(name, names);
  if (!near) return { message: `There is no ${what} \`${name}\`.` };
  return {
    message: `There is no ${what} \`${name}\`. Did you mean \`${near}\`?`,
    fix: { title: `Rename \`${name}\` to \`${near}\``, safe: false, edits: [{ kind: 'rename', at: [...holder, name], to: near }] },
  };
}

/** Versions are text, but `1.49` without quotes is a number that says the same; `1.5` for 1.50 is not. */
function textOf(value: SpecValue | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function severities(given: SpecValue, tell: Tell): Record<string, Severity | 'off'> {
  const result: Record<string, Severity | 'off'> = {};
  if (!isObject(given)) {
    tell({ at: ['severity'], message: '`severity` is an object of rule ids.' });
    return result;
  }
  const ids = ruleDocs().map(({ id }) => id);
  for (const rule of Object.keys(given)) {
    // YAML 1.1 habits aside, `off` without quotes is text in YAML 1.2
    const level = LEVELS.find((one) => one === given[rule]);
    if (!ids.includes(rule)) tell({ at: ['severity', rule], part: 'key', ...notThere('rule', rule, ['severity'], ids) });
    else if (!level) tell({ at: ['severity', rule], message: `The severity of \`${rule}\` is one of ${LEVELS.join(', ')}.` });
    else result[rule] = level;
  }
  return result;
}

function fragments(given: SpecValue, tell: Tell): { files: string; as: string }[] {
  if (!Array.isArray(given)) {
    tell({ at: ['fragments'], message: '`fragments` is a list of objects with `files` and `as`.' });
    return [];
  }
  return given.flatMap((item, i) => {
    if (isObject(item) && typeof item.files === 'string' && typeof item.as === 'string' && fragmentPath(item.as)) return [{ files: item.files, as: item.as }];
    tell({ at: ['fragments', i], message: 'An item of `fragments` has `files`, a glob, and `as`: `partial` or a path such as `TaskTemplate.ContainerSpec`.' });
    return [];
  });
}

/** What is wrong here must not leave an engine open, so it counts as forbidden. */
function protections(given: SpecValue, tell: Tell): ProtectionMap {
  if (!isObject(given)) {
    tell({ at: ['protection'], message: `\`protection\` is an object: docker contexts or hosts, each with one of ${PROTECTIONS.join(', ')}. Until it is one, no engine is changed.` });
    return { '*': 'forbidden' };
  }
  return Object.fromEntries(
    Object.entries(given).map(([engine, word]) => {
      const level = PROTECTIONS.find((one) => one === word);
      if (!level) tell({ at: ['protection', engine], message: `The protection of \`${engine}\` is one of ${PROTECTIONS.join(', ')}. Until it is one, it counts as forbidden.` });
      return [engine, level ?? 'forbidden'];
    }),
  );
}

/** What part of a spec a file holds by the config; undefined for whole specs. `path` is relative to the config's folder. */
export function fragmentOf({ fragments = [] }: Config, path: string): string | undefined {
  return fragments.find(({ files }) => matchesGlob(`/${path}`, files))?.as;
}

/** Whether a config names a file as one that holds a spec or a part of one. `path` is relative to the config's folder. */
export function namesFile(config: Config, path: string): boolean {
  return fragmentOf(config, path) !== undefined || (config.files ?? []).some((glob) => matchesGlob(`/${path}`, glob));
}
