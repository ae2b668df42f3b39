/**
 * The texts of the engine that decide something here, all of them. Statuses alone do not: a stale version index and a
 * misspelt network both answer 500. Only the stable part of a text is matched; test/live/engine.test.ts pins those seen.
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
 * Status 503. Seen on 20.10 and 28.5 outside a swarm: `This node is not a swarm manager. Use "docker swarm init" …`.
 * The engine's source has the same beginning for workers, and the two other texts for a manager that waits for its
 * unlock key and for one whose certificates have run out.
 */
export function saysNotAManager(message: string): boolean {
  return /This node is not a swarm manager|Swarm is encrypted and needs to be unlocked|Swarm certificates have expired/.test(message);
}

/**
 * The manager could not finish: it lost the leader, or ran out of time while the other managers had to agree. It does not
 * know what the swarm has stored, so neither do we.
 */
export function saysUndecided(message: string): boolean {
  return /swarm does not have a leader|code = (Unavailable|DeadlineExceeded|Canceled|Aborted) |context (deadline exceeded|canceled)/.test(message);
}

/** Status 400 of Go's web server, so also of an engine, on a port that expects TLS. */
export function saysSpeakTls(message: string): boolean {
  return message.includes('Client sent an HTTP request to an HTTPS server');
}
