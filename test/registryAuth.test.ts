import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type AuthQuestion, chooseAuth } from '../server/src/apply/registryAuth';
import { credentialKey } from '../server/src/engine/credentials';
import { registryAuthFor } from '../server/src/engine/registryAuth';
import { registryOf } from '../server/src/grammar/imageReference';
import { PlantedSecrets } from './support/secrets';

describe('the registry of an image', () => {
  const cases: [string, string, string][] = [
    ['nginx', 'docker.io', 'https://index.docker.io/v1/'],
    ['nginx:1.25', 'docker.io', 'https://index.docker.io/v1/'],
    ['library/nginx', 'docker.io', 'https://index.docker.io/v1/'],
    ['docker.io/library/nginx', 'docker.io', 'https://index.docker.io/v1/'],
    ['index.docker.io/me/app', 'docker.io', 'https://index.docker.io/v1/'],
    ['ghcr.io/me/app@sha256:00', 'ghcr.io', 'ghcr.io'],
    ['localhost/app', 'localhost', 'localhost'],
    ['localhost:5000/app:1', 'localhost:5000', 'localhost:5000'],
    ['registry:5000/a/b/c', 'registry:5000', 'registry:5000'],
    ['Registry/app', 'Registry', 'Registry'],
    ['[fe80::1]:5000/app', '[fe80::1]:5000', '[fe80::1]:5000'],
  ];
  for (const [image, registry, key] of cases) it(`${image}: ${key}`, () => assert.deepEqual([registryOf(image), credentialKey(registryOf(image))], [registry, key]));
});

describe('credentials for a registry', () => {
  let folder: string;
  const secrets = new PlantedSecrets();
  const [password, token, other] = [secrets.plant('the password'), secrets.plant('the token'), secrets.plant('another password')];
  const auth = (user: string, secret: string) => Buffer.from(`${user}:${secret}`).toString('base64');

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ss-auth-'));
    helper('good', `case "$(cat)" in
      vault.example) echo '{"ServerURL":"vault.example","Username":"me","Secret":"${password}"}';;
      token.example) echo '{"ServerURL":"token.example","Username":"<token>","Secret":"${token}"}';;
      empty.example) echo '{"ServerURL":"empty.example","Username":"","Secret":""}';;
      odd.example) echo 'hello ${password}';;
      broken.example) echo 'cannot unlock ${password}'; echo '${password}' >&2; exit 1;;
      slow.example) exec sleep 60;;
      *) echo "credentials not found in native keychain"; exit 1;;
    esac`);
  });
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
    assert.ok(secrets.seenLength > 1000);
    assert.deepEqual(secrets.found(), []);
  });

  const found: { what: string; config: object; image: string; variable?: object; is: object }[] = [
    { what: 'in the file', config: { auths: { 'ghcr.io': { auth: auth('me', password) } } }, image: 'ghcr.io/me/app', is: { username: 'me', password, serveraddress: 'ghcr.io' } },
    { what: 'in the file for docker.io', config: { auths: { 'https://index.docker.io/v1/': { auth: auth('me', `a:${password}`) } } }, image: 'nginx', is: { username: 'me', password: `a:${password}`, serveraddress: 'https://index.docker.io/v1/' } },
    { what: 'under an old key with scheme and path', config: { auths: { 'https://old.example:5000/v1/': { auth: auth('me', password) } } }, image: 'old.example:5000/app', is: { username: 'me', password, serveraddress: 'https://old.example:5000/v1/' } },
    { what: 'as user name and password', config: { auths: { 'ghcr.io': { username: 'me', password } } }, image: 'ghcr.io/app', is: { username: 'me', password, serveraddress: 'ghcr.io' } },
    { what: 'as an identity token', config: { auths: { 'ghcr.io': { auth: auth('00000000-0000-0000-0000-000000000000', ''), identitytoken: token } } }, image: 'ghcr.io/app', is: { username: '00000000-0000-0000-0000-000000000000', password: '', serveraddress: 'ghcr.io', identitytoken: token } },
    { what: 'with a helper for all', config: { credsStore: 'good', auths: { 'vault.example': {} } }, image: 'vault.example/app', is: { username: 'me', password, serveraddress: 'vault.example' } },
    { what: 'with a helper for this registry', config: { credsStore: 'none', credHelpers: { 'token.example': 'good' } }, image: 'token.example/app', is: { serveraddress: 'token.example', identitytoken: token } },
    { what: 'in the file, where its registry has no helper', config: { credsStore: 'good', credHelpers: { 'ghcr.io': '' }, auths: { 'ghcr.io': { auth: auth('me', password) } } }, image: 'ghcr.io/app', is: { username: 'me', password, serveraddress: 'ghcr.io' } },
    { what: 'in DOCKER_AUTH_CONFIG before all', config: { credsStore: 'good' }, variable: { auths: { 'vault.example': { auth: auth('you', other) } } }, image: 'vault.example/app', is: { username: 'you', password: other, serveraddress: 'vault.example' } },
  ];
  for (const { what, config, image, variable, is } of found) {
    it(what, async () => {
      const { header, problem, from } = await lookUp(image, config, variable);
      assert.equal(problem, undefined);
      assert.match(from, /config\.json|docker-credential-good|DOCKER_AUTH_CONFIG/);
      assert.deepEqual(JSON.parse(Buffer.from(header!, 'base64url').toString()), is);
    });
  }

  const none: { what: string; config: object; image: string }[] = [
    { what: 'no file', config: {}, image: 'nginx' },
    { what: 'another registry', config: { auths: { 'ghcr.io': { auth: auth('me', password) } } }, image: 'ghcr.io.example/app' },
    { what: 'the registry with another port', config: { auths: { 'a.example:1': { auth: auth('me', password) } } }, image: 'a.example:2/app' },
    { what: 'an empty entry', config: { auths: { 'ghcr.io': {} } }, image: 'ghcr.io/app' },
    { what: 'a helper that knows none', config: { credsStore: 'good', auths: { 'none.example': { auth: auth('me', password) } } }, image: 'none.example/app' },
    { what: 'a helper that has an empty one', config: { credsStore: 'good' }, image: 'empty.example/app' },
  ];
  for (const { what, config, image } of none) {
    it(`none: ${what}`, async () => {
      const { header, problem, from } = await lookUp(image, config);
      assert.deepEqual([header, problem], [undefined, undefined]);
      assert.match(from, /has none for/);
    });
  }

  const problems: { what: string; config: object | string; image: string; says: RegExp }[] = [
    { what: 'a helper that is not installed', config: { credsStore: 'missing' }, image: 'ghcr.io/app', says: /`docker-credential-missing`, and there is no such command in PATH/ },
    { what: 'a helper that fails', config: { credsStore: 'good' }, image: 'broken.example/app', says: /failed with 1/ },
    { what: 'a helper that says something else', config: { credsStore: 'good' }, image: 'odd.example/app', says: /something else than credentials/ },
    { what: 'a helper that never answers', config: { credsStore: 'good' }, image: 'slow.example/app', says: /did not answer within 3 s/ },
    { what: 'a helper that is a path', config: { credsStore: '../../bin/x' }, image: 'ghcr.io/app', says: /no name of a helper/ },
    { what: 'an entry that is no base64', config: { auths: { 'ghcr.io': { auth: `!${password}` } } }, image: 'ghcr.io/app', says: /cannot be read.*`docker login ghcr\.io`/ },
    { what: 'an entry without a colon', config: { auths: { 'ghcr.io': { auth: Buffer.from(password).toString('base64') } } }, image: 'ghcr.io/app', says: /cannot be read/ },
    { what: 'a file that is no JSON', config: `{"auths": ${password}`, image: 'ghcr.io/app', says: /cannot be read as a JSON object/ },
  ];
  for (const { what, config, image, says } of problems) {
    it(`trouble: ${what}`, async () => {
      const { header, problem } = await lookUp(image, config);
      assert.equal(header, undefined);
      assert.match(problem ?? '', says);
    });
  }

  async function lookUp(image: string, config: object | string, variable?: object) {
    fs.writeFileSync(path.join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
    const environment = { DOCKER_CONFIG: folder, PATH: `${folder}:${process.env.PATH}`, ...(variable && { DOCKER_AUTH_CONFIG: JSON.stringify(variable) }) };
    const result = await registryAuthFor(image, environment, { helperMs: 3000 });
    const { header, ...rest } = result;
    secrets.saw(image, JSON.stringify(rest));
    return result;
  }

  function helper(name: string, script: string): void {
    fs.writeFileSync(path.join(folder, `docker-credential-${name}`), `#!/bin/sh\n[ "$1" = get ] || exit 2\n${script}\n`, { mode: 0o755 });
  }
});

describe('whose registry credentials an apply uses', () => {
  const found = { registry: 'a.example', header: 'e30=', from: '`docker-credential-x`' };
  const nothing = { registry: 'a.example', from: '`config.json` has none for `a.example`' };
  const cases: { what: string; question: AuthQuestion; is: { registryAuth?: string; registryAuthFrom?: string }; says: RegExp; warns?: RegExp }[] = [
    { what: 'an update that asks for none keeps the stored ones', question: { action: 'update', image: 'a.example/app', liveImage: 'a.example/app' }, is: { registryAuthFrom: 'spec' }, says: /stored with the service are kept/ },
    { what: 'an update sends what was found', question: { action: 'update', image: 'a.example/app', liveImage: 'b.example/app', found }, is: { registryAuth: 'e30=' }, says: /from `docker-credential-x` are sent and stored/ },
    { what: 'an update for which none was found keeps the stored ones', question: { action: 'update', image: 'a.example/app', liveImage: 'a.example/app', found: nothing }, is: { registryAuthFrom: 'spec' }, says: /are kept/, warns: /none for `a\.example`/ },
    { what: 'an image that moves to another registry is told', question: { action: 'update', image: 'a.example/app', liveImage: 'app' }, is: { registryAuthFrom: 'spec' }, says: /are kept/, warns: /moves from `docker\.io` to `a\.example`.*--with-registry-auth/ },
    { what: 'an update that keeps those of the previous spec', question: { action: 'update', image: 'app', liveImage: 'app', keep: 'previous-spec' }, is: { registryAuthFrom: 'previous-spec' }, says: /previous spec are kept/ },
    { what: 'a rollback uses those of the previous spec', question: { action: 'rollback', image: 'a.example/app', found }, is: { registryAuthFrom: 'previous-spec' }, says: /stored with the previous spec/ },
    { what: 'a creation sends what was found', question: { action: 'create', image: 'a.example/app', found }, is: { registryAuth: 'e30=' }, says: /are sent/ },
    { what: 'a creation without any', question: { action: 'create', image: 'a.example/app' }, is: {}, says: /No registry credentials/ },
  ];
  for (const { what, question, is, says, warns } of cases) {
    it(what, () => {
      const { says: said, warning, ...choice } = chooseAuth(question);
      assert.deepEqual(choice, is);
      assert.match(said, says);
      assert.match(warning ?? '', warns ?? /^$/);
      assert.doesNotMatch(`${said}${warning}`, /e30=/);
    });
  }
});
