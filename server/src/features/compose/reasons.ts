import { NOT_IN_SPECS } from '../../facts/notInSpecs';

/** Why a key of a compose service has no place in a spec, and what to do instead. */
export const NOT_CARRIED: Readonly<Record<string, string>> = {
  ...NOT_IN_SPECS,
  container_name: 'A swarm names containers itself, after the service and the task.',
  network_mode: 'A service is attached to networks. For that of the node, attach it to the network `host`.',
  volume_driver: 'Say it at the top of the file, for each volume.',
  runtime: 'A service cannot choose the runtime of containers.',
  platform: 'Write it as `Placement.Platforms` in the spec.',
  scale: 'Write it as `deploy.replicas`.',
  secrets: 'It is not a list, and is left out.',
};

export const OTHERWISE = 'A service has no such field.';
