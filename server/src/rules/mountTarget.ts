import { cleaned, expanded, isAbsolute } from '../grammar/mountPath';
import { LEFT_OUT, serviceRule } from './rule';

export default serviceRule({
  id: 'mount-target',
  effect: 'never-runs',
  summary: 'The `Target` of a mount is an absolute path below `/` that no other mount has.',
  why: 'The engine compares the texts only. The node rejects the task for a relative path, for `/`, and for two paths that mean the same place.',
  source: 'engine 28.5: task rejected, "invalid mount target, must be an absolute path", "destination can\'t be \'/\'", "Duplicate mount point"',
  covers: ['mount-target-not-absolute', 'mount-target-root', 'mount-duplicate-target-normalised'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: tmpfs, Target: data }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: tmpfs, Target: /data }, { Type: tmpfs, Target: /data/cache }]\n',
  },

  check({ TaskTemplate }, { report }) {
    const seen = new Map<string, { readonly index: number; readonly text: string }>();
    for (const [i, mount] of (TaskTemplate?.ContainerSpec?.Mounts ?? []).entries()) {
      const target = mount ? expanded(mount.Target) : undefined;
      if (!mount || target === undefined || mount.Type === 'npipe') continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Mounts', i, ...(mount.Target === undefined ? [] : ['Target'])];
      if (!isAbsolute(target)) {
        report({ at, lacks: mount.Target === undefined ? 'Target' : undefined, severity: mount.Target === undefined ? LEFT_OUT : undefined, message: target === '' ? 'This mount has no `Target`, and nodes reject the task.' : `\`${mount.Target}\` is not an absolute path, and nodes reject the task.`, hint: 'Write an absolute path in the container.' });
        continue;
      }
      if (!target.startsWith('/')) continue;
      const place = cleaned(target);
      const other = seen.get(place);
      if (place === '/') report({ at, message: 'Nothing can be mounted at `/`, and nodes reject the task.' });
      else if (other && other.text !== target) report({ at, message: `\`${mount.Target}\` is the same place as the \`Target\` of \`Mounts[${other.index}]\`, and nodes reject the task.` });
      else if (!other) seen.set(place, { index: i, text: target });
    }
  },
});
