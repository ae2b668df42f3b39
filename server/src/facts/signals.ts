/** The signals that the engine knows by name, with or without `SIG`. Source: engine 28.5, `moby/sys/signal`. */
export const SIGNALS: readonly string[] = (
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ ' +
  'RTMIN RTMIN+1 RTMIN+2 RTMIN+3 RTMIN+4 RTMIN+5 RTMIN+6 RTMIN+7 RTMIN+8 RTMIN+9 RTMIN+10 RTMIN+11 RTMIN+12 RTMIN+13 RTMIN+14 RTMIN+15 ' +
  'RTMAX-14 RTMAX-13 RTMAX-12 RTMAX-11 RTMAX-10 RTMAX-9 RTMAX-8 RTMAX-7 RTMAX-6 RTMAX-5 RTMAX-4 RTMAX-3 RTMAX-2 RTMAX-1 RTMAX'
).split(' ');

/** The first of Linux by number, from 1 on. Source: `signal(7)`, x86 and ARM. */
const NUMBERED = 'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(' ');

/** The name of a signal by its number; undefined for those that have none that the engine knows. */
export function signalOf(number: number): string | undefined {
  // SIGRTMIN is 34
  return NUMBERED[number - 1] ?? SIGNALS.slice(SIGNALS.indexOf('RTMIN'))[number - 34];
}

const OTHER_NAMES: Readonly<Record<string, string>> = { CLD: 'CHLD', IOT: 'ABRT', POLL: 'IO' };

const DOCS: Readonly<Record<string, string>> = {
  ABRT: 'The process gives up, with a core dump.',
  ALRM: 'A timer has run out.',
  BUS: 'Memory was touched that does not exist.',
  CHLD: 'A child process has ended.',
  CONT: 'Goes on after a stop.',
  FPE: 'A number was divided by zero, or the like.',
  HUP: 'The terminal is gone; servers often read their configuration again.',
  ILL: 'The processor does not know an instruction.',
  INT: 'As Ctrl+C does.',
  IO: 'Something can be read or written.',
  KILL: 'Ends at once; the process cannot clean up.',
  PIPE: 'Nobody reads the pipe any more.',
  PROF: 'A profiling timer has run out.',
  PWR: 'The power is going.',
  QUIT: 'As Ctrl+\\ does; nginx and PHP-FPM finish their requests first.',
  SEGV: 'Memory was touched that is not the process\'s own.',
  STKFLT: 'Unused.',
  STOP: 'Holds the process; it cannot be ignored.',
  SYS: 'A system call does not exist, or is filtered.',
  TERM: 'Asks the process to end; what is sent unless something else is said.',
  TRAP: 'A breakpoint.',
  TSTP: 'As Ctrl+Z does.',
  TTIN: 'A process in the background wants to read.',
  TTOU: 'A process in the background wants to write.',
  URG: 'Urgent data has come.',
  USR1: 'For the program to define.',
  USR2: 'For the program to define.',
  VTALRM: 'A timer of its own time has run out.',
  WINCH: 'The window has another size; Apache httpd finishes its requests and ends.',
  XCPU: 'The limit of processor time is reached.',
  XFSZ: 'The limit of file size is reached.',
};

/** What a signal means, by its name or number; undefined for a text that is none. */
export function signalInWords(text: string): string | undefined {
  const name = /^\d+$/.test(text) ? signalOf(Number(text)) : text.toUpperCase().replace(/^SIG/, '');
  if (name === undefined || !SIGNALS.includes(name)) return undefined;
  if (name.startsWith('RT')) return 'A real-time signal, for the program to define; systemd in a container ends with `SIGRTMIN+3`.';
  return DOCS[OTHER_NAMES[name] ?? name];
}
