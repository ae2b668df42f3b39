import { MessageType } from 'vscode-languageserver';
import { cleanSpec } from '../../apply/pull';
import { locate } from '../../document/document';
import { writeDocument } from '../../document/write';
import { toRange } from '../convert';
import { tell, type Where, withSpec } from '../apply/context';
import type { ServerCommand } from '../command';
import { COMMANDS } from '../protocol';

/** Puts the live spec in the place of the one in the file; undo brings the other back. */
export const pullCommand: ServerCommand = {
  name: COMMANDS.pull,
  run: (on, [where], session) =>
    withSpec({ ...on, session }, where as Where, 'pull', async (chosen) => {
      const { text, file, placed, place, spec, engine, api, swarm } = chosen;
      const name = typeof spec.Name === 'string' ? spec.Name : '';
      const live = name === '' ? undefined : await engine.service(name, api);
      if (!live) return tell(chosen, MessageType.Error, { kind: 'notFound', message: `There is no service \`${name}\` at ${engine.address} to pull.` });
      const node = locate(placed.document, place.base)?.node;
      // inside an inspect output the text around it would not fit any more
      if (!node || place.base.length > 0) return tell(chosen, MessageType.Warning, { kind: 'wrapped', message: 'Only a file that holds the spec itself can be pulled into. Make it a clean spec first.' });
      const newText = writeDocument(cleanSpec(live.spec, swarm.networks), file.syntax);
      const range = toRange(text, { start: placed.offset + node.start, end: placed.offset + node.end });
      const answer = await session.connection.workspace.applyEdit({ label: `Pull ${name}`, edit: { documentChanges: [{ textDocument: { uri: text.uri, version: text.version }, edits: [{ range, newText }] }] } });
      if (!answer.applied) return tell(chosen, MessageType.Warning, { kind: 'notApplied', message: `The editor did not take the live spec of \`${name}\` over. Run: swarmspec pull ${name}` });
      return tell(chosen, MessageType.Info, { kind: 'pulled', message: `The live spec of \`${name}\` (version index ${live.index}) stands in the file now. Undo brings yours back.` });
    }),
};
