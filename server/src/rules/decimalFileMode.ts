import type { Int } from '../facts/serviceSpec';
import { writesNumber } from '../facts/units';
import type { Path } from '../path';
import { type RuleContext, serviceRule } from './rule';

/** Permissions people write, as they are said: reading their digits as decimal gives nothing anyone wants. */
const SAID = [400, 440, 444, 500, 550, 555, 600, 640, 644, 660, 664, 666, 700, 710, 711, 740, 744, 750, 751, 755, 770, 771, 775, 777, 1777, 2755, 2775, 4755];

export default serviceRule({
  id: 'decimal-file-mode',
  effect: 'changed',
  summary: 'The mode of a file is a number, not octal digits.',
  why: 'JSON has no octal numbers, so the engine reads `444` as `0674`: others may write, and the owner may run the file. `0444` is 292.',
  source: 'engine 28.5: wrong permissions in the container',
  covers: ['file-mode-decimal', 'mount-tmpfs-mode-decimal'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Secrets: [{ SecretID: a1, SecretName: one, File: { Name: a, UID: "0", GID: "0", Mode: 444 } }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Secrets: [{ SecretID: a1, SecretName: one, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }]\n',
  },

  check({ TaskTemplate }, { report }) {
    const container = TaskTemplate?.ContainerSpec;
    const base = ['TaskTemplate', 'ContainerSpec'];
    for (const list of ['Secrets', 'Configs'] as const) {
      for (const [i, reference] of (container?.[list] ?? []).entries()) reportMode(report, reference?.File?.Mode, [...base, list, i, 'File', 'Mode']);
    }
    for (const [i, mount] of (container?.Mounts ?? []).entries()) reportMode(report, mount?.TmpfsOptions?.Mode, [...base, 'Mounts', i, 'TmpfsOptions', 'Mode']);
  },
});

function reportMode(report: RuleContext['report'], mode: Int | undefined, at: Path): void {
  if (mode === undefined || !SAID.includes(Number(mode))) return;
  const meant = Number.parseInt(String(mode), 8);
  report({
    at,
    message: `\`Mode\` is ${mode}, which is octal 0${Number(mode).toString(8)} to the engine.`,
    hint: `Octal 0${mode} is \`${meant}\`.`,
    fix: { title: writesNumber(meant, 'file-mode'), safe: false, edits: [{ kind: 'set', at, value: meant }] },
  });
}
