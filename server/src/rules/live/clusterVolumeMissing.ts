import { nearest } from '../../schema/nearest';
import { liveRule } from '../liveRule';

export default liveRule({
  id: 'cluster-volume-missing',
  effect: 'never-runs',
  summary: 'A mount of type `cluster` names a volume that is there.',
  why: 'Cluster volumes are made beforehand, by a CSI plugin. Without one the tasks stay pending.',
  source: 'engine 28.5: task pending, "cannot fulfill requested CSI volume mounts on 1 node"',
  covers: ['mount-cluster-volume-missing'],
  examples: {
    live: 'volumes: []\n',
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: cluster, Source: no-such-cv, Target: /data }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: tmpfs, Target: /data }]\n',
  },

  check({ TaskTemplate }, { volumes }, { report }) {
    for (const [i, mount] of (TaskTemplate?.ContainerSpec?.Mounts ?? []).entries()) {
      const source = mount?.Source ?? '';
      if (mount?.Type !== 'cluster' || !volumes || source === '' || source.startsWith('group:') || volumes.some(({ name }) => name === source)) continue;
      const near = nearest(source, volumes.map(({ name }) => name));
      report({ at: ['TaskTemplate', 'ContainerSpec', 'Mounts', i, 'Source'], message: `There is no volume \`${source}\`, and the tasks stay pending.${near ? ` Did you mean \`${near}\`?` : ''}`, hint: 'Create it first: `docker volume create --driver CSI_PLUGIN …`.' });
    }
  },
});
