import { SIGNALS as NAMES } from '../facts/signals';
import { nearest } from '../schema/nearest';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'stop-signal',
  effect: 'never-runs',
  summary: '`StopSignal` is the name of a signal, or a number from 1 to 64.',
  why: 'The engine stores any text. Nodes reject a task with a name they do not know or with 0; a number above 64 is never delivered, and every stop waits for `StopGracePeriod` and ends with `SIGKILL`.',
  source: 'engine 28.5: task rejected, "invalid signal"; exit code 137 with 99',
  covers: ['stop-signal-unknown', 'stop-signal-number-out-of-range'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    StopSignal: SIGBOGUS\n', good: 'TaskTemplate:\n  ContainerSpec:\n    StopSignal: SIGQUIT\n' },

  check({ TaskTemplate }, { report }) {
    const signal = TaskTemplate?.ContainerSpec?.StopSignal;
    if (!signal) return;
    const at = ['TaskTemplate', 'ContainerSpec', 'StopSignal'];
    if (/^[+-]?\d+$/.test(signal)) {
      const number = Number(signal);
      if (number > 64) report({ at, message: `Signal ${signal} does not exist and is never delivered: every stop ends with \`SIGKILL\`.`, hint: 'Write a name, or 1 to 64.' });
      else if (number === 0) report({ at, message: 'Signal 0 stops nothing, and nodes reject the task.' });
      return;
    }
    const name = signal.toUpperCase().replace(/^SIG/, '');
    if (NAMES.includes(name)) return;
    const near = nearest(name, NAMES);
    report({
      at,
      message: `\`${signal}\` is not a signal, and nodes reject the task.${near ? ` Did you mean \`SIG${near}\`?` : ''}`,
      fix: near ? { title: `Write \`SIG${near}\``, safe: false, edits: [{ kind: 'set', at, value: `SIG${near}` }] } : undefined,
    });
  },
});
