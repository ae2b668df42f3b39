import { serviceRule } from './rule';

export default serviceRule({
  id: 'seccomp-not-applied',
  effect: 'changed',
  // the container runs with the default profile or with what `Mode` says, both of which are written
  severity: 'information',
  decidedBy: 'Mode',
  summary: 'A seccomp profile and `Mode: custom` go together.',
  why: 'With `custom` and no profile the default one applies. With any other mode, or none, the profile is stored and never used.',
  source: 'engine 28.5: /proc/1/status of the container',
  covers: ['seccomp-custom-without-profile', 'seccomp-profile-with-other-mode'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      Seccomp: { Mode: custom }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      Seccomp: { Mode: unconfined }\n',
  },

  check({ TaskTemplate }, { report }) {
    const seccomp = TaskTemplate?.ContainerSpec?.Privileges?.Seccomp;
    if (!seccomp) return;
    const { Mode, Profile } = seccomp;
    const at = ['TaskTemplate', 'ContainerSpec', 'Privileges', 'Seccomp'];
    if (Mode === 'custom') {
      if (!Profile) report({ at: [...at, 'Mode'], computesWith: [[...at, 'Profile']], message: '`custom` has no `Profile`, and the default profile applies.' });
    } else if (Profile) {
      report({ at: [...at, 'Profile'], part: 'key', message: `\`Profile\` is never used with \`Mode: ${Mode || 'default'}\`.`, fix: { title: 'Write `Mode: custom`', safe: false, edits: [{ kind: 'set', at: [...at, 'Mode'], value: 'custom' }] } });
    }
  },
});
