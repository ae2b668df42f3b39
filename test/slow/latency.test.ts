import * as assert from 'node:assert/strict';
import { readFile, type Syntax } from '../../server/src/document/document';
import { complete } from '../../server/src/features/complete';
import { hover } from '../../server/src/features/hover';
import { HINT_KINDS, inlayHints } from '../../server/src/features/inlay';
import { resolveTarget } from '../../server/src/features/target';

const FRAME_MS = 16;
const RUNS = 40;

/** A spec of about 15,000 lines. */
function large(syntax: Syntax): string {
  const env = Array.from({ length: 7000 }, (_, i) => `VAR_${i}=value ${i}`);
  const labels = Array.from({ length: 7900 }, (_, i): [string, string] => [`com.example.label${i}`, `v${i}`]);
  if (syntax === 'json') {
    const spec = { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'n:1', Env: env, Labels: Object.fromEntries(labels) } }, Mode: { Replicated: { Replicas: 1 } }, UpdateConfig: { Delay: 5, Order: 'stop-first' } };
    return JSON.stringify(spec, null, 2);
  }
  return [
    'Name: web', 'TaskTemplate:', '  ContainerSpec:', '    Image: nginx:1.27', '    Env:', ...env.map((one) => `      - "${one}"`), '    Labels:', ...labels.map(([key, value]) => `      ${key}: "${value}"`),
    '    Healthcheck:', '      Interval: 10000000000', 'Mode:', '  Replicated:', '    Replicas: 3', 'UpdateConfig:', '  Delay: 5', '  Order: ', '',
  ].join('\n');
}

/** The time of this process that all but the slowest twentieth take; what other processes do to the clock does not count. */
function p95(run: () => unknown): number {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.ceil(RUNS * 0.95) - 1];
}

describe('on a file of 15,000 lines', function () {
  this.timeout(60_000);
  for (const syntax of ['yaml', 'json'] as const) {
    const text = large(syntax);
    const [{ document }] = readFile(text, syntax).documents;
    const target = resolveTarget(document, {});
    const spots = syntax === 'yaml' ? ['Order: ', 'UpdateConfig:\n  ', '- "VAR_3500=', 'ContainerSpec:\n    ', 'Interval: '] : ['"UpdateConfig": {\n    ', '"Order": "', '"Labels": {\n'];
    it(`completion and hover take less than a frame (${syntax})`, () => {
      assert.ok(text.split('\n').length > 14_900);
      const slow: string[] = [];
      for (const spot of spots) {
        const at = text.indexOf(spot) + spot.length;
        for (let i = 0; i < 10; i++) complete(document, at, target); // for the compiler
        for (const [name, run] of [['completion', () => complete(document, at, target)], ['hover', () => hover(document, at - 2, target)]] as const) {
          const ms = p95(run);
          if (ms > FRAME_MS) slow.push(`${name} at ${JSON.stringify(spot)} takes ${ms.toFixed(1)} ms`);
        }
      }
      assert.deepEqual(slow, []);
    });
    it(`the hints of a screen take less than a frame (${syntax})`, () => assert.ok(p95(() => inlayHints(document, { start: text.length - 2000, end: text.length }, target, new Set(HINT_KINDS))) < FRAME_MS));
  }
});
