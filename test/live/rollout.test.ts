import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GENERATION_NAMES, liveSuite } from '../support/engine';
import { type Ran, runIn } from '../support/terminal';
import { SECRET_ENV, SECRET_LABELS } from '../support/wholeRun';

/** A spec whose tasks are watched for a second only, so that the tests need not wait. */
function spec(name: string, { task = {}, container = {}, ...more }: { task?: object; container?: object; [member: string]: unknown } = {}): object {
  return {
    Name: `swarmspec-test-${name}`,
    Mode: { Replicated: { Replicas: 1 } },
    UpdateConfig: { Parallelism: 1, Monitor: 1_000_000_000, FailureAction: 'pause' },
    TaskTemplate: { RestartPolicy: { Condition: 'any', Delay: 1_000_000_000 }, ...task, ContainerSpec: { Image: 'busy:1', Command: ['sleep', '1000'], StopGracePeriod: 1_000_000_000, Env: SECRET_ENV, Labels: SECRET_LABELS, ...container } },
    ...more,
  };
}

const UNHEALTHY = { Healthcheck: { Test: ['CMD', 'false'], Interval: 500_000_000, Timeout: 500_000_000, Retries: 1 } };
const JOB = { Mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 2 } }, UpdateConfig: undefined };

for (const generation of GENERATION_NAMES) {
  liveSuite('rollout', generation, (started) => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'swarmspec-'));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const env = () => ({ DOCKER_HOST: started().host, XDG_STATE_HOME: join(folder, 'state') });
    const swarmspec = (...args: string[]) => runIn(folder, args, { env: env() });
    const apply = (value: object, ...args: string[]): Promise<Ran> => {
      const file = `${(value as { Name: string }).Name}-${Math.random().toString(36).slice(2)}.service.json`;
      writeFileSync(join(folder, file), JSON.stringify(value));
      return swarmspec('apply', file, '--yes', '--timeout', '60s', ...args);
    };
    const ended = ({ code, out, err }: Ran, expected: number, ...says: RegExp[]) => {
      assert.equal(code, expected, `${out}\n${err}`);
      for (const text of says) assert.match(out + err, text);
    };

    /** What each service goes through. They all begin at once, since most of it is waiting. */
    const stories: Readonly<Record<string, () => Promise<void>>> = {
      'ends with running tasks, and restarts none for a label': async () => {
        ended(await apply(spec('calm')), 0, /is created\. .*1 of 1 tasks/);
        const started = Date.now();
        ended(await apply(spec('calm', { Labels: { a: '1' } })), 0, /1 of 1 tasks are as they should be/);
        ended(await apply(spec('calm', { Labels: { a: '1' }, container: { Env: ['A=1'] } })), 0, /swarmspec-test-calm: \d of 1 updated/, /1 of 1 tasks run what was applied/);
        ended(await apply(spec('calm', { Labels: { a: '1' }, container: { Env: ['A=1'] }, Mode: { Replicated: { Replicas: 3 } } })), 0, /3 of 3 tasks/);
        ended(await apply(spec('calm', { Labels: { a: '1' }, container: { Env: ['A=1'] }, Mode: { Replicated: { Replicas: 0 } } })), 0, /wants no tasks/);
        assert.ok(Date.now() - started < 55_000);
      },
      'tells a bad command by its own error, as paused, and goes back by hand': async () => {
        ended(await apply(spec('paused')), 0);
        ended(await apply(spec('paused', { UpdateConfig: { Monitor: 15_000_000_000 }, container: { Command: ['nosuch'] } })), 7, /has paused the update/, /nosuch.*(executable file )?not found/i, /swarmspec rollback swarmspec-test-paused/);
        ended(await swarmspec('rollback', 'swarmspec-test-paused', '--yes', '--timeout', '60s'), 0, /goes back to its previous spec/, /Command\n +~ \[0\]: "nosuch" → "sleep"/, /1 of 1 tasks/);
      },
      'tells an automatic rollback as a failure': async () => {
        ended(await apply(spec('back')), 0);
        const update = { Parallelism: 1, Monitor: 15_000_000_000, FailureAction: 'rollback' };
        ended(await apply(spec('back', { UpdateConfig: update, container: { Command: ['false'] } })), 7, /was rolled back to its previous spec by the engine/, /task: non-zero exit \(1\)/);
        const { json } = await started().request('GET', '/services/swarmspec-test-back');
        assert.deepEqual(json.Spec.TaskTemplate.ContainerSpec.Command, ['sleep', '1000']);
      },
      'tells an unhealthy container by its own error': async () => {
        ended(await apply(spec('ill')), 0);
        const update = { Parallelism: 1, Monitor: 20_000_000_000, FailureAction: 'pause' };
        ended(await apply(spec('ill', { UpdateConfig: update, container: UNHEALTHY })), 7, /has paused the update/, /unhealthy container/);
      },
      'does not take an update that goes on over failing tasks for a success': async () => {
        ended(await apply(spec('onward')), 0);
        const update = { Parallelism: 1, Monitor: 6_000_000_000, FailureAction: 'continue' };
        ended(await apply(spec('onward', { UpdateConfig: update, container: { Command: ['false'] } }), '--timeout', '25s'), 6, /has not converged after 25 s/, /non-zero exit \(1\)/);
      },
      'follows a global service': async () => {
        const mode = { Mode: { Global: {} } };
        ended(await apply(spec('global', mode)), 0, /1 of 1 tasks/);
        ended(await apply(spec('global', { ...mode, container: { Env: ['A=1'] } })), 0, /1 of 1 tasks run what was applied/);
        ended(await apply(spec('global', { ...mode, container: { Env: ['A=1'] }, task: { Placement: { Constraints: ['node.hostname==none'] } } })), 0, /wants no tasks/);
      },
      'follows a job, and its next run': async () => {
        const container = { Command: ['true'] };
        const task = { RestartPolicy: { Condition: 'on-failure', Delay: 100_000_000 } };
        ended(await apply(spec('job', { ...JOB, container, task })), 0, /2 of 2 tasks/);
        ended(await apply(spec('job', { ...JOB, container, task, Labels: { again: 'yes' } })), 0, /2 of 2 tasks/);
      },
      'tells a job that has failed for good': async () => {
        const result = await apply(spec('failed', { ...JOB, Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } }, container: { Command: ['false'] }, task: { RestartPolicy: { Condition: 'none' } } }));
        ended(result, 6, /tasks are missing and the manager starts no more/, /non-zero exit \(1\)/);
      },
      'tells why tasks wait when the time is over': async () => {
        ended(await apply(spec('nowhere', { task: { Placement: { Constraints: ['node.hostname==none'] } } }), '--timeout', '3s'), 6, /has not converged after 3 s/, /no suitable node/);
      },
      'notices when somebody else changes the service meanwhile': async () => {
        ended(await apply(spec('taken')), 0);
        const applying = apply(spec('taken', { container: { Env: ['A=1'] }, UpdateConfig: { Monitor: 20_000_000_000 } }));
        for (let theirs = 0; theirs !== 200; ) {
          const { json } = await started().request('GET', '/services/swarmspec-test-taken');
          if (json.Spec.TaskTemplate.ContainerSpec.Env[0] !== 'A=1') await new Promise((resolve) => setTimeout(resolve, 50));
          else theirs = (await started().request('POST', `/services/${json.ID}/update?version=${json.Version.Index}`, { ...json.Spec, Labels: { theirs: 'yes' } })).status;
        }
        ended(await applying, 4, /Somebody else has changed/);
      },
      'stops watching when it is told to, while the swarm goes on': async () => {
        const abort = new AbortController();
        writeFileSync(join(folder, 'cancel.service.json'), JSON.stringify(spec('cancel', { UpdateConfig: { Monitor: 60_000_000_000 } })));
        // Ctrl-C as soon as there is something to watch
        const result = await runIn(folder, ['apply', 'cancel.service.json', '--yes'], { env: env(), interruption: () => abort.signal, progress: () => abort.abort() });
        ended(result, 6, /Not watching .* any longer.*The swarm goes on/);
        assert.equal((await started().request('GET', '/services/swarmspec-test-cancel')).status, 200);
      },
      'tells what the engine has stored otherwise than it was sent': async () => {
        writeFileSync(join(folder, 'swarmspec.config.yaml'), 'severity: { never-stored: warning }\n');
        const lost = { container: { Mounts: [{ Type: 'volume', Source: 'v', Target: '/v', Consistency: 'cached' }] }, Mode: { Replicated: { Replicas: 0 } } };
        ended(await apply(spec('lost', lost)), 0, /has stored `swarmspec-test-lost` otherwise than it was sent:\n\s+- .*Consistency: "cached"/);
      },
    };

    describe('from the command line', () => {
      const running = new Map<string, Promise<void>>();
      before(() => {
        for (const [title, story] of Object.entries(stories)) {
          const run = story();
          run.catch(() => undefined); // told by its own test
          running.set(title, run);
        }
      });
      for (const title of Object.keys(stories)) it(title, () => running.get(title)).timeout(180_000);
    });
  });
}
