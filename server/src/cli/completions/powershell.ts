import type { Shape } from './shapes';

/** For Windows PowerShell 5.1 and later. Where nothing is offered, PowerShell completes files. */
export function powershell(commands: readonly Shape[]): string {
  const entries = commands.map(({ name, summary, options, words }) => {
    const rows = options.map(({ name: option, short, doc, value, words: values }) => {
      const names = [`--${option}`, ...(short ? [`-${short}`] : [])];
      return `      @{ names = ${list(names)}; doc = ${quoted(doc)}; takesValue = $${value !== undefined}; words = ${list(values ?? [])} }`;
    });
    return `    ${quoted(name)} = @{ doc = ${quoted(summary)}; words = ${list(words ?? [])}; options = @(\n${rows.join('\n')}\n    ) }`;
  });
  return `# PowerShell completion for swarmspec; written by \`swarmspec completion powershell\`
Register-ArgumentCompleter -Native -CommandName swarmspec -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${entries.join('\n')}
  }
  function Offer($text, $doc) {
    if ($text -like "$wordToComplete*") { [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $doc) }
  }
  $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  if ($before.Count -le 1) {
    foreach ($name in $commands.Keys) { Offer $name $commands[$name].doc }
    return
  }
  $command = $commands[$before[1]]
  if (-not $command) { return }
  $previous = $before[-1]
  foreach ($option in $command.options) {
    if ($option.takesValue -and $option.names -contains $previous) {
      foreach ($word in $option.words) { Offer $word $option.doc }
      return
    }
  }
  if ($wordToComplete -like '-*') {
    foreach ($option in $command.options) { foreach ($name in $option.names) { Offer $name $option.doc } }
    return
  }
  foreach ($word in $command.words) { Offer $word $word }
}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function list(words: readonly string[]): string {
  return `@(${words.map(quoted).join(', ')})`;
}
