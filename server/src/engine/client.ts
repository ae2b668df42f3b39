import { parseExact } from '../document/exact';
import { isObject, type SpecObject, type SpecValue } from '../document/value';
import type { CreateRequest, Engine, EngineAnswer, EngineInfo, LiveNode, LiveService, LiveTask, SwarmState, UpdateRequest } from './engine';
import { EngineError } from './error';
import type { EngineHost } from './host';
import { send, type HttpAnswer, type HttpRequest } from './http';
import {
  saysAmbiguous,
  saysNameConflict,
  saysNoSuchService,
  saysNotAManager,
  saysOutOfSequence,
  saysSpeakTls,
  saysUndecided,
} from './messages';

export interface ConnectOptions {
  /** Longest silence of the engine, in ms. Generous, since a swarm that elects a new leader answers late. */
  readonly timeoutMs?: number;
  /** Largest answer that is read. */
  readonly maxBytes?: number;
}

/** An engine at this address. Nothing is sent yet: `ping` tells whether it is there. */
export function connect(host: EngineHost, { timeoutMs = 30_000, maxBytes = 64 * 1024 ** 2 }: ConnectOptions = {}): Engine {
  const { address } = host;
  const ask = (request: HttpRequest) => send(host, request, { timeoutMs, maxBytes });

  /** The value that a GET answers, or an `EngineError`. */
  async function read(path: string): Promise<SpecValue> {
    const answer = await ask({ method: 'GET', path });
    const value = parseExact(answer.text);
    if (answer.status === 200 && value !== undefined) return value;
    throw toError(address, answer);
  }

  async function readList(path: string): Promise<SpecObject[]> {
    const value = await read(path);
    if (!Array.isArray(value)) throw notAnEngine(address, `\`GET ${path}\` gives no list.`);
    return value.filter(isObject);
  }

  async function write(path: string, { body, registryAuth }: CreateRequest): Promise<EngineAnswer> {
    const headers: Record<string, string> = registryAuth ? { 'X-Registry-Auth': registryAuth } : {};
    try {
      return toAnswer(address, await ask({ method: 'POST', path, body, headers }), registryAuth);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { kind: error.trouble === 'unreachable' ? 'unreachable' : 'unknownEnding', cause: error };
    }
  }

  return {
    address,

    async ping(): Promise<EngineInfo> {
      const ping = await ask({ method: 'GET', path: '/_ping' });
      const apiVersion = ping.headers['api-version'];
      if (ping.status !== 200 || typeof apiVersion !== 'string') throw toError(address, ping);
      const version = await read('/version');
      if (!isObject(version)) throw notAnEngine(address, '`GET /version` gives no object.');
      // Engines before 20.10 do not tell about the swarm in the ping.
      const swarm = textOf(ping.headers.swarm) ?? swarmOf(await read('/info'));
      return {
        apiVersion,
        minApi: textOf(version.MinAPIVersion),
        engineVersion: textOf(version.Version) ?? 'unknown',
        swarm: toSwarmState(swarm),
        experimental: ping.headers['docker-experimental'] === 'true',
      };
    },

    async service(nameOrId, api) {
      // These are no names, and as a path they lead elsewhere.
      if (/^\.{0,2}$|\//.test(nameOrId)) return undefined;
      const answer = await ask({ method: 'GET', path: `${prefix(api)}/services/${encodeURIComponent(nameOrId)}` });
      const value = parseExact(answer.text);
      if (answer.status !== 200) {
        const message = messageOf(answer);
        if (message !== undefined && (saysNoSuchService(message) || saysAmbiguous(message))) return undefined;
        throw toError(address, answer);
      }
      const service = toService(value);
      if (!service) throw notAnEngine(address, 'it answers with a service that has no id, no version index or no spec.');
      return service.id === nameOrId || service.spec.Name === nameOrId ? service : undefined;
    },

    update(id, request: UpdateRequest) {
      const query = new URLSearchParams({ version: String(request.version) });
      if (request.registryAuthFrom) query.set('registryAuthFrom', request.registryAuthFrom);
      if (request.rollback) query.set('rollback', request.rollback);
      return write(`${prefix(request.api)}/services/${encodeURIComponent(id)}/update?${query}`, request);
    },

    create(request) {
      return write(`${prefix(request.api)}/services/create`, request);
    },

    async tasks(serviceId, api, only) {
      // The engine's own client asks for `_up-to-date`, which no description of the API has.
      const filters = { service: [serviceId], ...(only === 'upToDate' && { '_up-to-date': ['true'] }) };
      const list = await readList(`${prefix(api)}/tasks?${new URLSearchParams({ filters: JSON.stringify(filters) })}`);
      return list.map(toTask);
    },

    async nodes(api) {
      return (await readList(`${prefix(api)}/nodes`)).map(toNode);
    },

    async networks(api) {
      return (await readList(`${prefix(api)}/networks`)).map(({ Id, Name, Scope }) => ({ id: String(Id), name: String(Name), scope: String(Scope) }));
    },
  };
}

/** The path of an API version. Anything but `1.49` would be another path, so it is a mistake of the caller. */
function prefix(api: string): string {
  if (!/^\d+\.\d+$/.test(api)) throw new TypeError(`API version ${JSON.stringify(api)} is not of the form 1.49`);
  return `/v${api}`;
}

/** What an update or a creation has come to, by what the engine says of it. */
function toAnswer(address: string, answer: HttpAnswer, secret: string | undefined): EngineAnswer {
  const { status } = answer;
  if (status === 200 || status === 201) {
    const value = parseExact(answer.text);
    if (!isObject(value)) return { kind: 'unknownEnding', cause: toError(address, answer) };
    const warnings = Array.isArray(value.Warnings) ? value.Warnings.filter((text) => typeof text === 'string') : [];
    return { kind: 'ok', warnings, ...(typeof value.ID === 'string' && { id: value.ID }) };
  }
  const said = messageOf(answer);
  if (said === undefined || saysSpeakTls(said)) return { kind: 'unknownEnding', cause: toError(address, answer) };
  const message = secret ? said.replaceAll(secret, '…') : said;
  if (saysOutOfSequence(message)) return { kind: 'outOfSequence', message };
  if (status === 404 && saysNoSuchService(message)) return { kind: 'notFound', message };
  if (status === 409 && saysNameConflict(message)) return { kind: 'nameConflict', message };
  if (status === 503 && saysNotAManager(message)) return { kind: 'notAManager', message };
  if (status === 503 || (status >= 500 && saysUndecided(message))) {
    const consequence = 'It is unknown whether the swarm has stored the change.';
    return { kind: 'unknownEnding', cause: new EngineError('undecided', `${consequence} ${undecided(address, message)}`, status) };
  }
  return { kind: 'refused', status, message };
}

/** An answer that is none of those hoped for. */
function toError(address: string, answer: HttpAnswer): EngineError {
  const { status } = answer;
  const message = messageOf(answer);
  if (message === undefined) return notAnEngine(address, `it answers with status ${status} and ${kindOf(answer)}.`, status);
  if (saysSpeakTls(message)) return notAnEngine(address, 'the port expects TLS, which is not supported yet. Use a socket (`unix://…`) instead.', status);
  if (saysNotAManager(message)) {
    return new EngineError(
      'notAManager',
      `The engine at \`${address}\` is not an active swarm manager, and services live on managers. Ask a manager instead. The engine says: ${message}`,
      status,
    );
  }
  if (status === 503 || saysUndecided(message)) return new EngineError('undecided', undecided(address, message), status);
  return new EngineError('refused', `The engine at \`${address}\` answers with status ${status}: ${message}`, status);
}

function undecided(address: string, message: string): string {
  return `The manager at \`${address}\` could not finish the request. Are more than half of the managers up? The engine says: ${message}`;
}

function notAnEngine(address: string, why: string, status?: number): EngineError {
  return new EngineError('notAnEngine', `What answers at \`${address}\` does not look like a Docker Engine: ${why}`, status);
}

/** What the engine says in an answer of its own: `{"message": TEXT}`, or a short line of text from its router. */
function messageOf({ status, headers, text }: HttpAnswer): string | undefined {
  if (status < 400) return undefined;
  const value = parseExact(text);
  if (isObject(value) && typeof value.message === 'string') return value.message.trim();
  const isPlain = /^text\/plain/.test(headers['content-type'] ?? 'text/plain');
  const line = text.trim();
  return isPlain && line !== '' && line.length < 500 && !line.startsWith('<') ? line : undefined;
}

function kindOf({ headers, text }: HttpAnswer): string {
  if (text.trim() === '') return 'nothing else';
  if (/html/i.test(headers['content-type'] ?? '') || /^\s*</.test(text)) return 'an HTML page';
  return 'a text that is no message of an engine';
}

function toService(value: SpecValue | undefined): LiveService | undefined {
  if (!isObject(value) || typeof value.ID !== 'string' || !isObject(value.Spec) || !isObject(value.Version)) return undefined;
  const index = value.Version.Index;
  if (typeof index !== 'number' && typeof index !== 'bigint') return undefined;
  return {
    id: value.ID,
    index: String(index),
    spec: value.Spec,
    ...(isObject(value.PreviousSpec) && { previousSpec: value.PreviousSpec }),
    ...(isObject(value.Endpoint) && { endpoint: value.Endpoint }),
    ...(isObject(value.UpdateStatus) && { updateStatus: value.UpdateStatus }),
    raw: value,
  };
}

function toTask(raw: SpecObject): LiveTask {
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

function toNode(raw: SpecObject): LiveNode {
  const member = (object: SpecValue | undefined, name: string) => (isObject(object) ? textOf(object[name]) : undefined);
  return {
    id: textOf(raw.ID) ?? '',
    hostname: member(raw.Description, 'Hostname'),
    state: member(raw.Status, 'State') ?? 'unknown',
    availability: member(raw.Spec, 'Availability') ?? 'active',
    raw,
  };
}

function toSwarmState(text: string): SwarmState {
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
function swarmOf(info: SpecValue): string {
  const swarm = isObject(info) && isObject(info.Swarm) ? info.Swarm : {};
  if (swarm.LocalNodeState !== 'active') return textOf(swarm.LocalNodeState) ?? 'unknown';
  return swarm.ControlAvailable === true ? 'active/manager' : 'active/worker';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
