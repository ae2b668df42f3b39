import { expandTemplate } from '../grammar/goTemplate';
import { utf8Length } from '../grammar/utf8';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'hostname-too-long',
  effect: 'never-runs',
  summary: 'A host name has at most 64 characters.',
  why: 'The engine stores any length, and the kernel refuses more than 64 bytes: the task fails when it starts.',
  source: 'engine 28.5: task failed, "sethostname: invalid argument"',
  covers: ['hostname-too-long'],
  examples: { bad: `TaskTemplate:\n  ContainerSpec:\n    Hostname: ${'h'.repeat(65)}\n`, good: `TaskTemplate:\n  ContainerSpec:\n    Hostname: ${'h'.repeat(64)}\n` },

  check({ TaskTemplate }, { report }) {
    const { Hostname = '' } = TaskTemplate?.ContainerSpec ?? {};
    // the names that a template puts in are not known here
    if (Hostname.includes('{{') && expandTemplate(Hostname).kind === 'text') return;
    const bytes = utf8Length(Hostname);
    if (bytes > 64) report({ at: ['TaskTemplate', 'ContainerSpec', 'Hostname'], message: `\`Hostname\` has ${bytes} bytes, and the task fails when it starts, since the kernel takes at most 64.` });
  },
});
