import { COMMON_LOG_OPTIONS, LOG_OPTIONS } from '../facts/logOptions';
import { nearest } from '../schema/nearest';
import { serviceRule } from './rule';

/** The drivers whose options are checked: what others take depends on the node. */
const CHECKED = ['json-file', 'local'];

export default serviceRule({
  id: 'bad-log-option',
  effect: 'never-runs',
  summary: 'The options of a log driver are those it knows.',
  why: 'The engine stores any option. With a name the driver does not know nodes reject the task, with a value it cannot read the task fails.',
  source: 'engine 28.5: task rejected, "unknown log opt"; task failed, "invalid size"',
  covers: ['log-option-unknown', 'log-option-bad-value'],
  examples: {
    bad: 'TaskTemplate:\n  LogDriver: { Name: json-file, Options: { maxsize: 10m } }\n',
    good: 'TaskTemplate:\n  LogDriver: { Name: json-file, Options: { max-size: 10m, max-file: "3" } }\n',
  },

  check({ TaskTemplate }, { report }) {
    const { Name = '', Options = {} } = TaskTemplate?.LogDriver ?? {};
    const known = CHECKED.includes(Name) ? Object.keys(LOG_OPTIONS[Name]) : undefined;
    if (!known) return;
    for (const [option, value] of Object.entries(Options)) {
      const at = ['TaskTemplate', 'LogDriver', 'Options', option];
      if (!known.includes(option) && !Object.hasOwn(COMMON_LOG_OPTIONS, option) && !option.startsWith('cache-')) {
        const near = nearest(option, known);
        report({
          at,
          part: 'key',
          message: `\`${option}\` is not an option of \`${Name}\`, and nodes reject the task.${near ? ` Did you mean \`${near}\`?` : ''}`,
          fix: near && !Object.hasOwn(Options, near) ? { title: `Rename it to \`${near}\``, safe: true, edits: [{ kind: 'rename', at, to: near }] } : undefined,
        });
      } else if (option === 'max-size' && !/^-1$|^\d+(?:\.\d+)?\s?(?:[kmgtp]i?b?|b)?$/i.test(value)) {
        report({ at, message: '`max-size` is not a size, and the task fails when it starts.', hint: 'Write a number and `k`, `m` or `g`.' });
      } else if (option === 'max-file' && !/^[+]?0*[1-9]\d*$/.test(value)) {
        report({ at, message: '`max-file` is not a number from 1 on, and the task fails when it starts.' });
      }
    }
  },
});
