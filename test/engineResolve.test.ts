import * as assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { contextFolder, parseContextMeta, parseDockerConfig } from '../server/src/engine/dockerConfig';
import { type EngineHost, parseHost } from '../server/src/engine/host';
import { apiProblem } from '../server/src/engine/negotiate';
import { type DockerEnvironment, resolveHost, type ResolveOptions } from '../server/src/engine/resolve';
import { sshArguments, sshTrouble } from '../server/src/engine/ssh';

describe('which engine is meant', () => {
  let folder: string;
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ss-docker-'));
    writeContext('far', { Host: 'ssh://me@far.example' });
    writeContext('near', { Host: 'unix:///near.sock' });
    writeContext('open', { Host: 'tcp://10.0.0.1:2375' });
    writeContext('blind', { Host: 'tcp://10.0.0.1:2376', SkipTLSVerify: true });
    writeContext('kube', undefined);
    const { ca, cert, key } = certificates(folder);
    writeContext('safe', { Host: 'tcp://10.0.0.1:2376' }, { 'ca.pem': ca, 'cert.pem': cert, 'key.pem': key });
    writeContext('broken', { Host: 'tcp://10.0.0.1:2376' }, { 'ca.pem': 'hunter2' });
    config({});
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  const order: { says: string; environment?: DockerEnvironment; options?: ResolveOptions; current?: string; is: string }[] = [
    { says: 'nobody', is: 'default unix:///var/run/docker.sock, the default' },
    { says: 'the current context', current: 'far', is: 'far ssh://me@far.example, docker context `far`, the current one' },
    { says: 'DOCKER_CONTEXT before it', current: 'far', environment: { DOCKER_CONTEXT: 'near' }, is: 'near unix:///near.sock, docker context `near`, from `DOCKER_CONTEXT`' },
    { says: 'DOCKER_CONTEXT=default', current: 'far', environment: { DOCKER_CONTEXT: 'default' }, is: 'default unix:///var/run/docker.sock, the default' },
    { says: 'DOCKER_HOST before both', current: 'far', environment: { DOCKER_CONTEXT: 'near', DOCKER_HOST: 'unix:///a' }, is: 'default unix:///a, from `DOCKER_HOST`' },
    { says: '--context before DOCKER_HOST', environment: { DOCKER_HOST: 'unix:///a' }, options: { context: 'far' }, is: 'far ssh://me@far.example, docker context `far`' },
    { says: '--context default, which takes DOCKER_HOST', current: 'far', environment: { DOCKER_HOST: 'unix:///a' }, options: { context: 'default' }, is: 'default unix:///a, from `DOCKER_HOST`' },
    { says: '--host before DOCKER_HOST and contexts', current: 'far', environment: { DOCKER_HOST: 'unix:///a', DOCKER_CONTEXT: 'near' }, options: { host: 'unix:///b' }, is: 'default unix:///b, as given' },
  ];
  for (const { says, environment, options, current, is } of order) {
    it(`by ${says}: ${is}`, () => {
      config({ currentContext: current });
      const found = resolve(environment, options);
      assert.ok(found.kind !== 'problem', JSON.stringify(found));
      assert.equal(`${found.context} ${found.address}, ${found.from}`, is);
    });
  }

  const problems: { of: string; environment?: DockerEnvironment; options?: ResolveOptions; says: RegExp }[] = [
    { of: 'a host and a context', options: { host: 'unix:///a', context: 'far' }, says: /each names an engine/ },
    { of: 'a context that is not there', options: { context: '../far' }, says: /no docker context `\.\.\/far`/ },
    { of: 'a context without an engine', options: { context: 'kube' }, says: /has no engine in it/ },
    { of: 'plain TCP in a context', environment: { DOCKER_CONTEXT: 'open' }, says: /Docker context `open`: .*neither encrypted nor authenticated/ },
    { of: 'a certificate that is none', options: { context: 'broken' }, says: /holds no certificate/ },
    { of: 'DOCKER_TLS_VERIFY without an authority', environment: { DOCKER_TLS_VERIFY: '1' }, says: /no `ca\.pem`/ },
  ];
  for (const { of, environment, options, says } of problems) {
    it(`explains ${of}`, () => {
      config({});
      const found = resolve(environment, options);
      assert.ok(found.kind === 'problem');
      assert.match(found.message, says);
      assert.doesNotMatch(found.message, /hunter2/);
    });
  }

  it('does not guess a context from a config file that cannot be read, and needs none where one is said', () => {
    fs.writeFileSync(path.join(folder, 'config.json'), '{"currentContext": "far"');
    const found = resolve();
    assert.ok(found.kind === 'problem');
    assert.match(found.message, /is no JSON object/);
    assert.equal((resolve({ DOCKER_HOST: 'unix:///a' }) as EngineHost).address, 'unix:///a');
  });

  it('takes the certificates of a context, and none for another', () => {
    config({});
    const safe = resolve({}, { context: 'safe' });
    assert.ok(safe.kind === 'tcp' && safe.tls);
    assert.deepEqual([Object.keys(safe.tls).sort(), safe.tls.verify], [['ca', 'cert', 'key', 'verify'], true]);
    const blind = resolve({}, { context: 'blind' });
    assert.ok(blind.kind === 'tcp');
    assert.deepEqual(blind.tls, { verify: false });
  });

  it('takes the certificates of DOCKER_CERT_PATH, and the TLS port of this machine', () => {
    config({});
    const found = resolve({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: path.join(folder, 'certs') });
    assert.ok(found.kind === 'tcp' && found.tls?.ca && found.tls.verify);
    assert.equal(found.address, 'tcp://127.0.0.1:2376');
    const unverified = resolve({ DOCKER_TLS: '1', DOCKER_HOST: 'tcp://10.0.0.1:2376', DOCKER_CERT_PATH: path.join(folder, 'certs') });
    assert.ok(unverified.kind === 'tcp' && unverified.tls?.verify === false);
    // A socket needs none, and docker looks for none there.
    assert.equal((resolve({ DOCKER_TLS_VERIFY: '1', DOCKER_HOST: 'unix:///a' }) as EngineHost).address, 'unix:///a');
  });

  it('sees the contexts that docker makes', function () {
    if (spawnSync('docker', ['--version']).status !== 0) this.skip();
    config({});
    const env = { PATH: process.env.PATH, DOCKER_CONFIG: folder };
    execFileSync('docker', ['context', 'create', 'made', '--docker', 'host=ssh://me@made.example:2222'], { env, stdio: 'ignore' });
    execFileSync('docker', ['context', 'use', 'made'], { env, stdio: 'ignore' });
    const found = resolve();
    assert.ok(found.kind === 'ssh');
    assert.deepEqual([found.context, found.address], ['made', 'ssh://me@made.example:2222']);
  });

  function resolve(environment: DockerEnvironment = {}, options?: ResolveOptions) {
    return resolveHost({ DOCKER_CONFIG: folder, ...environment }, options);
  }

  function config(content: object): void {
    fs.writeFileSync(path.join(folder, 'config.json'), JSON.stringify(content));
  }

  function writeContext(name: string, docker: object | undefined, tls: Record<string, string> = {}): void {
    const meta = path.join(folder, 'contexts/meta', contextFolder(name));
    fs.mkdirSync(meta, { recursive: true });
    fs.writeFileSync(path.join(meta, 'meta.json'), JSON.stringify({ Name: name, Metadata: {}, Endpoints: docker ? { docker } : { kubernetes: {} } }));
    const certs = path.join(folder, 'contexts/tls', contextFolder(name), 'docker');
    if (Object.keys(tls).length > 0) fs.mkdirSync(certs, { recursive: true });
    for (const [file, text] of Object.entries(tls)) fs.writeFileSync(path.join(certs, file), text);
  }
});

/** A certificate that is its own authority, in `certs` below the folder. */
function certificates(folder: string): { ca: string; cert: string; key: string } {
  const certs = path.join(folder, 'certs');
  fs.mkdirSync(certs);
  const [key, cert] = [path.join(certs, 'key.pem'), path.join(certs, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=test', '-days', '2', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  fs.copyFileSync(cert, path.join(certs, 'ca.pem'));
  const text = fs.readFileSync(cert, 'utf8');
  return { ca: text, cert: text, key: fs.readFileSync(key, 'utf8') };
}

describe('the files of docker', () => {
  it('are read without regard to letter case, as docker does', () => {
    assert.deepEqual(parseContextMeta('{"name":"a","endpoints":{"docker":{"host":"unix:///a","skiptlsverify":true}}}'), { name: 'a', host: 'unix:///a', skipTlsVerify: true });
    assert.deepEqual(parseDockerConfig('{"CurrentContext":"a","CREDSSTORE":"pass","HttpHeaders":{"X-A":"b","X-B":1},"auths":{"r":{},"s":1}}'), {
      currentContext: 'a', credsStore: 'pass', headers: { 'X-A': 'b' }, auths: { r: {} }, credHelpers: {},
    });
  });

  for (const text of ['', ' ', '{}']) it(`say nothing in ${JSON.stringify(text)}`, () => assert.deepEqual(parseDockerConfig(text), { headers: {}, auths: {}, credHelpers: {} }));
  for (const text of ['[]', 'null', '{', '"x"']) it(`are none in ${text}`, () => assert.deepEqual([parseDockerConfig(text), parseContextMeta(text)], [undefined, undefined]));
});

describe('the API version of requests', () => {
  const engine = { apiVersion: '1.51', minApi: '1.24', engineVersion: '28.5.2' };
  const cases: [string, RegExp | undefined][] = [['1.24', undefined], ['1.51', undefined], ['1.9', /below v1\.24/], ['1.52', /up to v1\.51/], ['1.100', /up to/]];
  for (const [api, says] of cases) {
    it(`v${api} ${says ? `is explained: ${says.source}` : 'is taken'}`, () => (says ? assert.match(apiProblem(api, engine) ?? '', says) : assert.equal(apiProblem(api, engine), undefined)));
  }
});

describe('the arguments of ssh', () => {
  const cases: [string, string[]][] = [
    ['ssh://host', ['-o', 'ConnectTimeout=30', '-T', '--', 'host', 'docker system dial-stdio']],
    ['ssh://me@host:2222', ['-l', 'me', '-p', '2222', '-o', 'ConnectTimeout=30', '-T', '--', 'host', 'docker system dial-stdio']],
    ['ssh://host/run/other.sock', ['-o', 'ConnectTimeout=30', '-T', '--', 'host', 'docker --host=unix:///run/other.sock system dial-stdio']],
    [`ssh://host/a'b;reboot $(x)`, ['-o', 'ConnectTimeout=30', '-T', '--', 'host', `docker '--host=unix:///a'\\''b;reboot $(x)' system dial-stdio`]],
  ];
  for (const [address, expected] of cases) {
    it(`of ${address}`, () => {
      const host = parseHost(address);
      assert.ok(host.kind === 'ssh');
      assert.deepEqual(sshArguments(host), expected);
    });
  }

  const troubles: [number | null, string, RegExp][] = [
    [255, 'banner\nme@host: Permission denied (publickey).\r\n', /not let in.*It says: me@host: Permission denied \(publickey\)\.$/],
    [255, 'ssh: connect to host x port 22: Connection refused\n', /found no way.*Connection refused$/],
    [127, 'sh: 1: docker: not found\n', /no command `docker`/],
    [1, 'Cannot connect to the Docker daemon\n', /ended with 1\. It says: Cannot connect/],
    [null, '', /was ended/],
  ];
  for (const [code, said, says] of troubles) it(`and why it ended with ${code}: ${says.source}`, () => assert.match(sshTrouble(code, said), says));
});
