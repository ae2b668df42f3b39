import { textOfBase64 } from '../grammar/utf8';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'seccomp-empty-profile',
  effect: 'changed',
  summary: 'A seccomp profile says what is allowed.',
  why: 'With a profile of `{}` the container runs without any filter, which is less safe than having no profile.',
  source: 'engine 28.5: "Seccomp: 0" in /proc/1/status of the container',
  covers: ['seccomp-custom-empty-profile'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      Seccomp: { Mode: custom, Profile: e30= }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      Seccomp: { Mode: unconfined }\n',
  },

  check({ TaskTemplate }, { report }) {
    const { Mode, Profile } = TaskTemplate?.ContainerSpec?.Privileges?.Seccomp ?? {};
    if (Mode !== 'custom' || !Profile || !/^\s*(?:\{\s*\}|null)\s*$/.test(textOfBase64(Profile) ?? '')) return;
    report({ at: ['TaskTemplate', 'ContainerSpec', 'Privileges', 'Seccomp', 'Profile'], message: `This \`Profile\` is \`${textOfBase64(Profile)?.trim()}\`, and the container runs without any seccomp filter.`, hint: 'Write `Mode: unconfined` where that is meant.' });
  },
});
