import { serviceRule } from './rule';

export default serviceRule({
  id: 'tmpfs-option-unknown',
  effect: 'never-runs',
  // right on a plain Linux mount, and newer engines may come to take more of them
  severity: 'information',
  summary: 'The options of a `tmpfs` mount are `exec` and `noexec`.',
  why: 'The engine stores any option, and nodes reject a task with another one.',
  source: 'engine 28.5: task rejected, "invalid option: nosuid"',
  covers: ['mount-tmpfs-option-unknown'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: tmpfs, Target: /data, TmpfsOptions: { Options: [[nosuid]] } }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: tmpfs, Target: /data, TmpfsOptions: { Options: [[noexec]] } }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, mount] of (TaskTemplate?.ContainerSpec?.Mounts ?? []).entries()) {
      if (mount?.Type !== 'tmpfs') continue;
      for (const [j, option] of (mount.TmpfsOptions?.Options ?? []).entries()) {
        if (!option || option.length < 1 || option.length > 2) continue;
        if (option.length === 1 && (option[0] === 'exec' || option[0] === 'noexec')) continue;
        report({ at: ['TaskTemplate', 'ContainerSpec', 'Mounts', i, 'TmpfsOptions', 'Options', j], message: `\`${option[0] ?? ''}\` is not an option that nodes take, and they reject the task.`, hint: 'They take `["exec"]` and `["noexec"]`.' });
      }
    }
  },
});
