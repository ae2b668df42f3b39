const ENCODER = new TextEncoder();

/** How many bytes a text takes as UTF-8, which is what the engine counts. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // two bytes up to U+07FF; three beyond, also for half a pair; four for a pair, which is two characters here
    bytes += code < 0x800 ? 1 : 2;
    if (code >= 0xd800 && code < 0xdc00 && text.charCodeAt(i + 1) >= 0xdc00 && text.charCodeAt(i + 1) < 0xe000) i++;
  }
  return bytes;
}

/** A text as UTF-8. */
export function utf8Bytes(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** The text that base64 in the standard alphabet holds; undefined where it is none. */
export function textOfBase64(base64: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
