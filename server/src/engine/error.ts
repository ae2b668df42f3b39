/**
 * Why an engine gave no usable answer.
 *
 * - `unreachable`: no connection came about, so nothing was sent.
 * - `timeout`: connected, and no answer within the time.
 * - `cut`: connected, and the connection ended in the middle of the request or of the answer.
 * - `notAnEngine`: something answered that is no Docker Engine, such as a web server or a proxy.
 * - `cancelled`: whoever asked did not want to wait any longer; see `sent`.
 * - `tooLarge`: the answer is larger than a client should hold.
 * - `notAManager`: the engine takes no services: a worker, outside any swarm, or locked.
 * - `undecided`: the manager answered that it could not finish, which says nothing about what the swarm stored.
 * - `refused`: the engine answered with an error of its own.
 */
export type EngineTrouble =
  | 'unreachable'
  | 'timeout'
  | 'cut'
  | 'notAnEngine'
  | 'cancelled'
  | 'tooLarge'
  | 'notAManager'
  | 'undecided'
  | 'refused';

/** Trouble with an engine. The message is meant for people: what, where and how to go on. It never holds a credential. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly trouble: EngineTrouble,
    message: string,
    /** HTTP status, where there was an answer. */
    readonly status?: number,
    /** Whether anything of the request can have reached the engine. */
    readonly sent: boolean = trouble !== 'unreachable',
  ) {
    super(message);
  }
}

/** What was read, or undefined where the engine alone refuses it, as behind a proxy that guards the socket. */
export async function unlessRefused<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof EngineError && error.trouble === 'refused') return undefined;
    throw error;
  }
}

/** What is read, or undefined where the engine gives no answer: for what is only told in addition, and takes nothing away from what was done. */
export async function unlessTrouble<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
