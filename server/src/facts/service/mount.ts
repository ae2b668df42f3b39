import { bool, int64, list, map, string, struct, uint32 } from '../make';

const CONTAINERS_ONLY = 'Only mounts of single containers have it; for services the engine loses it on the way.';

export const BindOptions = struct('BindOptions', {
  Propagation: {
    type: string,
    words: {
      words: {
        private: { doc: 'Later mounts are not shared in either direction.' },
        rprivate: { doc: 'Like `private`, for the mounts below as well.' },
        shared: { doc: 'Mounts made later appear on both sides.' },
        rshared: { doc: 'Like `shared`, for the mounts below as well.' },
        slave: { doc: 'Mounts made later on the node appear in the container, not the other way round.' },
        rslave: { doc: 'Like `slave`, for the mounts below as well.' },
      },
      unknown: 'refused',
      letterCase: 'ignored',
      empty: 'rprivate',
    },
    default: '`rprivate`',
    since: '1.25',
    doc: 'Whether mounts made later below this directory are seen on the other side.',
    source: 'API v1.25; engine 28.5: 400 "invalid MountPropagation"',
  },
  NonRecursive: {
    type: bool,
    default: '`false`',
    since: '1.40',
    doc: 'Mount the directory alone, without the mounts that lie below it on the node.',
    source: 'API v1.40; engine 28.5',
  },
  CreateMountpoint: {
    type: bool,
    neverStored: `${CONTAINERS_ONLY} Create the directory on every node beforehand, or use a volume.`,
    since: '1.42',
    doc: 'Create the source directory on the node when it is missing.',
    source: 'API v1.42; engine 28.5: absent in GET',
  },
  ReadOnlyNonRecursive: {
    type: bool,
    neverStored: `${CONTAINERS_ONLY} Use \`ReadOnly\`, with \`NonRecursive\` if the mounts below are to stay out.`,
    since: '1.44',
    doc: 'Make the directory read-only, but not the mounts below it.',
    source: 'API v1.44; engine 28.5: absent in GET',
  },
  ReadOnlyForceRecursive: {
    type: bool,
    neverStored: `${CONTAINERS_ONLY} Use \`ReadOnly\`; the mounts below become read-only too where the kernel can do it.`,
    since: '1.44',
    doc: 'Fail when the mounts below cannot be made read-only too.',
    source: 'API v1.44; engine 28.5: absent in GET',
  },
});

export const MountDriver = struct('DriverConfig', {
  Name: {
    type: string,
    suggestions: ['local'],
    default: '`local`',
    since: '1.25',
    doc: 'Volume driver that creates the volume. With one that no node has, tasks stay pending.',
    source: 'API v1.25; engine 28.5: task pending, "missing plugin on 1 node"',
  },
  Options: {
    type: map({
      type: string,
      bareText: 'number-or-boolean',
      examples: ['nfs', 'addr=10.0.0.10,rw'],
      since: '1.25',
      doc: 'Value of the option, always text. Templates such as `{{.Node.Hostname}}` are expanded.',
      source: 'API v1.25; engine 28.5',
    }),
    since: '1.25',
    doc: 'Options for creating the volume; for `local` these are `type`, `device` and `o`, as for `mount`. A volume that exists already keeps its own.',
    source: 'API v1.25; engine 28.5',
  },
});

export const VolumeOptions = struct('VolumeOptions', {
  NoCopy: {
    type: bool,
    default: '`false`',
    since: '1.25',
    doc: 'Do not fill a new volume with what the image has at the target.',
    source: 'API v1.25',
  },
  Labels: {
    type: map({
      type: string,
      bareText: 'number-or-boolean',
      since: '1.25',
      doc: 'Text of the label. Templates such as `{{.Service.Name}}` are expanded.',
      source: 'API v1.25; engine 28.5',
    }),
    since: '1.25',
    doc: 'Labels for a volume that is created for this mount. A volume that exists already keeps its own.',
    source: 'API v1.25',
  },
  Subpath: {
    type: string,
    examples: ['uploads'],
    since: '1.45',
    doc: 'Mount only this directory of the volume. It is relative, stays inside the volume, has to exist, and needs a named volume.',
    source: 'API v1.45; engine 28.5: task rejected, "subpath must be a relative path within the volume"',
  },
  DriverConfig: {
    type: MountDriver,
    since: '1.25',
    doc: 'Driver and options for a volume that is created for this mount.',
    source: 'API v1.25',
  },
});

export const ImageOptions = struct('ImageOptions', {
  Subpath: {
    type: string,
    since: '1.48',
    doc: 'Mount only this directory of the image.',
    source: 'API v1.48',
  },
});

export const TmpfsOptions = struct('TmpfsOptions', {
  SizeBytes: {
    type: int64,
    unit: 'bytes',
    // a page
    leastSensible: 4096,
    zero: 'the limit of the kernel, half of the memory of the node',
    examples: [67_108_864],
    since: '1.25',
    doc: 'Most space the tmpfs may take. A negative number is stored and makes the task fail.',
    source: 'API v1.25; engine 28.5: -1 stored, mount refused by the kernel',
  },
  Mode: {
    type: uint32,
    unit: 'file-mode',
    zero: 'the default of a tmpfs, `1777`: everyone may write',
    examples: [1023, 493, 448],
    since: '1.25',
    doc: 'Permissions of the mounted directory as a decimal number: `1023` is `1777`, `448` is `0700`. `700` means `1274`.',
    source: 'API v1.25; Go type os.FileMode (uint32); engine 28.5',
  },
  Options: {
    type: list(
      {
        type: list(
          {
            type: string,
            suggestions: ['exec', 'noexec'],
            since: '1.46',
            doc: 'The name of the option, `exec` or `noexec`. Nodes reject a task with any other.',
            source: 'API v1.46; engine 28.5: task rejected, "invalid option: nosuid"',
          },
          'empty-string',
        ),
        examples: [['exec']],
        since: '1.46',
        doc: 'One option, itself a list of one word: `["exec"]`. An entry with no word, or more than two, makes the node reject the task.',
        source: 'API v1.46; engine 28.5: task rejected, "invalid option array length"',
      },
      'nothing',
    ),
    erasedBelow: '1.46',
    since: '1.46',
    doc: 'Mount options, as a list of lists: `[["exec"]]`. A flat list of words is refused with 400.',
    source: 'API v1.46; engine 28.5',
  },
});

export const ClusterOptions = struct('ClusterOptions', {});

export const Mount = struct('Mount', {
  Type: {
    type: string,
    usual: true,
    words: {
      words: {
        bind: { doc: 'A directory or file of the node, which has to exist there.' },
        cluster: { since: '1.42', doc: 'A CSI volume of the swarm, by its name or as `group:NAME`.' },
        image: {
          since: '1.48',
          doc: 'The content of an image, for single containers only.',
          refused: 'Only single containers can mount an image; to a service the engine answers 400 "invalid MountType".',
        },
        npipe: { since: '1.32', doc: 'A named pipe of a Windows node.' },
        tmpfs: { doc: 'A file system in memory, empty at every start. It has no `Source`.' },
        volume: { doc: 'A volume of the node, by name; created when it is missing. Without `Source` a new anonymous one.' },
      },
      unknown: 'refused',
      letterCase: 'ignored',
      empty: 'bind',
    },
    default: '`bind`',
    since: '1.25',
    doc: 'What is mounted. Always write it: left out it means `bind`, not `volume`.',
    source: 'API v1.25; engine 28.5: 400 "invalid MountType"',
  },
  Source: {
    type: string,
    usual: true,
    alsoCalled: ['Src'],
    examples: ['app-data', '/srv/app/conf'],
    since: '1.25',
    doc: 'Name of the volume, or absolute path on the node for `bind`: neither `./` nor `~` is understood, and a missing directory is not created. Leave it out for `tmpfs`. Only the node that gets the task checks it.',
    source: 'API v1.25; engine 28.5: task rejected, "bind source path does not exist"',
  },
  Target: {
    type: string,
    usual: true,
    alsoCalled: ['Destination', 'Dst'],
    examples: ['/data', '/etc/app'],
    since: '1.25',
    doc: 'Absolute path in the container. The engine refuses the same text twice with 400, and leaves everything else to the node.',
    source: 'API v1.25; engine 28.5: 400 "duplicate mount point"; task rejected, "must be an absolute path"',
  },
  ReadOnly: {
    type: bool,
    default: '`false`',
    since: '1.25',
    doc: 'The container cannot write to it. A volume needs a `Source` for that.',
    source: 'API v1.25; engine 28.5: task rejected for an anonymous volume',
  },
  Consistency: {
    type: string,
    neverStored: `${CONTAINERS_ONLY} Leave it out: nothing takes its place.`,
    suggestions: ['default', 'consistent', 'cached', 'delegated'],
    since: '1.28',
    doc: 'How soon both sides see each other’s writes, a setting of Docker Desktop.',
    source: 'API v1.29, changelog v1.28; engine 28.5: absent in GET',
  },
  BindOptions: {
    type: BindOptions,
    ofType: 'bind',
    since: '1.25',
    doc: 'Options of a `bind` mount. On a mount of another type the node rejects the task.',
    source: 'API v1.25; engine 28.5: task rejected, "field BindOptions must not be specified"',
  },
  VolumeOptions: {
    type: VolumeOptions,
    ofType: 'volume',
    since: '1.25',
    doc: 'Options of a `volume` mount. On a `bind` mount the node rejects the task.',
    source: 'API v1.25; engine 28.5: task rejected, "field VolumeOptions must not be specified"',
  },
  ImageOptions: {
    type: ImageOptions,
    ofType: 'image',
    neverStored: 'Services cannot mount images, and the engine drops the options. Build the files into the image of the service, or use a volume.',
    since: '1.48',
    doc: 'Options of an `image` mount, which services cannot have.',
    source: 'API v1.48; engine 28.5: absent in GET',
  },
  TmpfsOptions: {
    type: TmpfsOptions,
    ofType: 'tmpfs',
    since: '1.25',
    doc: 'Options of a `tmpfs` mount. On a mount of another type they have no effect.',
    source: 'API v1.25; engine 28.5',
  },
  ClusterOptions: {
    type: ClusterOptions,
    ofType: 'cluster',
    neverStored: 'No member of it is known, and the engine drops it. A mount of type `cluster` needs only `Source` and `Target`.',
    since: '1.42',
    doc: 'Options of a `cluster` mount; there are none.',
    source: 'Go type *mount.ClusterOptions; engine 28.5: absent in GET',
  },
});
