import * as assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type JournalEntry, readEntries, recall, toKept, writeEntry } from '../server/src/apply/journal';
import { JournalFile } from '../server/src/cli/journalFile';
import type { SpecObject } from '../server/src/document/value';
import { folderOf } from './support/terminal';

const SPEC: SpecObject = {
  Name: 'web',
  Labels: { team: 'web', 'api-token': 'planted-1' },
  TaskTemplate: {
    ContainerSpec: {
      Image: 'a:1', Command: ['serve', '--password', 'planted-2', '--dsn=postgres://u:planted-3@db/x', '--port', '80', '--header', 'Authorization: Bearer planted-8'], Env: ['GREETING=planted-4', 'EMPTY', 'TOKEN=planted-5'],
      Secrets: [{ SecretName: 'db-password', SecretID: 'id1', File: { Name: 'pw', UID: '0', GID: '0', Mode: 292 } }],
      Mounts: [{ Type: 'volume', Target: '/v', VolumeOptions: { DriverConfig: { Options: { o: 'addr=x,password=planted-6' } } } }],
    },
    LogDriver: { Name: 'splunk', Options: { 'splunk-token': 'planted-7' } },
  },
};
const entryOf = (spec: SpecObject): JournalEntry => ({ time: '2026-01-01T00:00:00Z', service: { id: 'id', name: 'web' }, action: 'update', api: '1.51', base: '5', index: '18446744073709551615', result: 'converged', ...toKept(spec) });
const withEnv = (...env: string[]): SpecObject => ({ ...SPEC, TaskTemplate: { ...(SPEC.TaskTemplate as SpecObject), ContainerSpec: { ...((SPEC.TaskTemplate as SpecObject).ContainerSpec as SpecObject), Env: env } } });

describe('the journal', () => {
  const entry = entryOf(SPEC);
  const line = writeEntry(entry);

  it('keeps nothing that may be secret, and what points at a secret', () => {
    assert.doesNotMatch(line, /planted/);
    assert.match(line, /"SecretName":"db-password"/);
    assert.match(line, /"GREETING="/);
    assert.equal(entry.hidden.length, 8);
  });

  it('reads what it has written, and leaves out a line that was cut off', () => {
    assert.deepEqual(readEntries(`${line}${line}${line.slice(0, 50)}`), [entry, entry]);
  });

  it('makes a spec whole again from another that has the same values', () => assert.deepEqual(recall(entry, [{ ...SPEC, Labels: SPEC.Labels }]), { kind: 'whole', spec: SPEC }));

  it('finds variables by name, wherever they stand now', () => assert.deepEqual(recall(entry, [withEnv('NEW=1', 'TOKEN=planted-5', 'GREETING=planted-4')]), { kind: 'whole', spec: SPEC }));

  it('takes each value from where it fits', () => {
    const sources = [withEnv('GREETING=planted-4', 'EMPTY', 'TOKEN=other'), withEnv('GREETING=other', 'EMPTY', 'TOKEN=planted-5')];
    assert.deepEqual(recall(entry, sources), { kind: 'whole', spec: SPEC });
  });

  it('does not pass off another value for the one that was there', () => {
    assert.equal(recall(entry, [withEnv('GREETING=other', 'EMPTY', 'TOKEN=planted-5')]).kind, 'incomplete');
    const missing = recall(entry, [withEnv('EMPTY', 'TOKEN=planted-5')]);
    assert.deepEqual(missing, { kind: 'incomplete', places: ['/TaskTemplate/ContainerSpec/Env/0'] });
    assert.equal(recall(entry, []).kind, 'incomplete');
  });

  it('is whole by itself where nothing may be secret', () => {
    const plain: SpecObject = { Name: 'web', Labels: { team: 'web' } };
    assert.deepEqual(recall(entryOf(plain), []), { kind: 'whole', spec: plain });
  });
});

describe('the file of the journal', () => {
  it('that cannot be written or read is told, and stops nothing', () => {
    const folder = folderOf({ 'state/swarmspec/journal': '', 'other/swarmspec/journal/id.jsonl/inside': '' });
    const journal = (state: string) => new JournalFile('id', { env: { XDG_STATE_HOME: state } });
    assert.match(journal(join(folder, 'state')).add(entryOf(SPEC)) ?? '', /cannot be written/);
    assert.throws(() => journal(join(folder, 'other')).read(), /cannot read the journal/);
    rmSync(folder, { recursive: true });
    // there, Node 20 looks for a folder that it can make for ever
    if (process.platform === 'linux') assert.match(journal('/proc/none').add(entryOf(SPEC)) ?? '', /cannot be written/);
  });
});
