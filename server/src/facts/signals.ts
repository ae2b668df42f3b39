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
