import { picking } from '../remember';
import { serviceRule } from './rule';

const VARIABLE = /\$(?:\{[A-Za-z_]\w*(?::?[-+?=][^}]{0,200})?\}|\([^()]{1,200}\)|[A-Z_][A-Z0-9_]{2,}(?![a-z]))/;

/** Entries with a quote behind the `=` or something of a shell anywhere: few have. */
const suspects = picking((entry) => /=["']/.test(entry) || VARIABLE.test(entry));

export default serviceRule({
  id: 'env-shell-syntax',
  effect: 'advice',
  summary: 'A value in `Env` is taken as it is.',
  why: 'No shell reads the entry: quotes become part of the value, and neither variables nor commands are replaced. In a compose file or a shell script they would have been.',
  source: 'engine 28.5: literal text in the environment',
  covers: ['env-no-shell-processing'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Env: [\'DATA="$HOME/data"\']\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Env: ["DATA=/root/data", "NOTE=it costs $5", "SLOT={{.Task.Slot}}"]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, entry] of suspects(TaskTemplate?.ContainerSpec?.Env ?? [])) {
      const equals = entry.indexOf('=');
      const name = entry.slice(0, Math.max(0, equals));
      if (!/^[\w.-]{1,100}$/.test(name)) continue;
      const at = ['TaskTemplate', 'ContainerSpec', 'Env', i];
      const value = entry.slice(equals + 1);
      const inside = /^(["'])([^]*)\1$/.exec(value)?.[2];
      if (inside !== undefined) {
        report({
          at,
          within: { start: equals + 1, end: entry.length },
          message: `The quotes around the value of \`${name}\` become part of it.`,
          hint: 'Write the value without them.',
          fix: { title: 'Remove the quotes', safe: false, edits: [{ kind: 'set', at, value: `${name}=${inside}` }] },
        });
      }
      const variable = VARIABLE.exec(value);
      if (!variable) continue;
      const start = equals + 1 + variable.index;
      report({
        at,
        within: { start, end: start + variable[0].length },
        message: `The ${variable[0].startsWith('$(') ? 'command' : 'variable'} in the value of \`${name}\` is not replaced: the program gets it as text.`,
        hint: 'Write what is meant, unless the program replaces it itself.',
      });
    }
  },
});
