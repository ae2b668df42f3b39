import { readHealthTest } from '../grammar/healthTest';
import { splitCommand } from '../grammar/shellWords';
import type { Field } from '../facts/types';
import { isIpAddress } from './text';

export interface ListOfText {
  readonly value: readonly string[];
  readonly title: string;
  /** Whether nothing else can be meant. */
  readonly safe: boolean;
}

/** What a shell would make something else of than a word. */
const SHELL_SYNTAX = /[$`|&;<>(){}*?~#\n]/;

/** The list of strings that one text stands for; undefined where that cannot be told. */
export function listOfText(text: string, { inOneText }: Field): ListOfText | undefined {
  const title = 'Make it a list';
  // nothing, or a list in quotes
  if (text.trim() === '' || /^\[\s*["']/.test(text.trim())) return undefined;
  switch (inOneText) {
    case 'variable':
      return { value: [text], title, safe: /^[A-Za-z_][\w.-]*(=[^\n]*)?$/.test(text) };
    case 'host': {
      // `IP NAME`, or the other way round as the docker command has it
      const [, name, address] = /^([^:=\s]+)[:=](\S+)$/.exec(text.trim()) ?? [];
      if (address !== undefined && isIpAddress(address)) return { value: [`${address} ${name}`], title, safe: true };
      return { value: [text], title, safe: /^\S+\s+\S+$/.test(text.trim()) };
    }
    case 'health-test': {
      const value = readHealthTest(text);
      return value && { value, title: `${title} that starts with \`${value[0]}\``, safe: !/^[A-Z-]+,/.test(text.trim()) };
    }
    case 'program':
      if (SHELL_SYNTAX.test(text)) return { value: ['sh', '-c', text], title: 'Run it in a shell', safe: false };
      return words(text, title);
    case 'arguments':
      return words(text, title);
    case undefined:
      return { value: [text], title, safe: !/[\s,]/.test(text.trim()) };
  }
}

/** One entry for each word; a program or an argument with spaces or commas in it may be one word or several. */
function words(text: string, title: string): ListOfText | undefined {
  const value = splitCommand(text);
  if (!value || value.length === 0) return undefined;
  return { value, title, safe: !SHELL_SYNTAX.test(text) && (value.length > 1 || !/[\s,]/.test(value[0])) };
}
