import { float32, int64, string, struct, uint64 } from '../make';
import { MONITOR_DEFAULT, UPDATE_ORDER } from './updateConfig';

/** The same Go type as `UpdateConfig`, but the engine never checks the ranges of its numbers. */
export const RollbackConfig = struct('RollbackConfig', {
  Parallelism: {
    type: uint64,
    unit: 'tasks',
    zero: 'all tasks at once',
    default: '`1` when `RollbackConfig` is absent; `0`, all at once, when it is present without this',
    examples: [1, 2],
    since: '1.28',
    doc: 'How many tasks are rolled back at the same time. Write it when `RollbackConfig` is there: without it every task is replaced at once.',
    source: 'API v1.28; engine 28.5',
  },
  Delay: {
    type: int64,
    unit: 'ns',
    leastSensible: 1_000_000,
    zero: 'no pause',
    examples: [10_000_000_000],
    since: '1.28',
    doc: 'Pause between rolling back one batch of tasks and the next. The engine stores negative values, which make no sense.',
    source: 'API v1.28; engine 28.5: -1 stored',
  },
  FailureAction: {
    type: string,
    words: {
      words: {
        continue: { doc: 'Go on with the remaining tasks.' },
        pause: { doc: 'Stop the rollback where it is, and wait for someone to look.' },
        rollback: {
          doc: 'Taken although the API description lacks it, and of no use: a rollback is never rolled back, and a failing one is reported as completed. Write `pause`.',
        },
      },
      unknown: 'refused',
      letterCase: 'exact',
      empty: 'pause',
    },
    default: '`pause`',
    since: '1.28',
    doc: 'What to do when more tasks fail during the rollback than `MaxFailureRatio` allows.',
    source: 'API v1.28; engine 28.5: `rollback` stored, other words 400',
  },
  Monitor: {
    type: int64,
    unit: 'ns',
    leastSensible: 1_000_000,
    zero: 'the default, 5 seconds',
    default: MONITOR_DEFAULT,
    examples: [15_000_000_000],
    since: '1.28',
    doc: 'How long a rolled back task is watched for failure. The engine stores negative values, which make no sense.',
    source: 'API v1.28; engine 28.5: -1 stored',
  },
  MaxFailureRatio: {
    type: float32,
    unit: 'ratio',
    describedRange: { min: 0, max: 1 },
    zero: 'the first failure is one too many',
    default: '`0`',
    examples: [0.1, 0.25],
    since: '1.28',
    doc: 'Share of tasks that may fail before `FailureAction` happens: `0.1` is 10 %. Stay between 0 and 1; the engine does not check it here and stores `5` as well.',
    source: 'API v1.28; Go type float32; engine 28.5: 5 and -0.1 stored',
  },
  Order: {
    type: string,
    words: UPDATE_ORDER,
    default: '`stop-first`',
    since: '1.29',
    doc: 'Whether the failing task stops before the one of the previous spec starts.',
    source: 'API v1.29; engine 28.5: 400 "unrecognized update order"',
  },
});
