import { type RuleDoc, ruleDocs } from '../../features/explain';
import { nearest } from '../../schema/nearest';
import { type Command, EXIT, UsageError } from '../command';

const command: Command = {
  name: 'explain',
  usage: 'RULE|MESSAGE',
  summary: 'Tell what a rule finds, why, and what the engine says; by its id, or by a message of the engine.',
  options: [],
  examples: ['swarmspec explain unknown-field', 'swarmspec explain "must specify only one service mode"'],

  run({ positionals }, terminal) {
    const docs = ruleDocs();
    const asked = positionals.join(' ');
    if (asked === '') throw new UsageError(`no rule is given. There are ${docs.map((rule) => rule.id).join(', ')}.`);
    const named = docs.find(({ id }) => id === asked);
    const rules = named ? [named] : docs.filter(({ source }) => quotes(source, asked));
    if (rules.length === 0) {
      const near = nearest(asked, docs.map(({ id }) => id));
      throw new UsageError(`there is no rule \`${asked}\`, and none that quotes this message.${near ? ` Did you mean \`${near}\`?` : ''}`);
    }
    terminal.out(rules.map(page).join('\n'));
    return EXIT.done;
  },
};
export default command;

/** Whether the source of a rule quotes the stable part of a message. */
function quotes(source: string, message: string): boolean {
  return [...source.matchAll(/"([^"]{8,})"/g)].some(([, stable]) => message.includes(stable));
}

function page({ id, effect, severity, summary, why, source, bad, good }: RuleDoc): string {
  const example = (title: string, text: string) => `\n${title}:\n${text.trimEnd().split('\n').map((line) => `  ${line}`).join('\n')}\n`;
  return `${id} (${severity}, ${effect})\n\n${summary}\n\n${why}\n\nSource: ${source}\n${example('Bad', bad)}${example('Good', good)}`;
}
