import { bool, bytes, string, struct } from '../make';

const CREDENTIAL_SOURCE = 'Exactly one of `Config`, `File` and `Registry` has to be given.';

export const CredentialSpec = struct('CredentialSpec', {
  Config: {
    type: string,
    erasedBelow: '1.40',
    erasedMeans: 'Nothing is left of the credential spec then, and the engine refuses the request with 400.',
    since: '1.40',
    doc: `ID of a swarm config that holds the credential spec. \`Configs\` needs an entry with the same ID and \`Runtime: {}\`. ${CREDENTIAL_SOURCE}`,
    source: 'API v1.40; engine 28.5: 400 "that config isn\'t in config references with RuntimeTarget"',
  },
  File: {
    type: string,
    examples: ['spec.json'],
    since: '1.29',
    doc: `File with the credential spec, inside the directory \`CredentialSpecs\` of the data directory of Docker on each node. ${CREDENTIAL_SOURCE}`,
    source: 'API v1.30, changelog v1.29',
  },
  Registry: {
    type: string,
    since: '1.29',
    doc: `Name of a value in the Windows registry of each node that holds the credential spec. ${CREDENTIAL_SOURCE}`,
    source: 'API v1.30, changelog v1.29',
  },
});

export const SELinuxContext = struct('SELinuxContext', {
  Disable: {
    type: bool,
    default: '`false`',
    since: '1.29',
    doc: 'Run the container without SELinux confinement. The four other fields have no meaning then, although the engine takes them.',
    source: 'API v1.30, changelog v1.29; engine 28.5',
  },
  User: { type: string, examples: ['system_u'], since: '1.29', doc: 'User part of the SELinux label.', source: 'API v1.30, changelog v1.29' },
  Role: { type: string, examples: ['system_r'], since: '1.29', doc: 'Role part of the SELinux label.', source: 'API v1.30, changelog v1.29' },
  Type: { type: string, examples: ['container_t'], since: '1.29', doc: 'Type part of the SELinux label.', source: 'API v1.30, changelog v1.29' },
  Level: { type: string, examples: ['s0:c1,c2'], since: '1.29', doc: 'Level part of the SELinux label.', source: 'API v1.30, changelog v1.29' },
});

export const SeccompOpts = struct('SeccompOpts', {
  Mode: {
    type: string,
    words: {
      words: {
        default: { doc: 'The profile the engine comes with.' },
        unconfined: { doc: 'No filter: every system call is allowed.' },
        custom: { doc: 'The profile in `Profile`. Without one the default profile is used.' },
      },
      unknown: { becomes: 'default' },
      letterCase: 'exact',
      empty: 'default',
    },
    default: '`default`, even when `Profile` is given',
    since: '1.44',
    doc: 'Which filter for system calls applies. A word in another letter case silently becomes `default`.',
    source: 'API v1.44; engine 28.5',
  },
  Profile: {
    type: bytes,
    examples: ['eyJkZWZhdWx0QWN0aW9uIjoiU0NNUF9BQ1RfRVJSTk8ifQ=='],
    since: '1.44',
    doc: 'The seccomp profile for `Mode: custom`: its JSON text in padded standard base64, not the JSON itself and not a file name. A profile of `{}` means no filter at all.',
    source: 'API v1.44; Go type []byte; engine 28.5: 400 for `"{}"` and unpadded base64',
  },
});

export const AppArmorOpts = struct('AppArmorOpts', {
  Mode: {
    type: string,
    words: {
      words: {
        default: { doc: 'The profile the engine comes with.' },
        disabled: { doc: 'No AppArmor profile.' },
      },
      unknown: { becomes: 'default' },
      letterCase: 'exact',
      empty: 'default',
    },
    default: '`default`',
    since: '1.44',
    doc: 'Whether the AppArmor profile of the engine applies. `unconfined` or the name of a profile silently becomes `default`.',
    source: 'API v1.44; engine 28.5',
  },
});

export const Privileges = struct('Privileges', {
  CredentialSpec: {
    type: CredentialSpec,
    since: '1.29',
    doc: 'Group managed service account of a Windows container. On Linux nodes tasks are rejected.',
    source: 'API v1.30, changelog v1.29; engine 28.5: 400 "must either provide "file", "registry", or "config""',
  },
  SELinuxContext: {
    type: SELinuxContext,
    since: '1.29',
    doc: 'SELinux label of the container. It has no effect where the engine runs without SELinux support.',
    source: 'API v1.30, changelog v1.29; engine 28.5',
  },
  Seccomp: {
    type: SeccompOpts,
    erasedBelow: '1.44',
    since: '1.44',
    doc: 'Which system calls the container may make.',
    source: 'API v1.44; engine 28.5',
  },
  AppArmor: {
    type: AppArmorOpts,
    erasedBelow: '1.44',
    since: '1.44',
    doc: 'Whether the container runs under an AppArmor profile.',
    source: 'API v1.44; engine 28.5',
  },
  NoNewPrivileges: {
    type: bool,
    default: '`false`',
    erasedBelow: '1.44',
    since: '1.44',
    doc: 'Processes cannot gain privileges that their parent does not have, for instance through setuid programs such as `sudo`.',
    source: 'API v1.44; engine 28.5',
  },
});
