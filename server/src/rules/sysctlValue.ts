import { serviceRule } from './rule';

/** How many numbers a parameter takes. Those that are not here may be text. */
const NUMBERS: readonly (readonly [RegExp, number])[] = [
  [/^net\.ipv4\.ip_local_port_range$/, 2],
  [/^net\.ipv4\.ping_group_range$/, 2],
  [/^net\.ipv4\.tcp_[rw]mem$/, 3],
  [/^kernel\.sem$/, 4],
  [/^kernel\.(?:shm(?:max|all|mni|_rmid_forced)|msg(?:max|mnb|mni))$/, 1],
  [/^fs\.mqueue\.\w+$/, 1],
  [/^net\.core\.(?:somaxconn|[rw]mem_(?:default|max))$/, 1],
  [/^net\.ipv4\.conf\.[^.]+\.\w+$/, 1],
  [/^net\.ipv6\.conf\.[^.]+\.(?!stable_secret$)\w+$/, 1],
  [/^net\.ipv4\.(?:ip_(?:forward|nonlocal_bind|unprivileged_port_start|default_ttl|dynaddr|early_demux)|icmp_\w+)$/, 1],
  [/^net\.ipv4\.tcp_(?:syncookies|tw_reuse|fin_timeout|max_syn_backlog|max_tw_buckets|keepalive_(?:time|intvl|probes)|sack|timestamps|window_scaling|syn_retries|synack_retries|retries[12]|mtu_probing|slow_start_after_idle|fastopen|ecn|orphan_retries|abort_on_overflow|no_metrics_save|notsent_lowat|rfc1337)$/, 1],
];

export default serviceRule({
  id: 'sysctl-value',
  effect: 'never-runs',
  summary: 'The value of a sysctl is what the kernel takes.',
  why: 'The engine stores any text, and the kernel is asked only when the task starts, which then fails.',
  source: 'engine 28.5: task failed, "write /proc/sys/net/core/somaxconn: invalid argument"',
  covers: ['sysctl-value-invalid'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Sysctls: { net.core.somaxconn: many }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Sysctls: { net.core.somaxconn: "1024", net.ipv4.ip_local_port_range: "1024 65000", net.ipv4.tcp_congestion_control: bbr }\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [key, value] of Object.entries(TaskTemplate?.ContainerSpec?.Sysctls ?? {})) {
      const name = /^[^.]*\//.test(key) ? key.replaceAll('/', '.') : key;
      const count = NUMBERS.find(([pattern]) => pattern.test(name))?.[1];
      const words = value.split(/\s+/).filter((word) => word !== '');
      // nothing is written where there is nothing, and fewer numbers leave the others as they are
      if (count === undefined || words.every((word) => /^-?(?:0x[0-9a-f]+|\d+)$/i.test(word))) continue;
      report({
        at: ['TaskTemplate', 'ContainerSpec', 'Sysctls', key],
        message: `\`${key}\` is \`${value.length > 40 ? `${value.slice(0, 40)}…` : value}\`, and the kernel takes ${count === 1 ? 'a number' : `${count} numbers`} here: the task fails when it starts.`,
        hint: /^(?:true|yes|on|enabled?)$/i.test(value) ? 'Write `"1"`.' : /^(?:false|no|off|disabled?)$/i.test(value) ? 'Write `"0"`.' : count === 1 ? 'Write digits only, as text: `"1024"`.' : 'Write digits with a space between the numbers, as text.',
      });
    }
  },
});
