import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TestEngine } from './engine';

/** A registry in the network of an engine, at `127.0.0.1:5000` there, that wants to be asked with credentials. */
export interface FakeRegistry {
  /** What the engine has shown it, in order: `basic me:password`, `refresh TOKEN`, `none`. Several for one pull. */
  readonly shown: readonly string[];
  stop(): void;
}

/**
 * `basic` wants a user name and a password; `token` sends the engine to fetch a token, to which it then brings an identity
 * token. It has no image: a pull ends with "not found", after the credentials were shown.
 */
export async function startFakeRegistry({ pid }: TestEngine, kind: 'basic' | 'token'): Promise<FakeRegistry> {
  const child: ChildProcess = spawn('nsenter', [`--net=/proc/${pid}/ns/net`, '--', 'setpriv', '--pdeathsig', 'KILL', process.execPath, '-e', SERVER, kind], { stdio: ['ignore', 'pipe', 'inherit'] });
  const shown: string[] = [];
  const lines = createInterface({ input: child.stdout! });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The registry has ended.')));
    lines.on('line', (line) => (line === 'listening' ? resolve() : shown.push(line)));
  });
  return { shown, stop: () => void child.kill() };
}

const SERVER = `
const kind = process.argv[1];
const say = (text) => process.stdout.write(text + '\\n');
require('http').createServer((request, answer) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    const { authorization = '' } = request.headers;
    if (request.url.startsWith('/token')) {
      const token = new URLSearchParams(body).get('refresh_token');
      say(token ? 'refresh ' + token : authorization ? 'basic ' + Buffer.from(authorization.slice(6), 'base64') : 'none');
      answer.setHeader('Content-Type', 'application/json');
      return answer.end(JSON.stringify({ access_token: 'granted', token: 'granted', expires_in: 300 }));
    }
    if (kind === 'basic' && authorization.startsWith('Basic ')) say('basic ' + Buffer.from(authorization.slice(6), 'base64'));
    else if (!authorization) {
      if (request.url !== '/v2/') say('none');
      answer.writeHead(401, { 'WWW-Authenticate': kind === 'basic' ? 'Basic realm="test"' : 'Bearer realm="http://127.0.0.1:5000/token",service="test"', 'Docker-Distribution-Api-Version': 'registry/2.0' });
      return answer.end('{"errors":[{"code":"UNAUTHORIZED"}]}');
    }
    answer.writeHead(request.url === '/v2/' ? 200 : 404, { 'Content-Type': 'application/json', 'Docker-Distribution-Api-Version': 'registry/2.0' });
    answer.end(request.url === '/v2/' ? '{}' : '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}');
  });
}).listen(5000, '127.0.0.1', () => say('listening'));
`;
