/** What YAML, of either version, reads as something else than text: numbers, times, dates, words. */
const NOT_TEXT = /^(?:[-+]?(?:\d[\d_,]*)?(?:\.\d*)?(?:e[-+]?\d+)?|[-+]?\.(?:inf|nan)|[-+]?0[xob][\da-f_]+|\d+(?::\d+)+|\d{4}-\d\d?-\d\d?.*|true|false|null|yes|no|on|off|y|n|~)$/i;

/** Whether a text can stand in YAML without quotes and is read as this text. */
export function plainInYaml(text: string, inFlow: boolean): boolean {
  if (!/^[^\s\-?:,[\]{}#&*!|>'"%@`=<~]|^-[^\s,[\]{}-]|^--\w/.test(text)) return false;
  return !/[\n\t\r]|: |:$| #|\s$/.test(text) && !(inFlow && /[,[\]{}]|:(?=[,[\]{}])/.test(text)) && !NOT_TEXT.test(text);
}

/** A text in quotes of this kind. */
export function quoted(text: string, quote: '"' | "'"): string {
  return quote === '"' ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}
