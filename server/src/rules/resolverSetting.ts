import { nearest } from '../schema/nearest';
import { serviceRule } from './rule';

/** The options of glibc and musl, and the most that makes a difference for those with a number. */
const OPTIONS: Readonly<Record<string, number | undefined>> = {
  ndots: 15, timeout: 30, attempts: 5, debug: undefined, rotate: undefined, edns0: undefined, inet6: undefined, 'no-check-names': undefined, 'no-tld-query': undefined,
  'no-reload': undefined, 'no-aaaa': undefined, 'single-request': undefined, 'single-request-reopen': undefined, 'strict-error': undefined, 'trust-ad': undefined, 'use-vc': undefined,
  'ip6-bytestring': undefined, 'ip6-dotint': undefined, 'no-ip6-dotint': undefined,
};

export default serviceRule({
  id: 'resolver-setting',
  effect: 'advice',
  summary: '`Search` has one domain in each entry, and `Options` are those the resolver knows.',
  why: 'The engine writes both to `resolv.conf` as they are. The resolver passes over an option it does not know, without a word.',
  source: 'engine 28.5: written to resolv.conf as is; resolv.conf(5)',
  covers: ['dns-search-options-not-checked'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    DNSConfig: { Search: ["a.example b.example"], Options: ["ndot:2"] }\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    DNSConfig: { Search: [a.example, b.example, .], Options: ["ndots:2", rotate] }\n',
  },

  check({ TaskTemplate }, { report }) {
    const { Search, Options } = TaskTemplate?.ContainerSpec?.DNSConfig ?? {};
    const base = ['TaskTemplate', 'ContainerSpec', 'DNSConfig'];
    for (const [i, text] of (Search ?? []).entries()) {
      const domains = text?.split(/[\s,]+/).filter((domain) => domain !== '') ?? [];
      if (domains.length < 2) continue;
      const rest = (Search ?? []).map((entry) => entry ?? '');
      report({
        at: [...base, 'Search', i],
        message: `This entry holds ${domains.length} domains, and is written to \`resolv.conf\` as it is.`,
        hint: 'Write one entry for each domain.',
        fix: { title: 'Write one entry for each domain', safe: true, edits: [{ kind: 'set', at: [...base, 'Search'], value: [...rest.slice(0, i), ...domains, ...rest.slice(i + 1)] }] },
      });
    }
    for (const [i, option] of (Options ?? []).entries()) {
      if (!option || /^\s*$/.test(option)) continue;
      const [name, number] = option.split(':', 2);
      const at = [...base, 'Options', i];
      if (!Object.hasOwn(OPTIONS, name)) {
        const near = nearest(name, Object.keys(OPTIONS));
        report({
          at,
          message: `\`${option}\` is not an option of the resolver, which passes over it.${near ? ` Did you mean \`${near}\`?` : ''}`,
          hint: /\s/.test(option) ? 'Write one entry for each option.' : undefined,
          fix: near ? { title: `Write \`${near}\``, safe: false, edits: [{ kind: 'set', at, value: number === undefined ? near : `${near}:${number}` }] } : undefined,
        });
        continue;
      }
      const most = OPTIONS[name];
      if (most === undefined) continue;
      if (number === undefined || !/^\d+$/.test(number)) report({ at, message: `\`${name}\` has no number, and the resolver takes it for 0 or passes over it.`, hint: `Write \`${name}:N\`.` });
      else if (Number(number) > most) report({ at, message: `\`${name}\` is ${number}, of which the resolver makes ${most}, the most it takes.` });
    }
  },
});
