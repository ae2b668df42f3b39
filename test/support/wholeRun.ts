import * as assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlantedSecrets } from './secrets';

/**
 * Secrets that lie in the specs and the docker configuration of all live tests, and everything that is printed, logged, traced
 * and written in their run. One that turns up fails the run, whichever test it was in.
 */
export const wholeRun = new PlantedSecrets();

/** What the containers of live tests hold beside what a test is about. */
export const SECRET_ENV: string[] = [`DB_PASSWORD=${wholeRun.plant('a password in a variable')}`];
export const SECRET_LABELS = { 'api-token': wholeRun.plant('a token in a label') };

/** A docker configuration with credentials of a registry that no test asks, for all tests that bring none of their own. */
const dockerFolder = mkdtempSync(join(tmpdir(), 'swarmspec-docker-'));
writeFileSync(join(dockerFolder, 'config.json'), JSON.stringify({
  auths: { 'registry.example': { auth: Buffer.from(`me:${wholeRun.plant('the password of a registry')}`).toString('base64') } },
  HttpHeaders: { 'X-Token': wholeRun.plant('a header for the engine') },
}));
process.env.DOCKER_CONFIG = dockerFolder;

/** These hand out what a file or a service holds, since that is what they are asked for. */
const HAND_OUT = ['pull', 'convert', 'fmt'];

/** Looks at what a command has printed, and at the folder that it keeps its journal in. */
export function sawCommand(args: readonly string[], { out, err }: { readonly out: string; readonly err: string }, stateFolder?: string, by = wholeRun): void {
  const line = `\`swarmspec ${args.join(' ')}\``;
  if (!HAND_OUT.includes(args[0])) by.saw(`what ${line} prints`, out);
  by.saw(`the errors of ${line}`, err);
  if (stateFolder !== undefined && existsSync(stateFolder)) by.sawFolder(stateFolder);
}

/** Looks at a message of the server to its client. Answers and edits are left out where they are the document itself. */
export function sawMessage(message: object, by = wholeRun): void {
  if ('method' in message && message.method !== 'workspace/applyEdit') by.saw(`a message \`${String(message.method)}\` to the editor`, JSON.stringify(message));
  if ('error' in message) by.saw('an error to the editor', JSON.stringify(message));
}

export const mochaHooks = {
  afterAll(): void {
    rmSync(dockerFolder, { recursive: true });
    assert.deepEqual(wholeRun.found(), []);
  },
};
