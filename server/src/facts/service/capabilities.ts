/** Capabilities worth offering, the ones people add or drop most first. The engine knows all of the kernel's. */
export const CAPABILITIES: readonly string[] = [
  'NET_ADMIN',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SYS_ADMIN',
  'SYS_NICE',
  'SYS_PTRACE',
  'SYS_TIME',
  'IPC_LOCK',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'KILL',
  'MKNOD',
  'SETGID',
  'SETUID',
  'BPF',
  'PERFMON',
  'ALL',
];

/** What each capability allows. Source: `capabilities(7)`; the engine (28.5) knows these. */
export const CAPABILITY_DOCS: Readonly<Record<string, string>> = {
  AUDIT_CONTROL: 'Turns the kernel\'s audit log on and off and changes its rules.',
  AUDIT_READ: 'Reads the audit log.',
  AUDIT_WRITE: 'Writes to the audit log.',
  BLOCK_SUSPEND: 'Keeps the machine from going to sleep.',
  BPF: 'Loads BPF programs.',
  CHECKPOINT_RESTORE: 'Saves running processes and brings them back.',
  CHOWN: 'Gives files to other users and groups.',
  DAC_OVERRIDE: 'Reads, writes and runs files whatever their permissions say.',
  DAC_READ_SEARCH: 'Reads files and lists folders whatever their permissions say.',
  FOWNER: 'Does with the files of others what only their owner may, such as changing the mode.',
  FSETID: 'Keeps the set-id bits of a file that is written to.',
  IPC_LOCK: 'Locks memory, so that it is never swapped out.',
  IPC_OWNER: 'Uses shared memory, semaphores and message queues of others.',
  KILL: 'Sends signals to processes of other users.',
  LEASE: 'Takes leases on files of others.',
  LINUX_IMMUTABLE: 'Makes files immutable or append-only, and undoes it.',
  MAC_ADMIN: 'Changes the rules of mandatory access control (Smack).',
  MAC_OVERRIDE: 'Is not bound by mandatory access control (Smack).',
  MKNOD: 'Makes device files.',
  NET_ADMIN: 'Changes interfaces, addresses, routes and firewall rules of the container\'s network.',
  NET_BIND_SERVICE: 'Listens on ports below 1024.',
  NET_BROADCAST: 'Sends broadcasts; the kernel does not ask for it.',
  NET_RAW: 'Opens raw sockets, as `ping` and `tcpdump` do.',
  PERFMON: 'Watches the performance of the whole machine.',
  SETFCAP: 'Writes capabilities into files.',
  SETGID: 'Becomes other groups.',
  SETPCAP: 'Hands on and drops capabilities.',
  SETUID: 'Becomes other users, root included.',
  SYSLOG: 'Reads and clears the kernel\'s log.',
  SYS_ADMIN: 'Mounts, changes namespaces and much else: nearly root on the node.',
  SYS_BOOT: 'Restarts the machine and loads another kernel.',
  SYS_CHROOT: 'Changes its root folder with `chroot`.',
  SYS_MODULE: 'Loads kernel modules: root on the node.',
  SYS_NICE: 'Raises priorities and pins processes to processors.',
  SYS_PACCT: 'Turns process accounting on and off.',
  SYS_PTRACE: 'Looks into other processes and changes them, as debuggers do.',
  SYS_RAWIO: 'Reads and writes memory and devices past the kernel.',
  SYS_RESOURCE: 'Goes beyond resource limits and quotas.',
  SYS_TIME: 'Sets the clock of the node.',
  SYS_TTY_CONFIG: 'Configures terminals.',
  WAKE_ALARM: 'Sets a timer that wakes the machine.',
};

/** Every capability that the engine knows. */
export const ALL_CAPABILITIES = Object.keys(CAPABILITY_DOCS);

/** What a container has unless it is dropped. Source: engine 28.5, `/proc/1/status` of a task. */
const GRANTED: readonly string[] = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD',
  'NET_BIND_SERVICE', 'NET_RAW', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
];

/** What a capability allows, in a sentence or two; undefined for a text that is none. Letter case and `CAP_` do not matter. */
export function capabilityInWords(text: string): string | undefined {
  const name = text.toUpperCase().replace(/^CAP_/, '');
  if (name === 'ALL') return 'Every capability.';
  if (!Object.hasOwn(CAPABILITY_DOCS, name)) return undefined;
  return GRANTED.includes(name) ? `${CAPABILITY_DOCS[name]} Containers have it unless it is dropped.` : CAPABILITY_DOCS[name];
}
