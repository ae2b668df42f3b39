import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { main } from '../../server/src/cli/main';
import { startClient } from '../support/client';
import { GENERATION_NAMES, liveSuite } from '../support/engine';
import { type FakeRegistry, startFakeRegistry } from '../support/fakeRegistry';
import { PlantedSecrets } from '../support/secrets';

const NAME = 'swarmspec-test-auth';

for (const generation of GENERATION_NAMES) {
  liveSuite('registry credentials', generation, (started) => {
    const secrets = new PlantedSecrets();
    const [first, second, token] = [secrets.plant('the first password'), secrets.plant('the second password'), secrets.plant('the identity token')];
    let folder: string;
    let registry: FakeRegistry | undefined;
    before(() => {
      folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ss-auth-'));
    });
    after(async () => {
      registry?.stop();
      // Nothing that was printed or written, the journal included, holds one of them; the file of docker does, and is ours.
      fs.rmSync(path.join(folder, 'docker'), { recursive: true });
      secrets.sawFolder(folder);
      fs.rmSync(folder, { recursive: true, force: true });
      assert.ok(secrets.seenLength > 1000, `only ${secrets.seenLength} characters were seen`);
      assert.deepEqual(secrets.found(), []);
    });
    afterEach(async () => {
      registry?.stop();
      for (const { ID } of (await started().request('GET', '/services')).json) await started().request('DELETE', `/services/${ID}`);
    });

    it('reach the registry, and stay with the service until others are sent', async () => {
      registry = await startFakeRegistry(started(), 'basic');
      login({ auth: Buffer.from(`me:${first}`).toString('base64') });
      assert.match(await apply(1, '--with-registry-auth'), /credentials for `127\.0\.0\.1:5000` from .* are sent and stored/);
      await shows(`basic me:${first}`);

      // An update without credentials does not drop those that are stored.
      login({ auth: Buffer.from(`me:${second}`).toString('base64') });
      await apply(2);
      await shows(`basic me:${first}`);

      await apply(3, '--with-registry-auth');
      await shows(`basic me:${second}`);

      // Where docker has none any more, none are sent in their place.
      login(undefined);
      assert.match(await apply(4, '--with-registry-auth'), /has none for `127\.0\.0\.1:5000`/);
      await shows(`basic me:${second}`);
    }).timeout(120_000);

    it('of the previous spec come back with a rollback', async () => {
      registry = await startFakeRegistry(started(), 'basic');
      login({ auth: Buffer.from(`me:${first}`).toString('base64') });
      await apply(1, '--with-registry-auth');
      await shows(`basic me:${first}`);
      login({ auth: Buffer.from(`me:${second}`).toString('base64') });
      await apply(2, '--with-registry-auth');
      await shows(`basic me:${second}`);
      await rollBack();
      await shows(`basic me:${first}`);
    }).timeout(120_000);

    it('may be an identity token', async () => {
      registry = await startFakeRegistry(started(), 'token');
      login({ auth: Buffer.from('00000000-0000-0000-0000-000000000000:').toString('base64'), identitytoken: token });
      await apply(1, '--with-registry-auth');
      await shows(`refresh ${token}`);
    }).timeout(60_000);

    it('are sent from an editor that is told to, which says so when it asks', async () => {
      registry = await startFakeRegistry(started(), 'basic');
      login({ auth: Buffer.from(`me:${first}`).toString('base64') });
      const { DOCKER_CONFIG } = process.env;
      process.env.DOCKER_CONFIG = path.join(folder, 'docker');
      const client = await startClient({ capabilities: { window: { showMessage: {} } }, settings: { host: started().host, withRegistryAuth: true }, chooses: 'Create' });
      try {
        const file = spec(1);
        await client.open(`file://${file}`, fs.readFileSync(file, 'utf8'), 'swarmspec-json');
        const end = await client.request('workspace/executeCommand', { command: 'swarmspec.apply', arguments: [`file://${file}`] });
        secrets.saw('what the editor was told', JSON.stringify([end, client.asked, client.shown, client.logged]));
        assert.equal(end.kind, 'applied', end.message);
        assert.match(client.asked[0].message, /credentials for `127\.0\.0\.1:5000` from .* are sent and stored/);
        await shows(`basic me:${first}`);
      } finally {
        await client.stop();
        if (DOCKER_CONFIG === undefined) delete process.env.DOCKER_CONFIG;
        else process.env.DOCKER_CONFIG = DOCKER_CONFIG;
      }
    }).timeout(60_000);

    it('that cannot be had end the apply before anything is sent', async () => {
      fs.mkdirSync(path.join(folder, 'docker'), { recursive: true });
      fs.writeFileSync(path.join(folder, 'docker/config.json'), JSON.stringify({ credsStore: 'swarmspec-none' }));
      const { code, text } = await runAny('apply', spec(1), '--with-registry-auth', '--yes', '--detach');
      assert.equal(code, 3, text);
      assert.match(text, /`docker-credential-swarmspec-none`, and there is no such command.*Nothing was applied/);
      assert.equal((await started().request('GET', `/services/${NAME}`)).status, 404);
    });

    /** As `docker login` leaves it. */
    function login(auth: object | undefined): void {
      fs.mkdirSync(path.join(folder, 'docker'), { recursive: true });
      fs.writeFileSync(path.join(folder, 'docker/config.json'), JSON.stringify({ auths: auth ? { '127.0.0.1:5000': auth } : {} }));
    }

    function spec(tag: number): string {
      const file = path.join(folder, 'web.service.json');
      const TaskTemplate = { ContainerSpec: { Image: `127.0.0.1:5000/app:${tag}` }, RestartPolicy: { Condition: 'any', Delay: 1_000_000_000 } };
      fs.writeFileSync(file, JSON.stringify({ Name: NAME, Mode: { Replicated: { Replicas: 1 } }, TaskTemplate, UpdateConfig: { Order: 'stop-first' } }));
      return file;
    }

    function rollBack(): Promise<string> {
      return run('rollback', NAME, '--yes', '--detach');
    }

    function apply(tag: number, ...options: string[]): Promise<string> {
      return run('apply', spec(tag), '--yes', '--detach', ...options);
    }

    /** Plans anew, as the command says, where the rollout that is under way has moved the version index in between. */
    async function run(...args: string[]): Promise<string> {
      for (let left = 10; ; left--) {
        const { code, text } = await runAny(...args);
        if (code === 0) return text;
        assert.ok(code === 4 && left > 0, text);
      }
    }

    async function runAny(...args: string[]): Promise<{ code: number; text: string }> {
      let text = '';
      const print = (more: string) => void (text += more);
      const env = { ...process.env, DOCKER_HOST: started().host, DOCKER_CONFIG: path.join(folder, 'docker'), HOME: folder, XDG_STATE_HOME: path.join(folder, 'state') };
      const code = await main(args, { out: print, err: print, color: false, stdin: () => '', cwd: folder, env });
      secrets.saw(args.join(' '), text);
      return { code, text };
    }

    /** Waits until the registry has been shown this after now, and that nothing else was shown first. */
    async function shows(wanted: string): Promise<void> {
      const deadline = Date.now() + 25_000;
      const from = registry!.shown.length;
      for (;;) {
        const seen = registry!.shown.slice(from).filter((line) => line !== 'none');
        // What was on its way when the service was changed may still come first.
        if (seen.at(-1) === wanted) return;
        if (Date.now() > deadline) assert.fail(`the registry was shown ${JSON.stringify(seen)} and not ${wanted}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  });
}
