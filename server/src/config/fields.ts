import { list, map, string, struct } from '../facts/make';
import type { Field, StructType, Words } from '../facts/types';
import { API_VERSIONS } from '../facts/versions';
import { ruleDocs } from '../features/explain';
import { specParts } from '../features/target';
import type { Severity } from '../finding';
import type { Target } from '../target';
import { type Protection, PROTECTIONS } from './protection';

const SEVERITIES: Readonly<Record<Severity | 'off', string>> = {
  error: 'A check fails because of it.', warning: 'Shown as a warning.', information: 'Shown, and nothing more.', hint: 'Shown in editors only.', off: 'The rule is silent.',
};

export const LEVELS = Object.keys(SEVERITIES) as (Severity | 'off')[];

const PROTECTED: Readonly<Record<Protection, string>> = {
  free: 'Asking for a change is consent enough.', confirm: 'Somebody says yes, each time.', 'type-name': 'Somebody types the name of the engine.', forbidden: 'Nothing is changed.',
};

/** A setting: it is ours, so no version of the API and no engine knows it. */
function setting(doc: string, type: Field['type'], more: Partial<Field> = {}): Field {
  return { type, doc, source: 'swarmspec', since: API_VERSIONS[0].version, ...more };
}

function oneOf(words: Readonly<Record<string, string>>): Words {
  return { words: Object.fromEntries(Object.entries(words).map(([word, doc]) => [word, { doc }])), unknown: 'refused', letterCase: 'exact' };
}

/** What a config file is read as; made when somebody first asks, since it names every rule. */
export function configTarget(): Target {
  return (target ??= { kind: { id: 'config', doc: 'What a project has decided for its specs.', root: settings() }, api: API_VERSIONS[API_VERSIONS.length - 1].version, apiSource: 'default' });
}

let target: Target | undefined;

/** The settings of a config file, told once: the schema, completion and hover ask here. */
function settings(): StructType {
  return struct('swarmspec.config', {
    $schema: setting('Schema of this file, for editors.', string),
    api: setting('API version to check against, such as `1.49`. A modeline or flag goes before it.', string, { words: oneOf(Object.fromEntries(API_VERSIONS.map(({ version, engine }) => [version, `Since engine ${engine}.`]).reverse())), usual: true }),
    engine: setting('Release of the engine the specs are for, such as `28.5` or `29`.', string, { suggestions: ['28', '29', '20'], usual: true }),
    severity: setting('Severity by rule; `off` silences one.', struct('severity', Object.fromEntries(ruleDocs().map(({ id, summary }) => [id, setting(summary, string, { words: oneOf(SEVERITIES) })]))), { usual: true }),
    files: setting('Globs of further files that hold specs, relative to this file.', list(setting('A glob, relative to this file.', string), 'nothing')),
    fragments: setting('Files that hold parts of specs.', list(
      setting('Files, and which part of a spec each of them is.', struct('fragment', {
        files: setting('A glob, relative to this file.', string, { required: 'Without it no file is meant.' }),
        as: setting('`partial` for a spec with parts left out, or the block it is, such as `TaskTemplate.ContainerSpec`.', string, { required: 'Without it a file is a whole spec.', suggestions: ['partial', ...specParts()] }),
      })),
      'nothing',
    )),
    protection: setting(
      'How carefully changes at an engine are made, by docker context, address or host name; `*` is for every other one. `confirm` unless said.',
      map(setting('How carefully changes at this engine are made.', string, { words: oneOf(Object.fromEntries(PROTECTIONS.map((level) => [level, PROTECTED[level]]))) })),
    ),
  });
}
