/**
 * A real swarm manager for the tests that apply: one of their own, started from `out/test/support/engine.js`, or the one
 * that `DOCKER_HOST_FOR_E2E` names (unix:///… or tcp://…). They change nothing there but one service of their own,
 * which has no tasks. The tests of whole stories (`running`) need tasks, so they always start one of their own.
 */
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from './harness.mjs';

const SUPPORT = path.join(ROOT, 'out/test/support/engine.js');

/**
 * The manager, with the service already there at stage `before`. Skips the running mocha suite where there is none to
 * have, or fails it where `SWARMSPEC_REQUIRE_ENGINE=1` says that these tests must run.
 */
export async function startSwarm(suite, { running = false, images = [], makeSpec = running ? runningSpecAt : specAt, name = `swarmspec-e2e-${process.pid}` } = {}) {
  const given = running ? undefined : process.env.DOCKER_HOST_FOR_E2E;
  const engine = given ? { host: given, stop: async () => {} } : await startEngine(suite);
  const ask = (method, where, body) => request(engine.host, method, where, body);
  for (const image of images) await ask('POST', `/images/busy:1/tag?${new URLSearchParams({ repo: image.split(':')[0], tag: image.split(':')[1] })}`);
  const { ID: id } = await ask('POST', '/services/create', makeSpec(name, 'before'));
  if (running) await untilAllRun(() => ask('GET', `/services?${new URLSearchParams({ status: 'true', filters: JSON.stringify({ id: [id] }) })}`));
  return {
    host: engine.host,
    name,
    /** The spec of the service with another value for its label `stage`. */
    specAt: stage => makeSpec(name, stage),
    /** What the engine itself says of the service, past the code under test. */
    service: () => ask('GET', `/services/${id}`),
    /** Changes the service as somebody else would. */
    async update(change) {
      const { Spec, Version: { Index } } = await ask('GET', `/services/${id}`);
      change(Spec);
      await ask('POST', `/services/${id}/update?version=${Index}`, Spec);
    },
    /** Waits until the update that is under way has come to its end. */
    async settled() {
      for (let tries = 0; tries < 600; tries++) {
        if ((await ask('GET', `/services/${id}`)).UpdateStatus?.State !== 'updating') return;
        await new Promise(resolve => { setTimeout(resolve, 200); });
      }
      throw new Error('the update did not end within two minutes');
    },
    async stop() {
      await ask('DELETE', `/services/${id}`);
      await engine.stop();
    },
  };
}

/** A story begins with its tasks running: what the editor says of them is not a race then. */
async function untilAllRun(askServices) {
  for (let tries = 0; tries < 300; tries++) {
    const [{ ServiceStatus: { RunningTasks, DesiredTasks } }] = await askServices();
    if (DesiredTasks > 0 && RunningTasks === DesiredTasks) return;
    await new Promise(resolve => { setTimeout(resolve, 200); });
  }
  throw new Error('the tasks of the service did not all run within a minute');
}

async function startEngine(suite) {
  if (!fs.existsSync(SUPPORT)) skipOrFail(suite, 'the engine support is not built. Run `npm run build`, or set DOCKER_HOST_FOR_E2E to a swarm manager that may be changed.');
  const { GENERATION_NAMES, engineUnavailable, startEngine } = createRequire(import.meta.url)(SUPPORT);
  const generation = GENERATION_NAMES.find(one => !engineUnavailable(one));
  if (!generation) skipOrFail(suite, `${engineUnavailable(GENERATION_NAMES[0])} Or set DOCKER_HOST_FOR_E2E to a swarm manager that may be changed.`);
  return startEngine({ generation });
}

/** An editor may be there while an engine is not, so this has a switch of its own. */
function skipOrFail(suite, reason) {
  if (process.env.SWARMSPEC_REQUIRE_ENGINE === '1') throw new Error(`${reason} (SWARMSPEC_REQUIRE_ENGINE is set.)`);
  console.log(`    skipped: ${reason}`);
  suite.skip();
}

/** No replicas, so no task ever starts; the digest keeps the engine from asking a registry. */
function specAt(name, stage) {
  return {
    Name: name,
    Labels: { stage },
    TaskTemplate: { ContainerSpec: { Image: `example.invalid/none@sha256:${'0'.repeat(64)}` } },
    Mode: { Replicated: { Replicas: 0 } },
  };
}

/** Two tasks that run, and numbers that speak. */
function runningSpecAt(name, stage) {
  return {
    Name: name,
    Labels: { tier: 'web' },
    TaskTemplate: {
      ContainerSpec: { Image: 'busy:1', Command: ['sleep', '600'], Env: [`STAGE=${stage}`], StopGracePeriod: 100000000 },
      Resources: { Limits: { MemoryBytes: 268435456 } },
    },
    Mode: { Replicated: { Replicas: 2 } },
  };
}

function request(host, method, where, body) {
  const url = new URL(host);
  const to = url.protocol === 'unix:' ? { socketPath: url.pathname } : { host: url.hostname, port: url.port };
  return new Promise((resolve, reject) => {
    const sent = http.request({ ...to, method, path: where, agent: false, headers: { 'Content-Type': 'application/json' } }, async response => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      if (response.statusCode >= 300) reject(new Error(`${method} ${where}: ${response.statusCode} ${text}`));
      else resolve(text ? JSON.parse(text) : undefined);
    });
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}
