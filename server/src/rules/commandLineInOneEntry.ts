import { serviceRule } from './rule';

export default serviceRule({
  id: 'command-line-in-one-entry',
  effect: 'never-runs',
  summary: 'A command has one entry for each word.',
  why: 'No shell takes the entry apart: the node looks for one program with spaces in its name, and finds none.',
  source: 'engine 28.5: task failed, "executable file not found in $PATH"',
  covers: ['command-single-string', 'health-cmd-single-string'],
  examples: { bad: 'TaskTemplate:\n  ContainerSpec:\n    Command: ["sleep 1000"]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Command: [sleep, "1000"]\n' },

  check({ TaskTemplate }, { report }) {
    const container = TaskTemplate?.ContainerSpec;
    const base = ['TaskTemplate', 'ContainerSpec'];
    const test = container?.Healthcheck?.Test;
    const places = [
      { list: container?.Command, at: [...base, 'Command'], first: 0 },
      { list: test?.[0] === 'CMD' ? test : undefined, at: [...base, 'Healthcheck', 'Test'], first: 1 },
    ];
    for (const { list, at, first } of places) {
      const line = list?.[first];
      // a program in a directory with spaces exists, `C:\Program Files` above all
      if (list?.length !== first + 1 || !line || !/^[\w./-]+\s+\S/.test(line)) continue;
      const words = line.trim().split(/\s+/);
      // `/opt/my app/run` may be a path with a space in it
      const mayBePath = words.length > 1 && /^\.?\//.test(line) && words.slice(1).every((word) => /^\w/.test(word)) && words.at(-1)?.includes('/') === true;
      const plain = !/["'$`\\|&;<>(){}*?]/.test(line);
      report({
        at: [...at, first],
        severity: mayBePath ? 'information' : undefined,
        message: 'This entry is a whole command line, and the node looks for one program of that name.',
        hint: first === 0 ? 'Write one entry for each word, or `["sh", "-c", "…"]`.' : 'Write one entry for each word, or `CMD-SHELL` in front.',
        fix: plain ? { title: 'Write one entry for each word', safe: false, edits: [{ kind: 'set', at, value: [...list.slice(0, first).map((word) => word ?? ''), ...words] }] } : undefined,
      });
    }
  },
});
