import childProcess = require('node:child_process');
import dgram = require('node:dgram');
import dns = require('node:dns');
import fs = require('node:fs');
import net = require('node:net');
import { syncBuiltinESMExports } from 'node:module';

/** What a process reached for outside of itself. */
export interface Reach {
  readonly to: 'connect' | 'dns' | 'process' | 'read';
  readonly what: string;
}

/**
 * Preloaded with `node -r`, it writes everything that the process reaches for, one JSON line each, into the file that
 * SWARMSPEC_REACHES names: connections, look-ups of names, processes, files and folders that are opened or read.
 */
function record(log: string): void {
  const write = fs.writeSync;
  const target = fs.openSync(log, 'a');
  const say = (to: Reach['to'], what: unknown) => void write(target, `${JSON.stringify({ to, what: typeof what === 'string' ? what : what instanceof URL ? what.href : Buffer.isBuffer(what) ? what.toString() : JSON.stringify(what) })}\n`);
  const wrap = (owner: any, name: string, to: Reach['to']) => {
    const own = owner[name];
    if (typeof own !== 'function') return;
    owner[name] = function (this: unknown, ...args: unknown[]) {
      // a number is a file that is open already
      if (typeof args[0] !== 'number') say(to, args[0]);
      return own.apply(this, args);
    };
  };
  for (const name of ['readFile', 'readFileSync', 'open', 'openSync', 'createReadStream', 'readdir', 'readdirSync', 'opendir', 'opendirSync', 'readlink', 'readlinkSync', 'watch', 'watchFile']) wrap(fs, name, 'read');
  for (const name of ['readFile', 'open', 'readdir', 'opendir', 'readlink', 'watch']) wrap(fs.promises, name, 'read');
  wrap(net.Socket.prototype, 'connect', 'connect');
  wrap(dgram.Socket.prototype, 'send', 'connect');
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
    wrap(dns, name, 'dns');
    wrap(dns.promises, name, 'dns');
  }
  for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) wrap(childProcess, name, 'process');
  syncBuiltinESMExports();
}

if (process.env.SWARMSPEC_REACHES) record(process.env.SWARMSPEC_REACHES);
