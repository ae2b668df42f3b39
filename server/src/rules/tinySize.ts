import { isTiny } from '../facts/bareNumbers';
import { TmpfsOptions } from '../facts/service/mount';
import { count, parseSize } from '../facts/units';
import { insteadOfBare } from '../schema/bareNumber';
import { serviceRule, SMALLEST } from './rule';

const { SizeBytes } = TmpfsOptions.fields;

export default serviceRule({
  id: 'tiny-size',
  effect: 'changed',
  summary: 'A size counts bytes.',
  why: 'A small number is megabytes written as such. The kernel makes a whole page of 4096 bytes of it, and nothing fits into such a tmpfs; a log file of a few bytes is rotated at every line, and old lines are gone at once.',
  source: 'engine 28.5: tmpfs of 64 bytes is one of 4 KiB; `max-size` of 10 taken as it is',
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: tmpfs, Target: /cache, TmpfsOptions: { SizeBytes: 64 } }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: tmpfs, Target: /cache, TmpfsOptions: { SizeBytes: 67108864 } }]\n  LogDriver: { Name: json-file, Options: { max-size: 10m } }\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, mount] of (TaskTemplate?.ContainerSpec?.Mounts ?? []).entries()) {
      const size = mount?.TmpfsOptions?.SizeBytes ?? 0;
      if (mount?.Type !== 'tmpfs' || !isTiny(size, SizeBytes)) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Mounts', i, 'TmpfsOptions', 'SizeBytes'];
      report({
        at,
        severity: Number(size) === 1 ? SMALLEST : undefined,
        message: `\`SizeBytes\` is ${size}: the engine counts bytes, and the kernel makes one page of ${SizeBytes.leastSensible} of them.`,
        ...insteadOfBare(size, SizeBytes, at),
      });
    }
    const { Name = '', Options } = TaskTemplate?.LogDriver ?? {};
    const text = Options?.['max-size'];
    const size = text === undefined || !['', 'json-file', 'local'].includes(Name) ? undefined : parseSize(text);
    if (text === undefined || size === undefined || size <= 0n || size >= 1024n) return;
    const at = ['TaskTemplate', 'LogDriver', 'Options', 'max-size'];
    const meant = `${size}m`;
    report({
      at,
      message: `\`max-size\` is \`${text}\`, which is ${count(size, 'byte')}: every line starts a new log file.`,
      hint: `For ${size} MiB write \`${meant}\`.`,
      fix: { title: `Write \`${meant}\``, safe: false, edits: [{ kind: 'set', at, value: meant }] },
    });
  },
});
