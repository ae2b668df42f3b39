import type { OptionShape, Shape } from './shapes';

/** For bash 4 and later. Where nothing is offered, bash completes files. */
export function bash(commands: readonly Shape[]): string {
  return `# bash completion for swarmspec; written by \`swarmspec completion bash\`
_swarmspec() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words='' before=''
  COMPREPLY=()
  # bash takes \`=\` as a word: --format=sarif, --rule id=off
  [[ $cur == '=' ]] && cur=''
  if [[ $prev == '=' || \${COMP_WORDS[COMP_CWORD]} == '=' ]]; then
    local at=$COMP_CWORD
    [[ \${COMP_WORDS[at]} == '=' ]] || at=$((at - 1))
    prev=\${COMP_WORDS[at-1]}
    [[ $prev == -* ]] || { before=$prev; prev=\${COMP_WORDS[at-2]}; }
    [[ $prev == '=' ]] && prev=\${COMP_WORDS[at-3]}
  fi
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${['help', ...commands.map(({ name }) => name), '--help', '--version'].join(' ')}' -- "$cur"))
    return
  fi
  case $command in
    help) words='${commands.map(({ name }) => name).join(' ')}' ;;
${commands.map(commandCase).join('\n')}
    *) return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
}
complete -o bashdefault -o default -F _swarmspec swarmspec
`;
}

function commandCase({ name, options, words }: Shape): string {
  const valued = options.filter(({ value }) => value !== undefined).map(optionCase);
  return `    ${name})
      case $prev in
${valued.join('\n')}
        *) if [[ $cur == -* ]]; then words='${options.flatMap((option) => [`--${option.name}`, ...(option.short ? [`-${option.short}`] : [])]).join(' ')}'; else words='${(words ?? []).join(' ')}'; fi ;;
      esac
      ;;`;
}

function optionCase({ name, short, words, wordsAfter }: OptionShape): string {
  const flags = [`--${name}`, ...(short ? [`-${short}`] : [])].join('|');
  const after = words?.some((word) => word.endsWith('=')) ? `if [[ -n $before ]]; then words='${(wordsAfter ?? []).join(' ')}'; else words='${words.join(' ')}'; fi` : `words='${(words ?? []).join(' ')}'`;
  return `        ${flags}) ${after} ;;`;
}
