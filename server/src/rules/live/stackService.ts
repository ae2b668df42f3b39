import { liveRule } from '../liveRule';

const LABEL = 'com.docker.stack.namespace';

export default liveRule({
  id: 'stack-service',
  effect: 'advice',
  summary: 'A service of a stack is updated by its stack file.',
  why: 'The label says which stack a service belongs to. The next `docker stack deploy` overwrites what is applied here; without the label, the stack no longer knows the service, and `docker stack rm` leaves it behind.',
  source: 'docker stack commands find the services of a stack by this label',
  examples: {
    live: 'service:\n  Labels: { com.docker.stack.namespace: shop }\n',
    bad: 'Labels: { com.docker.stack.namespace: shop, a: b }\n',
    good: 'Name: demo2\n',
  },

  check({ Labels = {} }, { service }, { report }) {
    const stack = service?.spec.Labels?.[LABEL];
    if (stack === undefined) return;
    if (Labels[LABEL] === stack) {
      report({ at: ['Labels', LABEL], message: `This service belongs to the stack \`${stack}\`: the next \`docker stack deploy\` of it overwrites what is applied here.` });
    } else {
      report({ at: ['Labels'], part: 'key', message: `The update takes the service out of the stack \`${stack}\`: its commands no longer find it, and \`docker stack rm\` leaves it behind.`, hint: `Keep the label \`${LABEL}: ${stack}\` where that is not meant.` });
    }
  },
});
