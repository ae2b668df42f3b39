/**
 * Loaded into the processes of a VS Code under test (`NODE_OPTIONS=--require`). Writes down every connection that the language
 * server, or code of the extension in the extension host, opens: one line of JSON each, into the file that
 * SWARMSPEC_CONNECTIONS names. The first line says that a server was there to be watched.
 */
const fs = require('node:fs');
const net = require('node:net');

const file = process.env.SWARMSPEC_CONNECTIONS;
const isServer = process.argv.some((argument) => /swarmspec[^/]*\/dist\/cli\.js$/.test(argument));
const note = (entry) => fs.appendFileSync(file, `${JSON.stringify(entry)}\n`);

if (file) {
  if (isServer) note({ started: true });
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...given) {
    const isOurs = isServer || /\/swarmspec\.swarmspec-[^/]*\/dist\//.test(stack());
    if (isOurs) {
      // the library passes what it has normalised on as an array
      const [options] = Array.isArray(given[0]) ? given[0] : given;
      note({ to: typeof options === 'object' ? (options.path ?? `${options.host ?? 'localhost'}:${options.port}`) : String(options) });
    }
    return connect.apply(this, given);
  };
}

function stack() {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const text = new Error().stack;
  Error.stackTraceLimit = stackTraceLimit;
  return text;
}
