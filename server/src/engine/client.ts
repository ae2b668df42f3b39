import { setTimeout as sleep } from 'node:timers/promises';
import { parseExact } from '../document/exact';
import { isObject, type SpecObject, type SpecValue } from '../document/value';
import type { CallOptions, CreateRequest, DryRunAnswer, Engine, EngineAnswer, EngineInfo, LiveService, UpdateRequest } from './engine';
import { EngineError, unlessRefused } from './error';
import type { EngineHost } from './host';
import { send, type HttpAnswer, type HttpRequest } from './http';
import { isOneOfSeveral, swarmOf, textOf, toImage, toNode, toReference, toService, toSwarm, toSwarmState, toTask } from './live';
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
  /** Longest time of one call, in ms. */
  readonly deadlineMs?: number;
  /** Largest answer that is read. */
  readonly maxBytes?: number;
}

/** What counts where nobody says otherwise. */
export const CALL_LIMITS: Required<ConnectOptions> = { timeoutMs: 30_000, deadlineMs: 120_000, maxBytes: 64 * 1024 ** 2 };

/**
 * After so long a service that is not there is looked for again. While managers elect a new leader, one of them may say 404
 * of a service that exists: seen on 28.5 in 4 of 10 elections, and less than 150 ms later it knew the service again.
 */
const SURE_AFTER_MS = 1000;

/** An engine at this address. Nothing is sent yet: `ping` tells whether it is there. */
export function connect(host: EngineHost & { readonly from?: string }, options: ConnectOptions = {}): Engine {
  const { address } = host;
  const { timeoutMs, deadlineMs, maxBytes } = { ...CALL_LIMITS, ...options };
  const ask = (request: HttpRequest, call: CallOptions = {}) =>
    send(host, request, { timeoutMs: call.timeoutMs ?? timeoutMs, deadlineMs: call.deadlineMs ?? deadlineMs, maxBytes, signal: call.signal });

  /** The value that a GET answers, or an `EngineError`. */
  async function read(path: string, call?: CallOptions): Promise<SpecValue> {
    const answer = await ask({ method: 'GET', path }, call);
    const value = parseExact(answer.text);
    if (answer.status === 200 && value !== undefined) return value;
    throw toError(address, answer);
  }

  async function readObject(path: string, call?: CallOptions): Promise<SpecObject> {
    const value = await read(path, call);
    if (!isObject(value)) throw notAnEngine(address, `\`GET ${path}\` gives no object.`);
    return value;
  }

  async function readList(path: string, call?: CallOptions): Promise<SpecObject[]> {
    return objectsOf(await read(path, call), path);
  }

  function objectsOf(value: SpecValue | undefined, path: string): SpecObject[] {
    if (!Array.isArray(value)) throw notAnEngine(address, `\`GET ${path}\` gives no list.`);
    return value.filter(isObject);
  }

  async function readService(nameOrId: string, api: string, call?: CallOptions): Promise<LiveService | undefined> {
    const answer = await ask({ method: 'GET', path: `${prefix(api)}/services/${encodeURIComponent(nameOrId)}` }, call);
    const value = parseExact(answer.text);
    if (answer.status !== 200) {
      const message = messageOf(answer);
      if (message !== undefined && (saysNoSuchService(message) || saysAmbiguous(message))) return undefined;
      throw toError(address, answer);
    }
    const service = toService(value);
    if (!service) throw notAnEngine(address, NO_SERVICE);
    return service.id === nameOrId || service.name === nameOrId ? service : undefined;
  }

  async function write(path: string, { body, registryAuth }: CreateRequest, call?: CallOptions): Promise<EngineAnswer> {
    const headers: Record<string, string> = registryAuth ? { 'X-Registry-Auth': registryAuth } : {};
    try {
      return toAnswer(address, await ask({ method: 'POST', path, body, headers }, call), registryAuth);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { kind: error.sent ? 'unknownEnding' : 'unreachable', cause: error };
    }
  }

  function update(id: string, request: UpdateRequest, call?: CallOptions): Promise<EngineAnswer> {
    const query = new URLSearchParams({ version: String(request.version) });
    if (request.registryAuthFrom) query.set('registryAuthFrom', request.registryAuthFrom);
    if (request.rollback) query.set('rollback', request.rollback);
    return write(`${prefix(request.api)}/services/${encodeURIComponent(id)}/update?${query}`, request, call);
  }

  return {
    address,
    from: host.from,

    async ping(call): Promise<EngineInfo> {
      const ping = await ask({ method: 'GET', path: '/_ping' }, call);
      const apiVersion = ping.headers['api-version'];
      if (ping.status !== 200 || typeof apiVersion !== 'string') throw toError(address, ping);
      const version = await readObject('/version', call);
      // Engines before 20.10 do not tell about the swarm in the ping.
      const swarm = textOf(ping.headers.swarm) ?? swarmOf(await read('/info', call));
      return {
        apiVersion,
        minApi: textOf(version.MinAPIVersion),
        engineVersion: textOf(version.Version) ?? 'unknown',
        swarm: toSwarmState(swarm),
        experimental: ping.headers['docker-experimental'] === 'true',
      };
    },

    async swarm(api, call) {
      // Not `GET /swarm`, whose answer holds the tokens with which a machine becomes a manager.
      const info = await readObject(`${prefix(api)}/info`, call);
      const swarm = toSwarm(info);
      if (swarm) return swarm;
      if (swarmOf(info) === 'active/manager') throw new EngineError('undecided', undecided(address, 'no cluster in its answer'));
      throw notAManager(address, `swarm state ${swarmOf(info)}`);
    },

    async service(nameOrId, api, call) {
      // These are no names, and as a path they lead elsewhere.
      if (/^\.{0,2}$|\//.test(nameOrId)) return undefined;
      const found = await readService(nameOrId, api, call);
      if (found || !isOneOfSeveral(await unlessRefused(read(`${prefix(api)}/info`, call)))) return found;
      await sleep(SURE_AFTER_MS, undefined, { signal: call?.signal }).catch(() => {}); // cancelled: the next call says so
      return readService(nameOrId, api, call);
    },

    async services(api, call) {
      return (await readList(`${prefix(api)}/services`, call)).map((item) => {
        const service = toService(item);
        if (!service) throw notAnEngine(address, NO_SERVICE);
        return service;
      });
    },

    update,

    create(request, call) {
      return write(`${prefix(request.api)}/services/create`, request, call);
    },

    async dryRun(id, request, call) {
      return toDryRunAnswer(await update(id, { ...request, version: 0 }, call));
    },

    async tasks(serviceId, api, only, call) {
      // The engine's own client asks for `_up-to-date`, which no description of the API has.
      const filters = { service: [serviceId], ...(only === 'upToDate' && { '_up-to-date': ['true'] }) };
      const list = await readList(`${prefix(api)}/tasks?${new URLSearchParams({ filters: JSON.stringify(filters) })}`, call);
      return list.map(toTask);
    },

    async nodes(api, call) {
      return (await readList(`${prefix(api)}/nodes`, call)).map(toNode);
    },

    async networks(api, call) {
      // The list shows the local twins of `host` and `bridge` only; the ids that services are stored with have to be asked for.
      const predefined = ['host', 'bridge'].map((name) => ask({ method: 'GET', path: `${prefix(api)}/networks/${name}?scope=swarm` }, call));
      const [list, ...twins] = await Promise.all([readList(`${prefix(api)}/networks`, call), ...predefined]);
      return [...twins.map(({ text }) => parseExact(text)).filter(isObject).filter(({ Scope }) => Scope === 'swarm'), ...list].map(({ Id, Name, Scope, Ingress }) => ({ id: String(Id), name: String(Name), scope: String(Scope), ...(Ingress === true && { ingress: true }) }));
    },

    async secrets(api, call) {
      return (await readList(`${prefix(api)}/secrets`, call)).map(toReference);
    },

    async configs(api, call) {
      return (await readList(`${prefix(api)}/configs`, call)).map(toReference);
    },

    async volumes(api, call) {
      const path = `${prefix(api)}/volumes`;
      const { Volumes } = await readObject(path, call);
      // Without volumes engines answer with an empty list or with null.
      return objectsOf(Volumes ?? [], path).map(({ Name, Driver }) => ({ name: String(Name), driver: String(Driver) }));
    },

    async images(api, call) {
      return (await readList(`${prefix(api)}/images/json`, call)).map(toImage);
    },
  };
}

const NO_SERVICE = 'it answers with a service that has no id, no version index or no spec.';

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

/** What the end of an update against version index 0 says about its spec. */
function toDryRunAnswer(answer: EngineAnswer): DryRunAnswer {
  switch (answer.kind) {
    case 'outOfSequence':
      return { kind: 'passed' };
    case 'refused':
    case 'notFound':
    case 'notAManager':
      return answer;
    case 'nameConflict':
      return { kind: 'refused', status: 409, message: answer.message };
    case 'ok':
      return { kind: 'accepted', warnings: answer.warnings };
    case 'unreachable':
    case 'unknownEnding':
      return { kind: 'noAnswer', cause: answer.cause };
  }
}

/** An answer that is none of those hoped for. */
function toError(address: string, answer: HttpAnswer): EngineError {
  const { status } = answer;
  const message = messageOf(answer);
  if (message === undefined) return notAnEngine(address, `it answers with status ${status} and ${kindOf(answer)}.`, status);
  if (saysSpeakTls(message)) return notAnEngine(address, 'the port expects TLS. Set `DOCKER_TLS_VERIFY=1` and `DOCKER_CERT_PATH`, or use a docker context that has certificates.', status);
  if (saysNotAManager(message)) return notAManager(address, message, status);
  if (status === 503 || saysUndecided(message)) return new EngineError('undecided', undecided(address, message), status);
  return new EngineError('refused', `The engine at \`${address}\` answers with status ${status}: ${message}`, status);
}

function undecided(address: string, message: string): string {
  return `The manager at \`${address}\` could not finish the request. Are more than half of the managers up? The engine says: ${message}`;
}

function notAManager(address: string, message: string, status?: number): EngineError {
  return new EngineError(
    'notAManager',
    `The engine at \`${address}\` is not an active swarm manager, and services live on managers. Ask a manager instead. The engine says: ${message}`,
    status,
  );
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
