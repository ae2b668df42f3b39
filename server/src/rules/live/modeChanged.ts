import { liveRule } from '../liveRule';

export default liveRule({
  id: 'mode-changed',
  effect: 'refused',
  summary: '`Mode` names the kind of service that it is.',
  why: 'A service stays replicated, global or a job for its whole life; leaving `Mode` out means replicated. The engine answers 501.',
  source: 'engines 20.10 and 28.5: "service mode change is not allowed"',
  covers: ['mode-missing-on-update-non-replicated', 'mode-change-on-update'],
  examples: { live: 'service: {}\n', bad: 'Mode: { Global: {} }\n', good: 'Mode: { Replicated: { Replicas: 2 } }\n' },

  check({ Mode = {} }, { service }, { report }) {
    const [before, after] = [service?.spec.Mode ?? {}, Mode].map((mode) => Object.keys(mode)[0]);
    if (!service || before === undefined || before === after) return;
    report({
      at: ['Mode'],
      part: 'key',
      message: `The service is \`${before}\`, the spec says \`${after}\`, and the engine does not change that.`,
      hint: `Write \`Mode: {${before}: …}\`. To change it, create the service under another name, or remove it and create it anew.`,
    });
  },
});
