import { ipAddress, list, string, struct } from '../make';

export const DNSConfig = struct('DNSConfig', {
  Nameservers: {
    type: list(
      {
        type: ipAddress,
        examples: ['1.1.1.1', '2001:4860:4860::8888'],
        since: '1.25',
        doc: 'One IP address, without a port: `1.1.1.1`, not `1.1.1.1:53`.',
        source: 'API v1.25; engine 28.5: task failed, "bad nameserver address"',
      },
      'empty-string',
    ),
    engines: 'Engine 28 stores any text, and the task fails when it starts. Engine 29 answers 400 to anything but an IP address or the empty string.',
    examples: [['1.1.1.1', '9.9.9.9']],
    since: '1.25',
    doc: 'DNS servers for names that the swarm does not know. Names of services are resolved by the engine all the same.',
    source: 'API v1.25; Go type []netip.Addr from engine 29 on',
  },
  Search: {
    type: list(
      {
        type: string,
        examples: ['example.com'],
        since: '1.25',
        doc: 'One domain, unchecked. Two in one entry are written to `resolv.conf` as they are.',
        source: 'API v1.25; engine 28.5',
      },
      'empty-string',
    ),
    examples: [['example.com']],
    since: '1.25',
    doc: 'Domains that are appended to short names when looking them up.',
    source: 'API v1.25',
  },
  Options: {
    type: list(
      {
        type: string,
        suggestions: ['ndots:1', 'timeout:2', 'attempts:3', 'rotate', 'edns0', 'single-request', 'single-request-reopen', 'use-vc', 'trust-ad'],
        since: '1.25',
        doc: 'One option as in `resolv.conf`, unchecked.',
        source: 'API v1.25; engine 28.5',
      },
      'empty-string',
    ),
    examples: [['ndots:1', 'timeout:2']],
    since: '1.25',
    doc: 'Options of the resolver, as in the `options` line of `resolv.conf`.',
    source: 'API v1.25',
  },
});
