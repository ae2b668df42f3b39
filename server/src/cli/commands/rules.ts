import { documentedRules } from '../../features/explain';
import { VERSION } from '../../version';
import { type Command, EXIT, UsageError } from '../command';

const FORMATS = ['text', 'json'] as const;

const command: Command = {
  name: 'rules',
  usage: '[--format text|json]',
  summary: 'List every rule: what it finds, how bad it is, and what the engine does.',
  options: [{ name: 'format', short: 'f', value: 'NAME', doc: 'text (default), or json with all there is to tell about each rule.', example: 'swarmspec rules --format json', words: FORMATS }],
  examples: ['swarmspec rules', "swarmspec rules --format json | jq '.rules[].id'"],
  words: [],

  run({ positionals, values }, { out, color }) {
    if (positionals.length > 0) throw new UsageError(`it takes no arguments. \`swarmspec explain ${positionals[0]}\` tells of one rule.`);
    const format = values.format ?? 'text';
    if (!FORMATS.some((one) => one === format)) throw new UsageError(`there is no format \`${format}\` here. There are text and json.`);
    const rules = documentedRules();
    if (format === 'json') {
      out(`${JSON.stringify({ version: 1, swarmspec: VERSION, rules: rules.map(({ id, severity, effect, summary, why, source, bad, good }) => ({ id, severity, effect, summary, why, source, bad, good })) }, null, 2)}\n`);
      return EXIT.done;
    }
    const { painter }: typeof import('../paint') = require('../paint');
    const { paint, prose } = painter(color);
    const width = Math.max(...rules.map(({ id }) => id.length));
    for (const { id, severity, effect, summary } of rules) out(`${paint('bold', id.padEnd(width))}  ${paint(severity, severity.padEnd(11))}  ${effect.padEnd(14)}  ${prose(summary)}\n`);
    return EXIT.done;
  },
};
export default command;
