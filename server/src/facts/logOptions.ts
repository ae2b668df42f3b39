/** One option of a log driver. */
export interface LogOption {
  readonly value: string;
  readonly doc: string;
}

type Options = Readonly<Record<string, LogOption>>;

const option = (value: string, doc: string): LogOption => ({ value, doc });

const ATTRIBUTES: Options = {
  tag: option('{{.Name}}', 'Template of what marks a message: `{{.Name}}`, `{{.ID}}`, `{{.ImageName}}`.'),
  labels: option('com.example.team', 'Labels of the container that go with each message, with commas between them.'),
  'labels-regex': option('^com\\.example\\.', 'Labels that go with each message, as a regular expression.'),
  env: option('RELEASE', 'Environment variables that go with each message, with commas between them.'),
  'env-regex': option('^APP_', 'Environment variables that go with each message, as a regular expression.'),
};

const FILES: Options = {
  'max-size': option('10m', 'Size at which a file is rotated: a number and `k`, `m` or `g`.'),
  'max-file': option('3', 'How many files are kept.'),
  compress: option('true', 'Whether rotated files are compressed.'),
};

/** What every driver takes. */
export const COMMON_LOG_OPTIONS: Options = {
  mode: option('non-blocking', '`blocking`, or `non-blocking`: messages are lost rather than the process held up.'),
  'max-buffer-size': option('4m', 'Memory for messages in `non-blocking` mode.'),
};

/** The options that the log drivers of the engine know, by driver. Source: engine 28.5, `daemon/logger`. */
export const LOG_OPTIONS: Readonly<Record<string, Options>> = {
  'json-file': { ...FILES, ...ATTRIBUTES },
  local: FILES,
  journald: ATTRIBUTES,
  syslog: {
    'syslog-address': option('udp://127.0.0.1:514', 'Where the messages go: `udp://HOST:PORT`, `tcp://…`, `tcp+tls://…`, `unix://PATH`.'),
    'syslog-facility': option('daemon', 'Facility of the messages, by name or number.'),
    'syslog-format': option('rfc5424', '`rfc3164`, `rfc5424` or `rfc5424micro`.'),
    'syslog-tls-ca-cert': option('/etc/ssl/ca.pem', 'Certificate of the authority that the server is checked with.'),
    'syslog-tls-cert': option('/etc/ssl/cert.pem', 'Certificate of this client.'),
    'syslog-tls-key': option('/etc/ssl/key.pem', 'Key of this client.'),
    'syslog-tls-skip-verify': option('false', 'Whether any certificate of the server is taken.'),
    ...ATTRIBUTES,
  },
  gelf: {
    'gelf-address': option('udp://127.0.0.1:12201', 'Where the messages go: `udp://HOST:PORT` or `tcp://HOST:PORT`.'),
    'gelf-compression-type': option('gzip', '`gzip`, `zlib` or `none`, over UDP.'),
    'gelf-compression-level': option('1', 'From -1 to 9.'),
    'gelf-tcp-max-reconnect': option('3', 'How many times a lost TCP connection is made again.'),
    'gelf-tcp-reconnect-delay': option('1', 'Seconds between two attempts.'),
    ...ATTRIBUTES,
  },
  fluentd: {
    'fluentd-address': option('127.0.0.1:24224', 'Where the messages go: `HOST:PORT` or `unix://PATH`.'),
    'fluentd-async': option('true', 'Whether a container starts although Fluentd is not there yet.'),
    'fluentd-buffer-limit': option('1m', 'Memory for messages that wait.'),
    'fluentd-max-retries': option('10', 'How many times a message is tried.'),
    'fluentd-retry-wait': option('1s', 'Time between two attempts.'),
    'fluentd-sub-second-precision': option('true', 'Whether times are finer than a second.'),
    'fluentd-request-ack': option('true', 'Whether each message has to be acknowledged.'),
    ...ATTRIBUTES,
  },
  awslogs: {
    'awslogs-region': option('eu-central-1', 'Region of the log group.'),
    'awslogs-group': option('web', 'Name of the log group.'),
    'awslogs-create-group': option('true', 'Whether the group is made when it is missing.'),
    'awslogs-stream': option('web-1', 'Name of the log stream; the ID of the container unless said.'),
    'awslogs-create-stream': option('true', 'Whether the stream is made when it is missing.'),
    'awslogs-datetime-format': option('%Y-%m-%d', 'What begins a message of several lines, as for `strftime`.'),
    'awslogs-multiline-pattern': option('^ERROR', 'What begins a message of several lines, as a regular expression.'),
    'awslogs-endpoint': option('https://logs.example.com', 'Another endpoint than that of the region.'),
    tag: ATTRIBUTES.tag,
  },
  gcplogs: {
    'gcp-project': option('my-project', 'Project the messages go to.'),
    'gcp-log-cmd': option('true', 'Whether the command of the container is logged.'),
    'gcp-meta-zone': option('europe-west1-b', 'Zone of the instance.'),
    'gcp-meta-name': option('node-1', 'Name of the instance.'),
    'gcp-meta-id': option('node-1', 'ID of the instance.'),
    labels: ATTRIBUTES.labels, 'labels-regex': ATTRIBUTES['labels-regex'], env: ATTRIBUTES.env, 'env-regex': ATTRIBUTES['env-regex'],
  },
  splunk: {
    'splunk-url': option('https://splunk.example.com:8088', 'Address of the HTTP event collector.'),
    'splunk-token': option('TOKEN', 'Token of the collector. Everyone who can read the service can read it.'),
    'splunk-index': option('main', 'Index of the events.'),
    'splunk-source': option('web', 'Source of the events.'),
    'splunk-sourcetype': option('httpevent', 'Source type of the events.'),
    'splunk-format': option('json', '`inline`, `json` or `raw`.'),
    'splunk-capath': option('/etc/ssl/ca.pem', 'Certificate of the authority that the collector is checked with.'),
    'splunk-insecureskipverify': option('false', 'Whether any certificate of the collector is taken.'),
    'splunk-verify-connection': option('true', 'Whether a container starts only when the collector can be reached.'),
    'splunk-gzip': option('false', 'Whether messages are compressed.'),
    ...ATTRIBUTES,
  },
};
