import { isAbsolute } from '../grammar/mountPath';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'relative-dir',
  effect: 'never-runs',
  summary: '`Dir` is an absolute path.',
  why: 'The engine stores any text, and nodes reject a task whose working directory is relative.',
  source: 'engine 28.5: task rejected, "it needs to be an absolute path"',
  covers: ['dir-not-absolute'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Dir: app\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Dir: /app\n' },

  check({ TaskTemplate }, { report }) {
    const dir = TaskTemplate?.ContainerSpec?.Dir;
    if (!dir || isAbsolute(dir)) return;
    report({ at: ['TaskTemplate', 'ContainerSpec', 'Dir'], message: `\`Dir\` is \`${dir}\`, which is not an absolute path, and nodes reject the task.` });
  },
});
