import * as assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { connect } from '../../server/src/engine/client';
import { contextFolder } from '../../server/src/engine/dockerConfig';
import type { Engine } from '../../server/src/engine/engine';
import { type EngineTrouble, EngineError } from '../../server/src/engine/error';
import { type DockerEnvironment, resolveHost, type ResolveOptions } from '../../server/src/engine/resolve';
import { engineUnavailable, liveSuite, type TestEngine } from '../support/engine';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ss-tls-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

const PKI = path.join(folder, 'pki');
const dockerd = ['--tlsverify', '--tlscacert', `${PKI}/ca.pem`, '--tlscert', `${PKI}/server-cert.pem`, '--tlskey', `${PKI}/server-key.pem`, '-H', 'tcp://127.0.0.1:2376'];

const suite = () => liveSuite('TLS', { generation: '28', swarm: false, dockerd }, (started) => {
  let door: net.Server;
  let address: string;
  before(async () => {
    door = await openDoor(started());
    address = `tcp://127.0.0.1:${(door.address() as net.AddressInfo).port}`;
  });
  after(() => door?.close());

  it('with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH', async () => {
    const engine = engineOf({ DOCKER_HOST: address, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: client('right') });
    assert.equal((await engine.ping()).engineVersion, started().version);
    // A write, too; outside a swarm it is refused by the engine itself.
    assert.equal((await engine.create({ body: '{"Name":"web"}', api: started().api })).kind, 'notAManager');
  });

  it('with a docker context', async () => {
    context('safe', { Host: address }, client('right'));
    assert.equal((await engineOf({}, { context: 'safe' }).ping()).swarm, 'inactive');
  });

  it('with a context that takes any certificate', async () => {
    context('blind', { Host: address, SkipTLSVerify: true }, client('noAuthority'));
    assert.equal((await engineOf({}, { context: 'blind' }).ping()).swarm, 'inactive');
  });

  const refused: { what: string; environment: () => DockerEnvironment; trouble: EngineTrouble; says: RegExp }[] = [
    { what: 'an engine of another authority', environment: () => ({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: client('wrongAuthority') }), trouble: 'unreachable', says: /from nobody that is trusted/ },
    { what: 'no certificate of ours', environment: () => ({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: client('noCertificate') }), trouble: 'unreachable', says: /does not accept our certificate/ },
    { what: 'a certificate of ours from another authority', environment: () => ({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: client('wrongCertificate') }), trouble: 'unreachable', says: /does not accept our certificate/ },
    { what: 'a name that the certificate does not have', environment: () => ({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: client('right'), DOCKER_HOST: address.replace('127.0.0.1', 'localhost') }), trouble: 'unreachable', says: /for another name/ },
    { what: 'plain HTTP', environment: () => ({}), trouble: 'notAnEngine', says: /expects TLS.*DOCKER_TLS_VERIFY/ },
  ];
  for (const { what, environment, trouble, says } of refused) {
    it(`not with ${what}: ${trouble}`, async () => {
      const engine = engineOf({ DOCKER_HOST: address, ...environment() });
      await assert.rejects(engine.ping(), (error) => {
        assert.ok(error instanceof EngineError);
        assert.match(error.message, says);
        assert.equal(error.trouble, trouble);
        return true;
      });
      const answer = await engine.create({ body: '{"Name":"web"}', api: started().api, registryAuth: 'e30=' });
      // Nothing of a request leaves before both sides have accepted each other; over plain HTTP it has left.
      assert.equal(answer.kind, trouble === 'unreachable' ? 'unreachable' : 'unknownEnding');
    });
  }

  it('not to a port that does not speak it', async () => {
    const plain = net.createServer((socket) => socket.on('error', () => undefined).on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))).listen(0, '127.0.0.1');
    await new Promise((resolve) => plain.once('listening', resolve));
    const DOCKER_HOST = `tcp://127.0.0.1:${(plain.address() as net.AddressInfo).port}`;
    try {
      await assert.rejects(engineOf({ DOCKER_HOST, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: client('right') }).ping(), /does not speak TLS/);
    } finally {
      plain.close();
    }
  });
});

function engineOf(environment: DockerEnvironment, options?: ResolveOptions): Engine {
  const host = resolveHost({ DOCKER_CONFIG: path.join(folder, 'docker'), ...environment }, options);
  if (host.kind === 'problem') throw new Error(host.message);
  return connect(host, { timeoutMs: 10_000 });
}

function context(name: string, docker: object, certs: string): void {
  const [meta, tls] = ['meta', 'tls'].map((part) => path.join(folder, 'docker/contexts', part, contextFolder(name)));
  fs.mkdirSync(meta, { recursive: true });
  fs.writeFileSync(path.join(meta, 'meta.json'), JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker } }));
  fs.cpSync(certs, path.join(tls, 'docker'), { recursive: true });
}

/** One authority for the engine and its client, and another one. */
function makeCertificates(): void {
  fs.mkdirSync(PKI);
  for (const name of ['ca', 'other-ca']) openssl('req', '-x509', ...KEY, '-subj', `/CN=${name}`, '-days', '2', '-keyout', `${name}-key.pem`, '-out', `${name}.pem`);
  issue('server', 'ca', 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth');
  issue('client', 'ca', 'extendedKeyUsage=clientAuth');
  issue('stranger', 'other-ca', 'extendedKeyUsage=clientAuth');
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

function issue(name: string, by: string, extensions: string): void {
  fs.writeFileSync(path.join(PKI, 'extensions'), extensions);
  openssl('req', ...KEY, '-subj', `/CN=${name}`, '-keyout', `${name}-key.pem`, '-out', 'request.pem');
  openssl('x509', '-req', '-in', 'request.pem', '-CA', `${by}.pem`, '-CAkey', `${by}-key.pem`, '-CAcreateserial', '-days', '2', '-extfile', 'extensions', '-out', `${name}-cert.pem`);
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { cwd: PKI, stdio: 'ignore' });
}

type Client = 'right' | 'wrongAuthority' | 'noAuthority' | 'noCertificate' | 'wrongCertificate';

/** A folder as `DOCKER_CERT_PATH` wants it. */
function client(which: Client): string {
  const files: Record<Client, Record<string, string>> = {
    right: { ca: 'ca', cert: 'client-cert', key: 'client-key' },
    wrongAuthority: { ca: 'other-ca', cert: 'client-cert', key: 'client-key' },
    noAuthority: { cert: 'client-cert', key: 'client-key' },
    noCertificate: { ca: 'ca' },
    wrongCertificate: { ca: 'ca', cert: 'stranger-cert', key: 'stranger-key' },
  };
  const to = path.join(folder, which);
  fs.mkdirSync(to, { recursive: true });
  for (const [name, from] of Object.entries(files[which])) fs.copyFileSync(path.join(PKI, `${from}.pem`), path.join(to, `${name}.pem`));
  return to;
}

/** Listens on this machine and connects to the port of the engine, which is in a network namespace of its own. */
async function openDoor({ pid }: TestEngine): Promise<net.Server> {
  const server = net.createServer((socket) => {
    const inside = spawn('nsenter', [`--net=/proc/${pid}/ns/net`, '--', 'busybox', 'nc', '127.0.0.1', '2376'], { stdio: ['pipe', 'pipe', 'ignore'] });
    for (const part of [inside.stdin, inside.stdout, socket]) part.on('error', () => undefined);
    inside.on('close', () => socket.end());
    socket.on('close', () => inside.kill());
    socket.pipe(inside.stdin);
    inside.stdout.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('an engine that wants certificates', () => {
  before(() => {
    if (!engineUnavailable('28')) makeCertificates();
  });
  suite();
});
