import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { isPlanFile, readPlanFile, type SavedPlan, writePlanFile } from '../server/src/apply/planFile';
import { makeRoomForPlan, namesPlanFile } from '../server/src/cli/planFiles';
import { folderOf } from './support/terminal';

const PLAN: SavedPlan = {
  made: '2026-01-02T03:04:05Z',
  swarmId: 'swarm1',
  address: 'unix:///var/run/docker.sock',
  updates: [
    { goal: 'update', service: { id: 'id1', name: 'web' }, index: '18446744073709551615', api: '1.51', body: '{"Name":"web","TaskTemplate":{"ForceUpdate":18446744073709551615}}', live: { Name: 'web', TaskTemplate: { ForceUpdate: 18446744073709551614n } }, registryAuthFrom: 'previous-spec', updatedAt: '2026-01-01T00:00:00Z' },
    { goal: 'rollback', service: { id: 'id2', name: 'db' }, index: '7', api: '1.41', body: '{}', live: { Name: 'db' }, previous: { Name: 'db', Labels: { 'ünï"': '0'.repeat(64) } }, updateStatus: { State: 'paused' } },
  ],
};

describe('a saved plan', () => {
  const text = writePlanFile(PLAN);

  it('comes back as it was, every digit of it', () => assert.deepEqual(readPlanFile(text), PLAN));

  it('is refused when any byte of it is another', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'0f" {}a:,\n'), (at, character) => {
        if (text[at] === character) return;
        const read = readPlanFile(text.slice(0, at) + character + text.slice(at + 1));
        assert.ok('kind' in read, `byte ${at}`);
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused when a byte is missing or added', () => {
    for (let at = 0; at < text.length; at += 7) {
      assert.ok('kind' in readPlanFile(text.slice(0, at) + text.slice(at + 1)), `without byte ${at}`);
      assert.ok('kind' in readPlanFile(`${text.slice(0, at)} ${text.slice(at)}`), `one more at ${at}`);
    }
    assert.deepEqual(readPlanFile(text.trimEnd()), { kind: 'tampered' });
    assert.deepEqual(readPlanFile(`${text}{}`), { kind: 'tampered' });
  });

  it('is told from a spec, and from a plan of another format', () => {
    assert.equal(isPlanFile('{"Name":"web"}'), false);
    assert.deepEqual(readPlanFile('Name: web\n'), { kind: 'notAPlan' });
    assert.deepEqual(readPlanFile(text.replace('swarmspec-plan-1', 'swarmspec-plan-2')), { kind: 'otherFormat', format: 'swarmspec-plan-2' });
  });

  it('takes the place of an older one at once, and of nothing else', () => {
    const cwd = folderOf({ 'old.plan': text, 'web.service.yaml': 'Name: web\n', empty: '' });
    for (const path of ['old.plan', 'empty', 'none.plan']) {
      makeRoomForPlan(path, { cwd });
      assert.ok(!existsSync(join(cwd, path)), path);
    }
    for (const path of ['web.service.yaml', '.']) assert.throws(() => makeRoomForPlan(path, { cwd }), /is no saved plan/);
    assert.equal(readFileSync(join(cwd, 'web.service.yaml'), 'utf8'), 'Name: web\n');
    rmSync(cwd, { recursive: true });
  });

  it('is not looked for in a pipe, which can be read only once', function () {
    const cwd = folderOf({});
    if (spawnSync('mkfifo', [join(cwd, 'pipe')]).status !== 0) this.skip();
    assert.equal(namesPlanFile('pipe', { cwd }, isPlanFile), false);
    rmSync(cwd, { recursive: true });
  });
});
