import { isIpAddress } from '../schema/text';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'hosts-dropped',
  effect: 'lost',
  // stored as it is; only the container does not get it
  severity: 'warning',
  summary: 'An entry of `Hosts` is `IP NAME`.',
  why: 'Nodes skip an entry without a space, such as `name:ip` of `docker run`, without a word.',
  source: 'engine 28.5: no line in /etc/hosts',
  covers: ['hosts-wrong-form-dropped'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Hosts: ["db:10.1.2.3"]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Hosts: ["10.1.2.3 db", "10.1.2.3 db.local"]\n' },

  check({ TaskTemplate }, { report }) {
    for (const [i, entry] of (TaskTemplate?.ContainerSpec?.Hosts ?? []).entries()) {
      if (entry === null) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Hosts', i];
      const words = entry.trim().split(/\s+/);
      if (words.length < 2) {
        const parts = /^([^:=]+)[:=](.+)$/.exec(entry.trim());
        const mended = parts && isIpAddress(parts[2]) ? `${parts[2]} ${parts[1]}` : undefined;
        report({
          at,
          message: 'Nodes skip this entry without a word, since it has no space between address and name.',
          hint: 'Write `IP NAME`.',
          fix: mended ? { title: `Write \`${mended}\``, safe: true, edits: [{ kind: 'set', at, value: mended }] } : undefined,
        });
      }
    }
  },
});
