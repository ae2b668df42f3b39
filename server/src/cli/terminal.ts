import { fstatSync, readFileSync, statSync, writeSync } from 'node:fs';
import { wantsColor } from './color';
import { EXIT, type Terminal, TroubleError } from './command';

/** The terminal of this process; `script` is the program's file. What few commands need is looked up when it is asked for: the streams of Node take long to load. */
export function processTerminal(script: string): Terminal {
  const { env } = process;
  let shown = false;
  let isSending = false;
  const wipe = () => {
    if (shown) tell('\r\u001b[2K');
    shown = false;
  };
  const progress = (text: string) => {
    wipe();
    if (text === '') return;
    tell(text.slice(0, (process.stderr.columns || 80) - 1));
    shown = true;
  };
  const asks = () => isTerminal(0) && isTerminal(1);
  return {
    out: (text) => {
      wipe();
      print(text, isSending);
    },
    err: (text) => {
      wipe();
      tell(text);
    },
    color: wantsColor(env, isTerminal(1)),
    progress: isTerminal(2) && env.TERM !== 'dumb' && !env.CI ? progress : undefined,
    clear: isTerminal(1) && env.TERM !== 'dumb' ? () => print('\u001b[2J\u001b[3J\u001b[H', isSending) : undefined,
    interruption,
    seeThrough: () => void (isSending = true),
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

/**
 * Prints to the standard output. When its reader goes away, such as `head`, nobody needs the rest, and the command ends as
 * that signal ends one; not while something is being sent, whose exit code tells how it went although nobody reads it.
 */
function print(text: string, isSending: boolean): void {
  try {
    write(1, text);
  } catch (error) {
    if (isSending) return;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') process.exit(EXIT.unread);
    throw new TroubleError(`cannot write to the standard output: ${message}.`);
  }
}

/** Prints to the error stream. Where that fails there is nobody to tell, and the exit code still says how it went. */
function tell(text: string): void {
  try {
    write(2, text);
  } catch {
    // nobody reads it
  }
}

/** Writes all of a text before it goes on. */
function write(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
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

/** The answer; an empty one where the person ends the input (Ctrl-D) or wants to stop (Ctrl-C), which is no yes to anything. */
async function answerOnTerminal(question: string): Promise<string> {
  const { createInterface }: typeof import('node:readline/promises') = require('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await new Promise((resolve) => {
      const giveUp = () => {
        tell('\n');
        resolve('');
      };
      lines.once('close', giveUp);
      lines.question(question).then((answer) => {
        lines.off('close', giveUp);
        resolve(answer.trim());
      }, () => undefined);
    });
  } finally {
    lines.close();
  }
}
