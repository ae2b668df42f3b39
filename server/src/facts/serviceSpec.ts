// Written by `npm run generate` from the facts; do not edit.

/** A whole number: a bigint where it exceeds 2^53, or text where its form must survive. Compare with `<` and `>`; convert before you calculate. */
export type Int = number | bigint;

export interface ServiceSpec {
  /** Name of the service, which is also its DNS name on its networks. 1 to 63 letters and digits with `-` and `_` inside; it cannot be changed later, not even its letter case. */
  readonly Name?: string;
  /** Labels of the service object, for filters and for tools that watch the swarm. Containers do not see them (that is `TaskTemplate.ContainerSpec.Labels`), and changing them restarts nothing. */
  readonly Labels?: { readonly [key: string]: string };
  /** What every task of the service runs: container, resources, placement, networks. Almost any change in here replaces all tasks. */
  readonly TaskTemplate?: TaskSpec;
  /** How many tasks there are and whether they run for ever. Exactly one of `Replicated`, `Global`, `ReplicatedJob` and `GlobalJob`; the kind of an existing service cannot be changed. */
  readonly Mode?: ServiceMode;
  /** How an update replaces running tasks. Present without `Parallelism` it replaces all tasks at once, so an empty block is not the same as none. Jobs refuse it. */
  readonly UpdateConfig?: UpdateConfig;
  /** How a rollback replaces running tasks, whether asked for or started by `UpdateConfig.FailureAction`. The engine does not check its numbers, and jobs ignore it. */
  readonly RollbackConfig?: RollbackConfig;
  /** How the service is reached: virtual IP or DNS, and its published ports. An update without it unpublishes every port. */
  readonly EndpointSpec?: EndpointSpec;
  /** Networks of the service, in the place they had before API v1.44. Engine 28 refuses to change the list on update (501), except together with moving it to `TaskTemplate.Networks`. */
  readonly Networks?: readonly (NetworkAttachmentConfig | null)[];
}

export interface TaskSpec {
  /** The container of each task: image, command, environment, files. Every service has one, except for `Runtime: plugin`. */
  readonly ContainerSpec?: ContainerSpec;
  /** A plugin that is installed on every node, for `Runtime: plugin` only; next to a container it is dropped. The engine has to run with experimental features, and the service is always global. */
  readonly PluginSpec?: PluginSpec;
  /** What a network attachment made by the engine looks like. It cannot be written. */
  readonly NetworkAttachmentSpec?: NetworkAttachmentSpec;
  /** What a task may use at most, and what has to be free on a node before it is placed there. Adding even `{}` restarts all tasks. */
  readonly Resources?: ResourceRequirements;
  /** Whether and when a task that ended is replaced. */
  readonly RestartPolicy?: RestartPolicy;
  /** Which nodes tasks may run on, and how they are spread. To remove all of it from a running service send `{}`: an update that leaves the block out and changes nothing else in the task crashes managers up to engine 29.6. */
  readonly Placement?: Placement;
  /** Networks of the tasks. Services on a common overlay network find each other by name. When the deprecated `Networks` of the service is given too, this one wins. */
  readonly Networks?: readonly (NetworkAttachmentConfig | null)[];
  /** Where the output of the tasks goes. The keys are `Name` and `Options`; `Type` and `Config` of a container are dropped without a word. */
  readonly LogDriver?: Driver;
  /** Change it to replace all tasks although nothing else changed. Only the difference counts, upwards or downwards. */
  readonly ForceUpdate?: Int;
  /** What tasks are. Nearly every service leaves it out. */
  readonly Runtime?: string;
}

export interface ContainerSpec {
  /** Image of the container; without a tag it is `:latest`. Applying the same tag again does not pull a newer image, so pin a digest (`@sha256:…`) or raise `ForceUpdate`. Templates are not expanded here. */
  readonly Image?: string;
  /** Labels of the containers, seen on the nodes. Changing them replaces all tasks, unlike the `Labels` of the service; keys with `com.docker.swarm.` are overwritten. */
  readonly Labels?: { readonly [key: string]: string };
  /** Replaces the `ENTRYPOINT` of the image and drops its `CMD`. To change only the arguments use `Args`. A whole command line in one entry is looked for as one program. */
  readonly Command?: readonly (string | null)[];
  /** Arguments for the entrypoint. Replaces the `CMD` of the image and keeps its `ENTRYPOINT`, unless `Command` replaces that. */
  readonly Args?: readonly (string | null)[];
  /** Host name inside the container, 64 characters at most. Templates such as `{{.Node.Hostname}}` are expanded for each task. */
  readonly Hostname?: string;
  /** Environment variables, as a list of `NAME=value`; an object is refused with 400. Everyone who can read the service can read them, so keep passwords in `Secrets`. */
  readonly Env?: readonly (string | null)[];
  /** Working directory of the process, an absolute path. */
  readonly Dir?: string;
  /** User the process runs as: `USER` or `USER:GROUP`, names or numbers. Names have to exist in the image; a number has to be quoted. */
  readonly User?: string;
  /** Further groups the process belongs to. */
  readonly Groups?: readonly (string | null)[];
  /** Security settings of the container: seccomp, AppArmor, SELinux, Windows credentials. */
  readonly Privileges?: Privileges;
  /** Run an init process as PID 1 that passes signals on and reaps zombies. `false` and leaving it out differ: only the second leaves it to the node. */
  readonly Init?: boolean;
  /** Signal that asks the process to stop. It is not checked when the service is saved: an unknown name makes the node reject the task, and a number above 64 is never delivered. */
  readonly StopSignal?: string;
  /** Give the process a terminal. Its output then is one stream, with error output mixed in. */
  readonly TTY?: boolean;
  /** Keep the standard input of the process open, for programs that end with it. */
  readonly OpenStdin?: boolean;
  /** Make the root file system read-only. What has to be written to needs a mount, for instance a `tmpfs` on `/tmp`. */
  readonly ReadOnly?: boolean;
  /** Volumes, directories of the node and file systems in memory, mounted into the container. Volumes and directories are those of the node a task lands on; nothing moves along with it. */
  readonly Mounts?: readonly (Mount | null)[];
  /** Time between the stop signal and `SIGKILL`. It is cut to whole seconds, so anything below `1000000000` kills at once; from `-1000000000` down the engine waits for ever. */
  readonly StopGracePeriod?: Int;
  /** How to find out whether a container works. An unhealthy task is replaced, and until the first healthy probe a task gets no traffic. `Test: ["NONE"]` turns the check of the image off. */
  readonly Healthcheck?: Healthcheck;
  /** Lines for `/etc/hosts` of the container, address first. */
  readonly Hosts?: readonly (string | null)[];
  /** DNS servers and resolver settings of the container, for names outside the swarm. */
  readonly DNSConfig?: DNSConfig;
  /** Secrets of the swarm that the container sees as files. They have to exist before the service is saved. */
  readonly Secrets?: readonly (SecretReference | null)[];
  /** Configs of the swarm that the container sees as files. They have to exist before the service is saved. */
  readonly Configs?: readonly (ConfigReference | null)[];
  /** Isolation of Windows containers. Linux nodes reject a task with `process` or `hyperv`; a misspelt word silently becomes `default`. */
  readonly Isolation?: string;
  /** Kernel parameters of the container, such as `net.core.somaxconn`. Only those with a namespace work (`net.*`, `kernel.shm*`, `kernel.msg*`, `kernel.sem`, `fs.mqueue.*`); with any other the task fails. */
  readonly Sysctls?: { readonly [key: string]: string };
  /** Capabilities the container gets besides the usual ones. A capability that is also in `CapabilityDrop` is granted. */
  readonly CapabilityAdd?: readonly (string | null)[];
  /** Capabilities taken from the container. `["ALL"]` together with a short `CapabilityAdd` is the safest start. */
  readonly CapabilityDrop?: readonly (string | null)[];
  /** Resource limits of the processes in the container, as set by `ulimit`. */
  readonly Ulimits?: readonly (Ulimit | null)[];
  /** How likely the kernel is to kill the container when the node runs out of memory, from `-1000` (never) to `1000` (first). Nodes reject a task outside of that. */
  readonly OomScoreAdj?: Int;
}

export interface Privileges {
  /** Group managed service account of a Windows container. On Linux nodes tasks are rejected. */
  readonly CredentialSpec?: CredentialSpec;
  /** SELinux label of the container. It has no effect where the engine runs without SELinux support. */
  readonly SELinuxContext?: SELinuxContext;
  /** Which system calls the container may make. */
  readonly Seccomp?: SeccompOpts;
  /** Whether the container runs under an AppArmor profile. */
  readonly AppArmor?: AppArmorOpts;
  /** Processes cannot gain privileges that their parent does not have, for instance through setuid programs such as `sudo`. */
  readonly NoNewPrivileges?: boolean;
}

export interface CredentialSpec {
  /** ID of a swarm config that holds the credential spec. `Configs` needs an entry with the same ID and `Runtime: {}`. Exactly one of `Config`, `File` and `Registry` has to be given. */
  readonly Config?: string;
  /** File with the credential spec, inside the directory `CredentialSpecs` of the data directory of Docker on each node. Exactly one of `Config`, `File` and `Registry` has to be given. */
  readonly File?: string;
  /** Name of a value in the Windows registry of each node that holds the credential spec. Exactly one of `Config`, `File` and `Registry` has to be given. */
  readonly Registry?: string;
}

export interface SELinuxContext {
  /** Run the container without SELinux confinement. The four other fields have no meaning then, although the engine takes them. */
  readonly Disable?: boolean;
  /** User part of the SELinux label. */
  readonly User?: string;
  /** Role part of the SELinux label. */
  readonly Role?: string;
  /** Type part of the SELinux label. */
  readonly Type?: string;
  /** Level part of the SELinux label. */
  readonly Level?: string;
}

export interface SeccompOpts {
  /** Which filter for system calls applies. A word in another letter case silently becomes `default`. */
  readonly Mode?: string;
  /** The seccomp profile for `Mode: custom`: its JSON text in padded standard base64, not the JSON itself and not a file name. A profile of `{}` means no filter at all. */
  readonly Profile?: string;
}

export interface AppArmorOpts {
  /** Whether the AppArmor profile of the engine applies. `unconfined` or the name of a profile silently becomes `default`. */
  readonly Mode?: string;
}

export interface Mount {
  /** What is mounted. Always write it: left out it means `bind`, not `volume`. */
  readonly Type?: string;
  /** Name of the volume, or absolute path on the node for `bind`: neither `./` nor `~` is understood, and a missing directory is not created. Leave it out for `tmpfs`. Only the node that gets the task checks it. */
  readonly Source?: string;
  /** Absolute path in the container. The engine refuses the same text twice with 400, and leaves everything else to the node. */
  readonly Target?: string;
  /** The container cannot write to it. A volume needs a `Source` for that. */
  readonly ReadOnly?: boolean;
  /** How soon both sides see each other’s writes, a setting of Docker Desktop. */
  readonly Consistency?: string;
  /** Options of a `bind` mount. On a mount of another type the node rejects the task. */
  readonly BindOptions?: BindOptions;
  /** Options of a `volume` mount. On a `bind` mount the node rejects the task. */
  readonly VolumeOptions?: VolumeOptions;
  /** Options of an `image` mount, which services cannot have. */
  readonly ImageOptions?: ImageOptions;
  /** Options of a `tmpfs` mount. On a mount of another type they have no effect. */
  readonly TmpfsOptions?: TmpfsOptions;
  /** Options of a `cluster` mount; there are none. */
  readonly ClusterOptions?: ClusterOptions;
}

export interface BindOptions {
  /** Whether mounts made later below this directory are seen on the other side. */
  readonly Propagation?: string;
  /** Mount the directory alone, without the mounts that lie below it on the node. */
  readonly NonRecursive?: boolean;
  /** Create the source directory on the node when it is missing. */
  readonly CreateMountpoint?: boolean;
  /** Make the directory read-only, but not the mounts below it. */
  readonly ReadOnlyNonRecursive?: boolean;
  /** Fail when the mounts below cannot be made read-only too. */
  readonly ReadOnlyForceRecursive?: boolean;
}

export interface VolumeOptions {
  /** Do not fill a new volume with what the image has at the target. */
  readonly NoCopy?: boolean;
  /** Labels for a volume that is created for this mount. A volume that exists already keeps its own. */
  readonly Labels?: { readonly [key: string]: string };
  /** Mount only this directory of the volume. It is relative, stays inside the volume, has to exist, and needs a named volume. */
  readonly Subpath?: string;
  /** Driver and options for a volume that is created for this mount. */
  readonly DriverConfig?: DriverConfig;
}

export interface DriverConfig {
  /** Volume driver that creates the volume. With one that no node has, tasks stay pending. */
  readonly Name?: string;
  /** Options for creating the volume; for `local` these are `type`, `device` and `o`, as for `mount`. A volume that exists already keeps its own. */
  readonly Options?: { readonly [key: string]: string };
}

export interface ImageOptions {
  /** Mount only this directory of the image. */
  readonly Subpath?: string;
}

export interface TmpfsOptions {
  /** Most space the tmpfs may take. A negative number is stored and makes the task fail. */
  readonly SizeBytes?: Int;
  /** Permissions of the mounted directory as a decimal number: `1023` is `1777`, `448` is `0700`. `700` means `1274`. */
  readonly Mode?: Int;
  /** Mount options, as a list of lists: `[["exec"]]`. A flat list of words is refused with 400. */
  readonly Options?: readonly (readonly (string | null)[] | null)[];
}

export interface ClusterOptions {

}

export interface Healthcheck {
  /** The probe: exit code 0 is healthy. The first word has to be `CMD`, `CMD-SHELL` or `NONE`; with anything else the engine accepts it, never probes, and tasks stay in the state `starting` for ever. `["CMD"]` alone crashes engines up to 29.4. */
  readonly Test?: readonly (string | null)[];
  /** Pause between two probes. */
  readonly Interval?: Int;
  /** How long one probe may take before it counts as failed. */
  readonly Timeout?: Int;
  /** Time the container has to come up, during which failed probes do not count. The first probe that succeeds ends it. */
  readonly StartPeriod?: Int;
  /** Pause between two probes while `StartPeriod` lasts. Without `StartPeriod` it has no effect. */
  readonly StartInterval?: Int;
  /** How many probes in a row have to fail before the container is unhealthy; swarm then replaces the task. The engine keeps only 32 bits, so `4294967297` is stored as 1. */
  readonly Retries?: Int;
}

export interface DNSConfig {
  /** DNS servers for names that the swarm does not know. Names of services are resolved by the engine all the same. */
  readonly Nameservers?: readonly (string | null)[];
  /** Domains that are appended to short names when looking them up. */
  readonly Search?: readonly (string | null)[];
  /** Options of the resolver, as in the `options` line of `resolv.conf`. */
  readonly Options?: readonly (string | null)[];
}

export interface SecretReference {
  /** The file in the container that shows the secret. On Linux nodes it lives in memory and is never written to disk. */
  readonly File?: SecretReferenceFileTarget;
  /** Full ID of the secret, from `docker secret ls`. It has to belong to the secret that `SecretName` names; an abbreviated ID is refused. */
  readonly SecretID?: string;
  /** Name of the secret. It has to be the name of the secret with the ID in `SecretID`. */
  readonly SecretName?: string;
}

export interface SecretReferenceFileTarget {
  /** Name of the file, below `/run/secrets/` unless it starts with `/`. No two secrets may have the same. */
  readonly Name?: string;
  /** Number of the user who owns the file, as text: `"0"`, not `0`. Always write it: without it, or with a user name, the task fails when it starts. */
  readonly UID?: string;
  /** Number of the group of the file, as text: `"0"`, not `0`. Always write it: without it, or with a group name, the task fails when it starts. */
  readonly GID?: string;
  /** Permissions of the file as a decimal number: `292` is `0444`, readable by all; `256` is `0400`. Always write it: left out it means no permissions, and `444` means `0674`. */
  readonly Mode?: Int;
}

export interface ConfigReference {
  /** The file in the container that shows the config. Exactly one of `File` and `Runtime` has to be given. */
  readonly File?: ConfigReferenceFileTarget;
  /** Write `{}` for a config that is no file but is used by the engine itself, as `Privileges.CredentialSpec.Config` does. Exactly one of `File` and `Runtime` has to be given. */
  readonly Runtime?: ConfigReferenceRuntimeTarget;
  /** Full ID of the config, from `docker config ls`. It has to belong to the config that `ConfigName` names; an abbreviated ID is refused. */
  readonly ConfigID?: string;
  /** Name of the config. It has to be the name of the config with the ID in `ConfigID`. */
  readonly ConfigName?: string;
}

export interface ConfigReferenceFileTarget {
  /** Path of the file in the container; without a leading `/` it lies in the root directory. No two configs may have the same. */
  readonly Name?: string;
  /** Number of the user who owns the file, as text: `"0"`, not `0`. Always write it: without it, or with a user name, the task fails when it starts. */
  readonly UID?: string;
  /** Number of the group of the file, as text: `"0"`, not `0`. Always write it: without it, or with a group name, the task fails when it starts. */
  readonly GID?: string;
  /** Permissions of the file as a decimal number: `292` is `0444`, readable by all; `256` is `0400`. Always write it: left out it means no permissions, and `444` means `0674`. */
  readonly Mode?: Int;
}

export interface ConfigReferenceRuntimeTarget {

}

export interface Ulimit {
  /** Which limit, without `RLIMIT_`: `nofile`, `memlock` and so on. An unknown name is stored, and the task fails when it starts. */
  readonly Name?: string;
  /** The most a process may raise the limit to; `-1` is unlimited. Always write it: left out it is 0, below any `Soft`, and the task fails. */
  readonly Hard?: Int;
  /** The limit processes start with; `-1` is unlimited. It must not be above `Hard`. */
  readonly Soft?: Int;
}

export interface PluginSpec {
  /** Name the plugin gets on each node. */
  readonly name?: string;
  /** Reference of the plugin in its registry, which each node pulls from. */
  readonly remote?: string;
  /** Privileges the plugin is granted. The API description calls it `PluginPrivilege`, which the engine drops without a word. */
  readonly privileges?: readonly (RuntimePrivilege | null)[];
  /** Install the plugin without enabling it. */
  readonly disabled?: boolean;
  /** Environment of the plugin, as a list of `NAME=value`. No API description lists it, but the engine stores it. */
  readonly env?: readonly (string | null)[];
  /** The name of `privileges` in the API description, which the engine does not know. */
  readonly PluginPrivilege?: readonly (PluginPrivilege | null)[];
}

export interface RuntimePrivilege {
  /** What the privilege is about, as the plugin asks for it: `network`, `mount`, `device`, `capabilities` and so on. */
  readonly name?: string;
  /** An explanation for people. */
  readonly description?: string;
  /** The values that are granted. They have to be exactly those the plugin asks for. */
  readonly value?: readonly (string | null)[];
}

export interface PluginPrivilege {
  /** What the privilege is about. Use `privileges[].name`. */
  readonly Name?: string;
  /** An explanation for people. Use `privileges[].description`. */
  readonly Description?: string;
  /** The values that are granted. Use `privileges[].value`. */
  readonly Value?: readonly (string | null)[];
}

export interface NetworkAttachmentSpec {
  /** ID of the container that is attached to a network. */
  readonly ContainerID?: string;
}

export interface ResourceRequirements {
  /** What a task may use at most. */
  readonly Limits?: Limit;
  /** What has to be free on a node for a task to be placed there. More than any node has free keeps tasks pending. */
  readonly Reservations?: Resources;
  /** Swap space a task may use besides its memory; `-1` is as much as the node has. It needs `Limits.MemoryBytes` next to it. */
  readonly SwapBytes?: Int;
  /** How readily the kernel swaps out the memory of a task, from 0 to 100; `-1` leaves it to the kernel. */
  readonly MemorySwappiness?: Int;
}

export interface Limit {
  /** Most CPU time a task gets: `1000000000` is one CPU. Below 0.01 CPU, or above the CPUs of the node, the service is accepted and its tasks fail. */
  readonly NanoCPUs?: Int;
  /** Most memory a task gets; above it the kernel kills the process. The engine accepts 4 MiB, but nodes refuse to start a container with less than 6 MiB. */
  readonly MemoryBytes?: Int;
  /** Most processes and threads a task may have. Negative numbers are stored and mean no limit either. */
  readonly Pids?: Int;
  /** A leftover of descriptions v1.32 to v1.40. */
  readonly GenericResources?: readonly (GenericResource | null)[];
}

export interface GenericResource {
  /** One particular resource, by its identifier. Only nodes can name resources: a task that asks for one stays pending, so use `DiscreteResourceSpec`. */
  readonly NamedResourceSpec?: NamedGenericResource;
  /** A number of resources of one kind. Next to it `NamedResourceSpec` is dropped. */
  readonly DiscreteResourceSpec?: DiscreteGenericResource;
}

export interface NamedGenericResource {
  /** Kind of the resource, in the spelling the nodes advertise. */
  readonly Kind?: string;
  /** Identifier of one particular resource on a node. */
  readonly Value?: string;
}

export interface DiscreteGenericResource {
  /** Kind of the resource, in the spelling of `node-generic-resources` in the configuration of the nodes. When no node has it, tasks stay pending. */
  readonly Kind?: string;
  /** How many of them each task takes. Even with 0 some node has to advertise the kind. */
  readonly Value?: Int;
}

export interface Resources {
  /** CPU time that has to be unreserved on a node before a task is placed there: `1000000000` is one CPU. It decides placement only and slows nobody down. */
  readonly NanoCPUs?: Int;
  /** Memory that has to be unreserved on a node before a task is placed there. What lies above the limit can never be used. */
  readonly MemoryBytes?: Int;
  /** Resources that nodes advertise under a name of their own, such as GPUs. A task is placed only where as many are free. */
  readonly GenericResources?: readonly (GenericResource | null)[];
}

export interface RestartPolicy {
  /** After which ending a task is replaced. `always`, `no` and `unless-stopped` belong to containers and are refused. */
  readonly Condition?: string;
  /** Pause before a task that ended is replaced. A small number, typically seconds written as such, means hardly any pause. */
  readonly Delay?: Int;
  /** How many times a task is restarted within `Window` before it is given up. */
  readonly MaxAttempts?: Int;
  /** Time within which attempts count towards `MaxAttempts`. Make it longer than all the attempts take together; when it is shorter, `MaxAttempts` is never reached. */
  readonly Window?: Int;
}

export interface Placement {
  /** Conditions a node has to satisfy, all of them. When no node does, tasks stay pending. `node.platform.arch` is compared with the spelling of the kernel: `x86_64` and `aarch64`, not `amd64` and `arm64`. */
  readonly Constraints?: readonly (string | null)[];
  /** How to spread tasks over groups of nodes, the most important first. Unlike constraints they never keep a task from running. */
  readonly Preferences?: readonly (PlacementPreference | null)[];
  /** How many tasks of the service one node may run. What does not fit stays pending; global services ignore it. With `Order: start-first` an update needs one place more. */
  readonly MaxReplicas?: Int;
  /** Platforms the image is built for, which the docker CLI fills in from the registry. Usually left out; with an image for one platform it keeps tasks away from the other nodes. */
  readonly Platforms?: readonly (Platform | null)[];
}

export interface PlacementPreference {
  /** Spreads tasks evenly over the values of a label. It is the only strategy there is, and an entry without it is dropped. */
  readonly Spread?: SpreadOver;
}

export interface SpreadOver {
  /** The label whose values tasks are spread over: `node.labels.NAME` or `engine.labels.NAME`. Anything else is stored and spreads nothing. */
  readonly SpreadDescriptor?: string;
}

export interface Platform {
  /** Processor architecture, in lower case. `amd64` and `x86_64` are the same here, and so are `arm64` and `aarch64`; left out it matches any. */
  readonly Architecture?: string;
  /** Operating system, in lower case: `Linux` matches no node. Left out it matches any. */
  readonly OS?: string;
}

export interface NetworkAttachmentConfig {
  /** Name or ID of the network; the engine stores the ID. It has to be scoped to the swarm, which in practice means an overlay network, or be `host` or `bridge`; a port is published with `EndpointSpec.Ports`, not by naming `ingress`. */
  readonly Target?: string;
  /** Further DNS names under which the service is found on this network, besides its own name. */
  readonly Aliases?: readonly (string | null)[];
  /** Options for the network driver, for this attachment only. Which keys mean anything is up to the driver. */
  readonly DriverOpts?: { readonly [key: string]: string };
}

export interface Driver {
  /** Name of the log driver. It is not checked when the service is saved: with a driver that no node has, tasks stay pending. */
  readonly Name?: string;
  /** Options of the log driver, such as `max-size` and `max-file` of `json-file`. A key that the driver does not know makes the node reject the task. */
  readonly Options?: { readonly [key: string]: string };
}

export interface ServiceMode {
  /** A fixed number of tasks that are kept running, wherever the scheduler finds room. */
  readonly Replicated?: Replicated;
  /** One task on every node that satisfies the placement constraints, also on nodes that join later. Write `{}`: it has no members, and `null` counts as absent. */
  readonly Global?: Global;
  /** Tasks that run to the end a given number of times. Any update of the service, even of a label, runs the whole job again. */
  readonly ReplicatedJob?: ReplicatedJob;
  /** A task that runs to the end once on every node that satisfies the placement constraints. Write `{}`: it has no members. */
  readonly GlobalJob?: GlobalJob;
}

export interface Replicated {
  /** How many tasks to keep running. There is no sensible upper bound in the engine: it creates every task object in the memory of the manager, so an absurd number takes the manager down. */
  readonly Replicas?: Int;
}

export interface Global {

}

export interface ReplicatedJob {
  /** How many tasks of the job may run at the same time. */
  readonly MaxConcurrent?: Int;
  /** How many tasks have to end with exit code 0 for the job to be complete. */
  readonly TotalCompletions?: Int;
}

export interface GlobalJob {

}

export interface UpdateConfig {
  /** How many tasks are replaced at the same time. Always write it when `UpdateConfig` is there: without it every task is replaced at once, and `Delay` has no effect. */
  readonly Parallelism?: Int;
  /** Pause between replacing one batch of tasks and the next. */
  readonly Delay?: Int;
  /** What to do when more tasks fail than `MaxFailureRatio` allows. A task counts as failed only within `Monitor` after its start. */
  readonly FailureAction?: string;
  /** How long a new task is watched for failure. With a few nanoseconds, typically seconds written as such, the update counts as complete before a crash can be noticed, and `FailureAction` never happens. */
  readonly Monitor?: Int;
  /** Share of tasks that may fail before `FailureAction` happens: `0.1` is 10 %. At `1` it never happens, since the ratio has to be exceeded. */
  readonly MaxFailureRatio?: number;
  /** Whether the old task stops before the new one starts. `start-first` avoids a gap where both can run side by side. */
  readonly Order?: string;
}

export interface RollbackConfig {
  /** How many tasks are rolled back at the same time. Write it when `RollbackConfig` is there: without it every task is replaced at once. */
  readonly Parallelism?: Int;
  /** Pause between rolling back one batch of tasks and the next. The engine stores negative values, which make no sense. */
  readonly Delay?: Int;
  /** What to do when more tasks fail during the rollback than `MaxFailureRatio` allows. */
  readonly FailureAction?: string;
  /** How long a rolled back task is watched for failure. The engine stores negative values, which make no sense. */
  readonly Monitor?: Int;
  /** Share of tasks that may fail before `FailureAction` happens: `0.1` is 10 %. Stay between 0 and 1; the engine does not check it here and stores `5` as well. */
  readonly MaxFailureRatio?: number;
  /** Whether the failing task stops before the one of the previous spec starts. */
  readonly Order?: string;
}

export interface EndpointSpec {
  /** What other services get when they look up the name of this one. `dnsrr` together with a port in `ingress` mode is refused with 400. */
  readonly Mode?: string;
  /** Ports reachable from outside the swarm. Services on a common network reach each other without it. */
  readonly Ports?: readonly (PortConfig | null)[];
}

export interface PortConfig {
  /** A name for people who read the spec; nothing resolves it. */
  readonly Name?: string;
  /** Protocol of the port. A misspelt word silently becomes `tcp`. */
  readonly Protocol?: string;
  /** Port inside the container, 1 to 65535. The engine stores anything that fits 32 bits and does not miss it either; the task then runs and traffic goes nowhere. */
  readonly TargetPort?: Int;
  /** Port on the nodes, 1 to 65535. A larger one is stored and the tasks never start; the same port and protocol twice is refused with 400. */
  readonly PublishedPort?: Int;
  /** Where the port is opened. A misspelt word silently becomes `ingress`, which opens it on every node. */
  readonly PublishMode?: string;
}
