import { bool, list, string, struct } from '../make';

/** The spelling the engine reads: lower case on the wire, `RuntimePrivilege` in Go. */
export const RuntimePrivilege = struct('RuntimePrivilege', {
  name: {
    type: string,
    examples: ['network', 'capabilities'],
    since: '1.31',
    doc: 'What the privilege is about, as the plugin asks for it: `network`, `mount`, `device`, `capabilities` and so on.',
    source: 'Go type string',
  },
  description: {
    type: string,
    since: '1.31',
    doc: 'An explanation for people.',
    source: 'Go type string',
  },
  value: {
    type: list(
      {
        type: string,
        examples: ['host', 'CAP_SYS_ADMIN'],
        since: '1.31',
        doc: 'One value that is granted.',
        source: 'Go type []string',
      },
      'empty-string',
    ),
    examples: [['CAP_SYS_ADMIN']],
    since: '1.31',
    doc: 'The values that are granted. They have to be exactly those the plugin asks for.',
    source: 'Go type []string',
  },
});

/** The spelling of the API description, which the engine does not know. */
export const PluginPrivilege = struct('PluginPrivilege', {
  Name: {
    type: string,
    since: '1.31',
    doc: 'What the privilege is about. Use `privileges[].name`.',
    source: 'API v1.31',
  },
  Description: {
    type: string,
    since: '1.31',
    doc: 'An explanation for people. Use `privileges[].description`.',
    source: 'API v1.31',
  },
  Value: {
    type: list(
      {
        type: string,
        since: '1.31',
        doc: 'One value that is granted. Use `privileges[].value`.',
        source: 'API v1.31',
      },
      'nothing',
    ),
    since: '1.31',
    doc: 'The values that are granted. Use `privileges[].value`.',
    source: 'API v1.31',
  },
});

/** `RuntimeSpec` in Go, `PluginSpec` in a service spec. The API description writes its keys with capitals. */
export const RuntimeSpec = struct('PluginSpec', {
  name: {
    type: string,
    describedAs: 'Name',
    examples: ['sshfs'],
    since: '1.31',
    doc: 'Name the plugin gets on each node.',
    source: 'API v1.31; engine 28.5',
  },
  remote: {
    type: string,
    describedAs: 'Remote',
    examples: ['vieux/sshfs:latest'],
    since: '1.31',
    doc: 'Reference of the plugin in its registry, which each node pulls from.',
    source: 'API v1.31; engine 28.5',
  },
  privileges: {
    type: list(
      {
        type: RuntimePrivilege,
        since: '1.31',
        doc: 'One privilege: what it is about and the values granted. An empty entry makes the engine drop the connection.',
        source: 'Go type []*RuntimePrivilege; absent from the API description; engine 28.5: no response to `[null]`',
      },
      'crashes-engine',
    ),
    since: '1.31',
    doc: 'Privileges the plugin is granted. The API description calls it `PluginPrivilege`, which the engine drops without a word.',
    source: 'Go type []*RuntimePrivilege; engine 28.5',
  },
  disabled: {
    type: bool,
    describedAs: 'Disabled',
    default: '`false`',
    since: '1.31',
    doc: 'Install the plugin without enabling it.',
    source: 'API v1.31; engine 28.5',
  },
  env: {
    type: list(
      {
        type: string,
        examples: ['DEBUG=1'],
        since: '1.41',
        doc: 'One `NAME=value` pair; the plugin has to declare the variable as settable.',
        source: 'Go type []string',
      },
      'empty-string',
    ),
    examples: [['DEBUG=1']],
    since: '1.41',
    doc: 'Environment of the plugin, as a list of `NAME=value`. No API description lists it, but the engine stores it.',
    source: 'Go type []string; engine 28.5',
  },
  PluginPrivilege: {
    type: list(
      {
        type: PluginPrivilege,
        since: '1.31',
        doc: 'One privilege, in a place the engine does not read. Use `privileges`.',
        source: 'API v1.31',
      },
      'nothing',
    ),
    unread: true,
    neverStored: 'Only the API description has this name, and the engine drops it: the plugin gets no privileges. Use `privileges`.',
    since: '1.31',
    doc: 'The name of `privileges` in the API description, which the engine does not know.',
    source: 'API v1.31; engine 28.5: no privileges stored',
  },
});
