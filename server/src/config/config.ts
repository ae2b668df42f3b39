import { readDocument } from '../document/document';
import { isObject, type SpecValue } from '../document/value';
import { fragmentPath } from '../features/target';
import { matchesGlob } from '../features/glob';
import { isApiVersion } from '../facts/versions';
import { ruleDocs } from '../features/explain';
import { nearest } from '../schema/nearest';
import type { Severity } from '../finding';

/** Names of the file, looked for from the folder of a spec upwards; the first found counts. */
export const CONFIG_NAMES: readonly string[] = ['swarmspec.config.yaml', 'swarmspec.config.yml', 'swarmspec.config.json'];

/** What a project has decided for its specs. */
export interface Config {
  readonly api?: string;
  readonly engine?: string;
  readonly severity?: Readonly<Record<string, Severity | 'off'>>;
  /** Globs of further files that hold specs, relative to the folder of the config. */
  readonly files?: readonly string[];
  /** Files that hold parts of specs, and which part. */
  readonly fragments?: readonly { readonly files: string; readonly as: string }[];
}

export const LEVELS: readonly (Severity | 'off')[] = ['error', 'warning', 'information', 'hint', 'off'];

/** The JSON Schema of the file, for completion in editors. */
export function configSchema(): object {
  const rule = Object.fromEntries(ruleDocs().map(({ id, summary }) => [id, { description: summary, enum: LEVELS }]));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://swarmspec.github.io/schemas/config.v1.json',
    title: 'swarmspec.config',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      api: { type: 'string', description: 'API version to check against, such as `1.49`. A modeline or flag goes before it.', pattern: '^1\\.\\d+$' },
      engine: { type: 'string', description: 'Release of the engine the specs are for, such as `28.5` or `29`.' },
      severity: { type: 'object', description: 'Severity by rule; `off` silences one.', additionalProperties: false, properties: rule },
      files: { type: 'array', items: { type: 'string' }, description: 'Globs of further files that hold specs, relative to this file.' },
      fragments: {
        type: 'array',
        description: 'Files that hold parts of specs.',
        items: {
          type: 'object', additionalProperties: false, required: ['files', 'as'],
          properties: { files: { type: 'string', description: 'A glob, relative to this file.' }, as: { type: 'string', description: '`partial` for a spec with parts left out, or the block it is, such as `TaskTemplate.ContainerSpec`.' } },
        },
      },
    },
  };
}

/** Reads the text of a config file. Problems are sentences; what is right is still used. Never throws. */
export function parseConfig(text: string, syntax: 'json' | 'yaml'): { readonly config: Config; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const document = readDocument(text, syntax);
  for (const { message } of document.problems) problems.push(message);
  const value = document.value ?? {};
  if (!isObject(value)) return { config: {}, problems: [...problems, 'It must be an object.'] };
  const config: { -readonly [K in keyof Config]: Config[K] } = {};
  for (const key of Object.keys(value)) {
    const given = value[key];
    switch (key) {
      case '$schema':
        break;
      case 'api':
        if (isApiVersion(textOf(given) ?? '')) config.api = textOf(given);
        else problems.push(`\`api\` is no API version that is known; write it in quotes, such as \`"1.49"\`.`);
        break;
      case 'engine':
        if (/^\d/.test(textOf(given) ?? '')) config.engine = textOf(given);
        else problems.push('`engine` is no release, such as `"28.5"`.');
        break;
      case 'severity':
        config.severity = severities(given, problems);
        break;
      case 'files':
        if (Array.isArray(given) && given.every((glob) => typeof glob === 'string')) config.files = given as string[];
        else problems.push('`files` is a list of globs.');
        break;
      case 'fragments':
        config.fragments = fragments(given, problems);
        break;
      default: {
        const near = nearest(key, ['api', 'engine', 'severity', 'files', 'fragments']);
        problems.push(`There is no setting \`${key}\`.${near ? ` Did you mean \`${near}\`?` : ''}`);
      }
    }
  }
  return { config, problems };
}

/** Versions are text, but `1.49` without quotes is a number that says the same; `1.5` for 1.50 is not. */
function textOf(value: SpecValue | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function severities(given: SpecValue, problems: string[]): Record<string, Severity | 'off'> {
  const result: Record<string, Severity | 'off'> = {};
  if (!isObject(given)) {
    problems.push('`severity` is an object of rule ids.');
    return result;
  }
  const ids = ruleDocs().map(({ id }) => id);
  for (const rule of Object.keys(given)) {
    // YAML 1.1 habits aside, `off` without quotes is text in YAML 1.2
    const level = LEVELS.find((one) => one === given[rule]);
    const near = ids.includes(rule) ? undefined : nearest(rule, ids);
    if (!ids.includes(rule)) problems.push(`There is no rule \`${rule}\`.${near ? ` Did you mean \`${near}\`?` : ''}`);
    else if (!level) problems.push(`The severity of \`${rule}\` is one of ${LEVELS.join(', ')}.`);
    else result[rule] = level;
  }
  return result;
}

function fragments(given: SpecValue, problems: string[]): { files: string; as: string }[] {
  if (!Array.isArray(given)) {
    problems.push('`fragments` is a list of objects with `files` and `as`.');
    return [];
  }
  return given.flatMap((item) => {
    if (isObject(item) && typeof item.files === 'string' && typeof item.as === 'string' && fragmentPath(item.as)) return [{ files: item.files, as: item.as }];
    problems.push('An item of `fragments` has `files`, a glob, and `as`: `partial` or a path such as `TaskTemplate.ContainerSpec`.');
    return [];
  });
}

/** What part of a spec a file holds by the config; undefined for whole specs. `path` is relative to the config's folder. */
export function fragmentOf({ fragments = [] }: Config, path: string): string | undefined {
  return fragments.find(({ files }) => matchesGlob(`/${path}`, files))?.as;
}
