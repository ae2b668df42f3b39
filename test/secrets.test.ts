import * as assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { PlantedSecrets } from './support/secrets';
import { folderOf } from './support/terminal';
import { sawCommand, sawMessage } from './support/wholeRun';

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

  const leaks: [string, (secret: string, by: PlantedSecrets) => void, boolean][] = [
    ['in what a plan prints', (secret, by) => sawCommand(['plan', 'web.service.yaml'], { out: secret, err: '' }, undefined, by), true],
    ['in an error of a command that hands out a spec', (secret, by) => sawCommand(['pull', 'web'], { out: '', err: secret }, undefined, by), true],
    ['in a question to an editor', (secret, by) => sawMessage({ jsonrpc: '2.0', id: 1, method: 'window/showMessageRequest', params: { message: secret } }, by), true],
    ['in an error to an editor', (secret, by) => sawMessage({ jsonrpc: '2.0', id: 1, error: { code: 1, message: secret } }, by), true],
    ['in a journal', (secret, by) => {
      const folder = folderOf({ 'swarmspec/journal/a.jsonl': secret });
      sawCommand(['apply', 'web.service.yaml'], { out: '', err: '' }, folder, by);
      rmSync(folder, { recursive: true });
    }, true],
    ['not in a spec that is pulled', (secret, by) => sawCommand(['pull', 'web'], { out: secret, err: '' }, undefined, by), false],
    ['not in an edit of the document', (secret, by) => sawMessage({ jsonrpc: '2.0', id: 1, method: 'workspace/applyEdit', params: { edit: secret } }, by), false],
  ];
  for (const [where, leak, finds] of leaks) {
    it(`of the whole run sees one ${where}`, () => {
      const secrets = new PlantedSecrets();
      leak(secrets.plant('the password'), secrets);
      assert.equal(secrets.found().length, finds ? 1 : 0);
    });
  }
});
