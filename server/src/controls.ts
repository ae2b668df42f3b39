/** Controls of C0 and C1, and those that change the direction of a text (so that code reads as something else). */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g;

/** A text that cannot steer the terminal: controls become the pictures that Unicode has for them. */
export function withoutControls(text: string): string {
  return text.replaceAll(CONTROL, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
  });
}
