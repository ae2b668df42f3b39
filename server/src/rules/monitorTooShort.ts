import type { Int } from '../facts/serviceSpec';
import { count, formatDuration } from '../facts/units';
import { serviceRule } from './rule';

const MONITOR_DEFAULT = 5_000_000_000n;
const INTERVAL_DEFAULT = 30_000_000_000n;
const RETRIES_DEFAULT = 3;

export default serviceRule({
  id: 'monitor-too-short',
  effect: 'advice',
  decidedBy: 'FailureAction',
  summary: '`Monitor` lasts as long as the health check takes to fail.',
  why: 'A new task is watched for `Monitor` from its first good probe on, which also ends `StartPeriod`. It is unhealthy after `Retries` bad probes in a row. When that takes longer, the update is complete by then: the task neither counts towards `MaxFailureRatio` nor leads to `FailureAction`. One that is never healthy counts, whenever it ends.',
  source: 'swarmkit updater: a failure counts within `Monitor` after the task is running',
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD, "true"], Interval: 30000000000, Retries: 3 }\nUpdateConfig: { Parallelism: 1, Monitor: 10000000000, FailureAction: rollback }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck: { Test: [CMD, "true"], Interval: 5000000000, Retries: 3 }\nUpdateConfig: { Parallelism: 1, Monitor: 30000000000, FailureAction: rollback }\n',
  },

  check(spec, { report }) {
    const health = spec.TaskTemplate?.ContainerSpec?.Healthcheck;
    const [kind] = health?.Test ?? [];
    // without a test, the image may say how long it takes
    if (!health || !(kind ? kind === 'CMD' || kind === 'CMD-SHELL' : health.Interval)) return;
    const interval = BigInt(health.Interval || INTERVAL_DEFAULT);
    const retries = Number(health.Retries || RETRIES_DEFAULT);
    const needed = interval * BigInt(retries);
    const members = ['Test', 'Interval', 'Retries'].map((member) => ['TaskTemplate', 'ContainerSpec', 'Healthcheck', member]);
    for (const name of ['UpdateConfig', 'RollbackConfig'] as const) {
      const config = spec[name];
      // nothing happens on failure with `continue`, nor where every task may fail; without `Monitor` only a word says that someone counts on it
      if (!config || config.FailureAction === 'continue' || (config.MaxFailureRatio ?? 0) >= 1 || (config.Monitor === undefined && !config.FailureAction)) continue;
      const monitor = BigInt(config.Monitor || MONITOR_DEFAULT);
      // a few nanoseconds are a mistake of their own
      if (monitor < 1_000_000n || monitor >= needed) continue;
      report({
        at: config.Monitor === undefined ? [name, 'FailureAction'] : [name, 'Monitor'],
        computesWith: [...members, ...['Monitor', 'MaxFailureRatio'].map((member) => [name, member])],
        message: `\`Monitor\` is ${formatDuration(monitor)}${byDefault(config.Monitor, ' when left out')}, and the health check takes ${formatDuration(needed)} to fail (${count(retries, 'bad probe')}, one every ${formatDuration(interval)}${byDefault(health.Interval, ' when `Interval` is left out')}): a task that is healthy at first and then fails is noticed too late for \`FailureAction\`.`,
        hint: `Write a \`Monitor\` of at least ${formatDuration(needed)}, \`${needed}\`, or probe more often.`,
      });
    }
  },
});

/** What to add to the number of a default: 0 means it too. */
function byDefault(given: Int | undefined, whenLeftOut: string): string {
  return given === undefined ? whenLeftOut : Number(given) === 0 ? ', the default' : '';
}
