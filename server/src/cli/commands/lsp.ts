import { type Command, EXIT, UsageError } from '../command';
import { setServerFlags } from '../serverFlags';

const command: Command = {
  name: 'lsp',
  usage: '--stdio',
  summary: 'Run the language server for an editor.',
  options: [
    { name: 'stdio', doc: 'Speak over the standard input and output.', example: 'swarmspec lsp --stdio' },
    { name: 'node-ipc', doc: 'Speak over the channel of a parent Node process.', example: 'swarmspec lsp --node-ipc' },
    // read by the protocol library, from the arguments of the process
    { name: 'clientProcessId', value: 'PID', doc: 'Process of the editor, to end with; VS Code and coc.nvim pass it.', example: '--clientProcessId 4711' },
  ],
  examples: ['swarmspec lsp --stdio'],

  async run({ values }) {
    if (!values.stdio && !values['node-ipc']) throw new UsageError('say how to speak: `--stdio`.');
    setServerFlags();
    // a file of its own: the protocol library is larger than all the rest
    const server: typeof import('../../lsp/main') = require('../../lsp/main');
    await server.serve();
    return EXIT.done;
  },
};
export default command;
