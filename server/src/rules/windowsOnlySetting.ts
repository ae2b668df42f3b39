import { isPlacedOnWindows } from '../grammar/platform';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'windows-only-setting',
  effect: 'never-runs',
  // a swarm can have nothing but Windows nodes
  severity: 'information',
  wholeSpec: true,
  summary: 'A service with an `npipe` mount, a `CredentialSpec` or an `Isolation` is placed on Windows nodes.',
  why: 'The engine stores them for any service. Linux nodes reject the task, and nothing keeps it away from them but a constraint.',
  source: 'engine 28.5: task rejected, "mount type unknown", "invalid --security-opt", "invalid isolation \'process\' on linux"',
  covers: ['mount-npipe-on-linux', 'credential-spec-on-linux', 'isolation-on-linux'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec: { Isolation: process }\n',
    good: 'TaskTemplate:\n  ContainerSpec: { Isolation: process }\n  Placement: { Constraints: ["node.platform.os==windows"] }\n',
  },

  check({ TaskTemplate }, { report }) {
    const container = TaskTemplate?.ContainerSpec;
    if (!container || isPlacedOnWindows(TaskTemplate)) return;
    const hint = 'Write the constraint `node.platform.os==windows`.';
    const placement = ['TaskTemplate', 'Placement'];
    const computesWith = [[...placement, 'Platforms'], [...placement, 'Constraints'], ...(TaskTemplate.Placement?.Constraints ?? []).map((_, i) => [...placement, 'Constraints', i])];
    const base = ['TaskTemplate', 'ContainerSpec'];
    const isolation = container.Isolation?.toLowerCase() ?? '';
    if (isolation === 'process' || isolation === 'hyperv') report({ at: [...base, 'Isolation'], message: `\`Isolation\` \`${container.Isolation}\` exists on Windows only, and Linux nodes reject the task.`, hint, computesWith });
    const credentials = container.Privileges?.CredentialSpec;
    if (credentials && (credentials.Config || credentials.File || credentials.Registry)) report({ at: [...base, 'Privileges', 'CredentialSpec'], part: 'key', message: '`CredentialSpec` exists on Windows only, and Linux nodes reject the task.', hint, computesWith });
    for (const [i, mount] of (container.Mounts ?? []).entries()) {
      if (mount?.Type === 'npipe') report({ at: [...base, 'Mounts', i, 'Type'], message: 'Mounts of `Type` `npipe` exist on Windows only, and Linux nodes reject the task.', hint, computesWith });
    }
  },
});
