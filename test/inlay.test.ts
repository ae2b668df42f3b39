import * as assert from 'node:assert/strict';
import { HINT_KINDS, type HintKind, inlayHints } from '../server/src/features/inlay';
import { resolveTarget } from '../server/src/features/target';
import { read, type Reading } from './support/marked';

/** A text with its hints written where they are shown, as `«…»`. */
function hinted(text: string, kinds: readonly HintKind[] = HINT_KINDS, span = { start: 0, end: text.length }, reading: Reading = {}): string {
  const [{ document }] = read(text, reading).documents;
  const hints = inlayHints(document, span, resolveTarget(document, reading), new Set(kinds)).sort((a, b) => b.offset - a.offset);
  return hints.reduce((written, { offset, text: hint }) => `${written.slice(0, offset)}«${hint}»${written.slice(offset)}`, text);
}

describe('inlay hints', () => {
  const cases: { on: string; reading?: Reading }[] = [
    { on: 'UpdateConfig:\n  Delay: 10000000000«10 s»\n  Monitor: 0«the default, 5 seconds»\n' },
    { on: 'TaskTemplate: {Resources: {Limits: {MemoryBytes: 536870912«512 MiB», NanoCPUs: 500000000«0.5 CPU»}}}' },
    { on: 'TaskTemplate: {ContainerSpec: {Secrets: [{File: {Name: x, Mode: 292«0444 (r--r--r--)»}}]}}' },
    { on: 'TaskTemplate: {ContainerSpec: {Mounts: [{Type: tmpfs, Target: /a, TmpfsOptions: {Mode: 1023«1777 (rwxrwxrwt)»}}]}}' },
    { on: 'TaskTemplate: {ContainerSpec: {Mounts: [{Type: tmpfs, Target: /a, TmpfsOptions: {Mode: 2540«4754 (rwsr-xr--)»}}]}}' },
    { on: 'TaskTemplate: {ContainerSpec: {Mounts: [{Type: tmpfs, Target: /a, TmpfsOptions: {Mode: 1592«3070 (---rws--T)»}}]}}' },
    { on: 'EndpointSpec:\n  Ports:\n    - {TargetPort: 80, PublishedPort: 8080«→ 80/tcp»}\n    - {TargetPort: 53«← a free port, 30000 to 32767», Protocol: udp}\n    - {PublishedPort: 9000«→ 90/udp on the node of the task», TargetPort: 90, Protocol: UDP, PublishMode: host}\n' },
    { on: '[{"ID": "x", "Spec": {"UpdateConfig": {"Delay": 1000000000«1 s»}}}]', reading: { syntax: 'json' } },
    { on: 'StopGracePeriod: 30000000000«30 s»\n', reading: { as: 'TaskTemplate.ContainerSpec' } },
    { on: 'UpdateConfig: {Delay: "10s", Monitor: -5, MaxFailureRatio: 0.5, Parallelism: 2}\nTaskTemplate: {ForceUpdate: 100}' },
    { on: 'Delay: 10000000000\nUpdateConfig: {delay: 9007199254740993000«2501999 h 47 m 34 s 740 ms 993 µs»}' },
  ];
  for (const { on, reading } of cases) it(on.replaceAll('\n', '⏎'), () => assert.equal(hinted(on.replaceAll(/«[^»]*»/g, ''), HINT_KINDS, undefined, reading), on));

  const ALL = 'UpdateConfig: {Delay: 1000000000}\nTaskTemplate: {Resources: {Limits: {MemoryBytes: 4194304, NanoCPUs: 1000000000}}, ContainerSpec: {Secrets: [{File: {Mode: 292}}]}}\nEndpointSpec: {Ports: [{TargetPort: 80, PublishedPort: 80}]}\n';
  for (const kind of HINT_KINDS) it(`${kind} can be had alone`, () => assert.equal(hinted(ALL, [kind]).match(/«/g)?.length, 1));
  it('are none when none is wanted', () => assert.equal(hinted(ALL, []), ALL));
  it('are given for the stretch that is asked for', () => assert.equal(hinted(ALL, HINT_KINDS, { start: 0, end: 40 }).match(/«/g)?.length, 1));
});
