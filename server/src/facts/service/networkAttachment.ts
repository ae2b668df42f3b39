import { list, map, string, struct } from '../make';

/** Used by `TaskTemplate.Networks` and by the deprecated `Networks`; that it is deprecated is told on that row alone. */
export const NetworkAttachmentConfig = struct('NetworkAttachmentConfig', {
  Target: {
    type: string,
    usual: true,
    alsoCalled: ['Name', 'Network', 'ID', 'NetworkID', 'NetworkName'],
    required: 'An empty target is taken for the prefix of every network, and the engine answers 400 "network is ambiguous".',
    examples: ['backend'],
    since: '1.25',
    doc: 'Name or ID of the network; the engine stores the ID. It has to be scoped to the swarm, which in practice means an overlay network, or be `host` or `bridge`; a port is published with `EndpointSpec.Ports`, not by naming `ingress`.',
    source: 'API v1.25; engine 28.5: 500 "network no-such-net not found", 403 for node-local networks, 400 for `ingress`',
  },
  Aliases: {
    type: list(
      {
        type: string,
        examples: ['db'],
        since: '1.25',
        doc: 'One further DNS name of the tasks on this network. The engine does not check it, so a name with a space is kept and never resolves.',
        source: 'API v1.25; engine 28.5',
      },
      'empty-string',
    ),
    examples: [['db', 'primary']],
    since: '1.25',
    doc: 'Further DNS names under which the service is found on this network, besides its own name.',
    source: 'API v1.25',
  },
  DriverOpts: {
    type: map({
      type: string,
      bareText: 'number-or-boolean',
      since: '1.39',
      doc: 'Value of the option, always text: `"1450"`, not `1450`.',
      source: 'API v1.39',
    }),
    since: '1.39',
    doc: 'Options for the network driver, for this attachment only. Which keys mean anything is up to the driver.',
    source: 'API v1.39; the engine reads it at every version',
  },
});
