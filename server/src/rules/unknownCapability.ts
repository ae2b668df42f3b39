import { nearest } from '../schema/nearest';
import { serviceRule } from './rule';

const KNOWN = (
  'AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE ' +
  'LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT ' +
  'SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM'
).split(' ');

export default serviceRule({
  id: 'unknown-capability',
  effect: 'never-runs',
  summary: '`CapabilityAdd` and `CapabilityDrop` name capabilities of the kernel.',
  why: 'The engine stores any text, and nodes reject a task with a name they do not know. Letter case and `CAP_` do not matter; `ALL` is all of them.',
  source: 'engine 28.5: task rejected, "unknown capability"',
  covers: ['capability-unknown'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    CapabilityAdd: [CAP_NET_ADMINS]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    CapabilityAdd: [net_admin, CAP_CHOWN]\n    CapabilityDrop: [ALL]\n' },

  *check({ TaskTemplate }) {
    for (const list of ['CapabilityAdd', 'CapabilityDrop'] as const) {
      for (const [i, capability] of (TaskTemplate?.ContainerSpec?.[list] ?? []).entries()) {
        if (capability === null) continue;
        const upper = capability.toUpperCase();
        if (upper === 'ALL' || KNOWN.includes(upper.replace(/^CAP_/, ''))) continue;
        const at = ['TaskTemplate', 'ContainerSpec', list, i];
        const near = upper === 'CAP_ALL' ? 'ALL' : nearest(upper.replace(/^CAP_/, ''), KNOWN);
        yield {
          at,
          message: `\`${capability}\` is not a capability, and nodes reject the task.${near ? ` Did you mean \`${near}\`?` : ''}`,
          fix: near ? { title: `Write \`${near}\``, safe: false, edits: [{ kind: 'set', at, value: near }] } : undefined,
        };
      }
    }
  },
});
