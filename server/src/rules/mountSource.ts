import { expanded, isAbsolute } from '../grammar/mountPath';
import { LEFT_OUT, serviceRule } from './rule';

export default serviceRule({
  id: 'mount-source',
  effect: 'never-runs',
  decidedBy: 'Type',
  summary: 'The `Source` of a mount fits its `Type`: an absolute path for `bind`, a name for `volume`, nothing for `tmpfs`.',
  why: 'The engine stores any text. Only the node that gets a task looks at it, and rejects the task. Neither `./` nor `~` means anything there, and a mount without `Type` is a bind mount.',
  source: 'engine 28.5: task rejected, "invalid bind mount source", "invalid volume mount source", "includes invalid characters for a local volume name", "volume name is too short", "invalid tmpfs source", "invalid npipe source"',
  covers: [
    'mount-type-missing-with-volume-name', 'mount-bind-source-not-absolute', 'mount-volume-source-absolute', 'mount-volume-name-invalid',
    'mount-volume-name-one-char', 'mount-tmpfs-with-source', 'mount-npipe-source-missing',
  ],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: bind, Source: ./conf, Target: /data }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - { Type: bind, Source: /srv/app, Target: /a }\n      - { Type: volume, Source: "data-{{.Task.Slot}}", Target: /b }\n      - { Type: tmpfs, Target: /c }\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, mount] of (TaskTemplate?.ContainerSpec?.Mounts ?? []).entries()) {
      // an empty entry lacks everything; `mount-target` says so once
      if (!mount || Object.keys(mount).length === 0) continue;
      const source = expanded(mount.Source);
      if (source === undefined) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Mounts', i, ...(mount.Source === undefined ? [] : ['Source'])];
      const type = mount.Type || 'bind';
      if (type === 'bind' && !isAbsolute(source)) {
        report(source === ''
          ? { at, lacks: mount.Source === undefined ? 'Source' : undefined, severity: mount.Source === undefined ? LEFT_OUT : undefined, message: 'This bind mount has no `Source`, and nodes reject the task.', hint: 'Write an absolute path of the node.' }
          : {
              at,
              severity: mount.Type === undefined && !/^[.~]/.test(source) ? LEFT_OUT : undefined,
              message: `\`${mount.Source}\` is not an absolute path, and nodes reject the task.`,
              hint: mount.Type ? 'A bind mount needs an absolute path of the node; a named volume needs `Type: volume`.' : 'A mount without `Type` is a bind mount; a named volume needs `Type: volume`.',
              fix: /^[A-Za-z0-9][\w.-]+$/.test(source) ? { title: 'Write `Type: volume`', safe: false, edits: [{ kind: 'set', at: [...at.slice(0, 4), 'Type'], value: 'volume' }] } : undefined,
            });
      } else if (type === 'volume' && source !== '') {
        const driver = mount.VolumeOptions?.DriverConfig?.Name || 'local';
        if (isAbsolute(source)) report({ at, message: `\`${mount.Source}\` is a path, and the \`Source\` of a volume is its name: nodes reject the task.`, hint: 'A directory of the node needs `Type: bind`.', fix: { title: 'Write `Type: bind`', safe: false, edits: [{ kind: 'set', at: [...at.slice(0, 4), 'Type'], value: 'bind' }] } });
        else if (driver === 'local' && source.length < 2) report({ at, message: 'The name of this volume is too short, and nodes reject the task.', hint: 'It has at least two characters.' });
        else if (driver === 'local' && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(source)) report({ at, message: `\`${mount.Source}\` is not the name of a volume, and nodes reject the task.`, hint: 'It has letters, digits, `_`, `.` and `-`, and starts with a letter or digit.' });
      } else if (type === 'tmpfs' && source !== '') {
        report({ at, message: 'A `tmpfs` mount has no `Source`, and nodes reject the task.', fix: { title: 'Remove `Source`', safe: true, edits: [{ kind: 'remove', at }] } });
      } else if (type === 'npipe' && source === '') {
        report({ at, lacks: mount.Source === undefined ? 'Source' : undefined, severity: mount.Source === undefined ? LEFT_OUT : undefined, message: 'This `npipe` mount has no `Source`, and nodes reject the task.' });
      }
    }
  },
});
