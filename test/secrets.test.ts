import * as assert from 'node:assert/strict';
import { PlantedSecrets } from './support/secrets';

describe('the scan for secrets', () => {
  const spelt: [string, (secret: string) => string][] = [
    ['as it is', (secret) => `password: ${secret}`],
    ['in JSON that is base64', (secret) => Buffer.from(JSON.stringify({ password: secret })).toString('base64')],
    ['in base64url after one byte', (secret) => Buffer.from(`x${secret}y`).toString('base64url')],
    ['in base64 after two bytes', (secret) => Buffer.from(`xx${secret}yy`).toString('base64')],
    ['as hex', (secret) => Buffer.from(secret).toString('hex')],
  ];
  for (const [how, spell] of spelt) {
    it(`finds one ${how}`, () => {
      const secrets = new PlantedSecrets();
      const secret = secrets.plant('the password');
      secrets.plant('another one');
      secrets.saw('the log', `before ${spell(secret)} after`);
      assert.match(secrets.found().join('\n'), /^the password is in the log.*$/);
    });
  }

  it('finds none where none is, and says how much it looked at', () => {
    const secrets = new PlantedSecrets();
    secrets.plant('the password');
    secrets.saw('the log', 'nothing here');
    assert.deepEqual([secrets.found(), secrets.seenLength], [[], 12]);
  });
});
