import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { checkAuth, encodeAuth } from '../server/src/engine/auth';
import { connect } from '../server/src/engine/client';
import type { Engine, EngineAnswer } from '../server/src/engine/engine';
import { EngineError, type EngineTrouble } from '../server/src/engine/error';
import { parseHost, type EngineHost } from '../server/src/engine/host';

const BODY = '{"Name":"web"}';
const UPDATE = { version: '7', body: BODY, api: '1.49' };

describe('address of the engine', () => {
  const good: [string, EngineHost][] = [
    ['unix:///var/run/docker.sock', { kind: 'unix', address: 'unix:///var/run/docker.sock', socketPath: '/var/run/docker.sock' }],
    ['tcp://127.0.0.1:2375', { kind: 'tcp', address: 'tcp://127.0.0.1:2375', hostname: '127.0.0.1', port: 2375 }],
    ['tcp://localhost', { kind: 'tcp', address: 'tcp://localhost:2375', hostname: 'localhost', port: 2375 }],
    ['http://localhost:80/', { kind: 'tcp', address: 'tcp://localhost:80', hostname: 'localhost', port: 80 }],
    ['npipe:////./pipe/docker_engine', { kind: 'npipe', address: 'npipe:////./pipe/docker_engine', socketPath: '\\\\.\\pipe\\docker_engine' }],
    ['ssh://host', { kind: 'ssh', address: 'ssh://host', hostname: 'host' }],
    ['ssh://me@host:2222/run/other.sock', { kind: 'ssh', address: 'ssh://me@host:2222/run/other.sock', hostname: 'host', port: 2222, user: 'me', socketPath: '/run/other.sock' }],
    ['ssh://corp%5Cme@[fe80::1]:22/', { kind: 'ssh', address: 'ssh://corp%5Cme@[fe80::1]:22', hostname: 'fe80::1', port: 22, user: 'corp\\me' }],
    ['tcp://[::1]:4000', { kind: 'tcp', address: 'tcp://[::1]:4000', hostname: '::1', port: 4000 }],
  ];
  for (const [text, host] of good) it(`reads ${text}`, () => assert.deepEqual(parseHost(text), host));

  const bad: [string, RegExp][] = [
    ['', /scheme/],
    ['/var/run/docker.sock', /Write `unix:\/\/\/var\/run\/docker\.sock`/],
    ['unix://docker.sock', /three slashes/],
    ['localhost:2375', /scheme/],
    ['tcp://', /no host and port/],
    ['tcp://localhost:0', /ports go from 1/],
    ['tcp://localhost:99999', /ports go from 1/],
    ['tcp://localhost:2375/base', /no host and port/],
    ['tcp://10.0.0.1:2375', /neither encrypted nor authenticated.*--allow-plain-tcp/],
    ['tcp://127.0.0.1.example.com:2375', /another machine/],
    ['npipe://docker_engine', /four slashes/],
    ['ssh://', /no name of a host/],
    ['ssh://-oProxyCommand=x', /no name of a host/],
    ['ssh://%2doProxyCommand=x', /no name of a host/],
    ['ssh://-l@host', /no name of a user/],
    ['ssh://host;reboot', /no name of a host/],
    ['ssh://host:99999', /ports go from 1/],
    ['ssh://host/a?b=c', /neither a query nor a fragment/],
    ['ssh://host/%zz', /`%`/],
    ['fd://', /only the engine/],
    ['ftp://host', /`ftp:\/\/`/],
  ];
  for (const [text, says] of bad) it(`explains ${text || 'an empty address'}`, () => assert.match(problemOf(parseHost(text)), says));

  for (const text of ['tcp://me:hunter2@localhost:2375', 'ssh://me:hunter2@host', 'ssh://me:hunter2@ho st']) {
    it(`does not repeat the password of ${text.replace('hunter2', '…')}`, () => assert.doesNotMatch(problemOf(parseHost(text)), /hunter2/));
  }

  it('reaches another machine in plain TCP only when that is allowed, and in TLS', () => {
    assert.equal(parseHost('tcp://10.0.0.1:2375', { allowPlainTcp: true }).kind, 'tcp');
    assert.deepEqual(parseHost('tcp://10.0.0.1', { tls: { verify: true } }), { kind: 'tcp', address: 'tcp://10.0.0.1:2375', hostname: '10.0.0.1', port: 2375, tls: { verify: true } });
    assert.deepEqual(parseHost('https://swarm.example'), { kind: 'tcp', address: 'https://swarm.example:443', hostname: 'swarm.example', port: 443, tls: { verify: true } });
  });

  function problemOf(found: ReturnType<typeof parseHost>): string {
    assert.equal(found.kind, 'problem');
    return (found as { message: string }).message;
  }
});

describe('registry auth', () => {
  it('is base64url with padding', () => {
    const header = encodeAuth({ username: 'a?>~', password: 'ü', serveraddress: 'registry.example' });
    assert.match(header, /^[A-Za-z0-9_-]+=*$/);
    assert.equal(header.length % 4, 0);
    assert.deepEqual(JSON.parse(Buffer.from(header, 'base64url').toString()), {
      username: 'a?>~',
      password: 'ü',
      serveraddress: 'registry.example',
    });
    assert.equal(checkAuth(header), undefined);
  });

  const secret = { username: 'a?>~', password: 'hunter2?>~' };
  const standard = Buffer.from(JSON.stringify(secret)).toString('base64');
  const bad: [string, string, RegExp][] = [
    ['nothing', '', /empty/],
    ['plain JSON', JSON.stringify(secret), /plain JSON/],
    ['the standard alphabet', standard, /base64url alphabet/],
    ['missing padding', 'e30', /padded/],
    ['other characters', 'e30=\n', /characters/],
    ['other content', Buffer.from('hunter2hunte').toString('base64url'), /no JSON/],
    ['a list', 'W10=', /no JSON object/],
    ['a number as user name', Buffer.from('{"Username":1} ').toString('base64url'), /`Username` is no text/],
  ];
  for (const [what, header, says] of bad) {
    it(`that is ${what} is explained without showing it`, () => {
      assert.match(checkAuth(header) ?? '', says);
      assert.doesNotMatch(checkAuth(header) ?? '', /hunter2/);
    });
  }
});

describe('an engine that misbehaves', () => {
  const open: (() => void)[] = [];
  afterEach(() => {
    for (const close of open.splice(0)) close();
  });

  it('is not there', async () => {
    const host = parseHost(`unix://${path.join(os.tmpdir(), 'no-such-swarmspec.sock')}`) as EngineHost;
    const engine = connect(host);
    assert.deepEqual(ending(await engine.update('web', UPDATE)), 'unreachable');
    await rejects(engine.ping(), 'unreachable', /no such socket\. Is the engine running, or is `DOCKER_HOST` meant\?$/);
  });

  it('left its socket behind', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ss-'));
    open.push(() => fs.rmSync(folder, { recursive: true }));
    const socket = path.join(folder, 's');
    // A file where the socket should be is refused like a socket that nobody listens to.
    fs.writeFileSync(socket, '');
    const engine = connect(parseHost(`unix://${socket}`) as EngineHost);
    assert.equal(ending(await engine.create(UPDATE)), 'unreachable');
    await rejects(engine.ping(), 'unreachable', /nothing listens there/);
  });

  it('never answers: an update may have been taken, and says so', async () => {
    const engine = await listen(() => undefined, { timeoutMs: 60 });
    const answer = await engine.update('web', UPDATE);
    assert.equal(ending(answer), 'unknownEnding: timeout');
    assert.match(causeOf(answer).message, /did not answer within 60 ms/);
    await rejects(engine.service('web', '1.49'), 'timeout', /60 ms/);
  });

  it('goes quiet in the middle of an answer', async () => {
    const engine = await serve((_, answer) => void answer.writeHead(200, { 'Content-Length': '100' }).write('{"Warn'), { timeoutMs: 60 });
    assert.equal(ending(await engine.update('web', UPDATE)), 'unknownEnding: timeout');
  });

  it('drips its answer: a call has an end of its own', async () => {
    const engine = await serve(
      (_, answer) => {
        answer.writeHead(200, { 'Content-Length': '100' });
        const drip = setInterval(() => answer.write(' '), 10);
        answer.on('close', () => clearInterval(drip));
      },
      { timeoutMs: 5000, deadlineMs: 100 },
    );
    assert.equal(ending(await engine.update('web', UPDATE)), 'unknownEnding: timeout');
    await rejects(engine.nodes('1.49', { deadlineMs: 50 }), 'timeout', /within 50 ms/);
  });

  it('takes long, and whoever asked does not want to wait', async () => {
    let controller = new AbortController();
    const soon = () => ({ signal: (controller = new AbortController()).signal });
    const engine = await listen((socket) => void socket.once('data', () => controller.abort()));
    assert.equal(ending(await engine.update('web', UPDATE, soon())), 'unknownEnding: cancelled');
    await rejects(engine.tasks('web', '1.49', undefined, soon()), 'cancelled', /was cancelled/);
    // Before anything was sent it is certain that nothing was stored.
    assert.equal((await engine.update('web', UPDATE, { signal: AbortSignal.abort() })).kind, 'unreachable');
  });

  it('takes one call with less patience than the others', async () => {
    const engine = await listen(() => undefined);
    await rejects(engine.ping({ timeoutMs: 40 }), 'timeout', /within 40 ms/);
  });

  it('accepts a dry run, which must be impossible: it is told apart from all others', async () => {
    const seen: string[] = [];
    const engine = await serve((request, answer) => {
      seen.push(String(request.url));
      answer.end('{"Warnings":null}');
    });
    assert.deepEqual(await engine.dryRun('web', { body: BODY, api: '1.49' }), { kind: 'accepted', warnings: [] });
    assert.deepEqual(seen, ['/v1.49/services/web/update?version=0']);
  });

  it('gives no answer to a dry run', async () => {
    const engine = await listen((socket) => void socket.once('data', () => socket.end()));
    const answer = await engine.dryRun('web', { body: BODY, api: '1.49' });
    assert.ok(answer.kind === 'noAnswer' && answer.cause.trouble === 'cut');
  });

  it('closes the connection without an answer, as real ones do for a null among the secrets', async () => {
    const engine = await listen((socket) => void socket.once('data', () => socket.end()));
    assert.equal(ending(await engine.update('web', UPDATE)), 'unknownEnding: cut');
    await rejects(engine.service('web', '1.49'), 'cut', /ended before its answer was complete/);
  });

  it('cuts its answer', async () => {
    const engine = await serve((_, answer) => {
      answer.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
      answer.write('{"Warnings":', () => answer.destroy());
    });
    assert.equal(ending(await engine.update('web', UPDATE)), 'unknownEnding: cut');
    await rejects(engine.tasks('web', '1.49'), 'cut');
  });

  it('answers half a document that claims to be whole', async () => {
    const engine = await serve((_, answer) => answer.end('{"Warnings":'));
    assert.equal(ending(await engine.update('web', UPDATE)), 'unknownEnding: notAnEngine');
    await rejects(engine.service('web', '1.49'), 'notAnEngine');
  });

  for (const status of [200, 301, 404, 502]) {
    it(`is a web server that answers ${status} with HTML`, async () => {
      const engine = await serve((_, answer) => answer.writeHead(status, { 'Content-Type': 'text/html' }).end('<html>token=abc</html>'));
      const answer = await engine.update('web', UPDATE);
      assert.equal(ending(answer), 'unknownEnding: notAnEngine');
      assert.match(causeOf(answer).message, new RegExp(`does not look like a Docker Engine.*${status} and an HTML page`));
      assert.doesNotMatch(causeOf(answer).message, /token/);
      await rejects(engine.ping(), 'notAnEngine');
      if (status !== 200) await rejects(engine.service('web', '1.49'), 'notAnEngine');
    });
  }

  it('does not speak HTTP', async () => {
    const engine = await listen((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    assert.equal(ending(await engine.update('web', UPDATE)), 'unknownEnding: notAnEngine');
    await rejects(engine.ping(), 'notAnEngine', /does not speak HTTP/);
  });

  it('expects TLS', async () => {
    const engine = await listen((socket) =>
      void socket.once('data', () => socket.end('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n')),
    );
    await rejects(engine.ping(), 'notAnEngine', /expects TLS/);
  });

  it('answers more than a client should hold', async () => {
    const engine = await serve((_, answer) => answer.end(JSON.stringify('x'.repeat(4096))), { maxBytes: 1024 });
    await rejects(engine.tasks('web', '1.49'), 'tooLarge');
  });

  it('has warnings', async () => {
    const engine = await serve((_, answer) => answer.end('{"Warnings":["unable to pin image busy:1 to digest"]}'));
    assert.deepEqual(await engine.update('web', UPDATE), { kind: 'ok', warnings: ['unable to pin image busy:1 to digest'] });
  });

  const said: [string, number, string, string][] = [
    ['refuses the spec', 400, 'rpc error: code = InvalidArgument desc = name must be valid', 'refused'],
    ['knows no such network', 500, 'network nope not found', 'refused'],
    ['cannot use a network', 404, 'could not find the corresponding predefined swarm network: network none not found', 'refused'],
    ['knows no such service', 404, 'service web not found', 'notFound'],
    ['has moved on', 500, 'rpc error: code = Unknown desc = update out of sequence', 'outOfSequence'],
    ['knows the name', 409, 'rpc error: code = AlreadyExists desc = name conflicts with an existing object: service web already exists', 'nameConflict'],
    ['is locked', 503, 'Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.', 'notAManager'],
    ['lost its leader', 500, "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online.", 'unknownEnding: undecided'],
    ['was the leader until now', 500, 'rpc error: code = Unknown desc = raft: failed to process the request: node lost leader status', 'unknownEnding: undecided'],
    ['finds the spec too large', 500, "rpc error: code = Unknown desc = raft: raft message is too large and can't be sent", 'refused'],
    ['ran out of time', 500, 'rpc error: code = DeadlineExceeded desc = context deadline exceeded', 'unknownEnding: undecided'],
  ];
  for (const [what, status, message, kind] of said) {
    it(`${what}: ${kind}, in its own words`, async () => {
      const engine = await serve((_, answer) => answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ message })));
      const answer = await engine.update('web', UPDATE);
      assert.equal(ending(answer), kind);
      const text = 'message' in answer ? answer.message : causeOf(answer).message;
      assert.ok(text.includes(message));
    });
  }

  it('gets the body byte by byte, the index digit by digit, and the flags it needs', async () => {
    const seen: string[] = [];
    const engine = await serve((request, answer) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        seen.push(`${request.method} ${request.url} ${request.headers['x-registry-auth']} ${request.headers['content-type']} ${body}`);
        answer.end('{"Warnings":null}');
      });
    });
    const body = '{"Name":"wäb","ForceUpdate":18446744073709551615}';
    await engine.update('a/b', { version: 18446744073709551615n, body, api: '1.49', registryAuth: 'e30=' });
    await engine.update('web', { version: 9, body, api: '1.49', registryAuthFrom: 'previous-spec', rollback: 'previous' });
    await engine.create({ body, api: '1.30' });
    assert.deepEqual(seen, [
      `POST /v1.49/services/a%2Fb/update?version=18446744073709551615 e30= application/json ${body}`,
      `POST /v1.49/services/web/update?version=9&registryAuthFrom=previous-spec&rollback=previous undefined application/json ${body}`,
      `POST /v1.30/services/create undefined application/json ${body}`,
    ]);
  });

  it('reads integers beyond 2^53 exactly', async () => {
    const engine = await serve((_, answer) =>
      answer.end('{"ID":"abc","Version":{"Index":9007199254740993},"Spec":{"Name":"web","TaskTemplate":{"ForceUpdate":18446744073709551615}}}'),
    );
    const service = await engine.service('web', '1.49');
    assert.equal(service?.index, '9007199254740993');
    assert.deepEqual(service.spec.TaskTemplate, { ForceUpdate: 18446744073709551615n });
  });

  it('takes the beginning of an id for a name, which the client does not', async () => {
    const engine = await serve((_, answer) => answer.end('{"ID":"webabc","Version":{"Index":1},"Spec":{"Name":"other"}}'));
    assert.equal(await engine.service('web', '1.49'), undefined);
    assert.equal((await engine.service('webabc', '1.49'))?.index, '1');
  });

  describe('that says of a service that it is not there', () => {
    const SERVICE = '{"ID":"abc","Version":{"Index":1},"Spec":{"Name":"web"}}';
    const worlds: { of: string; info: string; status?: number; asks: number; finds: boolean }[] = [
      { of: 'one manager is believed', info: '{"Swarm":{"Managers":1}}', asks: 1, finds: false },
      { of: 'one of three managers is asked again, since a leader may be elected just now', info: '{"Swarm":{"Managers":3}}', asks: 2, finds: true },
      { of: 'a manager that counts none and knows of others is asked again', info: '{"Swarm":{"Managers":0,"RemoteManagers":[{"Addr":"a"},{"Addr":"b"}]}}', asks: 2, finds: true },
      { of: 'one that a proxy keeps from telling is believed', info: '{"message":"forbidden"}', status: 403, asks: 1, finds: false },
    ];
    for (const { of, info, status = 200, asks, finds } of worlds) {
      it(of, async () => {
        let asked = 0;
        const engine = await serve(({ url }, answer) => {
          if (url?.endsWith('/info')) answer.writeHead(status).end(info);
          else if (asked++ > 0) answer.end(SERVICE);
          else answer.writeHead(404).end('{"message":"service web not found"}');
        });
        assert.equal((await engine.service('web', '1.49'))?.id, finds ? 'abc' : undefined);
        assert.equal(asked, asks);
      });
    }
  });

  it('never sees a header that cannot be sent, nor does a message show it', async () => {
    const engine = await serve((_, answer) => answer.end('{}'));
    const answer = await engine.create({ ...UPDATE, registryAuth: 'hunter2\n' });
    assert.equal(ending(answer), 'unreachable');
    assert.match(causeOf(answer).message, /registry auth base64url/);
    assert.doesNotMatch(String(causeOf(answer).stack), /hunter2/);
  });

  it('echoes the registry auth, and the client keeps it to itself', async () => {
    const engine = await serve((request, answer) =>
      answer.writeHead(400).end(JSON.stringify({ message: `bad auth ${request.headers['x-registry-auth']}` })),
    );
    assert.deepEqual(await engine.create({ ...UPDATE, registryAuth: 'aHVudGVyMg==' }), { kind: 'refused', status: 400, message: 'bad auth …' });
  });

  it('is older than 20.10 and tells about its swarm in `GET /info` only', async () => {
    const engine = await serve((request, answer) => {
      answer.setHeader('Api-Version', '1.40');
      if (request.url === '/_ping') answer.end('OK');
      if (request.url === '/version') answer.end('{"Version":"19.03.15","MinAPIVersion":"1.12"}');
      if (request.url === '/info') answer.end('{"Swarm":{"LocalNodeState":"active","ControlAvailable":true}}');
    });
    assert.deepEqual(await engine.ping(), {
      apiVersion: '1.40',
      minApi: '1.12',
      engineVersion: '19.03.15',
      swarm: 'manager',
      experimental: false,
    });
  });

  type Limits = Parameters<typeof connect>[1];

  async function serve(answer: (request: http.IncomingMessage, answer: http.ServerResponse) => void, limits?: Limits): Promise<Engine> {
    return start(http.createServer(answer), limits);
  }

  async function listen(talk: (socket: net.Socket) => void, limits?: Limits): Promise<Engine> {
    return start(
      net.createServer((socket) => talk(socket.on('error', () => undefined))),
      limits,
    );
  }

  async function start(server: net.Server, limits?: Limits): Promise<Engine> {
    const sockets = new Set<net.Socket>();
    server.on('connection', (socket) => sockets.add(socket));
    open.push(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    return connect(parseHost(`tcp://127.0.0.1:${port}`) as EngineHost, limits);
  }
});

function ending(answer: EngineAnswer): string {
  return answer.kind === 'unknownEnding' ? `${answer.kind}: ${answer.cause.trouble}` : answer.kind;
}

function causeOf(answer: EngineAnswer): EngineError {
  assert.ok('cause' in answer);
  return answer.cause;
}

async function rejects(promise: Promise<unknown>, trouble: EngineTrouble, says = /./): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof EngineError);
    assert.equal(error.trouble, trouble);
    assert.match(error.message, says);
    return true;
  });
}
