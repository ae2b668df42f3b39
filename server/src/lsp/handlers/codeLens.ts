import type { CodeLens } from 'vscode-languageserver';
import { countTasks, differences } from '../../apply/drift';
import { isObject, type SpecValue } from '../../document/value';
import type { ApiVersion } from '../../facts/types';
import { lenses, type ServiceState } from '../../features/lenses';
import { toPointer } from '../../path';
import { placedRange } from '../convert';
import type { Handler } from '../handler';
import { COMMANDS } from '../protocol';
import type { Session } from '../session';
import { documentsOf } from '../workspace';

/** States of an update that are nothing to tell. */
const ORDINARY = new Set(['', 'completed', 'rollback_completed']);

/** Over each service: how it is, and what can be done. No lens where no engine is asked. */
export const codeLensHandler: Handler = {
  capabilities: ({ platform }) => (platform.connect ? { codeLensProvider: {} } : {}),

  register(session) {
    session.connection.onCodeLens(
      session.patient('code lenses', null as CodeLens[] | null, function* (found) {
        const { text } = found;
        if (session.link.state.kind === 'off') return null;
        const all: CodeLens[] = [];
        for (const { placed, target: { api, as } } of documentsOf(found, session)) {
          if (as) continue;
          for (const { title, does, place, span } of lenses(placed, ({ place, name }) => stateOf(session, name, place.value, api))) {
            all.push({
              range: placedRange(text, span, placed.offset),
              command: { title, command: COMMANDS[does], arguments: [text.uri, { document: placed.index, base: toPointer(place.base) }] },
            });
          }
          yield;
        }
        return all;
      }),
    );
  },
};

function stateOf({ link }: Session, name: string, spec: SpecValue, api: ApiVersion): ServiceState {
  const { known, seen } = link.serviceOf(name);
  if (!known || link.state.kind !== 'reachable' || !isObject(spec)) return { kind: 'unknown' };
  if (!seen) return { kind: 'missing' };
  const { service, tasks } = seen;
  const { networks = [], secrets = [], configs = [] } = link.state.names;
  const update = typeof service.updateStatus?.State === 'string' ? service.updateStatus.State : '';
  return {
    kind: 'live', ...countTasks(service, tasks), index: service.index,
    changes: differences(spec, service, { networks, secrets, configs }, api).length,
    ...(ORDINARY.has(update) ? {} : { update: update.replaceAll('_', ' ') }),
  };
}
