import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const read = (name: string): string => fs.readFileSync(path.join(ROOT, name), 'utf8');
const strings = (name: string): Record<string, string> => JSON.parse(read(name));
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();

/** Every text of the extension, in every language that it has. */
describe('the texts of the extension', () => {
  const sources = fs.readdirSync(path.join(ROOT, 'client/src')).map((name) => read(`client/src/${name}`)).join('\n');
  const shown = [...sources.matchAll(/\bl10n\.t\(\s*(['"])((?:\\.|(?!\1).)*)\1/g)].map(([, , text]) => text.replaceAll('\\', ''));
  const manifest = [...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);

  it('are all literal, so that they can be found', () => {
    assert.equal(sources.split('l10n.t(').length - 1, shown.length);
    assert.ok(shown.length > 10);
  });

  for (const name of fs.readdirSync(path.join(ROOT, 'client/l10n'))) {
    it(`are those of ${name}, with the same places to fill`, () => {
      const bundle = strings(`client/l10n/${name}`);
      assert.deepEqual(Object.keys(bundle).sort(), [...new Set(shown)].sort());
      for (const [text, translated] of Object.entries(bundle)) assert.deepEqual(placeholders(translated), placeholders(text), text);
    });
  }

  for (const name of fs.readdirSync(ROOT).filter((file) => /^package\.nls.*\.json$/.test(file))) {
    it(`of the manifest are those of ${name}, with the same links`, () => {
      const [original, translated] = [strings('package.nls.json'), strings(name)];
      assert.deepEqual(Object.keys(translated).sort(), [...new Set(manifest)].sort());
      for (const [key, text] of Object.entries(translated)) assert.deepEqual(text.match(/\(command:[^)]*\)/g), original[key].match(/\(command:[^)]*\)/g), key);
    });
  }
});
