import { CodeLensRefreshRequest } from 'vscode-languageserver';
import { isAboutWhatIsConnected } from '../settings';
import { API_SOURCES } from '../../features/target';
import { namedSpecs } from '../../features/lenses';
import { readDocument } from '../../document/document';
import type { Handler } from '../handler';
import { type ClientExtras, STATUS, type ShownStatus } from '../protocol';
import type { Session } from '../session';
import { checkAll } from './diagnostics';

/** Most services that are looked after at once; a file of hundreds of specs is no reason to ask hundreds of questions every few seconds. */
const MOST_SERVICES = 50;

/** What the engine says, and telling the client of it. */
export const engineHandler: Handler = {
  register(session) {
    const { connection, texts, world, link } = session;
    let told = '';
    /** The engine that is meant has answered before. */
    let answered = false;

    link.onChange(() => {
      const { state } = link;
      const before = world.engine;
      answered ||= state.kind === 'reachable';
      world.engine = state.kind === 'reachable' ? { api: state.info.apiVersion, version: state.info.engineVersion } : undefined;
      if (before?.api !== world.engine?.api || before?.version !== world.engine?.version) checkAll(session);
      tell();
      if (session.client.workspace?.codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    });

    /** A client that shows the status hears of each change of it, once. */
    function tell(): void {
      if (!extrasOf(session).status) return;
      const status = statusOf(session, answered);
      const text = JSON.stringify(status);
      if (text === told) return;
      told = text;
      void connection.sendNotification(STATUS, status);
    }

    session.onSettings.push((before) => {
      const isOther = isAboutWhatIsConnected(before, world.settings);
      if (isOther) answered = false;
      tell();
      if (isOther) {
        link.reset();
        void link.refresh().catch(session.logged('engine'));
      }
    });
    texts.onDidOpen(() => {
      if (link.state.kind === 'reachable') void link.refresh().catch(session.logged('engine'));
    });
    session.onStart.push(tell);
    session.onStop.push(() => link.stop());
  },
};

/** The names of the services in the files that are open. */
export function openNames(session: Session): readonly string[] {
  const names = new Set<string>();
  for (const text of session.texts.all()) {
    for (const { document } of session.open.file(text)?.documents ?? []) {
      for (const { name } of namedSpecs(document)) if (names.size < MOST_SERVICES) names.add(name);
    }
  }
  return [...names];
}

export function extrasOf({ client }: Session): ClientExtras {
  return (client.experimental as { swarmspec?: ClientExtras } | undefined)?.swarmspec ?? {};
}

const NOTHING = readDocument('', 'yaml');

function statusOf({ open, world: { settings }, link: { state } }: Session, answered: boolean): ShownStatus {
  const { api, apiSource } = open.options('').target(NOTHING);
  const common = { api, apiFrom: API_SOURCES[apiSource], wantsAttention: false };
  switch (state.kind) {
    case 'off':
      return common;
    case 'unreachable':
      // whoever only writes specs needs no engine, and is not to be told so all day
      return { ...common, engine: { address: state.address, reachable: false, why: state.why }, wantsAttention: answered || settings.host !== '' || settings.context !== '' };
    case 'reachable':
      return { ...common, engine: { address: state.address, reachable: true, version: state.info.engineVersion, api: state.info.apiVersion } };
  }
}
