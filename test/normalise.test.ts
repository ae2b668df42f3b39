import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBody } from '../server/src/apply/plan';
import { comparable } from '../server/src/apply/resolve';
import { changeTree, describeChanges } from '../server/src/apply/show';
import { diff } from '../server/src/apply/diff';
import { hideSecrets } from '../server/src/apply/secrecy';
import { showChange } from '../server/src/cli/outcomes';
import { withoutControls } from '../server/src/controls';
import { parseExact } from '../server/src/document/exact';
import type { SpecObject } from '../server/src/document/value';
import { ROOT } from '../server/src/tools/root';

/** The networks that were there while the verdicts were recorded; their ids stand in what was stored. */
function networksOf(lines: readonly string[]): { id: string; name: string; scope: string }[] {
  const found = new Map<string, string>([['bridge', ''], ['host', '']]);
  for (const line of lines) {
    const { spec, stored } = JSON.parse(line);
    const given = spec?.TaskTemplate?.Networks ?? [];
    for (const [i, { Target }] of (Array.isArray(given) ? given : []).filter(Boolean).entries()) {
      const id = stored?.TaskTemplate?.Networks?.[i]?.Target;
      if (id !== undefined && typeof Target === 'string' && Target !== id && /^[a-z0-9]{25}$/.test(id)) found.set(Target, id);
    }
  }
  return [...found].map(([name, id]) => ({ id: id || name, name, scope: 'swarm' }));
}

describe('plan', () => {
  it('sees no difference between a spec and what the engine stored of it', () => {
    const lines = readFileSync(join(ROOT, 'test/data/engine-verdicts.jsonl'), 'utf8').trim().split('\n');
    const networks = networksOf(lines);
    let compared = 0;
    for (const line of lines) {
      const { id, verdict, unknown, dropped, changed, duplicate_keys, raw, raw_b64, stored_text } = JSON.parse(line);
      if (verdict !== 'accept' || unknown || dropped || changed || duplicate_keys || raw || raw_b64 || stored_text) continue;
      const { spec, stored } = parseExact(line) as { spec: SpecObject; stored: SpecObject };
      // unused next to TaskTemplate.Networks, and stored as typed
      const both = spec.Networks !== undefined && (spec.TaskTemplate as SpecObject | null)?.Networks !== undefined;
      const changes = diff(comparable(stored, networks), comparable(spec, networks)).filter(({ path }) => !(both && path[0] === 'Networks'));
      assert.deepEqual(describeChanges(changes), [], id);
      compared++;
    }
    assert.ok(compared > 1000, `only ${compared} were compared`);
  });

  it('hides environment values and labels that look secret', () => {
    const from = { Labels: { 'db.password': 'a1' }, TaskTemplate: { ContainerSpec: { Env: ['DB_PASSWORD=hunter2', 'A=b'], Image: 'a:1' } } };
    const to = { Labels: { 'db.password': 'a2' }, TaskTemplate: { ContainerSpec: { Env: ['DB_PASSWORD=hunter3', 'A=b'], Image: 'a:2' } } };
    const shown = describeChanges(diff(from, to)).join('\n');
    assert.doesNotMatch(shown, /hunter|a1|a2/);
    assert.match(shown, /Image: "a:1" → "a:2"/);
    assert.match(shown, /DB_PASSWORD=…/);
  });

  it('hides the word behind a flag that takes a secret, for programs too', () => {
    const args = (word: string) => ({ TaskTemplate: { ContainerSpec: { Args: ['--password', word, '--port', '80'] } } });
    const changes = diff(args('hunter2'), args('hunter3'));
    assert.doesNotMatch(`${describeChanges(changes).join('\n')}${JSON.stringify(changes.map(showChange))}`, /hunter/);
  });

  it('shows no name that could steer the terminal', () => {
    const labels = (value: string) => ({ Labels: { 'a\u001b[2K\rb': value, '\u009b2K': value }, TaskTemplate: { ContainerSpec: { Env: [`E\u001b[1A=${value}`] } } });
    const shown = [...describeChanges(diff(labels('1'), labels('2'))), ...changeTree(labels('1'), labels('2')).map(({ text }) => text)];
    assert.equal(shown.filter((line) => withoutControls(line) !== line).join('\n'), '');
    assert.match(shown[0], /Labels\..*: "1" → "2"/);
  });

  it('hides secrets in code frames, and nothing else', () => {
    assert.equal(hideSecrets('      - DB_PASSWORD=hunter2'), '      - DB_PASSWORD=…');
    assert.equal(hideSecrets('"Env": ["API_TOKEN=abc", "A=b"]'), '"Env": ["API_TOKEN=…", "A=b"]');
    assert.equal(hideSecrets('      SecretName: "db_password"'), '      SecretName: "db_password"');
    assert.equal(hideSecrets('    Image: nginx:1.27'), '    Image: nginx:1.27');
    assert.equal(hideSecrets('    Image: my/auth:1.2'), '    Image: my/auth:1.2');
    assert.equal(hideSecrets('    CredentialSpec: {Config: x}'), '    CredentialSpec: {Config: x}');
    assert.equal(hideSecrets('Labels: {db.password: hunter2, a: b}'), 'Labels: {db.password: …, a: b}');
    assert.equal(hideSecrets('  run 2ND_PASSWORD=hunter2 --db.password=hunter3'), '  run 2ND_PASSWORD=… --db.password=…');
    assert.equal(hideSecrets("password: 'it''s mine\\', a: 'b'"), "password: '…', a: 'b'");
    assert.equal(hideSecrets('password: "on several lines'), 'password: "…');
    assert.equal(hideSecrets('Env: ["DB_PASSWORD=on several lines \\'), 'Env: ["DB_PASSWORD=…');
    assert.equal(hideSecrets('  splunk-token: two words'), '  splunk-token: …');
    assert.equal(hideSecrets('  "password": 123,'), '  "password": …,');
    assert.equal(hideSecrets('  - DB_PASSWORD=two words, and }'), '  - DB_PASSWORD=…');
    assert.equal(hideSecrets('  - --db-password=two words'), '  - --db-password=…');
    assert.equal(hideSecrets('Env: ["DB_PASSWORD=a b,\\"c", A=b]'), 'Env: ["DB_PASSWORD=…", A=b]');
    assert.equal(hideSecrets("curl -H 'Authorization: Bearer hunter2' x"), "curl -H 'Authorization: …' x");
  });

  it('sends the spec as it is, without a $schema of ours', () => {
    assert.equal(toBody({ $schema: 'https://swarmspec.github.io/schemas/service-spec.json', Name: 'a', TaskTemplate: { ForceUpdate: 18446744073709551615n } }), '{"Name":"a","TaskTemplate":{"ForceUpdate":18446744073709551615}}');
  });
});
