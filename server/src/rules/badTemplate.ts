import { expandTemplate } from '../grammar/goTemplate';
import { FUNCTIONS } from '../grammar/goTemplateParser';
import type { Path, Span } from '../path';
import { picking } from '../remember';
import { type RuleContext, serviceRule } from './rule';

const withBraces = picking((entry) => entry.includes('{{'));

export default serviceRule({
  id: 'bad-template',
  effect: 'refused',
  summary: 'What stands between `{{` and `}}` in a host name, an environment value or a mount is a Go template.',
  why: 'The engine tries these templates out when the service is saved, with made-up names and without any labels, and answers 400 where one fails. Braces that are meant for the application have to be escaped.',
  source: 'engine 28.5: "expanding hostname failed", "expanding env failed", "expanding mounts failed"; swarmkit template.ExpandContainerSpec',
  covers: ['template-error-hostname', 'template-error-env', 'template-label-lookup', 'mount-template-error'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Env: ["SLOT={{.Task.Slots}}"]\n',
    good: 'Labels: { owner: me }\nTaskTemplate:\n  ContainerSpec:\n    Hostname: "{{.Service.Name}}-{{.Task.Slot}}"\n    Env: ["OWNER={{index .Service.Labels \\"owner\\"}}", "FORMAT={{\\"{{\\"}}.Names}}"]\n',
  },

  check({ TaskTemplate }, { report }) {
    const container = TaskTemplate?.ContainerSpec;
    if (!container) return;
    const base = ['TaskTemplate', 'ContainerSpec'];
    reportTemplate(report, container.Hostname, [...base, 'Hostname']);
    for (const [i, entry] of withBraces(container.Env ?? [])) {
      const equals = entry.indexOf('=');
      // only what follows the name is expanded
      if (equals >= 0) reportTemplate(report, entry.slice(equals + 1), [...base, 'Env', i], entry.slice(0, equals + 1));
    }
    for (const [i, mount] of (container.Mounts ?? []).entries()) {
      const at = [...base, 'Mounts', i];
      reportTemplate(report, mount?.Source, [...at, 'Source']);
      reportTemplate(report, mount?.Target, [...at, 'Target']);
      const volume = mount?.VolumeOptions;
      for (const [key, value] of Object.entries(volume?.Labels ?? {})) reportTemplate(report, value, [...at, 'VolumeOptions', 'Labels', key]);
      for (const [key, value] of Object.entries(volume?.DriverConfig?.Options ?? {})) reportTemplate(report, value, [...at, 'VolumeOptions', 'DriverConfig', 'Options', key]);
    }
  },
});

/** `name` is what stands before the template in the value at `at`. */
function reportTemplate(report: RuleContext['report'], template: string | undefined, at: Path, name = ''): void {
  if (!template?.includes('{{')) return;
  const expansion = expandTemplate(template);
  if (expansion.kind === 'text') return;
  const { message, span, hint } = expansion;
  const mended = withIndex(template, span);
  report({
    at,
    within: { start: span.start + name.length, end: Math.max(span.end, span.start + 1) + name.length },
    message: `${name === '' ? message : discreet(message)}, and the engine refuses the service.`,
    hint: (name === '' ? hint : hint && discreet(hint)) ?? 'Braces that are meant literally are written `{{"{{"}}`.',
    fix: mended === undefined ? undefined : { title: 'Read the label with `index`', safe: true, edits: [{ kind: 'set', at, value: name + mended }] },
  });
}

/** Words that say nothing about the value they stand in. */
const HARMLESS = new Set([...FUNCTIONS, 'block', 'break', 'config', 'continue', 'define', 'else', 'end', 'env', 'if', 'nil', 'range', 'secret', 'template', 'with', 'Service', 'Node', 'Task']);

/** A message about an environment value, without words that may be part of a password with braces in it. */
function discreet(message: string): string {
  return message.replaceAll(/`(\w+)`/g, (quoted, word: string) => (HARMLESS.has(word) ? quoted : '`…`'));
}

/** The template with `.Service.Labels.x` as `index .Service.Labels "x"`, where that is at fault and mends it. */
function withIndex(template: string, { start, end }: Span): string | undefined {
  const labels = '.Service.Labels';
  const before = template.slice(0, start);
  if (!before.endsWith(labels)) return undefined;
  const alone = /\{\{-?\s*$/.test(before.slice(0, -labels.length)) && /^\s*-?\}\}/.test(template.slice(end));
  const call = `index ${labels} "${template.slice(start + 1, end)}"`;
  const mended = before.slice(0, -labels.length) + (alone ? call : `(${call})`) + template.slice(end);
  return expandTemplate(mended).kind === 'text' ? mended : undefined;
}
