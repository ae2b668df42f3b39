import { expandTemplate } from '../grammar/goTemplate';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'duplicate-mount-target',
  effect: 'refused',
  summary: 'Each mount has a `Target` of its own.',
  why: 'Only one thing can be mounted at a place. The engine compares the texts, with their templates expanded for a made-up task, and answers 400. Leaving out `Target` twice counts too.',
  source: 'engine 28.5: "duplicate mount point"',
  covers: ['mount-duplicate-target'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - { Type: tmpfs, Target: /data }\n      - { Type: tmpfs, Target: /data }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - { Type: tmpfs, Target: /data }\n      - { Type: tmpfs, Target: /data2 }\n',
  },

  check({ TaskTemplate }, { report }) {
    const seen = new Map<string, number>();
    for (const [i, mount] of (TaskTemplate?.ContainerSpec?.Mounts ?? []).entries()) {
      if (!mount) continue;
      const expansion = expandTemplate(mount.Target ?? '');
      if (expansion.kind !== 'text' || expansion.text === undefined) continue;
      const first = seen.get(expansion.text);
      if (first === undefined) {
        seen.set(expansion.text, i);
        continue;
      }
      report({
        at: ['TaskTemplate', 'ContainerSpec', 'Mounts', i],
        message: mount.Target
          ? `\`${mount.Target}\` is the \`Target\` of \`Mounts[${first}]\`${expansion.text === mount.Target ? '' : ' too when its template is expanded'}, and the engine refuses two mounts at one place.`
          : `Like \`Mounts[${first}]\` this mount has no \`Target\`, and the engine refuses two mounts at one place.`,
      });
    }
  },
});
