import { serviceRule } from './rule';

const IPC = ['kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni', 'kernel.sem', 'kernel.shmall', 'kernel.shmmax', 'kernel.shmmni', 'kernel.shm_rmid_forced', 'kernel.domainname'];

/** Parameters below `net.` that exist once for the node: seen with engine 28.5, the files are missing in the container or cannot be opened. */
const WHOLE_NODE = [
  'net.core.bpf_jit_enable', 'net.core.busy_poll', 'net.core.default_qdisc', 'net.core.dev_weight', 'net.core.message_cost', 'net.core.netdev_max_backlog', 'net.core.rmem_default', 'net.core.rmem_max',
  'net.core.wmem_max', 'net.ipv4.inet_peer_threshold', 'net.ipv4.tcp_available_congestion_control', 'net.ipv4.tcp_max_orphans', 'net.ipv4.tcp_mem', 'net.ipv4.udp_mem', 'net.netfilter.nf_conntrack_max',
];

export default serviceRule({
  id: 'sysctl-not-namespaced',
  effect: 'never-runs',
  summary: 'A sysctl of a container has a namespace of its own.',
  why: 'The kernel keeps a copy of only some parameters for each container. With any other the task fails when it starts.',
  source: 'engine 28.5: task failed, "is not in a separate kernel namespace", "open /proc/sys/net/core/rmem_max: permission denied"',
  covers: ['sysctl-not-namespaced'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Sysctls: { net.core.rmem_max: "16777216" }\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Sysctls: { net.core.somaxconn: "1024", kernel.shmmax: "68719476736" }\n' },

  check({ TaskTemplate }, { report }) {
    for (const key of Object.keys(TaskTemplate?.ContainerSpec?.Sysctls ?? {})) {
      // runc takes `net/core/somaxconn` for the same
      const name = /^[^.]*\//.test(key) ? key.replaceAll('/', '.') : key;
      if ((name.startsWith('net.') && !WHOLE_NODE.includes(name)) || name.startsWith('fs.mqueue.') || IPC.includes(name)) continue;
      report({
        at: ['TaskTemplate', 'ContainerSpec', 'Sysctls', key],
        part: 'key',
        message: `\`${key}\` is the same for the whole node, and the task fails when it starts.`,
        hint: 'Containers have most of `net.*`, `fs.mqueue.*`, `kernel.shm*`, `kernel.msg*` and `kernel.sem` of their own. Set this one on the node.',
      });
    }
  },
});
