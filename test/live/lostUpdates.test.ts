import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { GENERATION_NAMES, liveSuite } from '../support/engine';
import { folderOf, type Ran, runIn } from '../support/terminal';
import { SECRET_ENV, SECRET_LABELS } from '../support/wholeRun';

const NAME = 'swarmspec-test-shared';
const SPEC = { Name: NAME, Labels: {}, Mode: { Replicated: { Replicas: 0 } }, TaskTemplate: { ContainerSpec: { Image: 'busy:1', Command: ['sleep', '1000'], Env: SECRET_ENV, Labels: SECRET_LABELS } } };
const APPLIERS = 50;

for (const generation of GENERATION_NAMES) {
  liveSuite('no lost update', generation, (started) => {
    let folder: string;
    before(() => {
      folder = folderOf({});
    });
    after(() => rmSync(folder, { recursive: true, force: true }));
    beforeEach(async () => {
      const answer = await started().request('POST', '/services/create', SPEC);
      assert.equal(answer.status, 201, answer.text);
    });
    afterEach(() => started().request('DELETE', `/services/${NAME}`));

    const labels = async (): Promise<Record<string, string>> => (await started().request('GET', `/services/${NAME}`)).json.Spec.Labels;

    /** One applier at a terminal, who adds a label to the spec that everybody has begun with. */
    function applier(label: string, given: object, ask: () => Promise<boolean>, ...args: string[]): Promise<Ran> {
      const file = `${label}.service.json`;
      writeFileSync(join(folder, file), JSON.stringify({ ...SPEC, Labels: { ...given, [label]: 'yes' } }));
      const env = { DOCKER_HOST: started().host, XDG_STATE_HOME: join(folder, 'state') };
      return runIn(folder, ['apply', file, '--timeout', '60s', ...args], { env, ask });
    }

    /** Holds whoever comes until so many are there. */
    function barrier(size: number): () => Promise<void> {
      let open: () => void;
      let here = 0;
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      return () => {
        if (++here === size) open();
        return opened;
      };
    }

    it(`keeps the label of each of ${APPLIERS} appliers who have all planned before anybody applied`, async function () {
      this.timeout(240_000);
      const everybody = barrier(APPLIERS);
      let questions = 0;
      const ask = async () => {
        questions++;
        await everybody();
        return true;
      };
      const names = Array.from({ length: APPLIERS }, (_, i) => `a${i}`);
      const results = await Promise.all(names.map((name) => applier(name, {}, ask, '--rebase')));
      assert.deepEqual(results.filter(({ code }) => code !== 0).map(({ code, out, err }) => [code, out, err]), []);
      assert.deepEqual(Object.keys(await labels()).sort(), names.sort());
      const { json } = await started().request('GET', `/services/${NAME}`);
      console.log(`      ${APPLIERS} labels of ${APPLIERS} appliers, ${questions} plans agreed to, version index ${json.Version.Index}`);
    });

    it('without new plans keeps exactly what was reported as applied', async function () {
      this.timeout(240_000);
      const reported: string[] = [];
      const refused: number[] = [];
      for (let wave = 0; wave < 10; wave++) {
        const given = await labels();
        const everybody = barrier(APPLIERS / 10);
        const names = Array.from({ length: APPLIERS / 10 }, (_, i) => `w${wave}n${i}`);
        const results = await Promise.all(names.map(async (name) => {
          let asked = 0;
          // agrees to the first plan, and to no other
          const ask = () => everybody().then(() => asked++ === 0);
          return { name, ...(await applier(name, given, ask)) };
        }));
        for (const { name, code } of results) (code === 0 ? reported.push(name) : refused.push(code));
      }
      assert.deepEqual(Object.keys(await labels()).sort(), reported.sort());
      assert.deepEqual([...new Set(refused)], [4]);
      assert.equal(reported.length, 10);
      assert.equal(refused.length, APPLIERS - 10);
      console.log(`      ${reported.length} reported as applied and there, ${refused.length} reported as conflicts and not there`);
    });
  });
}
