import { serviceRule } from './rule';

export default serviceRule({
  id: 'seccomp-not-applied',
  effect: 'changed',
  summary: 'A seccomp profile and `Mode: custom` go together.',
  why: 'With `custom` and no profile the default one applies, with a profile of `{}` none at all. With any other mode, or none, the profile is stored and never used.',
  source: 'engine 28.5: /proc/1/status of the container',
  covers: ['seccomp-custom-without-profile', 'seccomp-custom-empty-profile', 'seccomp-profile-with-other-mode'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      Seccomp: { Mode: custom, Profile: e30= }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      Seccomp: { Mode: unconfined }\n',
  },

  *check({ TaskTemplate }) {
    const seccomp = TaskTemplate?.ContainerSpec?.Privileges?.Seccomp;
    if (!seccomp) return;
    const { Mode, Profile } = seccomp;
    const at = ['TaskTemplate', 'ContainerSpec', 'Privileges', 'Seccomp'];
    if (Mode === 'custom') {
      if (!Profile) yield { at: [...at, 'Mode'], message: '`custom` has no `Profile`, and the default profile applies.' };
      else if (/^\{\s*\}$/.test(Buffer.from(Profile, 'base64').toString('utf8').trim())) yield { at: [...at, 'Profile'], message: 'This `Profile` is `{}`, and the container runs without any seccomp filter.', hint: 'Write `Mode: unconfined` where that is meant.' };
    } else if (Profile) {
      yield { at: [...at, 'Profile'], part: 'key', message: `\`Profile\` is never used with \`Mode: ${Mode || 'default'}\`.`, fix: { title: 'Write `Mode: custom`', safe: false, edits: [{ kind: 'set', at: [...at, 'Mode'], value: 'custom' }] } };
    }
  },
});
