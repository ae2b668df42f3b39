import { type MochaOptions, reporters, type Runner } from 'mocha';
import { skippedSuites } from './engine';

/** Mocha's own report, then what was skipped and how to enable it, then one line that machines read too. */
export = class Reporter extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      for (const { title, reason } of skippedSuites) console.log(`skipped: ${title}: ${reason}`);
      const { passes = 0, failures = 0, pending = 0 } = this.stats;
      console.log(`\n${passes} passed, ${failures} failed, ${pending} skipped`);
    });
  }
};
