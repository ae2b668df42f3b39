import * as assert from 'node:assert/strict';
import { readConfig } from '../server/src/config/config';
import { type Consent, consentFor, type GivenConsent, type ProtectedEngine, type Protection, type ProtectionMap, protectionOf } from '../server/src/config/protection';

describe('protection of an engine', () => {
  const prod: ProtectedEngine = { context: 'prod', address: 'ssh://me@prod.example', hostname: 'prod.example' };
  const local: ProtectedEngine = { context: 'default', address: 'unix:///var/run/docker.sock' };
  const cases: { what: string; engine: ProtectedEngine; maps: (ProtectionMap | undefined)[]; is: [Protection, string] }[] = [
    { what: 'nothing said', engine: local, maps: [], is: ['confirm', 'unix:///var/run/docker.sock'] },
    { what: 'by context', engine: prod, maps: [{ prod: 'type-name' }], is: ['type-name', 'prod'] },
    { what: 'by host name, whichever way it is reached', engine: { ...prod, context: 'default' }, maps: [{ 'prod.example': 'forbidden' }], is: ['forbidden', 'prod.example'] },
    { what: 'by address', engine: local, maps: [{ 'unix:///var/run/docker.sock': 'free' }], is: ['free', 'unix:///var/run/docker.sock'] },
    { what: 'by letters of another case', engine: prod, maps: [{ 'PROD.example': 'forbidden' }], is: ['forbidden', 'prod'] },
    { what: 'by the star, where nothing else is said', engine: prod, maps: [{ '*': 'type-name', default: 'free' }], is: ['type-name', 'prod'] },
    { what: 'not by the star, where something else is said', engine: prod, maps: [{ '*': 'forbidden', prod: 'free' }], is: ['free', 'prod'] },
    { what: 'by the strictest of several', engine: prod, maps: [{ prod: 'free', 'prod.example': 'type-name' }], is: ['type-name', 'prod'] },
    { what: 'a project does not loosen what a person has set', engine: prod, maps: [{ prod: 'type-name' }, { prod: 'free' }], is: ['type-name', 'prod'] },
    { what: 'a word that is none', engine: prod, maps: [{ prod: 'typename' as Protection }], is: ['forbidden', 'prod'] },
    { what: 'a context of another name', engine: prod, maps: [{ pro: 'forbidden' }, undefined], is: ['confirm', 'prod'] },
  ];
  for (const { what, engine, maps, is } of cases) {
    it(`${what}: ${is[0]}`, () => {
      const { level, name } = protectionOf(engine, ...maps);
      assert.deepEqual([level, name], is);
    });
  }

  const needs: { level: Protection; given: GivenConsent; is: Consent['kind'] }[] = [
    { level: 'free', given: {}, is: 'given' },
    { level: 'confirm', given: {}, is: 'ask' },
    { level: 'confirm', given: { yes: true }, is: 'given' },
    { level: 'confirm', given: { confirm: 'prod' }, is: 'given' },
    { level: 'type-name', given: {}, is: 'askName' },
    { level: 'type-name', given: { yes: true }, is: 'askName' },
    { level: 'type-name', given: { confirm: 'prod' }, is: 'given' },
    { level: 'type-name', given: { yes: true, confirm: 'Prod' }, is: 'refused' },
    { level: 'free', given: { yes: true, confirm: 'staging' }, is: 'refused' },
    { level: 'forbidden', given: { yes: true, confirm: 'prod' }, is: 'refused' },
  ];
  for (const { level, given, is } of needs) {
    it(`${level} with ${JSON.stringify(given)}: ${is}`, () => assert.equal(consentFor({ level, name: 'prod' }, given).kind, is));
  }

  it('stands in the config file, and a slip there closes rather than opens', () => {
    const { config, findings } = readConfig('protection:\n  prod: type-name\n  staging: type\n', 'yaml');
    assert.deepEqual(config.protection, { prod: 'type-name', staging: 'forbidden' });
    assert.match(findings[0].message, /`staging` is one of free, confirm, type-name, forbidden/);
    assert.deepEqual(readConfig('protection: prod', 'yaml').config.protection, { '*': 'forbidden' });
  });
});
