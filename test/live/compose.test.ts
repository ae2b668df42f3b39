import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDocument } from '../../server/src/document/document';
import { parseExact } from '../../server/src/document/exact';
import { isObject, type SpecObject, type SpecValue, toJson } from '../../server/src/document/value';
import { writeDocument } from '../../server/src/document/write';
import { SERVICE } from '../../server/src/facts/kinds';
import { composeToSpecs } from '../../server/src/features/compose/toSpec';
import { specToCompose } from '../../server/src/features/compose/fromSpec';
import { normalise } from '../../server/src/schema/normalise';
import { ROOT } from '../../server/src/tools/root';
import { liveSuite, type TestEngine } from '../support/engine';

const COMPOSE = readFileSync(join(ROOT, 'test/fixtures/compose.yaml'), 'utf8');

/** What the docker CLI does otherwise, and we know of. */
function withoutKnown(name: string, spec: SpecObject): SpecObject {
  // the docker CLI reads `tmpfs` of a service and forgets it; we make the mount
  if (name !== 'st_plain') return spec;
  const task = spec.TaskTemplate as SpecObject;
  const { Mounts, ...container } = task.ContainerSpec as SpecObject;
  assert.deepEqual(Mounts, [{ Type: 'tmpfs', Target: '/run' }]);
  return { ...spec, TaskTemplate: { ...task, ContainerSpec: container } };
}

/** A spec with keys sorted and without empty blocks: the docker CLI sends some, and they mean nothing in a new service. */
function shown(spec: SpecObject): string {
  const clean = (value: SpecValue): SpecValue => {
    if (Array.isArray(value)) return value.map(clean);
    if (!isObject(value)) return value;
    const members = Object.keys(value).sort().map((key): [string, SpecValue] => [key, clean(value[key])]);
    return Object.fromEntries(members.filter(([key, member]) => /^Global/.test(key) || !isObject(member) || Object.keys(member).length > 0));
  };
  return toJson(clean(normalise(spec, SERVICE.root)), 1);
}

liveSuite('a compose file', '28', (engine) => {
  let folder: string;
  const docker = (host: string, ...args: string[]) => spawnSync('docker', args, { env: { PATH: process.env.PATH, HOME: folder, DOCKER_HOST: host }, encoding: 'utf8', cwd: folder });
  const ids = async (on: TestEngine, kind: 'secrets' | 'configs' | 'networks'): Promise<Map<string, string>> =>
    new Map((await on.request('GET', `/${kind}`)).json.map((one: any) => [one.Spec?.Name ?? one.Name, one.ID ?? one.Id]));

  before(async function () {
    this.timeout(120_000);
    folder = mkdtempSync(join(tmpdir(), 'swarmspec-'));
    writeFileSync(join(folder, 'compose.yaml'), `version: "3.9"\n${COMPOSE}`);
    writeFileSync(join(folder, 'token.txt'), 'not so secret');
    await engine().drain(true);
    await engine().createSecret('my_cert');
    await engine().createConfig('app2');
    const { status, stderr } = docker(engine().host, 'stack', 'deploy', '--resolve-image', 'never', '--detach=true', '-c', 'compose.yaml', 'st');
    assert.equal(status, 0, stderr);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('becomes the specs that `docker stack deploy` makes of it', async () => {
    const [secrets, configs, networks] = await Promise.all([ids(engine(), 'secrets'), ids(engine(), 'configs'), ids(engine(), 'networks')]);
    const names = new Map([...networks].map(([name, id]) => [id, name]));
    const live = parseExact((await engine().request('GET', '/services')).text) as SpecObject[];
    const ours = composeToSpecs(readDocument(COMPOSE, 'yaml').value as SpecObject, { stack: 'st', folder, idOf: (kind, name) => (kind === 'secret' ? secrets : configs).get(name) });
    assert.equal(ours.length, live.length);
    for (const { name, spec } of ours) {
      const theirs = live.map(({ Spec }) => Spec as SpecObject).find((one) => one.Name === name)!;
      for (const network of ((theirs.TaskTemplate as SpecObject).Networks as SpecObject[]) ?? []) network.Target = names.get(String(network.Target)) ?? network.Target;
      assert.equal(shown(withoutKnown(name, spec)), shown(theirs), name);
    }
  });

  it('becomes specs that the engine takes, and back again a file that the docker CLI takes', async function () {
    this.timeout(60_000);
    await engine().createSecret('tok');
    await engine().createConfig('app');
    for (const name of ['front', 'backnet']) if (!(await ids(engine(), 'networks')).has(name)) await engine().createNetwork(name);
    const [secrets, configs] = await Promise.all([ids(engine(), 'secrets'), ids(engine(), 'configs')]);
    for (const { name, spec } of composeToSpecs(readDocument(COMPOSE, 'yaml').value as SpecObject, { folder, idOf: (kind, key) => (kind === 'secret' ? secrets : configs).get(key) })) {
      const renamed = { ...spec, Name: `plain-${name}`, EndpointSpec: {} }; // the ports are taken by the stack
      const answer = await engine().request('POST', '/services/create', toJson(renamed), { 'Content-Type': 'application/json' });
      assert.equal(answer.status, 201, `${name}: ${answer.text}`);
      writeFileSync(join(folder, 'back.yaml'), `version: "3.9"\n${writeDocument(specToCompose(normalise(spec, SERVICE.root)).file, 'yaml')}\n`);
      const { status, stderr } = docker(engine().host, 'stack', 'config', '-c', 'back.yaml');
      assert.equal(status, 0, `${name}: ${stderr}`);
    }
  });
});
