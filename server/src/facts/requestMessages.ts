/** What the engine says of a request as a whole, whatever spec is in it. */
export interface RequestMessage {
  /** The stable part of the message; `…` stands for anything. */
  readonly message: string;
  readonly means: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly source: string;
}

export const REQUEST_MESSAGES: readonly RequestMessage[] = [
  {
    message: 'update out of sequence',
    means: 'The version index of the request is not that of the service: somebody or something has changed it since it was read. The engine answers 500 and stores nothing. While a rollout goes on, the engine moves the index by itself.',
    remedy: 'Read the service again, see what has changed, and send the update with the new index. `swarmspec apply` does that and shows both changes.', source: 'engine 28.5: 500',
  },
  { message: 'invalid service version', means: 'The `version` of the request is missing or is no number.', remedy: 'Send `?version=N` with `Version.Index` of the service as it was read.', source: 'engine 28.5: 400' },
  {
    message: 'service … does not have a previous spec', means: 'There is nothing to roll back to: the service has not been updated yet, or has been rolled back.',
    remedy: 'Apply the spec that is wanted; `swarmspec rollback` says beforehand where there is none.', source: 'engine 28.5: 400; 500 for `registryAuthFrom=previous-spec`',
  },
  { message: 'unsupported registryAuthFrom value', means: '`registryAuthFrom` is `spec` or `previous-spec`.', remedy: 'Leave it out, or write one of the two.', source: 'engine 28.5: 500' },
  {
    message: 'unsupported Content-Type header', means: 'The body was sent as something else than JSON; YAML is not understood.',
    remedy: 'Send `Content-Type: application/json` and a body of JSON. `swarmspec convert --to json` makes it of YAML.', source: 'engine 28.5: 400',
  },
  { message: 'malformed Content-Type header', means: 'The request says nothing of what its body is.', remedy: 'Send `Content-Type: application/json`.', source: 'engine 28.5: 400' },
  { message: 'service … is ambiguous', means: 'The request names the service by the beginning of an id that several services share.', remedy: 'Name it in full.', source: 'engine 28.5: 400' },
  { message: 'service … not found', means: 'There is no service of this name or id.', remedy: '`docker service ls` lists them. A create makes one.', source: 'engine 28.5: 404' },
  { message: 'client version … is too new', means: 'The path of the request names an API version that the engine does not speak.', remedy: 'Ask for the version that the message names, or for none: `docker version` tells it.', source: 'engine 28.5: 400' },
  { message: 'client version … is too old', means: 'The path of the request names an API version that the engine no longer speaks.', remedy: 'Ask for the version that the message names, or newer.', source: 'engine 28.5: 400' },
  { message: 'This node is not a swarm manager', means: 'The engine that was asked is no manager, so it knows no services.', remedy: 'Ask a manager: `swarmspec plan --host`, a docker context, or DOCKER_HOST.', source: 'engine 28.5: 503' },
  { message: 'Swarm is encrypted and needs to be unlocked', means: 'The manager was started again and waits for its key.', remedy: 'Run `docker swarm unlock` there.', source: 'engine 28.5: 503' },
];
