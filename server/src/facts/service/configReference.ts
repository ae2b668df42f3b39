import { string, struct } from '../make';
import { FILE_GID, FILE_MODE, FILE_UID } from './secretReference';

export const ConfigReferenceFileTarget = struct('ConfigReferenceFileTarget', {
  Name: {
    type: string,
    required: 'The engine answers 400 "malformed file config reference, invalid target file name provided".',
    examples: ['/etc/nginx/nginx.conf'],
    since: '1.30',
    doc: 'Path of the file in the container; without a leading `/` it lies in the root directory. No two configs may have the same.',
    source: 'API v1.30; engine 28.5: 400 "have a conflicting target"',
  },
  UID: { ...FILE_UID, since: '1.30', source: 'API v1.30; engine 28.5: 400 for a number, task failed for `""`' },
  GID: { ...FILE_GID, since: '1.30', source: 'API v1.30; engine 28.5: 400 for a number, task failed for `""`' },
  Mode: { ...FILE_MODE, since: '1.30', source: 'API v1.30; Go type os.FileMode (uint32); engine 28.5: stored as 0 when left out' },
});

/** The engine reads no members. */
export const ConfigReferenceRuntimeTarget = struct('ConfigReferenceRuntimeTarget', {});

export const ConfigReference = struct('ConfigReference', {
  File: {
    type: ConfigReferenceFileTarget,
    since: '1.30',
    doc: 'The file in the container that shows the config. Exactly one of `File` and `Runtime` has to be given.',
    source: 'API v1.30; engine 28.5: 400 "either File or Runtime should be set"',
  },
  Runtime: {
    type: ConfigReferenceRuntimeTarget,
    erasedBelow: '1.40',
    erasedMeans: 'The entry has neither `File` nor `Runtime` then, and the engine refuses the request with 400.',
    since: '1.40',
    doc: 'Write `{}` for a config that is no file but is used by the engine itself, as `Privileges.CredentialSpec.Config` does. Exactly one of `File` and `Runtime` has to be given.',
    source: 'API v1.40; engine 28.5: 400 "cannot specify both File and Runtime"',
  },
  ConfigID: {
    type: string,
    required: 'The engine does not look a config up by name, and answers 400 "malformed config reference".',
    lookedUpBy: 'ConfigName',
    since: '1.30',
    doc: 'Full ID of the config, from `docker config ls`. It has to belong to the config that `ConfigName` names; an abbreviated ID is refused.',
    source: 'API v1.30; engine 28.5: 400 "config not found"',
  },
  ConfigName: {
    type: string,
    required: 'The engine does not look a config up by its ID alone, and answers 400 "malformed config reference".',
    examples: ['nginx_conf'],
    since: '1.30',
    doc: 'Name of the config. It has to be the name of the config with the ID in `ConfigID`.',
    source: 'API v1.30; engine 28.5: 400 "config not found"',
  },
});
