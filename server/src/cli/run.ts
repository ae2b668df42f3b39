import { EXIT } from './command';
import { main } from './main';
import { processTerminal } from './terminal';

/** Runs the command line of this process. */
export function run(): void {
  const terminal = processTerminal();
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
