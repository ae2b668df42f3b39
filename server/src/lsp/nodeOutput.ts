import type { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { AbstractMessageWriter, type Message, type MessageWriter, type ResponseMessage } from 'vscode-languageserver/node';
import { JsonText, toBytes } from './jsonText';

/** So much goes out at once: a pipe takes no more either. */
const BATCH_BYTES = 64 * 1024;

/**
 * Messages on their way to a client, in their order. A result that is text already is sent as it is, a batch at a time: a long
 * answer is not copied, and no reason to keep the process from anything else until its last byte is taken.
 */
export class Output extends AbstractMessageWriter implements MessageWriter {
  private last: Promise<void> = Promise.resolve();
  private failed = 0;

  constructor(private readonly stream: Writable) {
    super();
    stream.on('error', (error) => this.fireError(error));
    stream.on('close', () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    const sent = this.last.then(() => this.send(message));
    this.last = sent.catch((error: Error) => this.fireError(error, message, ++this.failed));
    return sent;
  }

  end(): void {
    this.stream.end();
  }

  private async send(message: Message): Promise<void> {
    const pieces = piecesOf(message);
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    let batch = [toBytes(`Content-Length: ${length}\r\n\r\n`)];
    let size = 0;
    for (const piece of pieces) {
      batch.push(piece);
      size += piece.length;
      if (size < BATCH_BYTES) continue;
      await this.writeAll(batch);
      await turn();
      batch = [];
      size = 0;
    }
    if (batch.length > 0) await this.writeAll(batch);
  }

  /** Writes all pieces in one go, without making one of them. */
  private writeAll(batch: readonly Uint8Array[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.stream.cork();
      batch.forEach((piece, i) => this.stream.write(piece, i < batch.length - 1 ? undefined : (error) => (error ? reject(error) : resolve())));
      this.stream.uncork();
    });
  }
}

function piecesOf(message: Message): readonly Uint8Array[] {
  const { result, ...rest } = message as ResponseMessage;
  const written: unknown = result;
  if (!(written instanceof JsonText)) return [toBytes(JSON.stringify(message))];
  return [toBytes(`${JSON.stringify(rest).slice(0, -1)},"result":`), ...written.pieces, toBytes('}')];
}
