import { map, string, struct } from '../make';

/** The engine calls it `Driver`; in a service spec only `TaskTemplate.LogDriver` is one. */
export const Driver = struct('Driver', {
  Name: {
    type: string,
    suggestions: ['json-file', 'local', 'journald', 'syslog', 'gelf', 'fluentd', 'awslogs', 'gcplogs', 'splunk', 'etwlogs', 'none'],
    containersCallIt: 'Type',
    since: '1.25',
    doc: 'Name of the log driver. It is not checked when the service is saved: with a driver that no node has, tasks stay pending.',
    source: 'API v1.25; engine 28.5: task pending, "missing plugin on 1 node"',
  },
  Options: {
    type: map({
      type: string,
      bareText: 'number-or-boolean',
      examples: ['10m', '3'],
      since: '1.25',
      doc: 'Value of the option, always text: `"3"`, not `3`. A value that the driver cannot read makes the task fail when it starts.',
      source: 'API v1.25; engine 28.5: 400 for a number',
    }),
    containersCallIt: 'Config',
    since: '1.25',
    doc: 'Options of the log driver, such as `max-size` and `max-file` of `json-file`. A key that the driver does not know makes the node reject the task.',
    source: 'API v1.25; engine 28.5: task rejected, "unknown log opt"',
  },
});
