import { SERVICE } from '../../facts/kinds';
import { allFields, type PlacedField } from '../../facts/lookup';
import type { RequestMessage } from '../../facts/requestMessages';
import { typeName } from '../../facts/units';
import { DEFAULT_API } from '../../facts/versions';
import { describe } from '../../features/describe';
import { documentedRules, fieldsCalled, requestMessages, type RuleDoc, rulesForMessage } from '../../features/explain';
import { nearest } from '../../schema/nearest';
import { type Command, EXIT, UsageError } from '../command';
import { type Painter, painter } from '../paint';

const command: Command = {
  name: 'explain',
  usage: 'RULE|FIELD|MESSAGE',
  summary: 'Tell what a rule finds, why, and what the engine says, by its id or a message of the engine; or what a field of a spec does.',
  options: [],
  examples: ['swarmspec explain unknown-field', 'swarmspec explain UpdateConfig.Delay', 'swarmspec explain "must specify only one service mode"'],
  words: () => documentedRules().map(({ id }) => id),

  run({ positionals }, terminal) {
    const docs = documentedRules();
    const asked = positionals.join(' ');
    if (asked === '') throw new UsageError('nothing is given to explain. It takes the id of a rule (`swarmspec rules` lists them), a field such as UpdateConfig.Delay, or a message of the engine.');
    const named = docs.find(({ id }) => id === asked);
    const rules = named ? [named] : rulesForMessage(asked);
    const requests = named ? [] : requestMessages(asked);
    const fields = rules.length + requests.length > 0 ? [] : fieldsCalled(asked);
    if (rules.length + requests.length + fields.length === 0) {
      const near = nearest(asked, [...docs.map(({ id }) => id), ...allFields(SERVICE.root).map(({ name }) => name)]);
      throw new UsageError(`there is no rule and no field \`${asked}\`, and no rule that quotes this message.${near ? ` Did you mean \`${near}\`?` : ''}`);
    }
    const paints = painter(terminal.color);
    terminal.out([...rules.map((rule) => page(rule, paints)), ...requests.map((request) => requestPage(request, paints)), ...fields.map((field) => fieldPage(field, paints))].join('\n'));
    return EXIT.done;
  },
};
export default command;

function page({ id, effect, severity, summary, why, source, bad, good, live }: RuleDoc, { paint, prose }: Painter): string {
  const example = (title: string, style: 'dim' | 'removed' | 'added', text: string) => `\n${paint('bold', `${title}:`)}\n${text.trimEnd().split('\n').map((line) => paint(style, `  ${line}`)).join('\n')}\n`;
  return `${paint('bold', id)} (${paint(severity, severity)}, ${effect})\n\n${prose(summary)}\n\n${prose(why)}\n\n${paint('dim', `Source: ${source}`)}\n${live ? example('Found by a plan, against this', 'dim', live) : ''}${example('Bad', 'removed', bad)}${example('Good', 'added', good)}`;
}

function requestPage({ message, means, remedy, source }: RequestMessage, { paint, prose }: Painter): string {
  return `${paint('bold', message)} (of the request, not of the spec)\n\n${prose(means)}\n\n${prose(remedy)}\n\n${paint('dim', `Source: ${source}`)}\n`;
}

/** What hover says of a field, and the fields in it. */
function fieldPage({ path, field, name }: PlacedField, { paint, prose }: Painter): string {
  const text = describe(name, field, DEFAULT_API).replace(/^\*\*.*\*\*: /, '').replaceAll(/\*\*([^*]+)\*\*|^\*(.*)\*$/gm, '$1$2');
  const inside = field.type.kind === 'list' ? field.type.item.type : field.type;
  const members = inside.kind === 'struct' ? Object.entries(inside.fields).map(([key, member]) => `  ${paint('bold', key)}: ${typeName(member)}${member.required ? ', required' : ''}\n`) : [];
  return `${paint('bold', path)}: ${text.split('\n').map(prose).join('\n')}\n${members.length > 0 ? `\n${paint('bold', 'Fields:')}\n${members.join('')}` : ''}`;
}
