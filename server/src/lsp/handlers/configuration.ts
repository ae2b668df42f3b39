import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { hasSpecName } from '../../features/specFiles';
import type { Handler } from '../handler';
import type { Session } from '../session';
import { toSettings } from '../settings';
import { checkAll } from './diagnostics';

/** Files whose change on the disk matters although they are not open. */
const WATCHED = ['**/swarmspec.config.{yaml,yml,json}', '**/*.{service,swarmspec}.{yaml,yml,json}'];

/** Settings and config files. */
export const configurationHandler: Handler = {
  register(session) {
    const { connection, world, open, texts } = session;

    session.onStart.push(async () => {
      if (session.client.workspace?.didChangeConfiguration?.dynamicRegistration) {
        await connection.client.register(DidChangeConfigurationNotification.type, { section: 'swarmspec' }).catch(session.logged('registration'));
      }
      if (session.client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
        await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHED.map((globPattern) => ({ globPattern })) }).catch(session.logged('registration'));
      }
      await readSettings(session);
      // not before the settings are known, which may keep the engine out
      world.swarm = () => session.link.swarm.get();
      void session.link.refresh().catch(session.logged('engine'));
    });

    connection.onDidChangeConfiguration(async ({ settings }) => {
      const before = world.settings;
      if (session.client.workspace?.configuration) await readSettings(session);
      else if (settings?.swarmspec) world.settings = toSettings(settings.swarmspec);
      checkAll(session);
      for (const act of session.onSettings) act(before);
    });

    connection.onDidChangeWatchedFiles(({ changes }) => {
      session.workspace.forget();
      if (changes.every(({ uri }) => hasSpecName(uri))) return;
      open.forgetConfigs();
      checkAll(session);
    });

    texts.onDidSave(() => {
      open.forgetConfigs();
      session.workspace.forget();
    });
  },
};

async function readSettings(session: Session): Promise<void> {
  if (!session.client.workspace?.configuration) return;
  try {
    const given = await session.connection.workspace.getConfiguration('swarmspec');
    // some clients answer null when their user has set nothing
    if (given) session.world.settings = toSettings(given);
    checkAll(session);
  } catch (error) {
    session.logged('settings')(error);
  }
}
