import * as assert from 'node:assert/strict';
import { chmodSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../server/src/cli/main';
import { folderOf, run } from './support/terminal';

const MESSY = 'Name:   web # the name\nTaskTemplate:\n    ContainerSpec:\n        Image: busy:1\n';
const TIDY = 'Name: web # the name\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';

/** Runs in a folder that is there afterwards. */
async function runIn(cwd: string, ...args: string[]) {
  let out = '';
  let err = '';
  const code = await main(args, { out: (text) => void (out += text), err: (text) => void (err += text), color: false, stdin: () => '', cwd, env: {} });
  return { code, out, err };
}

describe('swarmspec fmt', () => {
  it('writes what changes, names it, and leaves the rest alone', async () => {
    const cwd = folderOf({ 'a.service.yaml': MESSY, 'b.service.yaml': TIDY });
    try {
      chmodSync(join(cwd, 'a.service.yaml'), 0o640);
      assert.deepEqual(await runIn(cwd, 'fmt', '.'), { code: 0, out: 'a.service.yaml\n', err: '' });
      assert.equal(readFileSync(join(cwd, 'a.service.yaml'), 'utf8'), TIDY);
      assert.equal(statSync(join(cwd, 'a.service.yaml')).mode & 0o777, 0o640);
      assert.deepEqual(await runIn(cwd, 'fmt', '.'), { code: 0, out: '', err: '' });
      assert.deepEqual(readdirSync(cwd).sort(), ['a.service.yaml', 'b.service.yaml']);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  it('checks without writing', async () => {
    const cwd = folderOf({ 'a.service.yaml': MESSY, 'b.service.yaml': TIDY });
    try {
      assert.deepEqual(await runIn(cwd, 'fmt', '--check', '.'), { code: 1, out: 'a.service.yaml\n', err: '' });
      assert.equal(readFileSync(join(cwd, 'a.service.yaml'), 'utf8'), MESSY);
      assert.equal((await runIn(cwd, 'fmt', '--check', 'b.service.yaml')).code, 0);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  it('shows the difference as a patch', async () => {
    const { code, out } = await run('fmt --diff a.service.yaml', { files: { 'a.service.yaml': MESSY } });
    assert.equal(code, 0);
    assert.match(out, /^--- a\/a\.service\.yaml\n\+\+\+ b\/a\.service\.yaml\n@@ -1,4 \+1,4 @@\n-Name: {3}web # the name\n/);
  });

  it('reads the standard input and writes the standard output', async () => {
    assert.deepEqual(await run('fmt -', { stdin: MESSY }), { code: 0, out: TIDY, err: '' });
    assert.deepEqual(await run('fmt -', { stdin: '{"a":1}' }), { code: 0, out: '{\n  "a": 1\n}\n', err: '' });
    assert.equal((await run('fmt - a.yaml', { stdin: '' })).code, 2);
  });

  it('sorts keys in the order of the API', async () => assert.equal((await run('fmt --sort-keys -', { stdin: `Mode: { Global: {} }\n${TIDY}` })).out, `${TIDY}Mode: { Global: {} }\n`));

  for (const [name, bytes, says] of [['a fault of the syntax', Buffer.from('a: [\n'), /^x\.yaml: not formatted\. Line \d cannot be read: /], ['bytes that are no UTF-8', Buffer.from('a:   \xff\n', 'latin1'), /not UTF-8/]] as const) {
    it(`leaves a file with ${name} alone, says why, and ends with 3`, async () => {
      const cwd = folderOf({ 'x.yaml': bytes });
      try {
        const { code, out, err } = await runIn(cwd, 'fmt', 'x.yaml');
        assert.deepEqual([code, out], [3, '']);
        assert.match(err, says);
        assert.deepEqual(readFileSync(join(cwd, 'x.yaml')), bytes);
      } finally {
        rmSync(cwd, { recursive: true });
      }
    });
  }

  it('hands on what it cannot read from the standard input', async () => assert.deepEqual((await run('fmt -', { stdin: 'a: [\n' })).out, 'a: [\n'));

  it('formats the rest where one file is at fault', async () => {
    const cwd = folderOf({ 'a.service.yaml': 'a: [\n', 'b.service.yaml': MESSY });
    try {
      assert.equal((await runIn(cwd, 'fmt', '.')).code, 3);
      assert.equal(readFileSync(join(cwd, 'b.service.yaml'), 'utf8'), TIDY);
      writeFileSync(join(cwd, 'b.service.yaml'), MESSY);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});
