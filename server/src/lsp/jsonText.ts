/**
 * A list that a client is sent, as the text that goes over the wire. Long lists are written piece by piece, in slices that
 * keep nobody waiting; where a connection takes no text, it is the list again (`toJSON`).
 */
export class JsonText {
  constructor(
    /** UTF-8. */
    readonly pieces: readonly Uint8Array[],
  ) {}

  toJSON(): unknown {
    const decoder = new TextDecoder();
    return JSON.parse(this.pieces.map((piece) => decoder.decode(piece)).join(''));
  }
}

const ENCODER = new TextEncoder();

export function toBytes(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** So many items of a list are written at once. */
const BATCH = 100;

/** A list of items that are made as they are written, with a pause after each batch. */
export function* writtenList<T>(items: readonly T[], make: (item: T) => object): Generator<void, JsonText> {
  const pieces = [toBytes('[')];
  for (let at = 0; at < items.length; at += BATCH) {
    pieces.push(toBytes((at > 0 ? ',' : '') + JSON.stringify(items.slice(at, at + BATCH).map(make)).slice(1, -1)));
    yield;
  }
  return new JsonText([...pieces, toBytes(']')]);
}
