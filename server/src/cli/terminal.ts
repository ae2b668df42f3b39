import { fstatSync, readFileSync, statSync, writeSync } from 'node:fs';
import { wantsColor } from './color';
import type { Terminal } from './command';

/** The terminal of this process; `script` is the program's file. What few commands need is looked up when it is asked for: the streams of Node take long to load. */
export function processTerminal(script: string): Terminal {
  const { env } = process;
  let shown = false;
  const wipe = () => {
    if (shown) write(2, '\r\u001b[2K');
    shown = false;
  };
  const progress = (text: string) => {
    wipe();
    if (text === '') return;
    write(2, text.slice(0, (process.stderr.columns || 80) - 1));
    shown = true;
  };
  const asks = () => isTerminal(0) && isTerminal(1);
  return {
    out: (text) => {
      wipe();
      write(1, text);
    },
    err: (text) => {
      wipe();
      write(2, text);
    },
    color: wantsColor(env, isTerminal(1)),
    progress: isTerminal(2) && env.TERM !== 'dumb' && !env.CI ? progress : undefined,
    clear: isTerminal(1) && env.TERM !== 'dumb' ? () => write(1, '\u001b[2J\u001b[3J\u001b[H') : undefined,
    interruption,
    get ask() {
      return asks() ? askOnTerminal : undefined;
    },
    get askText() {
      return asks() ? (question: string) => answerOnTerminal(`${question} `) : undefined;
    },
    get choose() {
      return asks() ? chooseOnTerminal : undefined;
    },
    stdin: () => readFileSync(0, 'utf8'),
    script,
    cwd: process.cwd(),
    env,
  };
}

/** `/dev/null`, which looks like a terminal and is none; told apart here, since the module that knows takes long to load. */
function nowhere(): number | undefined {
  return statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}

function isTerminal(descriptor: 0 | 1 | 2): boolean {
  try {
    const device = fstatSync(descriptor);
    return device.isCharacterDevice() && device.rdev !== nowhere() && (require('node:tty') as typeof import('node:tty')).isatty(descriptor);
  } catch {
    return false; // it is closed
  }
}

/** Writes all of a text before it goes on. A reader that goes away, such as `head`, is no trouble: then nobody needs the rest. */
function write(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') throw error;
      // a pipe that is full, and that somebody has set not to wait
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
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
