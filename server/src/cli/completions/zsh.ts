import type { OptionShape, Shape } from './shapes';

export function zsh(commands: readonly Shape[]): string {
  return `#compdef swarmspec
# zsh completion for swarmspec; written by \`swarmspec completion zsh\`
_swarmspec() {
  local curcontext="$curcontext" state line ret=1
  typeset -A opt_args
  _arguments -C '(- *)'{-h,--help}'[Show help.]' '(- *)'{-v,--version}'[Show the version.]' '1: :->command' '*:: :->arguments' && ret=0
  case $state in
    command)
      local -a commands
      commands=(
        'help:Show help.'
${commands.map(({ name, summary }) => `        ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`).join('\n')}
      )
      _describe -t commands 'swarmspec command' commands && ret=0
      ;;
    arguments)
      case $line[1] in
        help) _values 'command' ${commands.map(({ name }) => name).join(' ')} && ret=0 ;;
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
  return ret
}
if [ "$funcstack[1]" = _swarmspec ]; then _swarmspec "$@"; else compdef _swarmspec swarmspec; fi
`;
}

function commandCase({ name, options, words }: Shape): string {
  const rest = words === undefined ? "'*:file:_files'" : quoted(`*:argument:(${words.join(' ')})`);
  return `        ${name})
          _arguments -s -S \\
${options.map((option) => `            ${argument(option)} \\`).join('\n')}
            ${rest} && ret=0
          ;;`;
}

function argument({ name, short, doc, multiple, value, words, wordsAfter }: OptionShape): string {
  const text = `[${doc.replaceAll(/[[\]\\]/g, '\\$&')}]${value === undefined ? '' : `:${value.replaceAll(':', '\\:')}:${action(words, wordsAfter)}`}`;
  const mark = value === undefined ? '' : '=';
  if (multiple) return short ? `'*'{-${short}+,--${name}${mark}}${quoted(text)}` : quoted(`*--${name}${mark}${text}`);
  return short ? `'(-${short} --${name})'{-${short}${value === undefined ? '' : '+'},--${name}${mark}}${quoted(text)}` : quoted(`--${name}${mark}${text}`);
}

function action(words: readonly string[] | undefined, wordsAfter: readonly string[] | undefined): string {
  if (words === undefined) return '_files';
  if (words.length === 0) return ' ';
  if (!words.some((word) => word.endsWith('='))) return `(${words.join(' ')})`;
  // \`id=severity\` or \`format=file\`
  const after = wordsAfter ? `compadd -- ${wordsAfter.join(' ')}` : '_files';
  return `{ if compset -P "*="; then ${after}; else compadd -S "=" -- ${words.map((word) => word.replace(/=$/, '')).join(' ')}; fi }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
