import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE } from '../facts/kinds';
import { allFields } from '../facts/lookup';
import type { Field } from '../facts/types';
import { typeName } from '../facts/units';
import { documentedRules } from '../features/explain';
import { SETTINGS } from '../lsp/settings';
import { coverage } from './catalogue';
import { ROOT } from './root';

/** The generated pages, by path from the root. */
export function generatedDocs(): Map<string, string> {
  return new Map([
    ['docs/fields.md', fieldsPage()],
    ['docs/rules.md', rulesPage()],
    ['package.json', manifest()],
  ]);
}

function fieldsPage(): string {
  const rows = allFields(SERVICE.root).map(({ path, field }) => `| \`${path}\` | ${typeName(field)} | ${field.since} | ${notes(field)} |`);
  return `# Fields of a service spec

Written by \`npm run generate\` from \`server/src/facts\`; do not edit. ${rows.length} fields; \`[]\` is a list item, \`.*\` a map value.

| field | type | since API | what to know |
|---|---|---|---|
${rows.join('\n')}
`;
}

function notes(field: Field): string {
  const parts = [field.doc];
  if (field.words) parts.push(`Values: ${Object.keys(field.words.words).filter(Boolean).map((word) => `\`${word}\``).join(', ')}.`);
  if (field.required) parts.push('**Required.**');
  if (field.default) parts.push(`Left out: ${field.default}.`);
  if (field.zero) parts.push(`0 means: ${field.zero}.`);
  if (field.erasedBelow) parts.push(`**Erased below v${field.erasedBelow}.**`);
  if (field.neverStored) parts.push(`**Never stored.** ${field.neverStored}`);
  if (field.deprecated) parts.push(`**Deprecated since v${field.deprecated.since}**: use \`${field.deprecated.use}\`.`);
  if (field.engines) parts.push(field.engines);
  parts.push(`*${field.source}*`);
  return cell(parts.join(' '));
}

function rulesPage(): string {
  const docs = documentedRules();
  const sections = docs.map(
    ({ id, severity, effect, summary, why, source, bad, good, whole, live }) => `## ${id}

**${severity}**, ${effect}. ${summary}

${why}

*Source: ${source}*
${live ? `
Found by a plan, against this:
\`\`\`yaml
${live.trimEnd()}
\`\`\`` : ''}
Bad:
\`\`\`${whole ?? 'yaml'}
${bad.trimEnd()}
\`\`\`
Good:
\`\`\`${whole ?? 'yaml'}
${good.trimEnd()}
\`\`\`
`,
  );
  return `# Rules

Written by \`npm run generate\` from the rules; do not edit. ${docs.length} rules. Examples that are not whole files are merged over
the smallest valid spec (\`Name: demo\`, \`Image: busy:1\`); all of them run as tests. ${docs.filter(({ live }) => live).length} rules compare the spec with the live service and its swarm: a plan
runs them, and their examples show what they meet there.

| rule | severity | effect | |
|---|---|---|---|
${docs.map(({ id, severity, effect, summary }) => `| [${id}](#${id}) | ${severity} | ${effect} | ${summary} |`).join('\n')}

${sections.join('\n')}
${catalogueSection()}`;
}

/** What the engine does beyond the shape of a spec, and which rule says so; found by running the examples of each row. */
function catalogueSection(): string {
  const all = coverage();
  const rows = all.map(({ row, rules, named, elsewhere }) => `| ${row.id} | ${cell(row.condition)} | ${row.effect} | ${row.checkable} | ${rules.length > 0 ? links(rules) : named.length > 0 ? `${links(named)} (named)` : (elsewhere ?? '**none**')} |`);
  const covered = all.filter(({ rules, named, elsewhere }) => rules.length > 0 || named.length > 0 || elsewhere !== undefined);
  const shown = all.filter(({ rules }) => rules.length > 0);
  return `# What the engine does, and the rule that says so

${all.length} rows, each tried on real engines; ${covered.length} are covered: ${shown.length} by a rule that finds something in the row's bad example and nothing in its good one (for a row decided by the live swarm, in the swarm that the rule's example shows), the rest by a rule that only names the row (marked so), or by how plan and apply make their requests.

| what | condition | effect | decidable | rule |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

function links(ids: readonly string[]): string {
  return ids.map((id) => `[${id}](#${id})`).join(', ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** The manifest with the settings of the extension, which the server's table holds. */
function manifest(): string {
  const current = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const properties = Object.fromEntries(SETTINGS.map(({ key, schema, doc }) => [`swarmspec.${key}`, { ...schema, markdownDescription: doc }]));
  current.contributes.configuration = { title: 'swarmspec', properties };
  return `${JSON.stringify(current, null, 2)}\n`;
}
