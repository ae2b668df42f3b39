import { int64, string, struct, uint64 } from '../make';

export const RestartPolicy = struct('RestartPolicy', {
  Condition: {
    type: string,
    usual: true,
    words: {
      words: {
        none: { doc: 'Never replace a task that ended.' },
        'on-failure': { doc: 'Replace a task only when its exit code is not 0. A service whose process ends with 0 then stays at nothing running.' },
        any: { doc: 'Replace a task however it ended. In a job it works like `on-failure`.' },
      },
      unknown: 'refused',
      letterCase: 'exact',
      empty: 'any',
    },
    default: '`any`',
    since: '1.25',
    doc: 'After which ending a task is replaced. `always`, `no` and `unless-stopped` belong to containers and are refused.',
    source: 'API v1.25; engine 28.5: 400 "invalid RestartCondition"',
  },
  Delay: {
    type: int64,
    unit: 'ns',
    range: { min: 0 },
    zero: 'restart at once, in a tight loop when the task keeps failing',
    default: '`5000000000` (5 seconds)',
    examples: [5_000_000_000],
    since: '1.25',
    doc: 'Pause before a task that ended is replaced. A small number, typically seconds written as such, means hardly any pause.',
    source: 'API v1.25; engine 28.5: 400 "restart-delay cannot be negative"',
  },
  MaxAttempts: {
    type: uint64,
    unit: 'attempts',
    zero: 'no limit',
    default: '`0`, no limit',
    examples: [3],
    since: '1.25',
    doc: 'How many times a task is restarted within `Window` before it is given up.',
    source: 'API v1.25; Go type *uint64; engine 28.5',
  },
  Window: {
    type: int64,
    unit: 'ns',
    range: { min: 0 },
    zero: 'every attempt counts, however long ago',
    default: '`0`',
    examples: [120_000_000_000],
    since: '1.25',
    doc: 'Time within which attempts count towards `MaxAttempts`. Make it longer than all the attempts take together; when it is shorter, `MaxAttempts` is never reached.',
    source: 'API v1.25; engine 28.5: 400 "restart-window cannot be negative"',
  },
});
