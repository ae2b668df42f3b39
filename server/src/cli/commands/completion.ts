import { bash } from '../completions/bash';
import { fish } from '../completions/fish';
import { powershell } from '../completions/powershell';
import { type Shape, shapes } from '../completions/shapes';
import { zsh } from '../completions/zsh';
import { type Command, EXIT, UsageError } from '../command';

const SHELLS: Readonly<Record<string, (commands: readonly Shape[]) => string>> = { bash, zsh, fish, powershell };

const command: Command = {
  name: 'completion',
  usage: Object.keys(SHELLS).join('|'),
  summary: 'Print what makes a shell complete commands, options, rules and formats.',
  options: [],
  examples: [
    'source <(swarmspec completion bash)            # in ~/.bashrc',
    'source <(swarmspec completion zsh)             # in ~/.zshrc, after compinit',
    'swarmspec completion fish > ~/.config/fish/completions/swarmspec.fish',
    'swarmspec completion powershell | Out-String | Invoke-Expression   # in $PROFILE',
  ],
  words: Object.keys(SHELLS),

  run({ positionals }, { out }) {
    const [shell, ...more] = positionals;
    if (shell === undefined || more.length > 0 || !Object.hasOwn(SHELLS, shell)) throw new UsageError(`say which shell: ${Object.keys(SHELLS).join(', ')}.`);
    out(SHELLS[shell](shapes()));
    return EXIT.done;
  },
};
export default command;
