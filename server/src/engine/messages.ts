/**
 * The texts of the engine that decide something here, all of them. Statuses alone do not: a stale version index and a
 * misspelt network both answer 500. Only the stable part of a text is matched; test/live/engine.test.ts pins those
 * that a single engine says.
 */

/** Status 500. Seen on 20.10 and 28.5: `rpc error: code = Unknown desc = update out of sequence`. */
export function saysOutOfSequence(message: string): boolean {
  return message.includes('update out of sequence');
}

/** Status 404; networks answer 404 too. Seen on 20.10 and 28.5: `service NAME not found`. */
export function saysNoSuchService(message: string): boolean {
  return /(^|desc = )service .+ not found$/.test(message);
}

/** The text is the beginning of several ids and no name. Seen on 28.5: `service X is ambiguous (2 matches found)`. */
export function saysAmbiguous(message: string): boolean {
  return /(^|desc = )service .* is ambiguous/.test(message);
}

/**
 * Status 409. Seen on 20.10 and 28.5:
 * `rpc error: code = AlreadyExists desc = name conflicts with an existing object: service NAME already exists`.
 */
export function saysNameConflict(message: string): boolean {
  return message.includes('name conflicts with an existing object');
}

/**
 * Status 503. Seen on 20.10 and 28.5: `This node is not a swarm manager. Use "docker swarm init" …` outside a swarm, and
 * `This node is not a swarm manager. Worker nodes can't be used …` on a worker. The two other texts, for a manager that
 * waits for its unlock key and for one whose certificates have run out, are in the engine's source.
 */
export function saysNotAManager(message: string): boolean {
  return /This node is not a swarm manager|Swarm is encrypted and needs to be unlocked|Swarm certificates have expired/.test(message);
}

/**
 * Status 500: the managers could not agree, so this one does not know what the swarm stores, and neither do we. Seen
 * with two managers, one of them killed, on 28.5 (the first on 20.10 too):
 * - after 19 s: `code = Unknown desc = raft: failed to process the request: node lost leader status`
 * - after 20 s: `code = DeadlineExceeded desc = context deadline exceeded`
 * - from then on at once: `code = Unknown desc = The swarm does not have a leader. …`
 *
 * Any trouble of raft counts, except the one that is about the spec: a request of more than about 1.5 MB, seen on 20.10
 * and 28.5 as `raft: raft message is too large and can't be sent`. Taken for undecided by mistake, a request is looked
 * after once more; taken for refused by mistake, its user would be told something untrue.
 */
export function saysUndecided(message: string): boolean {
  if (message.includes('raft message is too large')) return false;
  return /desc = raft: |swarm does not have a leader|code = (Unavailable|DeadlineExceeded|Canceled|Aborted) |context (deadline exceeded|canceled)/.test(message);
}

/** Status 400 of Go's web server, so also of an engine, on a port that expects TLS. */
export function saysSpeakTls(message: string): boolean {
  return message.includes('Client sent an HTTP request to an HTTPS server');
}
