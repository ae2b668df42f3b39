import { type ProtectionMap, PROTECTIONS } from '../config/protection';
import type { Severity } from '../finding';

/** One setting: what the manifest, the docs and the server know of it. */
export interface SettingRow {
  readonly key: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly doc: string;
}

const HINTED = {
  durations: 'durations what they are in hours, minutes and seconds', sizes: 'sizes what they are in KiB, MiB and GiB', cpus: 'nano-CPUs how many CPUs they are',
  fileModes: 'file modes what they are in octal', ports: 'ports where they lead',
} as const;

/** Every setting under `swarmspec.`; the manifest of the extension is generated from it. */
export const SETTINGS: readonly SettingRow[] = [
  { key: 'api', schema: { type: 'string', default: '', pattern: '^(1\\.\\d+)?$' }, doc: 'API version that specs are checked against, such as `1.49`. A modeline in a file goes before it. Empty: that of the connected engine, else 1.49.' },
  { key: 'engine', schema: { type: 'string', default: '' }, doc: 'Release of the engine that specs are for, such as `28.5` or `29`: generations differ at the same API version. Empty: that of the connected engine, if any.' },
  { key: 'host', schema: { type: 'string', default: '' }, doc: 'Address of the engine, such as `unix:///var/run/docker.sock` or `ssh://user@host`. Empty: `DOCKER_HOST`, else that of the docker context.' },
  { key: 'context', schema: { type: 'string', default: '' }, doc: 'Docker context to use, such as `prod`. Empty: `DOCKER_CONTEXT`, else the current one.' },
  { key: 'allowPlainTcp', schema: { type: 'boolean', default: false, scope: 'machine' }, doc: 'Talk plain TCP to another machine, unencrypted and to whoever answers.' },
  {
    key: 'protection',
    schema: { type: 'object', additionalProperties: { enum: PROTECTIONS }, default: {}, scope: 'application' }, // a workspace that is opened must not loosen it; of `machine` a window on a remote host would leave out what its user set
    doc: 'How carefully changes at an engine are made, by docker context, address or host name: `free`, `confirm` (asks; so unless said), `type-name` (its name is typed, here and on the command line), `forbidden`. `*` is for every other engine. The strictest entry counts, that of `swarmspec.config` included.',
  },
  { key: 'withRegistryAuth', schema: { type: 'boolean', default: false }, doc: 'Send the credentials that the docker command on this machine has for the registry of the image. Without it, the engine keeps those that are stored with the service.' },
  { key: 'contactEngine', schema: { type: 'boolean', default: true }, doc: 'Ask the engine for its API version, and now and then for what the swarm has: networks, secrets, configs, nodes and so on, for completion, hover and warnings. Nothing but Apply and Rollback ever changes anything there. Editors turn it off in workspaces that are not trusted.' },
  { key: 'files', schema: { type: 'array', items: { type: 'string' }, default: [] }, doc: 'Globs of further files that hold service specs, such as `deploy/**/*.json`.' },
  ...(['durations', 'sizes', 'cpus', 'fileModes', 'ports'] as const).map((kind) => ({ key: `inlayHints.${kind}`, schema: { type: 'boolean', default: true }, doc: `Show behind ${HINTED[kind]}.` })),
  {
    key: 'severity',
    schema: { type: 'object', additionalProperties: { enum: ['error', 'warning', 'information', 'hint', 'off'] }, default: {} },
    doc: 'Severity by rule id, such as `{ "deprecated-field": "information" }`; `off` silences a rule.',
  },
];

export interface Settings {
  readonly api: string;
  readonly engine: string;
  readonly host: string;
  readonly context: string;
  readonly allowPlainTcp: boolean;
  readonly protection: ProtectionMap;
  readonly withRegistryAuth: boolean;
  readonly contactEngine: boolean;
  /** No setting of a person: a client that knows of folders which are not trusted says so, and then no engine is contacted at all. */
  readonly trusted: boolean;
  readonly files: readonly string[];
  /** By kind; those that are off are `false`. */
  readonly inlayHints: Readonly<Record<string, boolean>>;
  readonly severity: Readonly<Record<string, Severity | 'off'>>;
}

/** Settings as a client sends them; anything missing or of the wrong type is its default. */
export function toSettings(sent: unknown): Settings {
  const values = (typeof sent === 'object' && sent !== null ? sent : {}) as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const { key, schema } of SETTINGS) {
    const [group, name] = key.split('.');
    const value = name === undefined ? values[key] : ((values[group] as Record<string, unknown> | null | undefined)?.[name] ?? values[key]);
    const fits = schema.type === 'array' ? Array.isArray(value) : schema.type === 'object' ? typeof value === 'object' && value !== null && !Array.isArray(value) : typeof value === schema.type;
    const given = fits ? value : schema.default;
    if (name === undefined) result[key] = given;
    else result[group] = { ...(result[group] as object | undefined), [name]: given };
  }
  return { ...result, trusted: values.trusted !== false } as unknown as Settings;
}

/** Whether another engine is meant, or none any more. */
export function isAboutWhatIsConnected(before: Settings, now: Settings): boolean {
  return (['host', 'context', 'allowPlainTcp', 'contactEngine', 'trusted'] as const).some((key) => before[key] !== now[key]);
}
