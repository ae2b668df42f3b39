import Ajv from 'ajv';
import * as assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Terminal } from '../../server/src/cli/command';
import { ROOT } from '../../server/src/tools/root';
import { GENERATION_NAMES, liveSuite } from '../support/engine';
import { folderOf, type Ran, runIn } from '../support/terminal';
import { PlantedSecrets } from '../support/secrets';
import { SECRET_ENV, SECRET_LABELS } from '../support/wholeRun';

const NAME = 'swarmspec-test-life';
const spec = (label: string, { name = NAME, replicas = 0, ...container }: { name?: string; replicas?: number; [field: string]: unknown } = {}): string =>
  JSON.stringify({ Name: name, Labels: { is: label }, Mode: { Replicated: { Replicas: replicas } }, TaskTemplate: { ContainerSpec: { Image: 'busy:1', Command: ['sleep', '1000'], Env: SECRET_ENV, Labels: SECRET_LABELS, ...container } } });

for (const generation of GENERATION_NAMES) {
  liveSuite('life cycle', generation, (started) => {
    let folder: string;
    beforeEach(() => {
      folder = folderOf({});
    });
    afterEach(async () => {
      for (const { ID } of (await started().request('GET', '/services')).json) await started().request('DELETE', `/services/${ID}`);
      rmSync(folder, { recursive: true, force: true });
    });

    const swarmspec = (args: string, world: Partial<Pick<Terminal, 'ask' | 'choose'>> = {}): Promise<Ran> =>
      runIn(folder, args.split(' '), { env: { DOCKER_HOST: started().host, XDG_STATE_HOME: join(folder, 'state') }, ...world });
    const write = (text: string, file = 'life.service.json') => writeFileSync(join(folder, file), text);
    const live = async (name = NAME) => (await started().request('GET', `/services/${name}`)).json;
    const done = async (running: Promise<Ran>, code = 0): Promise<Ran> => {
      const ran = await running;
      assert.equal(ran.code, code, `${ran.out}\n${ran.err}`);
      return ran;
    };
    const apply = async (text: string) => {
      write(text);
      return done(swarmspec('apply life.service.json --yes'));
    };
    const validate = (name: string, { out }: Ran): any => {
      const check = new Ajv().compile(JSON.parse(readFileSync(join(ROOT, 'schemas', name), 'utf8')));
      const value = JSON.parse(out);
      assert.ok(check(value), JSON.stringify(check.errors));
      return value;
    };
    const interfere = async (change: (spec: any) => void) => {
      const { ID, Version, Spec } = await live();
      change(Spec);
      const answer = await started().request('POST', `/services/${ID}/update?version=${Version.Index}`, Spec);
      assert.equal(answer.status, 200, answer.text);
    };

    describe('a saved plan', () => {
      const save = async () => {
        await apply(spec('one'));
        write(spec('two'));
        await done(swarmspec('plan life.service.json --out saved.plan'), 1);
      };

      it('is sent exactly as it was saved', async () => {
        await save();
        assert.equal(statSync(join(folder, 'saved.plan')).mode & 0o777, 0o600);
        rmSync(join(folder, 'life.service.json'));
        const { out } = await done(swarmspec('apply saved.plan --yes'));
        assert.match(out, /at unix:\/\/\S+ \(from `DOCKER_HOST`; API v1\.\d+, version index \d+\) would change, as planned at .*:\n {2}~ Labels\.is: "one" → "two"/);
        assert.equal((await live()).Spec.Labels.is, 'two');
      });

      it('can be one of a rollback', async () => {
        await apply(spec('one'));
        await apply(spec('two'));
        assert.match((await done(swarmspec(`rollback ${NAME} --out back.plan`), 1)).out, /Labels\.is: "two" → "one"/);
        assert.equal((await live()).Spec.Labels.is, 'two');
        assert.match((await done(swarmspec('apply back.plan --yes'))).out, /goes back to its previous spec/);
        assert.equal((await live()).Spec.Labels.is, 'one');
      });

      it('is of the last plan or not there, and never in place of a spec', async () => {
        await save();
        write(spec('one'));
        await done(swarmspec('plan life.service.json --out saved.plan'));
        assert.match((await done(swarmspec('apply saved.plan --yes'))).out, /There is nothing to apply/);
        write('{ "Name": 1 }');
        await done(swarmspec('plan life.service.json --out saved.plan'), 3);
        assert.ok(!readdirSync(folder).includes('saved.plan'));
        await done(swarmspec('plan life.service.json --out life.service.json'), 2);
        assert.equal((await live()).Spec.Labels.is, 'one');
      });

      it('is refused once the service has changed', async () => {
        await save();
        await interfere((theirs) => (theirs.Labels.other = 'yes'));
        assert.match((await done(swarmspec('apply saved.plan --yes --rebase'), 4)).err, /A saved plan is sent exactly or not at all.*Nothing was sent/);
        assert.deepEqual((await live()).Spec.Labels, { is: 'one', other: 'yes' });
      });

      it('leads to no new plan when the service changes before the yes', async () => {
        await save();
        let questions = 0;
        const ask = async () => {
          if (questions++ === 0) await interfere((theirs) => (theirs.Labels.other = 'yes'));
          return true;
        };
        await done(swarmspec('apply saved.plan', { ask }), 4);
        assert.deepEqual([questions, (await live()).Spec.Labels], [1, { is: 'one', other: 'yes' }]);
      });

      it('is refused when a byte of it has changed', async () => {
        await save();
        const text = readFileSync(join(folder, 'saved.plan'), 'utf8');
        writeFileSync(join(folder, 'saved.plan'), text.replace('two', 'owt'));
        assert.match((await done(swarmspec('apply saved.plan --yes'), 2)).err, /is not what was saved/);
        assert.equal((await live()).Spec.Labels.is, 'one');
      });

      it('is refused for a service that was made anew, and in another swarm', async () => {
        await save();
        await started().request('DELETE', `/services/${NAME}`);
        await apply(spec('one'));
        assert.match((await done(swarmspec('apply saved.plan --yes'), 4)).err, /no longer there/);
        const text = readFileSync(join(folder, 'saved.plan'), 'utf8');
        const { readPlanFile, writePlanFile }: typeof import('../../server/src/apply/planFile') = require('../../server/src/apply/planFile');
        const plan = readPlanFile(text);
        assert.ok(!('kind' in plan));
        writeFileSync(join(folder, 'saved.plan'), writePlanFile({ ...plan, swarmId: 'another' }));
        assert.match((await done(swarmspec('apply saved.plan --yes'), 4)).err, /another swarm/);
      });
    });

    describe('a conflict', () => {
      it('takes theirs or ours where both have changed the same, as the person chooses', async () => {
        for (const [key, expected] of [['t', 'theirs'], ['o', 'ours']]) {
          await apply(spec('one'));
          write(spec('ours', { Env: ['A=1'] }));
          let questions = 0;
          const ask = async () => {
            if (questions++ === 0) await interfere((theirs) => (theirs.Labels.is = 'theirs'));
            return true;
          };
          const { out } = await done(swarmspec('apply life.service.json', { ask, choose: async () => key }));
          assert.match(out, /Both have changed `Labels\.is`: it was "one", is "theirs" now, and was to become "ours"/);
          const { Spec } = await live();
          assert.deepEqual([Spec.Labels.is, Spec.TaskTemplate.ContainerSpec.Env, questions], [expected, ['A=1'], 2]);
          await started().request('DELETE', `/services/${NAME}`);
        }
      });

      it('sends nothing when the person aborts, or is not there', async () => {
        await apply(spec('one'));
        write(spec('ours'));
        const ask = async () => {
          await interfere((theirs) => (theirs.Labels.is = `${theirs.Labels.is}+`));
          return true;
        };
        await done(swarmspec('apply life.service.json', { ask, choose: async () => 'a' }), 4);
        await done(swarmspec('apply life.service.json', { ask }), 4);
        assert.equal((await live()).Spec.Labels.is, 'one++');
      });
    });

    describe('several services', () => {
      const names = ['a', 'b', 'c', 'd', 'e'].map((letter) => `${NAME}-${letter}`);
      const writeAll = (label: string, replace: Record<string, string> = {}) => {
        mkdirSync(join(folder, 'deploy'), { recursive: true });
        for (const name of names) write(replace[name] ?? spec(label, { name }), `deploy/${name}.service.json`);
      };
      const labels = () => Promise.all(names.map(async (name) => (await live(name)).Spec?.Labels?.is));

      it('are planned first and asked about once', async () => {
        writeAll('one');
        const questions: string[] = [];
        const { out } = await done(swarmspec('apply deploy', { ask: async (question) => questions.push(question) > 0 }));
        assert.deepEqual(questions, ['Apply these 5 plans?']);
        assert.match(out, /0 to update, 5 to create, 0 unchanged\.[\s\S]*5 applied, 0 failed, 0 not started\./);
        assert.deepEqual(await labels(), ['one', 'one', 'one', 'one', 'one']);
        assert.match((await done(swarmspec('apply deploy --yes'))).out, /nothing to change/);
      });

      it('are not touched when one of them cannot be applied', async () => {
        writeAll('one');
        await done(swarmspec('apply deploy --yes'));
        writeAll('two', { [names[2]]: spec('two', { name: names[2], Imge: 'x' }) });
        assert.match((await done(swarmspec('apply deploy --yes'), 1)).err, /Nothing was sent: not every spec can be applied/);
        assert.deepEqual(await labels(), ['one', 'one', 'one', 'one', 'one']);
        await done(swarmspec('apply deploy --yes --on-failure continue'), 1);
        assert.deepEqual(await labels(), ['two', 'two', 'one', 'two', 'two']);
      });

      it('stop at the first failure, or go on, and each is told truly', async () => {
        for (const [option, parallel, expected] of [['stop', 1, ['one', 'one', 'one', 'one', 'one']], ['stop', 2, undefined], ['continue', 1, ['one', 'two', 'two', 'two', 'two']]] as const) {
          writeAll('one');
          await done(swarmspec('apply deploy --yes'));
          writeAll('two');
          const ask = async () => {
            // the first one meets a conflict
            const { ID, Version, Spec } = await live(names[1 - 1]);
            await started().request('POST', `/services/${ID}/update?version=${Version.Index}`, { ...Spec, Labels: { ...Spec.Labels, is: 'one', other: 'yes' } });
            return true;
          };
          let asked = 0;
          const { out, err } = await done(swarmspec(`apply deploy --parallel ${parallel} --on-failure ${option}`, { ask: async () => (asked++ === 0 ? ask() : false) }), 4);
          const found = await labels();
          if (expected) assert.deepEqual(found, expected);
          // of two at a time, others may be done before the first has failed
          else assert.equal(found[0], 'one', found.join());
          assert.match(out + err, new RegExp(`${found.filter((label) => label === 'two').length} applied, 1 failed, ${found.filter((label) => label === 'one').length - 1} not started`));
        }
      });

      it('are refused twice', async () => {
        write(`${spec('one')}`, 'a.service.json');
        write(`${spec('two')}`, 'b.service.json');
        assert.match((await done(swarmspec('apply a.service.json b.service.json --yes'), 2)).err, /is the service of another spec of this run too/);
        assert.equal((await started().request('GET', `/services/${NAME}`)).status, 404);
      });

      it('are refused twice where one of them is what is there', async () => {
        await apply(spec('one'));
        write(spec('two'), 'two.service.json');
        assert.match((await done(swarmspec('apply life.service.json two.service.json --yes'), 2)).err, /is the service of another spec of this run too/);
        assert.equal((await live()).Spec.Labels.is, 'one');
      });
    });

    describe('history', () => {
      it('lists what was applied, and returns to any of it', async () => {
        for (const label of ['one', 'two', 'three']) await apply(spec(label, { Env: ['TOKEN=planted-secret'], Labels: {} }));
        const { out } = await done(swarmspec(`history ${NAME}`));
        assert.match(out, / 1 .*create {2}index \d+ {2}converged.*\n +2 .*update {2}index \d+ → \d+ {2}converged.*1 value not kept\n +3 .*update/);
        const entries = validate('history.v1.json', await done(swarmspec('history --json'))).entries;
        assert.equal(entries.length, 3);
        await done(swarmspec(`history ${NAME} --return 1 --yes`));
        const { Spec } = await live();
        assert.deepEqual([Spec.Labels.is, Spec.TaskTemplate.ContainerSpec.Env], ['one', ['TOKEN=planted-secret']]);
        const [journal] = readdirSync(join(folder, 'state/swarmspec/journal'));
        const file = join(folder, 'state/swarmspec/journal', journal);
        assert.equal(statSync(file).mode & 0o777, 0o600);
        assert.doesNotMatch(readFileSync(file, 'utf8'), /planted-secret/);
      });

      it('says so when values are known no more, and sends nothing', async () => {
        await apply(spec('one', { Env: ['TOKEN=first'] }));
        for (const value of ['second', 'third']) await apply(spec('one', { Env: [`TOKEN=${value}`] }));
        assert.match((await done(swarmspec(`history ${NAME} --return 1 --yes`), 1)).err, /Entry 1 cannot be returned to.*\/TaskTemplate\/ContainerSpec\/Env\/0/);
        assert.match((await done(swarmspec(`history ${NAME} --return 9 --yes`), 2)).err, /has 1 to 3/);
        assert.deepEqual((await live()).Spec.TaskTemplate.ContainerSpec.Env, ['TOKEN=third']);
      });
    });

    describe('pull and drift', () => {
      it('write what plans as nothing to change, and notice what has changed since', async () => {
        await started().createNetwork(`${NAME}-net`);
        await apply(JSON.stringify({ ...JSON.parse(spec('one', { Env: ['A=1'], StopGracePeriod: 10_000_000_000 })), EndpointSpec: { Mode: 'dnsrr' } }).replace('"TaskTemplate":{', `"TaskTemplate":{"Networks":[{"Target":"${NAME}-net"}],`));
        await done(swarmspec(`pull ${NAME} --comments --out pulled.service.yaml`));
        const text = readFileSync(join(folder, 'pulled.service.yaml'), 'utf8');
        assert.match(text, new RegExp(`StopGracePeriod: 10000000000 # 10 s[\\s\\S]*Target: ${NAME}-net`));
        assert.doesNotMatch(text, /Isolation|Runtime|ForceUpdate/);
        assert.match((await done(swarmspec('drift pulled.service.yaml'))).out, /is what this spec says/);
        assert.match((await done(swarmspec('apply pulled.service.yaml --yes'))).out, /nothing to change/);
        assert.match((await done(swarmspec(`pull ${NAME} --out pulled.service.yaml`), 3)).err, /is there already/);
        write((await done(swarmspec(`pull ${NAME} --format json`))).out, 'pulled.service.json');
        await done(swarmspec('drift pulled.service.json'));
        assert.equal(validate('pull.v1.json', await done(swarmspec(`pull ${NAME} --json`))).spec.Name, NAME);
        await interfere((theirs) => (theirs.Labels.is = 'other'));
        assert.match((await done(swarmspec('drift pulled.service.yaml'), 1)).out, /has drifted from this spec:\n {2}~ Labels\.is: "one" → "other"\n {2}Dry run: the engine accepts this update\.\n/);
        const { services } = validate('result.v1.json', await done(swarmspec('drift pulled.service.yaml --json'), 1));
        assert.deepEqual(services.map(({ outcome, changes, dryRun }: any) => [outcome, changes, dryRun]), [['drifted', [{ path: '/Labels/is', from: '"one"', to: '"other"' }], { kind: 'passed' }]]);
        assert.doesNotMatch((await done(swarmspec('drift pulled.service.yaml --dry-run none'), 1)).out, /Dry run/);
        write(JSON.stringify({ ...JSON.parse(spec('one')), Mode: { Global: {} } }), 'refused.service.json');
        assert.match((await done(swarmspec('drift refused.service.json'), 1)).out, /Dry run: the engine refuses this update: .*mode/);
        await started().request('DELETE', `/services/${NAME}`);
        assert.match((await done(swarmspec('drift pulled.service.yaml'), 1)).out, /there is no service/);
      });
    });

    it('tells programs what it tells people, of the shape that its schema says', async () => {
      write(spec('one'));
      const [created] = validate('result.v1.json', await done(swarmspec('apply life.service.json --yes --json'))).services;
      assert.deepEqual([created.action, created.outcome, created.exit], ['create', 'converged', 0]);
      write(spec('two'));
      const [updated] = validate('result.v1.json', await done(swarmspec('apply life.service.json --yes --json'))).services;
      assert.deepEqual([updated.action, updated.outcome, updated.changes, updated.rollout.end], ['update', 'converged', [{ path: '/Labels/is', from: '"one"', to: '"two"' }], 'converged']);
      assert.ok(BigInt(updated.index.after) > BigInt(updated.index.base));
      const [unchanged] = validate('result.v1.json', await done(swarmspec('apply life.service.json --yes --json'))).services;
      assert.equal(unchanged.outcome, 'unchanged');
      const [back] = validate('result.v1.json', await done(swarmspec(`rollback ${NAME} --yes --json`))).services;
      assert.deepEqual([back.action, back.outcome], ['rollback', 'converged']);
      const [returned] = validate('result.v1.json', await done(swarmspec(`history ${NAME} --return 2 --yes --json`))).services;
      assert.equal(returned.outcome, 'converged');
      const [none] = validate('result.v1.json', await done(swarmspec('rollback swarmspec-test-none --yes --json'), 1)).services;
      assert.equal(none.outcome, 'notFound');
      assert.match((await swarmspec('apply life.service.json --json')).err, /`--json` asks no questions/);
    });

    it('prints, logs and writes nothing of what is secret', async () => {
      const secrets = new PlantedSecrets();
      const container = (version: string) => ({
        Env: [`GREETING=${secrets.plant('a variable')}`, `DB_PASSWORD=${secrets.plant('a password')}`, `V=${version}`],
        Labels: { 'api-token': secrets.plant('a label') }, Command: ['sleep', '1000', `--password=${secrets.plant('an option')}`],
      });
      const file = (version: string, label = version) => spec(label, { ...container(version), name: NAME });
      const note = (where: string, { out, err }: Ran) => {
        secrets.saw(`the output of ${where}`, out);
        secrets.saw(`the error stream of ${where}`, err);
      };
      const run = async (args: string, world?: Parameters<typeof swarmspec>[1]) => note(args, await swarmspec(args, world));
      write(file('one'));
      await run('plan life.service.json');
      await run('apply life.service.json --yes');
      write(file('two'));
      await run('plan life.service.json --out saved.plan');
      await run('apply saved.plan --yes --json');
      write(file('three'));
      await run('drift life.service.json');
      await run('drift life.service.json --json');
      let asked = 0;
      await run('apply life.service.json', {
        ask: async () => {
          if (asked++ === 0) await interfere((theirs) => (theirs.TaskTemplate.ContainerSpec.Env = [`GREETING=${secrets.plant('a variable of others')}`]));
          return true;
        },
        choose: async () => 'o',
      });
      await run(`rollback ${NAME} --yes`);
      await run(`rollback ${NAME} --yes --json`);
      await run(`history ${NAME}`);
      await run(`history ${NAME} --return 1 --yes`);
      await run('history --json');
      write(file('bad').replace('"Labels"', '"Lables"'));
      await run('apply life.service.json --yes');
      secrets.sawFolder(join(folder, 'state'));
      assert.ok(secrets.seenLength > 3_000, `${secrets.seenLength} characters`);
      assert.deepEqual(secrets.found(), []);
    });
  });
}
