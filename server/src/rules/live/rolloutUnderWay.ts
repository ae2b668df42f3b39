import { liveRule } from '../liveRule';

export default liveRule({
  id: 'rollout-under-way',
  effect: 'advice',
  severity: 'warning',
  summary: 'The last update of the service has come to its end.',
  why: 'An update ends the rollout that is under way and takes what it has come to as its start. After a pause, any update goes on with the tasks that were left behind.',
  source: 'engines 20.10 and 28.5: tasks left behind by a paused rollout are replaced by the next update',
  examples: { live: 'service: {}\nrollout: paused\n', bad: 'Labels: { a: b }\n', good: 'Name: demo2\n' },

  check(_, { service }, { report }) {
    switch (service?.rollout) {
      case 'updating':
      case 'rollback_started':
        report({ at: [], message: `${service.rollout === 'updating' ? 'An update' : 'A rollback'} of this service is under way, and this one ends it in the middle.`, hint: 'Wait for its end, unless it is to be stopped.' });
        return;
      case 'paused':
      case 'rollback_paused':
        report({ at: [], message: `The last ${service.rollout === 'paused' ? 'update' : 'rollback'} of this service paused after a failure, and this one goes on with the tasks that it left behind.`, hint: 'Look at the failed task first: `docker service ps`.' });
        return;
      case 'rollback_completed':
        report({ at: [], message: 'The last update of this service was rolled back after a failure.', hint: 'Is the cause mended?' });
    }
  },
});
