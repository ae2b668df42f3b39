import { ruleDocs } from '../../features/explain';
import { nearest } from '../../schema/nearest';
import { type Command, EXIT, UsageError } from '../command';

const command: Command = {
  name: 'explain',
  usage: 'RULE',
  summary: 'Tell what a rule finds, why, and what the engine says.',
  options: [],
  examples: ['swarmspec explain unknown-field'],

  run({ positionals }, terminal) {
    const docs = ruleDocs();
    const [id] = positionals;
    if (id === undefined) throw new UsageError(`no rule is given. There are ${docs.map((rule) => rule.id).join(', ')}.`);
    const rule = docs.find((one) => one.id === id);
    if (!rule) {
      const near = nearest(id, docs.map((one) => one.id));
      throw new UsageError(`there is no rule \`${id}\`.${near ? ` Did you mean \`${near}\`?` : ''}`);
    }
    const { effect, severity, summary, why, source, bad, good } = rule;
    const example = (title: string, text: string) => `\n${title}:\n${text.trimEnd().split('\n').map((line) => `  ${line}`).join('\n')}\n`;
    terminal.out(`${id} (${severity}, ${effect})\n\n${summary}\n\n${why}\n\nSource: ${source}\n${example('Bad', bad)}${example('Good', good)}`);
    return EXIT.done;
  },
};
export default command;
