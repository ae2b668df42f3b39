import Ajv from 'ajv';
import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../server/src/tools/root';
import { BILL_FILE, LICENSES_FILE } from '../server/src/tools/supplyChain';

/** All that is in the bundles and not ours. A name more is a decision: who writes it, what it brings, why we do not. */
const BUNDLED = [
  'balanced-match', 'brace-expansion', 'ignore', 'minimatch', 'semver', 'vscode-jsonrpc', 'vscode-languageclient', 'vscode-languageserver', 'vscode-languageserver-protocol',
  'vscode-languageserver-textdocument', 'vscode-languageserver-types', 'yaml',
];

/** Licences that ask for no more than to be named. */
const LICENSES = ['MIT', 'ISC', 'BlueOak-1.0.0', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause'];

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('what is shipped of others', () => {
  const bill = JSON.parse(read(BILL_FILE));
  const lock = JSON.parse(read('package-lock.json'));

  it('is little, and known by name', () => {
    assert.deepEqual([...new Set(bill.components.map(({ name }: any) => name))].sort(), BUNDLED);
  });

  it('is installed with nothing: the package has no dependencies and no script that runs at installation', () => {
    const manifest = JSON.parse(read('package.json'));
    assert.deepEqual([manifest.dependencies, manifest.optionalDependencies, manifest.peerDependencies], [undefined, undefined, undefined]);
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) assert.equal(manifest.scripts[script], undefined, script);
  });

  it('runs no script when it is fetched for a build', () => {
    for (const name of BUNDLED) {
      const folders = Object.entries<any>(lock.packages).filter(([folder]) => folder.endsWith(`node_modules/${name}`));
      assert.ok(folders.length > 0, name);
      for (const [folder, { hasInstallScript }] of folders) assert.equal(hasInstallScript, undefined, folder);
    }
  });

  it('is listed for programs with its version, licence and the hash of what was fetched', () => {
    assert.deepEqual([bill.bomFormat, bill.specVersion, bill.metadata.component.name], ['CycloneDX', '1.5', 'swarmspec']);
    for (const { name, version, licenses, hashes, purl } of bill.components) {
      assert.ok(LICENSES.includes(licenses[0].license.id), `${name}: ${licenses[0].license.id}`);
      assert.match(hashes[0].content, /^[0-9a-f]{128}$/, name);
      assert.ok(Object.entries<any>(lock.packages).some(([folder, locked]) => folder.endsWith(`node_modules/${name}`) && locked.version === version && Buffer.from(locked.integrity.slice(7), 'base64').toString('hex') === hashes[0].content), purl);
    }
  });

  it('is listed in a file that CycloneDX takes', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const schema = (file: string) => JSON.parse(read(`node_modules/@cyclonedx/cyclonedx-library/res/schema/${file}`));
    for (const file of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json']) ajv.addSchema(schema(file), `http://cyclonedx.org/schema/${file}`);
    const validate = ajv.compile(schema('bom-1.5.SNAPSHOT.schema.json'));
    assert.equal(validate(bill), true, ajv.errorsText(validate.errors));
    assert.equal(validate({ ...bill, components: [{ ...bill.components[0], licenses: [{ license: { id: 'Nobody-1.0' } }] }] }), false);
  });

  it('is listed for people with the text of each licence', () => {
    const text = read(LICENSES_FILE);
    for (const { name, version } of bill.components) assert.ok(text.includes(`${name} ${version} (`), name);
    assert.ok((text.match(/Permission is hereby granted|Permission to use, copy|Blue Oak Model License/g) ?? []).length >= bill.components.length);
  });
});
