import { serviceRule } from './rule';

export default serviceRule({
  id: 'platform-spelling',
  effect: 'never-runs',
  summary: 'A platform is written in lower case.',
  why: 'The scheduler compares it letter by letter with what nodes report, and nodes report `linux` and `x86_64`. With a capital letter no node fits, and tasks stay pending.',
  source: 'engine 28.5: task pending, "unsupported platform"',
  covers: ['platform-no-match'],
  examples: {
    bad: 'TaskTemplate:\n  Placement:\n    Platforms: [{ OS: Linux, Architecture: amd64 }]\n',
    good: 'TaskTemplate:\n  Placement:\n    Platforms: [{ OS: linux, Architecture: amd64 }]\n',
  },

  check({ TaskTemplate }, { report }) {
    const platforms = TaskTemplate?.Placement?.Platforms ?? [];
    for (const [i, platform] of platforms.entries()) {
      for (const name of ['OS', 'Architecture'] as const) {
        const value = platform?.[name] ?? '';
        const lower = value.trim().toLowerCase();
        if (value === lower) continue;
        const at = ['TaskTemplate', 'Placement', 'Platforms', i, name];
        report({ at, message: `\`${value}\` matches no node, since nodes report \`${name}\` in lower case.`, fix: { title: `Write \`${lower}\``, safe: true, edits: [{ kind: 'set', at, value: lower }] } });
      }
    }
  },
});
