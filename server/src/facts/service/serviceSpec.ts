import { list, map, string, struct } from '../make';
import { EndpointSpec } from './endpointSpec';
import { NetworkAttachmentConfig } from './networkAttachment';
import { RollbackConfig } from './rollbackConfig';
import { ServiceMode } from './serviceMode';
import { TaskSpec } from './taskSpec';
import { UpdateConfig } from './updateConfig';

/** The root: the body of `POST /services/create` and `POST /services/{id}/update`. */
export const ServiceSpec = struct('ServiceSpec', {
  Name: {
    type: string,
    bareText: 'number',
    usual: true,
    default: 'a random name such as `jolly_turing` on create; on update leaving it out counts as a rename and is refused with 501',
    examples: ['web', 'shop-api'],
    since: '1.25',
    doc: 'Name of the service, which is also its DNS name on its networks. 1 to 63 letters and digits with `-` and `_` inside; it cannot be changed later, not even its letter case.',
    source: 'API v1.25; engine 28.5: 400 "name must be valid as a DNS name component", 501 "renaming services is not supported"',
  },
  Labels: {
    type: map({
      type: string,
      bareText: 'number-or-boolean',
      examples: ['shop', 'production'],
      since: '1.25',
      doc: 'Text of the label. A number or `true` has to be quoted; a key with nothing after it becomes the empty string.',
      source: 'API v1.25; engine 28.5',
    }),
    usual: true,
    since: '1.25',
    doc: 'Labels of the service object, for filters and for tools that watch the swarm. Containers do not see them (that is `TaskTemplate.ContainerSpec.Labels`), and changing them restarts nothing.',
    source: 'API v1.25; engine 28.5',
  },
  TaskTemplate: {
    type: TaskSpec,
    usual: true,
    since: '1.25',
    doc: 'What every task of the service runs: container, resources, placement, networks. Almost any change in here replaces all tasks.',
    source: 'API v1.25; engine 28.5: 400 "mismatched Runtime and *Spec fields" without it',
  },
  Mode: {
    type: ServiceMode,
    usual: true,
    default: '`{"Replicated": {"Replicas": 1}}`, also on update: leaving it out scales a replicated service to 1',
    since: '1.25',
    doc: 'How many tasks there are and whether they run for ever. Exactly one of `Replicated`, `Global`, `ReplicatedJob` and `GlobalJob`; the kind of an existing service cannot be changed.',
    source: 'API v1.25; engine 28.5: 400 "must specify only one service mode", 501 "service mode change is not allowed"',
  },
  UpdateConfig: {
    type: UpdateConfig,
    usual: true,
    default: 'one task at a time, pausing after a failure',
    since: '1.25',
    doc: 'How an update replaces running tasks. Present without `Parallelism` it replaces all tasks at once, so an empty block is not the same as none. Jobs refuse it.',
    source: 'API v1.25; engine 28.5: 400 "Jobs may not have an update config"',
  },
  RollbackConfig: {
    type: RollbackConfig,
    default: 'one task at a time, pausing after a failure',
    since: '1.28',
    doc: 'How a rollback replaces running tasks, whether asked for or started by `UpdateConfig.FailureAction`. The engine does not check its numbers, and jobs ignore it.',
    source: 'API v1.28; engine 28.5',
  },
  EndpointSpec: {
    type: EndpointSpec,
    usual: true,
    default: 'mode `vip` and no published ports',
    since: '1.25',
    doc: 'How the service is reached: virtual IP or DNS, and its published ports. An update without it unpublishes every port.',
    source: 'API v1.25; engine 28.5',
  },
  Networks: {
    type: list(
      {
        type: NetworkAttachmentConfig,
        since: '1.25',
        doc: 'One network, attached the old way. Write it under `TaskTemplate.Networks` instead.',
        source: 'API v1.25',
      },
      'default-object',
    ),
    since: '1.25',
    deprecated: {
      since: '1.44',
      use: 'TaskTemplate.Networks',
      note: 'Engine 29 discards it without a word from API v1.44 on, so the service runs without its networks.',
    },
    engines:
      'Engine 28 attaches these networks at every API version, unless `TaskTemplate.Networks` is given too. ' +
      'Engine 29 moves them to `TaskTemplate.Networks` below API v1.44 and silently drops them from v1.44 on.',
    doc: 'Networks of the service, in the place they had before API v1.44. Engine 28 refuses to change the list on update (501), except together with moving it to `TaskTemplate.Networks`.',
    source: 'API v1.25, deprecated in v1.44; engine 28.5: 501 "networks must be migrated to TaskSpec before being changed"; engine 29-dev',
  },
});
