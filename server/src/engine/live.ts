import { isObject, type SpecObject, type SpecValue } from '../document/value';
import type { LiveImage, LiveNode, LiveReference, LiveService, LiveSwarm, LiveTask, SwarmState } from './engine';

/** Answers of the engine as the objects that `Engine` gives. */

export function toService(value: SpecValue | undefined): LiveService | undefined {
  if (!isObject(value) || typeof value.ID !== 'string' || !isObject(value.Spec) || !isObject(value.Version)) return undefined;
  const index = value.Version.Index;
  if (typeof index !== 'number' && typeof index !== 'bigint') return undefined;
  return {
    id: value.ID,
    name: textOf(value.Spec.Name) ?? '',
    index: String(index),
    spec: value.Spec,
    ...(isObject(value.PreviousSpec) && { previousSpec: value.PreviousSpec }),
    ...(isObject(value.Endpoint) && { endpoint: value.Endpoint }),
    ...(isObject(value.UpdateStatus) && { updateStatus: value.UpdateStatus }),
    raw: value,
  };
}

export function toTask(raw: SpecObject): LiveTask {
  const status = isObject(raw.Status) ? raw.Status : {};
  return {
    id: textOf(raw.ID) ?? '',
    ...(typeof raw.Slot === 'number' && { slot: raw.Slot }),
    nodeId: textOf(raw.NodeID),
    desiredState: textOf(raw.DesiredState) ?? '',
    state: textOf(status.State) ?? '',
    message: textOf(status.Message),
    error: textOf(status.Err),
    raw,
  };
}

export function toNode(raw: SpecObject): LiveNode {
  const [spec, status, description] = [raw.Spec, raw.Status, raw.Description].map(objectOf);
  const [platform, engine] = [description.Platform, description.Engine].map(objectOf);
  return {
    id: textOf(raw.ID) ?? '',
    hostname: textOf(description.Hostname),
    state: textOf(status.State) ?? 'unknown',
    availability: textOf(spec.Availability) ?? 'active',
    role: textOf(spec.Role) ?? 'worker',
    labels: textsOf(spec.Labels),
    engineLabels: textsOf(engine.Labels),
    os: textOf(platform.OS),
    architecture: textOf(platform.Architecture),
    engineVersion: textOf(engine.EngineVersion),
    raw,
  };
}

/** A secret or config of a list; everything else of it is left behind. */
export function toReference(raw: SpecObject): LiveReference {
  return { id: textOf(raw.ID) ?? '', name: textOf(objectOf(raw.Spec).Name) ?? '' };
}

export function toImage(raw: SpecObject): LiveImage {
  // `<none>:<none>` is how engines before 1.43 say that an image has no name.
  const named = (list: SpecValue | undefined) => (Array.isArray(list) ? list.filter((text) => typeof text === 'string' && !text.startsWith('<none>')) : []) as string[];
  return { id: textOf(raw.Id) ?? '', tags: named(raw.RepoTags), digests: named(raw.RepoDigests) };
}

/** The swarm of `GET /info`; undefined where the engine is no manager or cannot ask the other managers. */
export function toSwarm(info: SpecObject): LiveSwarm | undefined {
  const swarm = objectOf(info.Swarm);
  const id = textOf(objectOf(swarm.Cluster).ID);
  if (!id || swarm.ControlAvailable !== true) return undefined;
  return { id, nodeId: textOf(swarm.NodeID) ?? '', managers: Number(swarm.Managers ?? 0), nodes: Number(swarm.Nodes ?? 0) };
}

/** Whether an engine is one of several managers: by its count of them, which may be short while a leader is elected, or by the addresses of the others that it knows. */
export function isOneOfSeveral(info: SpecValue | undefined): boolean {
  const { Managers, RemoteManagers } = objectOf(objectOf(info).Swarm);
  return Number(Managers ?? 0) > 1 || (Array.isArray(RemoteManagers) && RemoteManagers.length > 1);
}

export function toSwarmState(text: string): SwarmState {
  switch (text) {
    case 'active/manager':
      return 'manager';
    case 'active/worker':
      return 'worker';
    case 'inactive':
    case 'pending':
    case 'locked':
    case 'error':
      return text;
    default:
      return 'unknown';
  }
}

/** The same words as in the header of the ping, from `GET /info`. */
export function swarmOf(info: SpecValue): string {
  const swarm = isObject(info) && isObject(info.Swarm) ? info.Swarm : {};
  if (swarm.LocalNodeState !== 'active') return textOf(swarm.LocalNodeState) ?? 'unknown';
  return swarm.ControlAvailable === true ? 'active/manager' : 'active/worker';
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function objectOf(value: SpecValue | undefined): SpecObject {
  return isObject(value) ? value : {};
}

function textsOf(value: SpecValue | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(objectOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
