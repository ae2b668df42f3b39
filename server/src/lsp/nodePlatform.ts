import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConfigFinder } from '../config/find';
import { ruleDocs } from '../config/rulesPage';
import { scanSpecs } from '../config/scan';
import { connect } from '../engine/client';
import { EngineError } from '../engine/error';
import { registryAuthFor } from '../engine/registryAuth';
import { resolveHost, type ResolvedHost } from '../engine/resolve';
import type { EngineChoice, Platform } from './platform';

/** A process with a disk and sockets. */
export const NODE_PLATFORM: Platform = {
  configs() {
    let finder = new ConfigFinder();
    return {
      settingsOf: (uri) => (uri.startsWith('file:') ? finder.settingsOf(fileURLToPath(uri)) : { config: {} }),
      forget: () => {
        finder = new ConfigFinder();
      },
    };
  },

  pathOf(uri) {
    try {
      return fileURLToPath(uri);
    } catch {
      return uri;
    }
  },

  async specFiles(folders) {
    const files = await scanSpecs(folders.filter((uri) => uri.startsWith('file:')).map((uri) => fileURLToPath(uri)));
    return files.map(({ path, text }) => ({ uri: pathToFileURL(path).href, text }));
  },

  ruleDocs,

  connect: (where, options) => connect(hostOf(where), options),

  whereabouts(where) {
    const { context, address, ...host } = hostOf(where);
    return { context, address, ...('hostname' in host && { hostname: host.hostname }) };
  },

  registryAuth: (image) => registryAuthFor(image, process.env),
};

function hostOf(where: EngineChoice): ResolvedHost {
  const host = resolveHost(process.env, where);
  if (host.kind === 'problem') throw new EngineError('unreachable', host.message);
  return host;
}
