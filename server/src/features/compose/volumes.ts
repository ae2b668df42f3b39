import { isObject, type SpecObject, type SpecValue } from '../../document/value';
import { parseSize } from '../../facts/units';
import { compact, filled, Source, toText } from './source';

/** What a conversion knows besides the service. */
export interface Around {
  /** Folder of the compose file, an absolute path; relative paths of binds begin there. Undefined: nobody knows. */
  readonly folder?: string;
  /** Name of a top-level object (volume, network, secret, config) in the swarm. */
  nameOf(kind: 'volumes' | 'networks' | 'secrets' | 'configs', key: string): string;
  /** The top-level entry, if there is one that is an object. */
  entry(kind: 'volumes' | 'networks' | 'secrets' | 'configs', key: string): SpecObject | undefined;
  /** Labels that a stack puts on what it makes. */
  readonly stackLabels: SpecObject;
}

const PROPAGATIONS: ReadonlySet<string> = new Set(['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave']);

/** The mounts of a compose service: `volumes` and `tmpfs`. */
export function toMounts(source: Source, around: Around): SpecObject[] {
  const mounts = source.list('volumes').flatMap(({ value, at }) => (isObject(value) ? longVolume(new Source(value, at, source.losses), around) : shortVolume(value, at, source, around)));
  for (const text of source.texts('tmpfs') ?? []) {
    const [target, ...options] = text.split(':');
    if (options.length > 0) source.lose('tmpfs', `The options of \`${text}\` are left out. Write it under \`volumes\` with \`type: tmpfs\`.`);
    mounts.push({ Type: 'tmpfs', Target: target });
  }
  return mounts;
}

function shortVolume(value: SpecValue, at: string, { losses }: Source, around: Around): SpecObject[] {
  const text = toText(value) ?? '';
  const parts = text.split(':');
  if (text === '' || parts.length > 3) {
    losses.push({ at, reason: `\`${text}\` is no volume that can be read, and is left out.` });
    return [];
  }
  if (parts.length === 1) return [{ Type: 'volume', Target: text }];
  const [from, target, modes = ''] = parts;
  const isPath = /^[./~]/.test(from);
  const mount: { [key: string]: SpecValue } = { Type: isPath ? 'bind' : 'volume', Source: from, Target: target };
  const source = isPath ? absolute(from, at, losses, around) : from;
  if (source === undefined) return [];
  mount.Source = source;
  let propagation: string | undefined;
  let noCopy = false;
  for (const mode of modes.split(',').filter(Boolean)) {
    if (mode === 'ro') mount.ReadOnly = true;
    else if (mode === 'nocopy' || mode === 'volume-nocopy') noCopy = true;
    else if (PROPAGATIONS.has(mode)) propagation = mode;
    else if (mode !== 'rw') losses.push({ at, reason: `A mount of a service has no option \`${mode}\`.` });
  }
  if (isPath) return [compact({ ...mount, BindOptions: propagation === undefined ? undefined : { Propagation: propagation } })];
  return [named(mount as SpecObject, from, { noCopy: noCopy || undefined }, around)];
}

function longVolume(volume: Source, around: Around): SpecObject[] {
  const type = volume.text('type') ?? 'volume';
  const source = volume.text('source');
  const mount = compact({ Type: type, Source: source, Target: volume.text('target'), ReadOnly: volume.flag('read_only') || undefined });
  const bind = volume.object('bind');
  const options = volume.object('volume');
  const tmpfs = volume.object('tmpfs');
  const propagation = bind?.text('propagation');
  const noCopy = options?.flag('nocopy');
  const subpath = options?.text('subpath');
  const size = tmpfs?.read('size', parseSize, 'size');
  const mode = tmpfs?.number('mode');
  bind?.rest({ create_host_path: 'A swarm does not create the directory. Create it on every node, or use a volume.', selinux: 'A mount of a service has no SELinux option.' }, 'A mount of a service has no such option.');
  options?.rest({}, 'A mount of a service has no such option.');
  tmpfs?.rest({}, 'A mount of a service has no such option.');
  volume.rest({ consistency: 'Only single containers have it; a swarm loses it.' }, 'A mount of a service has no such field.');
  if (type === 'volume') return source === undefined ? [mount] : [named(mount, source, { noCopy: noCopy || undefined, subpath }, around)];
  if (type === 'bind') {
    const path = source === undefined ? undefined : absolute(source, volume.at, volume.losses, around);
    return path === undefined ? [] : [compact({ ...mount, Source: path, BindOptions: propagation === undefined ? undefined : { Propagation: propagation } })];
  }
  if (type === 'tmpfs') return [compact({ ...mount, TmpfsOptions: filled({ SizeBytes: size, Mode: mode }) })];
  return [mount];
}

/** A named volume with what the top of the file says of it. */
function named(mount: SpecObject, key: string, { noCopy, subpath }: { noCopy?: boolean; subpath?: string }, around: Around): SpecObject {
  const entry = new Source(around.entry('volumes', key) ?? {}, `volumes.${key}`, []);
  const isExternal = entry.value.external !== undefined && entry.value.external !== false;
  const labels = isExternal ? undefined : filled({ ...entry.map('labels'), ...around.stackLabels });
  const driver = isExternal ? undefined : filled({ Name: entry.text('driver'), Options: entry.map('driver_opts') });
  return { ...mount, Source: around.nameOf('volumes', key), ...compact({ VolumeOptions: filled({ NoCopy: noCopy, Subpath: subpath, Labels: labels, DriverConfig: driver }) }) };
}

/** A path of a bind as the nodes need it. Undefined where it cannot be told. */
function absolute(path: string, at: string, losses: Source['losses'], { folder }: Around): string | undefined {
  if (path.startsWith('/')) return path;
  if (path.startsWith('~')) {
    losses.push({ at, reason: `\`${path}\` means a home directory, which a node does not have. The mount is left out: write an absolute path.` });
    return undefined;
  }
  if (folder === undefined) {
    losses.push({ at, reason: `\`${path}\` is relative to the compose file, and a service needs an absolute path. The mount is left out.` });
    return undefined;
  }
  const steps: string[] = [];
  for (const step of `${folder}/${path}`.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return `/${steps.join('/')}`;
}
