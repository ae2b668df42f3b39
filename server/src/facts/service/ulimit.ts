import { int64, string, struct } from '../make';

export const Ulimit = struct('Ulimit', {
  Name: {
    type: string,
    suggestions: [
      'nofile',
      'nproc',
      'memlock',
      'core',
      'as',
      'cpu',
      'data',
      'fsize',
      'locks',
      'msgqueue',
      'nice',
      'rss',
      'rtprio',
      'rttime',
      'sigpending',
      'stack',
    ],
    since: '1.41',
    doc: 'Which limit, without `RLIMIT_`: `nofile`, `memlock` and so on. An unknown name is stored, and the task fails when it starts.',
    source: 'API v1.41; engine 28.5: task failed, "wrong rlimit value"',
  },
  Hard: {
    type: int64,
    zero: 'a limit of nothing, not unlimited',
    examples: [65_536, -1],
    since: '1.41',
    doc: 'The most a process may raise the limit to; `-1` is unlimited. Always write it: left out it is 0, below any `Soft`, and the task fails.',
    source: 'API v1.41; engine 28.5: {Soft 30, Hard 20} stored, task failed, "error setting rlimit type"',
  },
  Soft: {
    type: int64,
    zero: 'a limit of nothing, not unlimited',
    examples: [65_536, -1],
    since: '1.41',
    doc: 'The limit processes start with; `-1` is unlimited. It must not be above `Hard`.',
    source: 'API v1.41; engine 28.5: {Soft 30, Hard 20} stored, task failed, "error setting rlimit type"',
  },
});
