import Ajv, { type ValidateFunction } from 'ajv';
import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import { readDocument } from '../server/src/document/document';
import { toJson } from '../server/src/document/value';
import { SERVICE } from '../server/src/facts/kinds';
import type { ApiVersion, Field, Type } from '../server/src/facts/types';
import { API_VERSIONS, DEFAULT_API } from '../server/src/facts/versions';
import { syntaxOf } from '../server/src/features/specFiles';
import { isPresent } from '../server/src/schema/jsonSchema';
import { generatedFiles } from '../server/src/tools/generate';
import { ROOT } from '../server/src/tools/root';

const files = generatedFiles();
const example = (name: string) => readDocument(readFileSync(join(ROOT, 'examples', name), 'utf8'), syntaxOf(name, ''));
const schemaOf = (version: string) => JSON.parse(files.get(`schemas/service-spec.v${version}.json`) ?? assert.fail(`no schema for ${version}`));

describe('generated files', () => {
  for (const [path, text] of files) {
    it(`${path} is what \`npm run generate\` writes`, () => {
      assert.ok(existsSync(join(ROOT, path)), 'it is not there');
      assert.ok(readFileSync(join(ROOT, path), 'utf8') === text, 'it is stale: run `npm run generate`');
    });
  }

  it('are all the schemas there are', () => {
    const there = readdirSync(join(ROOT, 'schemas')).filter((name) => name.startsWith('service-spec')).map((name) => `schemas/${name}`);
    assert.deepEqual(there.filter((path) => !files.has(path)), []);
  });
});

describe('the JSON Schema of a spec', () => {
  const compiled = new Map<string, ValidateFunction>();
  const validator = (version: string): ValidateFunction => {
    let validate = compiled.get(version);
    if (!validate) {
      validate = new Ajv({ strict: true, allErrors: true }).compile(schemaOf(version));
      compiled.set(version, validate);
    }
    return validate;
  };

  for (const { version } of API_VERSIONS) {
    it(`v${version} is strict, and takes the example`, () => {
      const validate = validator(version);
      assert.ok(validate(JSON.parse(toJson(example('web.service.yaml').value ?? null))), JSON.stringify(validate.errors));
    });

    it(`v${version} has the fields that the facts have`, () => {
      assert.deepEqual(fieldsOfSchema(schemaOf(version)), fieldsOfFacts(version));
    });
  }

  it('takes the example of a job', () => assert.ok(validator('1.49')(JSON.parse(toJson(example('migrate.service.json').value ?? null))), JSON.stringify(validator('1.49').errors)));

  it('does not take the broken example, at each of these places', () => {
    const validate = validator('1.49');
    assert.equal(validate(JSON.parse(toJson(example('broken.service.yaml').value ?? null))), false);
    const places = new Set(validate.errors?.map(({ instancePath }) => instancePath));
    for (const place of ['/TaskTemplate/ContainerSpec/StopGracePeriod', '/TaskTemplate/Resources/Limits/MemoryBytes', '/Mode/Replicated', '/UpdateConfig/FailureAction']) assert.ok(places.has(place), `${place}: ${[...places].join(' ')}`);
  });

  const judged: [string, ApiVersion, object, boolean][] = [
    ['takes null for anything', '1.49', { Name: null, Labels: null, TaskTemplate: { ContainerSpec: { Image: 'x', Env: null } } }, true],
    ['does not take a field that the engine erases', '1.45', { TaskTemplate: { ContainerSpec: { Image: 'x', OomScoreAdj: 1 } } }, false],
    ['takes it from its version on', '1.46', { TaskTemplate: { ContainerSpec: { Image: 'x', OomScoreAdj: 1 } } }, true],
    ['does not take a field that is never stored', '1.49', { TaskTemplate: { ContainerSpec: { Image: 'x', Mounts: [{ Type: 'bind', Source: '/a', Target: '/a', Consistency: 'cached' }] } } }, false],
    ['does not take an empty item that crashes the engine', '1.49', { TaskTemplate: { ContainerSpec: { Image: 'x', Secrets: [null] } } }, false],
    ['does not take a word that the engine refuses', '1.49', { TaskTemplate: { ContainerSpec: { Image: 'x' }, RestartPolicy: { Condition: 'always' } } }, false],
    ['does not take an unknown field', '1.49', { TaskTemplate: { ContainerSpec: { Image: 'x', Hostnam: 'y' } } }, false],
    ['takes its own `$schema`', '1.49', { $schema: 'https://swarmspec.github.io/schemas/service-spec.json', Name: 'x' }, true],
  ];
  for (const [name, version, spec, takes] of judged) it(name, () => assert.equal(validator(version)(spec), takes, JSON.stringify(validator(version).errors)));

  it('without a version is that of the default', () => {
    const plain = JSON.parse(files.get('schemas/service-spec.json') ?? '{}');
    assert.deepEqual({ ...plain, $id: '' }, { ...schemaOf(DEFAULT_API), $id: '' });
  });

  describe('in the JSON language service that VS Code uses', () => {
    const problemsOf = async (text: string): Promise<string[]> => {
      const service = getLanguageService({});
      service.configure({ validate: true, schemas: [{ uri: 'test://schema', fileMatch: ['*.service.json'], schema: schemaOf('1.49') }] });
      const document = TextDocument.create('file:///web.service.json', 'json', 1, text);
      return (await service.doValidation(document, service.parseJSONDocument(document))).map(({ message }) => String(message));
    };
    it('has nothing against the example', async () => assert.deepEqual(await problemsOf(toJson(example('web.service.yaml').value ?? null, 2)), []));
    it('finds what is wrong', async () => assert.equal((await problemsOf('{"Mode": {"Replicated": {"Replcas": 3}}}')).length, 1));
  });
});

/** The paths of a schema, `!` at those that are refused whatever they hold. */
function fieldsOfSchema(schema: Record<string, any>, at = ''): string[] {
  const found: string[] = [];
  const visit = (member: Record<string, any>, path: string): void => {
    found.push(path + (member.not === undefined ? '' : '!'));
    found.push(...fieldsOfSchema(member, path));
  };
  for (const [key, member] of Object.entries<Record<string, any>>(schema.properties ?? {})) if (key !== '$schema') visit(member, `${at}/${key}`);
  if (typeof schema.additionalProperties === 'object') visit(schema.additionalProperties, `${at}/*`);
  if (schema.items) visit(schema.items, `${at}/[]`);
  return found;
}

function fieldsOfFacts(api: ApiVersion, type: Type = SERVICE.root, at = ''): string[] {
  const found: string[] = [];
  const visit = (field: Field, path: string): void => {
    if (!isPresent(field, api)) return;
    found.push(path + (field.neverStored === undefined ? '' : '!'));
    found.push(...fieldsOfFacts(api, field.type, path));
  };
  if (type.kind === 'struct') for (const [key, field] of Object.entries(type.fields)) visit(field, `${at}/${key}`);
  if (type.kind === 'map') visit(type.value, `${at}/*`);
  if (type.kind === 'list') visit(type.item, `${at}/[]`);
  return found;
}
