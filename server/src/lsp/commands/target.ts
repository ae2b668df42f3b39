import { API_SOURCES } from '../../features/target';
import type { ServerCommand } from '../command';
import { COMMANDS } from '../protocol';

export const targetCommand: ServerCommand = {
  name: COMMANDS.target,
  run: ({ text, file }, _, { open }) => {
    const { kind, api, apiSource, engine } = open.target(text.uri, file.documents[0]);
    return `Checked against API v${api} (${API_SOURCES[apiSource]})${engine === undefined ? '' : `, engine ${engine}`}, as a ${kind.id} spec.`;
  },
};
