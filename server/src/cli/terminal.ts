import { readFileSync } from 'node:fs';
import { wantsColor } from './color';
import type { Terminal } from './command';

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { env, stdin, stdout, stderr } = process;
  let shown = false;
  const wipe = () => {
    if (shown) stderr.write('\r\u001b[2K');
    shown = false;
  };
  const progress = (text: string) => {
    wipe();
    if (text === '') return;
    stderr.write(text.slice(0, (stderr.columns || 80) - 1));
    shown = true;
  };
  return {
    out: (text) => {
      wipe();
      stdout.write(text);
    },
    err: (text) => {
      wipe();
      stderr.write(text);
    },
    color: wantsColor(env, stdout.isTTY === true),
    progress: stderr.isTTY && env.TERM !== 'dumb' && !env.CI ? progress : undefined,
    clear: stdout.isTTY && env.TERM !== 'dumb' ? () => void stdout.write('\u001b[2J\u001b[3J\u001b[H') : undefined,
    interruption,
    ask: stdin.isTTY && stdout.isTTY ? askOnTerminal : undefined,
    askText: stdin.isTTY && stdout.isTTY ? (question) => answerOnTerminal(`${question} `) : undefined,
    choose: stdin.isTTY && stdout.isTTY ? chooseOnTerminal : undefined,
    stdin: () => readFileSync(0, 'utf8'),
    cwd: process.cwd(),
    env,
  };
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  // a second one ends at once, as it does by itself
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

async function askOnTerminal(question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await answerOnTerminal(`${question} [y/N] `));
}

async function chooseOnTerminal(question: string, choices: readonly { readonly key: string; readonly label: string }[]): Promise<string | undefined> {
  const answer = await answerOnTerminal(`${question} ${choices.map(({ key, label }) => `[${key}] ${label}`).join(', ')}: `);
  return choices.find(({ key }) => key === answer.toLowerCase())?.key;
}

async function answerOnTerminal(question: string): Promise<string> {
  const { createInterface }: typeof import('node:readline/promises') = require('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
}
