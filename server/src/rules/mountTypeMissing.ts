import { expanded, isAbsolute } from '../grammar/mountPath';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'mount-type-missing',
  effect: 'changed',
  // what is meant is clear where the source is a path
  severity: 'information',
  summary: 'A mount has a `Type`.',
  why: 'Left out, or empty, it is `bind`, and not `volume` as with the docker command.',
  source: 'engine 28.5: stored as bind',
  covers: ['mount-type-missing-is-bind'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Source: /srv/app, Target: /data }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: bind, Source: /srv/app, Target: /data }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, mount] of (TaskTemplate?.ContainerSpec?.Mounts ?? []).entries()) {
      if (!mount || mount.Type || Object.keys(mount).length === 0) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Mounts', i];
      // anything else may be meant for another type
      const isBind = isAbsolute(expanded(mount.Source) ?? '') && !mount.VolumeOptions && !mount.TmpfsOptions;
      report({ ...(mount.Type === undefined ? { at, lacks: 'Type' } : { at: [...at, 'Type'] }), message: 'This mount has no `Type`, and the engine makes a bind mount of it.', fix: { title: 'Write `Type: bind`', safe: isBind, edits: [{ kind: 'set', at: [...at, 'Type'], value: 'bind' }] } });
    }
  },
});
