import { EXIT, THREAD } from './command';
import { main } from './main';
import { processTerminal } from './terminal';

/** Runs the command line of this process, or the work of a thread that it has started. `script` is the program's file. */
export function run(script: string): void {
  if (process.argv[2] === THREAD && (require('./threads') as typeof import('./threads')).workInThread()) return;
  const terminal = processTerminal(script);
  main(process.argv.slice(2), terminal).then(
    (code) => {
      process.exitCode = code;
    },
    (error: Error) => {
      terminal.err(`swarmspec: this is a bug of swarmspec: ${process.env.SWARMSPEC_DEBUG ? error.stack : error.message}\n`);
      process.exitCode = EXIT.trouble;
    },
  );
}
