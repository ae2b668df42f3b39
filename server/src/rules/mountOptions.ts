import { LEFT_OUT, serviceRule } from './rule';

export default serviceRule({
  id: 'mount-options',
  effect: 'never-runs',
  decidedBy: 'Type',
  summary: 'The options of a mount are those of its `Type`, with values the node takes.',
  why: 'The engine stores them as they are, and the node that gets a task rejects it.',
  source: 'engine 28.5: task rejected, "field BindOptions must not be specified", "field VolumeOptions must not be specified", "must not set Subpath when using anonymous volumes", "data: size=…: invalid argument", "must not set ReadOnly mode when using anonymous volumes", "subpath must be a relative path within the volume", "invalid option array length"',
  covers: [
    'mount-volume-anonymous-readonly', 'mount-volume-subpath-not-local', 'mount-volume-subpath-anonymous', 'mount-options-of-other-type-bind',
    'mount-options-of-other-type-volume', 'mount-tmpfs-size-negative', 'mount-tmpfs-option-arity',
  ],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: volume, Source: data-vol, Target: /data, BindOptions: { Propagation: rprivate } }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - { Type: volume, Source: data-vol, Target: /a, VolumeOptions: { Subpath: a/b } }\n      - { Type: tmpfs, Target: /b, TmpfsOptions: { SizeBytes: 1048576, Options: [[noexec]] } }\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, mount] of (TaskTemplate?.ContainerSpec?.Mounts ?? []).entries()) {
      if (!mount) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Mounts', i];
      const type = mount.Type || 'bind';
      const { BindOptions, VolumeOptions, TmpfsOptions } = mount;
      if ((type === 'volume' || type === 'tmpfs') && (BindOptions?.Propagation || BindOptions?.NonRecursive)) {
        report({ at: [...at, 'BindOptions'], part: 'key', message: `\`BindOptions\` stands in a \`${type}\` mount, and nodes reject the task.`, fix: { title: 'Remove `BindOptions`', safe: false, edits: [{ kind: 'remove', at: [...at, 'BindOptions'] }] } });
      }
      if (type === 'bind' && VolumeOptions && Object.keys(VolumeOptions).length > 0) {
        report({ at: [...at, 'VolumeOptions'], part: 'key', severity: mount.Type === undefined ? LEFT_OUT : undefined, message: `\`VolumeOptions\` stands in a \`bind\` mount, and nodes reject the task.${mount.Type ? '' : ' Without `Type` a mount is a bind mount.'}`, fix: { title: 'Remove `VolumeOptions`', safe: false, edits: [{ kind: 'remove', at: [...at, 'VolumeOptions'] }] } });
      }
      if (type === 'volume' && !mount.Source) {
        if (mount.ReadOnly) report({ at: [...at, 'ReadOnly'], computesWith: [[...at, 'Source']], severity: mount.Source === undefined ? LEFT_OUT : undefined, message: 'A volume without a `Source` cannot be read-only, and nodes reject the task.' });
        if (VolumeOptions?.Subpath) report({ at: [...at, 'VolumeOptions', 'Subpath'], computesWith: [[...at, 'Source']], severity: mount.Source === undefined ? LEFT_OUT : undefined, message: 'A volume without a `Source` has no `Subpath`, and nodes reject the task.' });
      }
      const subpath = VolumeOptions?.Subpath ?? '';
      if (type === 'volume' && (subpath.startsWith('/') || subpath.split('/').reduce((depth, part) => (depth < 0 ? depth : part === '..' ? depth - 1 : part === '' || part === '.' ? depth : depth + 1), 0) < 0)) {
        report({ at: [...at, 'VolumeOptions', 'Subpath'], message: '`Subpath` leads out of the volume, and nodes reject the task.', hint: 'It is relative to the volume and stays inside of it.' });
      }
      if (type !== 'tmpfs') continue;
      if (TmpfsOptions?.SizeBytes !== undefined && TmpfsOptions.SizeBytes < 0) report({ at: [...at, 'TmpfsOptions', 'SizeBytes'], message: '`SizeBytes` is negative, and the task fails when it starts.', hint: 'Leave it out for no limit.' });
      for (const [j, option] of (TmpfsOptions?.Options ?? []).entries()) {
        if (!option) continue;
        const place = [...at, 'TmpfsOptions', 'Options', j];
        if (option.length === 0 || option.length > 2) report({ at: place, message: `An option has one or two words, and this one has ${option.length}: nodes reject the task.` });
      }
    }
  },
});
