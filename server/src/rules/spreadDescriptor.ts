import { nearest } from '../schema/nearest';
import { LEFT_OUT, serviceRule } from './rule';

export default serviceRule({
  id: 'spread-descriptor',
  effect: 'advice',
  severity: 'warning',
  summary: '`SpreadDescriptor` is `node.labels.NAME` or `engine.labels.NAME`.',
  why: 'Tasks can be spread over the values of labels only. The engine stores anything else, and spreads nothing.',
  source: 'engine 28.5: stored and ignored',
  covers: ['preference-descriptor-unknown'],
  examples: {
    bad: 'TaskTemplate:\n  Placement:\n    Preferences: [{ Spread: { SpreadDescriptor: zone } }]\n',
    good: 'TaskTemplate:\n  Placement:\n    Preferences: [{ Spread: { SpreadDescriptor: engine.labels.rack } }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, preference] of (TaskTemplate?.Placement?.Preferences ?? []).entries()) {
      const spread = preference?.Spread;
      if (!spread || /^(?:node|engine)\.labels\../i.test(spread.SpreadDescriptor ?? '')) continue;
      const at = ['TaskTemplate', 'Placement', 'Preferences', i, 'Spread'];
      const text = spread.SpreadDescriptor ?? '';
      const prefix = /^([\w]+\.[\w]+)\.(.+)$/.exec(text);
      const near = prefix ? nearest(prefix[1], ['node.labels', 'engine.labels']) : undefined;
      const meant = prefix && near ? `${near}.${prefix[2]}` : /^[\w-]+$/.test(text) && text !== 'node' ? `node.labels.${text}` : undefined;
      report({
        at: spread.SpreadDescriptor === undefined ? at : [...at, 'SpreadDescriptor'],
        part: spread.SpreadDescriptor === undefined ? 'key' : 'value',
        severity: spread.SpreadDescriptor === undefined ? LEFT_OUT : undefined,
        message: text.trim() === '' ? 'This `Spread` names no label, and spreads nothing.' : `\`${text}\` is not a label of a node, and the preference spreads nothing.`,
        hint: meant ? `If a label is meant, write \`${meant}\`.` : 'Write `node.labels.NAME` or `engine.labels.NAME`.',
      });
    }
  },
});
