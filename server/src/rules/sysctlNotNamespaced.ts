import { serviceRule } from './rule';

const IPC = ['kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni', 'kernel.sem', 'kernel.shmall', 'kernel.shmmax', 'kernel.shmmni', 'kernel.shm_rmid_forced', 'kernel.domainname'];

export default serviceRule({
  id: 'sysctl-not-namespaced',
  effect: 'never-runs',
  summary: 'A sysctl of a container has a namespace of its own.',
  why: 'The kernel keeps a copy of only some parameters for each container. With any other the task fails when it starts.',
  source: 'engine 28.5: task failed, "is not in a separate kernel namespace"',
  covers: ['sysctl-not-namespaced'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Sysctls: { vm.swappiness: "1" }\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Sysctls: { net.core.somaxconn: "1024", kernel.shmmax: "68719476736" }\n' },

  *check({ TaskTemplate }) {
    for (const key of Object.keys(TaskTemplate?.ContainerSpec?.Sysctls ?? {})) {
      // runc takes `net/core/somaxconn` for the same
      const name = /^[^.]*\//.test(key) ? key.replaceAll('/', '.') : key;
      if (name.startsWith('net.') || name.startsWith('fs.mqueue.') || IPC.includes(name)) continue;
      yield {
        at: ['TaskTemplate', 'ContainerSpec', 'Sysctls', key],
        part: 'key',
        message: `\`${key}\` is the same for the whole node, and the task fails when it starts.`,
        hint: 'Containers have `net.*`, `fs.mqueue.*`, `kernel.shm*`, `kernel.msg*` and `kernel.sem` of their own. Set this one on the node.',
      };
    }
  },
});
