import * as assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { main } from '../../server/src/cli/main';
import { ROOT } from '../../server/src/tools/root';
import { GENERATION_NAMES, liveSuite, type TestEngine } from '../support/engine';
import { type Answer, startClient } from '../support/client';
import { sawCommand, SECRET_ENV } from '../support/wholeRun';

const EXAMPLE = readFileSync(join(ROOT, 'examples/web.service.yaml'), 'utf8').replace('nginx:1.27-alpine', 'busy:1').replace('PublishedPort: 8080', 'PublishedPort: 18080').replace('- TZ=', `- ${SECRET_ENV[0]}\n      - TZ=`);
const NAME = 'swarmspec-example-web';

for (const generation of GENERATION_NAMES) {
  liveSuite('apply', generation, (started) => {
    let folder: string;
    let file: string;
    before(async () => {
      // stores services and starts no tasks: what is applied is the point here, not what runs
      await started().drain(true);
    });
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'swarmspec-'));
      file = join(folder, 'web.service.yaml');
      // the oldest engine speaks 1.41, where StartInterval and the like do not exist; the example uses none of it
      writeFileSync(file, EXAMPLE);
    });
    afterEach(async () => {
      for (const { ID } of (await started().request('GET', '/services')).json as { ID: string }[]) await started().request('DELETE', `/services/${ID}`);
      rmSync(folder, { recursive: true, force: true });
    });

    const live = async () => (await started().request('GET', `/services/${NAME}`)).json as { ID: string; Version: { Index: number }; Spec: any };

    /** The service once its version index rests: the engine itself moves it for a moment after a create or an update. */
    async function settled(): Promise<Awaited<ReturnType<typeof live>>> {
      for (let last = await live(); ; ) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        const now = await live();
        if (now.Version.Index === last.Version.Index) return now;
        last = now;
      }
    }

    const cli = (...args: string[]) => ask(undefined, ...args);
    /** The node takes no tasks here, so nobody waits for them. */
    const apply = () => cli('apply', file, '--yes', '--detach');

    /** Runs a command line with somebody at the terminal. */
    async function ask(answer: (() => Promise<boolean>) | undefined, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
      let out = '';
      let err = '';
      const code = await main(args, {
        out: (text) => void (out += text), err: (text) => void (err += text), color: false, stdin: () => '', cwd: folder, env: { DOCKER_HOST: started().host, XDG_STATE_HOME: join(folder, 'state') }, ask: answer,
      });
      sawCommand(args, { out, err }, join(folder, 'state'));
      return { code, out, err };
    }

    /** Runs the apply code action of the language server the way an editor does. */
    async function lsp(answers: Answer): Promise<{ kind: string; message: string }> {
      const client = await startClient({ capabilities: { workspace: { configuration: true }, window: { showMessage: {} } }, settings: { host: started().host, contactEngine: false }, answers });
      try {
        const uri = pathToFileURL(file).href;
        await client.open(uri, readFileSync(file, 'utf8'));
        const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
        const actions: { title: string; command?: { command: string; arguments: unknown[] } }[] = await client.request('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } });
        const action = actions.find(({ title }) => /Apply/.test(title))?.command;
        assert.ok(action, 'there is a code action that applies');
        return await client.request('workspace/executeCommand', action);
      } finally {
        await client.stop();
      }
    }

    const yes: Answer = async ({ actions = [] }) => actions[0];

    it('creates the service from the command line, and then has nothing to change', async () => {
      const first = await apply();
      assert.deepEqual([first.code, first.err], [0, '']);
      assert.match(first.out, /is created/);
      const before = await settled();
      const second = await apply();
      assert.equal(second.code, 0);
      assert.match(second.out, /nothing to change.*Nothing was sent/);
      assert.equal((await live()).Version.Index, before.Version.Index);
      const plan = await cli('plan', file);
      assert.deepEqual([plan.code, plan.err], [0, '']);
    });

    it('updates by the code action of the language server, and the second time sends nothing', async () => {
      await apply();
      await settled();
      writeFileSync(file, EXAMPLE.replace('team: platform', 'team: web').replace('Replicas: 3', 'Replicas: 2'));
      const questions: string[] = [];
      const first = await lsp(async (question) => {
        questions.push(question.message);
        return yes(question);
      });
      assert.deepEqual([first.kind, questions.length], ['applied', 1]);
      assert.match(questions[0], /Labels\.com\.example\.team: "platform" → "web"/);
      assert.match(questions[0], /Mode\.Replicated\.Replicas: 3 → 2/);
      const after = await settled();
      assert.deepEqual([after.Spec.Labels['com.example.team'], after.Spec.Mode.Replicated.Replicas], ['web', 2]);
      const second = await lsp(async () => assert.fail('there is nothing to ask'));
      assert.equal(second.kind, 'unchanged');
      assert.match(second.message, /Nothing to change/);
      assert.equal((await live()).Version.Index, after.Version.Index);
    });

    it('takes what inspect output and a list hold, though they would be refused as they are', async () => {
      await apply();
      const { Spec } = await settled();
      for (const [count, wrapped] of [[2, [{ ID: 'x', Spec: { ...Spec, Mode: { Replicated: { Replicas: 2 } } } }]], [1, [{ ...Spec, Mode: { Replicated: { Replicas: 1 } } }]]] as const) {
        writeFileSync(file, JSON.stringify(wrapped));
        assert.equal((await cli('validate', file)).code, 1);
        assert.match((await cli('plan', file)).out, /Mode\.Replicated\.Replicas: \d → \d/);
        if (count === 2) assert.equal((await lsp(yes)).kind, 'applied');
        else assert.equal((await apply()).code, 0);
        assert.equal((await settled()).Spec.Mode.Replicated.Replicas, count);
      }
    });

    it('sends nothing when the answer is no', async () => {
      await apply();
      const before = await settled();
      writeFileSync(file, EXAMPLE.replace('Replicas: 3', 'Replicas: 2'));
      for (const answer of [async () => null, async () => ({ title: 'Cancel' })]) assert.equal((await lsp(answer)).kind, 'declined');
      assert.equal((await live()).Version.Index, before.Version.Index);
    });

    /** Sets a label as somebody else would, between the plan and its yes. */
    async function interfere(labels: object): Promise<void> {
      const { ID, Version, Spec } = await live();
      const answer = await started().request('POST', `/services/${ID}/update?version=${Version.Index}`, { ...Spec, Labels: { ...Spec.Labels, ...labels } });
      assert.equal(answer.status, 200, answer.text);
    }

    it('is in conflict when someone else was faster, and leaves the spec of the other alone', async () => {
      await apply();
      await settled();
      writeFileSync(file, EXAMPLE.replace('Replicas: 3', 'Replicas: 2'));
      const questions: string[] = [];
      const end = await lsp(async (question) => {
        if (questions.push(question.message) > 1) return null;
        await interfere({ other: 'yes' });
        return yes(question);
      });
      assert.equal(end.kind, 'outOfSequence');
      assert.match(end.message, /has changed since it was read .* Nothing was applied/);
      assert.match(questions[1], /has changed since it was read, and the changes do not overlap[\s\S]*Replicas: 3 → 2/);
      const { Spec } = await live();
      assert.deepEqual([Spec.Labels.other, Spec.Mode.Replicated.Replicas], ['yes', 3]);
    });

    it('keeps what the other has changed when the new plan is agreed to', async () => {
      await apply();
      await settled();
      writeFileSync(file, EXAMPLE.replace('Replicas: 3', 'Replicas: 2'));
      let asked = 0;
      const end = await lsp(async (question) => {
        if (asked++ === 0) await interfere({ other: 'yes' });
        return yes(question);
      });
      assert.deepEqual([end.kind, asked], ['applied', 2]);
      const { Spec } = await live();
      assert.deepEqual([Spec.Labels.other, Spec.Mode.Replicated.Replicas], ['yes', 2]);
    });

    it('tells a conflict on the terminal by its own exit code, and shows the three sides', async () => {
      await apply();
      await settled();
      writeFileSync(file, EXAMPLE.replace('Replicas: 3', 'Replicas: 2').replace('team: platform', 'team: web'));
      const { code, out, err } = await ask(async () => {
        await interfere({ 'com.example.team': 'others' });
        return true;
      }, 'apply', file, '--detach');
      assert.equal(code, 4);
      assert.match(out, /Mode\.Replicated\.Replicas: 3 → 2/);
      assert.match(err, /Nothing was applied[\s\S]*Others have changed:[\s\S]*Both have changed `Labels\.com\.example\.team`: it was "platform", is "others" now, and was to become "web"/);
      assert.equal((await live()).Spec.Mode.Replicated.Replicas, 3);
    });

    it('tells that somebody else has created the service meanwhile, unless it is the same, and touches nothing', async () => {
      for (const [label, code, says] of [['others', 4, /has created a service `[^`]*` since it was planned\. Nothing was applied/], ['platform', 0, /is created\. No answer told so; the service does/]] as const) {
        const theirs = file.replace(/web\.service/, `theirs-${label}.service`);
        writeFileSync(theirs, EXAMPLE.replace('team: platform', `team: ${label}`));
        const end = await ask(async () => {
          assert.equal((await cli('apply', theirs, '--yes', '--detach')).code, 0);
          return true;
        }, 'apply', file, '--detach');
        assert.equal(end.code, code, end.out + end.err);
        assert.match(end.out + end.err, says);
        const { ID, Spec } = await live();
        assert.equal(Spec.Labels['com.example.team'], label);
        await started().request('DELETE', `/services/${ID}`);
      }
    });

    it('asks nobody when nobody is there', async () => {
      const { code, err } = await cli('apply', file);
      assert.equal(code, 2);
      assert.match(err, /--yes/);
      assert.equal((await started().request('GET', `/services/${NAME}`)).status, 404);
    });

    it('rolls back, and says when there is nothing to go back to', async () => {
      await apply();
      assert.match((await cli('rollback', file, '--yes', '--detach')).err, /no previous spec/);
      await settled();
      writeFileSync(file, EXAMPLE.replace('team: platform', 'team: web'));
      assert.equal((await apply()).code, 0);
      await settled();
      const back = await cli('rollback', NAME, '--yes', '--detach');
      assert.deepEqual([back.code, back.err], [0, '']);
      assert.match(back.out, /"web" → "platform"/);
      assert.equal((await live()).Spec.Labels['com.example.team'], 'platform');
    });

    it("shows the engine's refusal with the field it is about", async () => {
      await apply();
      const before = await settled();
      writeFileSync(file, `${EXAMPLE}`.replace('TaskTemplate:\n', 'TaskTemplate:\n  Networks:\n    - Target: swarmspec-test-none\n'));
      const { code, err } = await apply();
      assert.equal(code, 5);
      assert.match(err, /refuses the update.*network swarmspec-test-none not found/);
      assert.match(err, /It is about `TaskTemplate\.Networks\[0\]\.Target`/);
      assert.equal((await live()).Version.Index, before.Version.Index);
    });

    it('finds a network given by name unchanged, although the engine stores its id', async () => {
      await started().createNetwork('swarmspec-test-net');
      writeFileSync(file, EXAMPLE.replace('TaskTemplate:\n', 'TaskTemplate:\n  Networks:\n    - Target: swarmspec-test-net\n'));
      assert.equal((await apply()).code, 0);
      assert.match((await apply()).out, /nothing to change/);
    });

    it('applies no spec with errors', async () => {
      writeFileSync(file, EXAMPLE.replace('Replicas: 3', 'Replcas: 3'));
      const { code, err } = await apply();
      assert.equal(code, 1);
      assert.match(err, /Replcas[\s\S]*a spec with errors is not applied/);
      assert.equal((await started().request('GET', `/services/${NAME}`)).status, 404);
    });

    if (generation === '20.10') {
      it('checks against the engine that is there, which would lose newer fields', async () => {
        writeFileSync(file, EXAMPLE.replace('    Env:', '    Privileges: { NoNewPrivileges: true }\n    Env:'));
        assert.equal((await apply()).code, 1);
        const end = await lsp(async () => assert.fail('there is nothing to ask'));
        assert.equal(end.kind, 'invalid');
        assert.match(end.message, /NoNewPrivileges.*v1\.44/);
      });
    }

    it('goes by the config file in the editor as on the command line', async () => {
      writeFileSync(file, `${EXAMPLE}Team: web\n`);
      assert.equal((await lsp(async () => assert.fail('there is nothing to ask'))).kind, 'invalid');
      writeFileSync(join(folder, 'swarmspec.config.yaml'), 'api: "1.41"\nseverity: { unknown-field: warning }\n');
      const questions: string[] = [];
      assert.equal((await apply()).code, 0);
      await settled();
      writeFileSync(file, `${EXAMPLE.replace('Replicas: 3', 'Replicas: 2')}Team: web\n`);
      const end = await lsp(async (question) => {
        questions.push(question.message);
        return yes(question);
      });
      assert.equal(end.kind, 'applied');
      assert.match(questions[0], /API v1\.41/);
    });

    it('keeps every digit on the way to the engine', async () => {
      writeFileSync(file, EXAMPLE.replace('TaskTemplate:\n', 'TaskTemplate:\n  ForceUpdate: 18446744073709551615\n'));
      assert.equal((await apply()).code, 0);
      assert.match((await started().request('GET', `/services/${NAME}`)).text, /"ForceUpdate":18446744073709551615/);
      assert.match((await apply()).out, /nothing to change/);
    });
  });
}

describe('apply without an engine', () => {
  it('says what cannot be reached, on the command line and in the editor', async () => {
    let err = '';
    const env = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
    const code = await main(['plan', join(ROOT, 'examples/web.service.yaml')], { out: () => undefined, err: (text) => void (err += text), color: false, stdin: () => '', cwd: ROOT, env });
    assert.equal(code, 3);
    assert.match(err, /unix:\/\/\/nonexistent\/docker\.sock/);
  });
});

export type { TestEngine };
