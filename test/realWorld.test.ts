import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../server/src/finding';
import { toPointer } from '../server/src/path';
import { ROOT } from '../server/src/tools/root';
import { findingsOf, fixAll, hoverAt } from './support/marked';

const FOLDER = join(ROOT, '../shared/corpus/real-world');

interface Probe {
  readonly status: number;
  readonly message?: string;
  /** Members that were replaced or dropped before the engine was asked, so that its answer says nothing of them. */
  readonly changedBeforeProbe?: readonly string[];
}

/** Whether the answer of the engine means that it had nothing against the text. */
function tookIt({ status, message = '' }: Probe): boolean {
  if (status === 500 && message.includes('update out of sequence')) return true;
  if (status === 501) return true;
  return /(secret|config|network)s? .*not found|not found.*(secret|config|network)/i.test(message);
}

function isAboutWrapper({ rule }: Finding): boolean {
  return rule === 'inspect-output' || rule === 'list-of-specs';
}

describe('documents that others wrote', function () {
  if (!existsSync(FOLDER)) {
    it('are not here: they live in ../shared/corpus/real-world', function () {
      this.skip();
    });
    return;
  }
  const index = JSON.parse(readFileSync(join(FOLDER, 'index.json'), 'utf8')) as { documents: { file: string; engineProbe?: Probe }[] };
  const probes = new Map(index.documents.map(({ file, engineProbe }) => [file, engineProbe]));
  const isWrapped = (text: string) => 'Spec' in JSON.parse(text);
  const files = readdirSync(FOLDER).filter((name) => name !== 'index.json');
  const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

  it('are there', () => {
    assert.ok(files.length >= 91);
    assert.ok(files.filter((name) => probes.get(name) && tookIt(probes.get(name)!)).length > 40);
  });

  for (const name of files) {
    const probe = probes.get(name);
    it(`${name}: ${probe && tookIt(probe) ? 'nothing is called refused, since the engine took it' : 'is read'}`, () => {
      const findings = findingsOf(read(name), { syntax: 'json' });
      for (const { span } of findings) assert.ok(span.start < span.end && span.end <= read(name).length);
      assert.deepEqual(findings.filter(({ rule }) => rule === 'internal-error'), []);
      // of inspect output the engine was asked about the `Spec` alone; posted whole it is refused, and we say so
      assert.deepEqual(findings.some(isAboutWrapper), isWrapped(read(name)));
      if (!probe || !tookIt(probe)) return;
      assert.deepEqual(findings.filter((finding) => !isAboutWrapper(finding)).filter(({ effect, path }) => effect === 'refused' && !probe.changedBeforeProbe?.some((member) => path.includes(member))).map(({ rule, path, message }) => `${rule} ${toPointer(path)} ${message}`), []);
    });
  }

  it('can be mended and hovered over without a crash', () => {
    for (const name of files) {
      const text = read(name).replaceAll('|', ' ');
      JSON.parse(fixAll(text, { syntax: 'json' }));
      for (let at = 0; at < text.length; at += 97) hoverAt(`${text.slice(0, at)}|${text.slice(at)}`, { syntax: 'json' });
    }
  });
});
