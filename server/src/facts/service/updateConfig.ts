import { float32, int64, string, struct, uint64 } from '../make';
import type { Words } from '../types';

/** Shared with `RollbackConfig`, which the engine checks less strictly. */
export const UPDATE_ORDER: Words = {
  words: {
    'stop-first': { doc: 'Stop the old task, then start the new one. There is one task fewer for a moment.' },
    'start-first': {
      doc: 'Start the new task, and stop the old one once it runs. Both run for a moment, so it hangs on a port in `host` mode or at `MaxReplicas` when no node is free.',
    },
  },
  unknown: 'refused',
  letterCase: 'exact',
  empty: 'stop-first',
};

export const MONITOR_DEFAULT = '`5000000000` (5 seconds)';

export const UpdateConfig = struct('UpdateConfig', {
  Parallelism: {
    type: uint64,
    unit: 'tasks',
    usual: true,
    zero: 'all tasks at once',
    default: '`1` when `UpdateConfig` is absent; `0`, all at once, when it is present without this',
    examples: [1, 2],
    since: '1.25',
    doc: 'How many tasks are replaced at the same time. Always write it when `UpdateConfig` is there: without it every task is replaced at once, and `Delay` has no effect.',
    source: 'API v1.25; engine 28.5: 3 replicas replaced together',
  },
  Delay: {
    type: int64,
    unit: 'ns',
    range: { min: 0 },
    leastSensible: 1_000_000,
    zero: 'no pause',
    examples: [10_000_000_000],
    since: '1.25',
    doc: 'Pause between replacing one batch of tasks and the next.',
    source: 'API v1.25; engine 28.5: 400 "update-delay cannot be negative"',
  },
  FailureAction: {
    type: string,
    usual: true,
    words: {
      words: {
        continue: { doc: 'Go on with the remaining tasks.' },
        pause: { doc: 'Stop the update where it is, and wait for someone to look.' },
        rollback: { since: '1.28', doc: 'Go back to the previous spec, the way `RollbackConfig` says.' },
      },
      unknown: 'refused',
      letterCase: 'exact',
      empty: 'pause',
    },
    default: '`pause`',
    since: '1.25',
    doc: 'What to do when more tasks fail than `MaxFailureRatio` allows. A task counts as failed only within `Monitor` after its start.',
    source: 'API v1.25; engine 28.5: 400 "unrecognized update failure action"',
  },
  Monitor: {
    type: int64,
    unit: 'ns',
    range: { min: 0 },
    leastSensible: 1_000_000,
    zero: 'the default, 5 seconds',
    default: MONITOR_DEFAULT,
    examples: [15_000_000_000],
    since: '1.25',
    doc: 'How long a new task is watched for failure. With a few nanoseconds, typically seconds written as such, the update counts as complete before a crash can be noticed, and `FailureAction` never happens.',
    source: 'API v1.25; engine 28.5: 400 "update-monitor cannot be negative"',
  },
  MaxFailureRatio: {
    type: float32,
    unit: 'ratio',
    range: { min: 0, max: 1 },
    zero: 'the first failure is one too many',
    default: '`0`',
    examples: [0.1, 0.25],
    since: '1.25',
    doc: 'Share of tasks that may fail before `FailureAction` happens: `0.1` is 10 %. At `1` it never happens, since the ratio has to be exceeded.',
    source: 'API v1.25; Go type float32; engine 28.5: 400 "cannot be less than 0 or bigger than 1"',
  },
  Order: {
    type: string,
    words: UPDATE_ORDER,
    default: '`stop-first`',
    since: '1.29',
    doc: 'Whether the old task stops before the new one starts. `start-first` avoids a gap where both can run side by side.',
    source: 'API v1.29; engine 28.5: 400 "unrecognized update order"',
  },
});
