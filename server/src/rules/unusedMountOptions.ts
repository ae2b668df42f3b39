import { serviceRule } from './rule';

export default serviceRule({
  id: 'unused-mount-options',
  effect: 'advice',
  severity: 'information',
  decidedBy: 'Type',
  summary: 'A mount has only the options of its `Type`.',
  why: '`TmpfsOptions` outside of a `tmpfs` mount, and `VolumeOptions` in one, are stored and have no effect.',
  source: 'engine 28.5: no size limit on the mount',
  covers: ['mount-tmpfs-options-on-other-type'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: volume, Source: data-vol, Target: /data, TmpfsOptions: { SizeBytes: 1048576 } }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: tmpfs, Target: /data, TmpfsOptions: { SizeBytes: 1048576 } }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, mount] of (TaskTemplate?.ContainerSpec?.Mounts ?? []).entries()) {
      const unused = mount?.Type === 'tmpfs' ? 'VolumeOptions' : 'TmpfsOptions';
      if (!mount?.[unused] || Object.keys(mount[unused]).length === 0) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Mounts', i, unused];
      report({ at, part: 'key', message: `\`${unused}\` has no effect in a \`${mount.Type || 'bind'}\` mount.`, fix: { title: `Remove \`${unused}\``, safe: false, edits: [{ kind: 'remove', at }] } });
    }
  },
});
