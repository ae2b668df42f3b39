import { isObject, type SpecValue } from '../document/value';
import type { Path } from '../path';

/** Where the engine's messages point, by their stable part. Texts seen on engine 28.5. */
const PLACES: readonly (readonly [RegExp, Path])[] = [
  [/name must be|renaming services/, ['Name']],
  [/name conflicts with an existing object/, ['Name']],
  [/service mode|Number of replicas|Maximum concurrent jobs|Total completed jobs/, ['Mode']],
  [/networks must be migrated/, ['Networks']],
  [/invalid cpu value/, ['TaskTemplate', 'Resources']],
  [/invalid memory value/, ['TaskTemplate', 'Resources']],
  [/restart-|RestartCondition/, ['TaskTemplate', 'RestartPolicy']],
  [/constraint expected|^.*key '.*' is invalid|value '.*' is invalid/, ['TaskTemplate', 'Placement', 'Constraints']],
  [/secret/, ['TaskTemplate', 'ContainerSpec', 'Secrets']],
  [/config references|config not found|configs not found|config reference|invalid Config/, ['TaskTemplate', 'ContainerSpec', 'Configs']],
  [/CredentialSpec/, ['TaskTemplate', 'ContainerSpec', 'Privileges', 'CredentialSpec']],
  [/expanding hostname/, ['TaskTemplate', 'ContainerSpec', 'Hostname']],
  [/expanding env/, ['TaskTemplate', 'ContainerSpec', 'Env']],
  [/expanding mounts|duplicate mount point|MountType|MountPropagation/, ['TaskTemplate', 'ContainerSpec', 'Mounts']],
  [/image reference|not a valid repository\/tag/, ['TaskTemplate', 'ContainerSpec', 'Image']],
  [/HealthConfig/, ['TaskTemplate', 'ContainerSpec', 'Healthcheck']],
  [/update failure action|update order|update-/, ['UpdateConfig']],
  [/EndpointSpec|resolution mode|port '\d+' is already in use|ingress network, but/, ['EndpointSpec']],
  [/runtime|mismatched Runtime/i, ['TaskTemplate']],
];

/** The place in the spec that a refusal speaks of; undefined where its message names none. */
export function placeOfRefusal(message: string, spec: SpecValue | undefined): Path | undefined {
  const decoded = /Go struct field (?:ServiceSpec|[A-Za-z]+)\.([A-Za-z.]+) of type/.exec(message);
  if (decoded) return decoded[1].split('.');
  const network = /network (\S+) not found|network with name (\S+)|The network (\S+) cannot be used|ingress network "(\S+)"/.exec(message);
  if (network) return networkPlace(network.slice(1).find((name) => name !== undefined) ?? '', spec) ?? ['TaskTemplate', 'Networks'];
  return PLACES.find(([text]) => text.test(message))?.[1];
}

function networkPlace(name: string, spec: SpecValue | undefined): Path | undefined {
  if (!isObject(spec)) return undefined;
  const task = spec.TaskTemplate;
  const lists: [SpecValue | undefined, Path][] = [[isObject(task) ? task.Networks : undefined, ['TaskTemplate', 'Networks']], [spec.Networks, ['Networks']]];
  for (const [list, path] of lists) {
    const index = Array.isArray(list) ? list.findIndex((item) => isObject(item) && item.Target === name) : -1;
    if (index >= 0) return [...path, index, 'Target'];
  }
  return undefined;
}
