import { textOfBase64 } from '../grammar/utf8';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'seccomp-profile-not-json',
  effect: 'never-runs',
  summary: '`Seccomp.Profile` is a JSON object in base64.',
  why: 'The engine checks the base64 only. The task fails when it starts if there is no JSON in it; a file name is not read.',
  source: 'engine 28.5: task failed, "Decoding seccomp profile failed"',
  covers: ['seccomp-profile-not-json'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      Seccomp: { Mode: custom, Profile: L2V0Yy9zZWNjb21wLmpzb24= }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      Seccomp: { Mode: custom, Profile: eyJkZWZhdWx0QWN0aW9uIjoiU0NNUF9BQ1RfQUxMT1cifQ== }\n',
  },

  check({ TaskTemplate }, { report }) {
    const { Mode, Profile } = TaskTemplate?.ContainerSpec?.Privileges?.Seccomp ?? {};
    if (Mode !== 'custom' || !Profile) return;
    const inside = jsonIn(textOfBase64(Profile) ?? '');
    // of `null` the engine makes an empty profile, which another rule is about
    if (inside !== null && (typeof inside !== 'object' || Array.isArray(inside))) {
      report({ at: ['TaskTemplate', 'ContainerSpec', 'Privileges', 'Seccomp', 'Profile'], message: `\`Profile\` is base64 of ${inside === undefined ? 'something that is not JSON' : 'JSON that is no object'}, and the task fails when it starts.`, hint: 'Encode the text of the profile, not the name of its file.' });
    }
  },
});

/** The JSON that a text is; undefined where it is none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
