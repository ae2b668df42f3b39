import { list, string, struct, uint64 } from '../make';
import { ContainerSpec } from './containerSpec';
import { Driver } from './logDriver';
import { NetworkAttachmentConfig } from './networkAttachment';
import { Placement } from './placement';
import { RuntimeSpec } from './pluginSpec';
import { ResourceRequirements } from './resources';
import { RestartPolicy } from './restartPolicy';

export const NetworkAttachmentSpec = struct('NetworkAttachmentSpec', {
  ContainerID: {
    type: string,
    since: '1.38',
    doc: 'ID of the container that is attached to a network.',
    source: 'API v1.38; engine 28.5: absent in GET',
  },
});

export const TaskSpec = struct('TaskSpec', {
  ContainerSpec: {
    type: ContainerSpec,
    usual: true,
    since: '1.25',
    doc: 'The container of each task: image, command, environment, files. Every service has one, except for `Runtime: plugin`.',
    source: 'API v1.25; engine 28.5: 400 "mismatched Runtime and *Spec fields" without it',
  },
  PluginSpec: {
    type: RuntimeSpec,
    since: '1.31',
    doc: 'A plugin that is installed on every node, for `Runtime: plugin` only; next to a container it is dropped. The engine has to run with experimental features, and the service is always global.',
    source: 'API v1.31; engine 28.5: 500 "only supported in experimental", 400 "plugins must not use replicated mode"',
  },
  NetworkAttachmentSpec: {
    type: NetworkAttachmentSpec,
    neverStored:
      'The engine makes network attachments itself, for containers on attachable networks, and takes none from a spec. Use `TaskTemplate.Networks` to attach a service.',
    since: '1.38',
    doc: 'What a network attachment made by the engine looks like. It cannot be written.',
    source: 'API v1.38; engine 28.5: absent in GET',
  },
  Resources: {
    type: ResourceRequirements,
    usual: true,
    since: '1.25',
    doc: 'What a task may use at most, and what has to be free on a node before it is placed there. Adding even `{}` restarts all tasks.',
    source: 'API v1.25; engine 28.5',
  },
  RestartPolicy: {
    type: RestartPolicy,
    usual: true,
    default: 'always restarted, 5 seconds after the end of the task',
    since: '1.25',
    doc: 'Whether and when a task that ended is replaced.',
    source: 'API v1.25; engine 28.5',
  },
  Placement: {
    type: Placement,
    usual: true,
    since: '1.25',
    doc: 'Which nodes tasks may run on, and how they are spread. To remove all of it from a running service send `{}`: an update that leaves the block out and changes nothing else in the task crashes managers up to engine 29.6.',
    source: 'API v1.25; engine 28.5: nil pointer panic when the block is removed',
  },
  Networks: {
    type: list(
      {
        type: NetworkAttachmentConfig,
        since: '1.25',
        doc: 'One network; `Target` is its name or ID. List each network once, since a second entry only takes a second virtual IP.',
        source: 'API v1.25; engine 28.5',
      },
      'default-object',
    ),
    usual: true,
    since: '1.25',
    doc: 'Networks of the tasks. Services on a common overlay network find each other by name. When the deprecated `Networks` of the service is given too, this one wins.',
    source: 'API v1.25; engine 28.5',
  },
  LogDriver: {
    type: Driver,
    default: 'the log driver each node is configured with',
    since: '1.25',
    doc: 'Where the output of the tasks goes. The keys are `Name` and `Options`; `Type` and `Config` of a container are dropped without a word.',
    source: 'API v1.25; engine 28.5',
  },
  ForceUpdate: {
    type: uint64,
    unit: 'counter',
    default: '`0`, which restarts all tasks when the running service has another number',
    examples: [1],
    since: '1.25',
    doc: 'Change it to replace all tasks although nothing else changed. Only the difference counts, upwards or downwards.',
    source: 'API v1.25; Go type uint64; engine 28.5',
  },
  Runtime: {
    type: string,
    words: {
      words: {
        container: { doc: 'Tasks are containers, described by `ContainerSpec`.' },
        plugin: { doc: 'Tasks are plugins, described by `PluginSpec`. The engine has to run with experimental features.' },
        attachment: {
          doc: 'Network attachments, which the engine makes itself.',
          refused: 'The engine makes network attachments itself and answers 400 "unsupported runtime" to this.',
        },
      },
      unknown: 'refused',
      letterCase: 'exact',
      empty: 'container',
    },
    default: '`container`',
    since: '1.30',
    doc: 'What tasks are. Nearly every service leaves it out.',
    source: 'API v1.30; engine 28.5: 400 "unsupported runtime"',
  },
});
