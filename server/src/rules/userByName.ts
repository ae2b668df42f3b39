import { isPlacedOnWindows } from '../grammar/platform';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'user-by-name',
  effect: 'never-runs',
  // nearly every image knows the names that people write for it
  severity: 'hint',
  summary: 'A user or group that is given by name exists in the image.',
  why: 'Names are looked up in `/etc/passwd` and `/etc/group` of the image when the task starts. Where one is not there, every task fails; a number needs no entry.',
  source: 'engine 28.5: task failed, "unable to find user", "unable to find group"',
  covers: ['user-not-found', 'groups-not-found'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec: { User: "app:staff" }\n', good: 'TaskTemplate:\n  ContainerSpec: { User: "1000:1000", Groups: ["44"] }\n' },

  check({ TaskTemplate }, { report }) {
    const container = TaskTemplate?.ContainerSpec;
    if (!container || isPlacedOnWindows(TaskTemplate)) return;
    const base = ['TaskTemplate', 'ContainerSpec'];
    const hint = 'A number as text works with any image, such as `"1000"`.';
    const { User = '' } = container;
    const [user, group = ''] = User.split(':');
    if (isName(user)) report({ at: [...base, 'User'], within: { start: 0, end: user.length }, message: `The image has to know the user \`${user}\`, or every task fails when it starts.`, hint });
    if (isName(group)) report({ at: [...base, 'User'], within: { start: user.length + 1, end: User.length }, message: `The image has to know the group \`${group}\`, or every task fails when it starts.`, hint });
    for (const [i, name] of (container.Groups ?? []).entries()) {
      if (name && isName(name)) report({ at: [...base, 'Groups', i], message: `The image has to know the group \`${name}\`, or every task fails when it starts.`, hint });
    }
  },
});

function isName(text: string): boolean {
  return /^[^\s:\\]{1,64}$/.test(text) && text !== 'root' && !/^Container(?:Administrator|User)$/i.test(text) && !/^[+-]?\d+$/.test(text);
}
