import { string, struct, uint32 } from '../make';
import type { Field } from '../types';

/** Owner and permissions, which secrets and configs have in common. Their API versions differ. */
export const FILE_UID = {
  type: string,
  bareText: 'number',
  examples: ['0', '1000'],
  doc: 'Number of the user who owns the file, as text: `"0"`, not `0`. Always write it: without it, or with a user name, the task fails when it starts.',
} as const satisfies Partial<Field>;

export const FILE_GID = {
  type: string,
  bareText: 'number',
  examples: ['0', '1000'],
  doc: 'Number of the group of the file, as text: `"0"`, not `0`. Always write it: without it, or with a group name, the task fails when it starts.',
} as const satisfies Partial<Field>;

export const FILE_MODE = {
  type: uint32,
  unit: 'file-mode',
  zero: 'no permissions: only root can read the file',
  default: '`0`, no permissions at all',
  examples: [292, 256, 288],
  doc: 'Permissions of the file as a decimal number: `292` is `0444`, readable by all; `256` is `0400`. Always write it: left out it means no permissions, and `444` means `0674`.',
} as const satisfies Partial<Field>;

export const SecretReferenceFileTarget = struct('SecretReferenceFileTarget', {
  Name: {
    type: string,
    required: 'The engine answers 400 "malformed file secret reference, invalid target file name provided".',
    examples: ['db_password'],
    since: '1.27',
    doc: 'Name of the file, below `/run/secrets/` unless it starts with `/`. No two secrets may have the same.',
    source: 'API v1.27; engine 28.5: 400 "have a conflicting target"',
  },
  UID: { ...FILE_UID, since: '1.27', source: 'API v1.27; engine 28.5: 400 for a number, task failed for `""`' },
  GID: { ...FILE_GID, since: '1.27', source: 'API v1.27; engine 28.5: 400 for a number, task failed for `""`' },
  Mode: { ...FILE_MODE, since: '1.27', source: 'API v1.27; Go type os.FileMode (uint32); engine 28.5: file mode 000 when left out' },
});

export const SecretReference = struct('SecretReference', {
  File: {
    type: SecretReferenceFileTarget,
    required: 'The engine answers 400 "malformed secret reference, no target provided".',
    since: '1.27',
    doc: 'The file in the container that shows the secret. On Linux nodes it lives in memory and is never written to disk.',
    source: 'API v1.27; engine 28.5',
  },
  SecretID: {
    type: string,
    required: 'The engine does not look a secret up by name, and answers 400 "malformed secret reference".',
    lookedUpBy: 'SecretName',
    since: '1.27',
    doc: 'Full ID of the secret, from `docker secret ls`. It has to belong to the secret that `SecretName` names; an abbreviated ID is refused.',
    source: 'API v1.27; engine 28.5: 400 "secret not found"',
  },
  SecretName: {
    type: string,
    required: 'The engine does not look a secret up by its ID alone, and answers 400 "malformed secret reference".',
    examples: ['db_password'],
    since: '1.27',
    doc: 'Name of the secret. It has to be the name of the secret with the ID in `SecretID`.',
    source: 'API v1.27; engine 28.5: 400 "secret not found"',
  },
});
