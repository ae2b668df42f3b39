/** A header is a line or two; what goes on for longer without an end is none. */
export const MOST_HEADER = 8192;

/** The longest text that a process can hold at all. */
export const MOST_BODY = 2 ** 29;

/**
 * Follows the frames of the protocol through what comes in, and tells where one cannot be: after it nobody knows where the next
 * begins. The protocol library does not look at a length that is negative or out of reach, and never speaks again.
 */
export class FrameCheck {
  private header = '';
  private bodyLeft = 0;

  /** Takes the next bytes. What is wrong with the header in them, in a sentence; undefined while nothing is. */
  take(bytes: Buffer): string | undefined {
    for (let at = 0; at < bytes.length; ) {
      if (this.bodyLeft > 0) {
        const taken = Math.min(this.bodyLeft, bytes.length - at);
        this.bodyLeft -= taken;
        at += taken;
        continue;
      }
      const known = this.header.length;
      this.header += bytes.toString('latin1', at, at + MOST_HEADER - known);
      const end = this.header.indexOf('\r\n\r\n');
      if (end < 0) return this.header.length < MOST_HEADER ? undefined : `a header has gone on for ${MOST_HEADER} bytes.`;
      const length = lengthIn(this.header.slice(0, end));
      if (typeof length === 'string') return length;
      this.header = '';
      this.bodyLeft = length;
      at += end + 4 - known;
    }
    return undefined;
  }
}

/** The length that a header gives to its body, or what is wrong with it. */
function lengthIn(header: string): number | string {
  const value = /^content-length:(.*)$/im.exec(header)?.[1].trim();
  if (value === undefined) return 'a header has no `Content-Length`.';
  if (!/^\d+$/.test(value)) return `\`Content-Length: ${value.slice(0, 40)}\` is no number of bytes.`;
  return Number(value) <= MOST_BODY ? Number(value) : `\`Content-Length: ${value.slice(0, 40)}\` is more than can be read.`;
}
