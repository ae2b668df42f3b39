import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { main } from '../../server/src/cli/main';
import { contextFolder } from '../../server/src/engine/dockerConfig';
import { startClient } from '../support/client';
import { liveSuite } from '../support/engine';
import { sawCommand, SECRET_ENV, SECRET_LABELS } from '../support/wholeRun';

const NAME = 'swarmspec-test-guard';

liveSuite('protection of an engine', '28', (started) => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ss-guard-'));
    file = path.join(folder, 'web.service.json');
    fs.writeFileSync(file, JSON.stringify({ Name: NAME, Mode: { Replicated: { Replicas: 0 } }, TaskTemplate: { ContainerSpec: { Image: 'busy:1', Env: SECRET_ENV, Labels: SECRET_LABELS } } }));
    const meta = path.join(folder, 'docker/contexts/meta', contextFolder('prod'));
    fs.mkdirSync(meta, { recursive: true });
    fs.writeFileSync(path.join(meta, 'meta.json'), JSON.stringify({ Name: 'prod', Metadata: {}, Endpoints: { docker: { Host: started().host } } }));
  });
  afterEach(async () => {
    fs.rmSync(folder, { recursive: true });
    await started().request('DELETE', `/services/${NAME}`);
  });

  const cases: { what: string; protection: object; args: string[]; typed?: string; yes?: boolean; code: number; says: RegExp; stored: boolean }[] = [
    { what: 'free asks nobody', protection: { prod: 'free' }, args: [], code: 0, says: /created|applied/i, stored: true },
    { what: 'confirm asks', protection: {}, args: [], yes: true, code: 0, says: /./, stored: true },
    { what: 'confirm takes no for an answer', protection: {}, args: [], yes: false, code: 1, says: /Nothing was applied/, stored: false },
    { what: 'type-name is not content with --yes', protection: { prod: 'type-name' }, args: ['--yes'], code: 2, says: /--confirm prod/, stored: false },
    { what: 'type-name takes the name as an option', protection: { prod: 'type-name' }, args: ['--confirm', 'prod'], code: 0, says: /./, stored: true },
    { what: 'type-name takes the name that is typed', protection: { prod: 'type-name' }, args: ['--yes'], typed: 'prod', code: 0, says: /./, stored: true },
    { what: 'type-name takes no other name', protection: { prod: 'type-name' }, args: [], typed: 'yes', code: 1, says: /Nothing was applied/, stored: false },
    { what: 'another name than that of the engine is a mistake', protection: {}, args: ['--yes', '--confirm', 'staging'], code: 2, says: /`--confirm` names `staging`, and this engine is `prod`/, stored: false },
    { what: 'forbidden changes nothing', protection: { prod: 'forbidden' }, args: ['--yes', '--confirm', 'prod'], code: 2, says: /forbidden by the setting/, stored: false },
  ];
  for (const { what, protection, args, typed, yes, code, says, stored } of cases) {
    it(what, async () => {
      fs.writeFileSync(path.join(folder, 'swarmspec.config.json'), JSON.stringify({ protection }));
      let text = '';
      const print = (more: string) => void (text += more);
      // From another folder: the config file is that of the spec.
      const ended = await main(['apply', file, '--context', 'prod', '--detach', ...args], {
        out: print, err: print, color: false, stdin: () => '', cwd: os.tmpdir(), env: { DOCKER_CONFIG: path.join(folder, 'docker'), XDG_STATE_HOME: folder },
        ...(yes !== undefined && { ask: async () => yes }), ...(typed !== undefined && { askText: async () => typed }),
      });
      sawCommand(['apply', file, ...args], { out: text, err: '' });
      assert.match(text, says);
      assert.equal(ended, code, text);
      assert.equal((await started().request('GET', `/services/${NAME}`)).status, stored ? 200 : 404);
    });
  }

  for (const [typed, kind] of [['its name', 'applied'], ['yes', 'noSuchService'], [null, 'noSuchService']] as const) {
    it(`in an editor with a place to type, ${typed ?? 'nothing'} that is typed ends with ${kind}`, async () => {
      const { host } = started();
      const settings = { host, contactEngine: false, protection: { [host]: 'type-name' } };
      const client = await startClient({ capabilities: { window: { showMessage: {} }, experimental: { swarmspec: { askName: true } } }, settings, chooses: 'Create' });
      const asked: any[] = [];
      client.connection.onRequest('swarmspec/askName', (question: any) => {
        asked.push(question);
        return typed === 'its name' ? question.name : typed;
      });
      try {
        await client.open(pathToFileURL(file).href, fs.readFileSync(file, 'utf8'), 'swarmspec-json');
        const end = await client.request('workspace/executeCommand', { command: 'swarmspec.apply', arguments: [pathToFileURL(file).href] });
        assert.equal(end.kind, kind, end.message);
        assert.equal(asked.length, 1);
        assert.ok(host.endsWith(asked[0].name) && asked[0].message.includes(NAME), JSON.stringify(asked));
        assert.deepEqual(client.asked, [], 'a yes is not asked for too');
        assert.equal((await started().request('GET', `/services/${NAME}`)).status, kind === 'applied' ? 200 : 404);
      } finally {
        await client.stop();
      }
    });
  }

  for (const [level, kind] of [['forbidden', 'forbidden'], ['type-name', 'needsName']]) {
    it(`in an editor, ${level} ends with ${kind}, and nobody is asked`, async () => {
      const settings = { host: started().host, contactEngine: false, protection: { [started().host]: level } };
      const client = await startClient({ capabilities: { workspace: { configuration: true }, window: { showMessage: {} } }, settings, chooses: 'Create' });
      try {
        const uri = pathToFileURL(file).href;
        await client.open(uri, fs.readFileSync(file, 'utf8'), 'json');
        const end = await client.request('workspace/executeCommand', { command: 'swarmspec.apply', arguments: [uri] });
        assert.deepEqual([end.kind, client.asked], [kind, []]);
      } finally {
        await client.stop();
      }
      assert.equal((await started().request('GET', `/services/${NAME}`)).status, 404);
    });
  }
});
