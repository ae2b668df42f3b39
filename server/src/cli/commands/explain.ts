import { documentedRules, type RuleDoc, rulesForMessage } from '../../features/explain';
import { nearest } from '../../schema/nearest';
import { type Command, EXIT, UsageError } from '../command';
import { type Painter, painter } from '../paint';

const command: Command = {
  name: 'explain',
  usage: 'RULE|MESSAGE',
  summary: 'Tell what a rule finds, why, and what the engine says; by its id, or by a message of the engine.',
  options: [],
  examples: ['swarmspec explain unknown-field', 'swarmspec explain "must specify only one service mode"'],
  words: () => documentedRules().map(({ id }) => id),

  run({ positionals }, terminal) {
    const docs = documentedRules();
    const asked = positionals.join(' ');
    if (asked === '') throw new UsageError(`no rule is given. There are ${docs.map((rule) => rule.id).join(', ')}; \`swarmspec rules\` tells what each of them finds.`);
    const named = docs.find(({ id }) => id === asked);
    const rules = named ? [named] : rulesForMessage(asked);
    if (rules.length === 0) {
      const near = nearest(asked, docs.map(({ id }) => id));
      throw new UsageError(`there is no rule \`${asked}\`, and none that quotes this message.${near ? ` Did you mean \`${near}\`?` : ''}`);
    }
    terminal.out(rules.map((rule) => page(rule, painter(terminal.color))).join('\n'));
    return EXIT.done;
  },
};
export default command;

function page({ id, effect, severity, summary, why, source, bad, good, live }: RuleDoc, { paint, prose }: Painter): string {
  const example = (title: string, style: 'dim' | 'removed' | 'added', text: string) => `\n${paint('bold', `${title}:`)}\n${text.trimEnd().split('\n').map((line) => paint(style, `  ${line}`)).join('\n')}\n`;
  return `${paint('bold', id)} (${paint(severity, severity)}, ${effect})\n\n${prose(summary)}\n\n${prose(why)}\n\n${paint('dim', `Source: ${source}`)}\n${live ? example('Found by a plan, against this', 'dim', live) : ''}${example('Bad', 'removed', bad)}${example('Good', 'added', good)}`;
}
