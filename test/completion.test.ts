import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../server/src/cli/commands';
import { FORMATS } from '../server/src/cli/printers/formats';
import { API_VERSIONS } from '../server/src/facts/versions';
import { documentedRules } from '../server/src/features/explain';
import { folderOf, run } from './support/terminal';
import { needs } from './support/tools';

/** What every shell has to offer: the words typed, the last one unfinished, and what must and must not be among the offers. */
const CASES: readonly { readonly typed: readonly string[]; readonly offers: readonly string[]; readonly not?: readonly string[] }[] = [
  { typed: ['val'], offers: ['validate'] },
  { typed: [''], offers: Object.keys(COMMANDS) },
  { typed: ['validate', '--fix'], offers: ['--fix', '--fix-dry-run'], not: ['--api'] },
  { typed: ['validate', '--api', '1.4'], offers: API_VERSIONS.map(({ version }) => version).filter((version) => version.startsWith('1.4')) },
  { typed: ['validate', '--format', ''], offers: FORMATS.map(({ name }) => name) },
  { typed: ['validate', '--output', 'sar'], offers: ['sarif='] },
  { typed: ['validate', '--fail-on', ''], offers: ['error', 'warning', 'information', 'never'] },
  { typed: ['validate', '--rule', 'unknown-f'], offers: ['unknown-field='] },
  { typed: ['explain', 'unknown-'], offers: documentedRules().map(({ id }) => id).filter((id) => id.startsWith('unknown-')) },
  { typed: ['completion', ''], offers: ['bash', 'zsh', 'fish', 'powershell'] },
  { typed: ['apply', '--ye'], offers: ['--yes'] },
];

const scriptOf = async (shell: string) => (await run(`completion ${shell}`)).out;

describe('completion in bash', function () {
  this.timeout(60_000);
  before(function () {
    needs(this, 'bash');
  });

  /** What bash offers, as its completion machinery asks: the words, the index of the last one, then the function. */
  async function offered(words: readonly string[]): Promise<string[]> {
    const quoted = ['swarmspec', ...words].map((word) => `'${word}'`).join(' ');
    const script = `${await scriptOf('bash')}\nCOMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _swarmspec; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
    assert.deepEqual({ status, stderr: stderr.replaceAll(/.*compopt.*\n/g, '') }, { status: 0, stderr: '' });
    return stdout.split('\n').filter(Boolean);
  }
  for (const { typed, offers, not = [] } of CASES) {
    it(`swarmspec ${typed.join(' ')}⇥`, async () => {
      const all = await offered(typed);
      for (const word of offers) assert.ok(all.includes(word), `${word} in ${all}`);
      for (const word of not) assert.ok(!all.includes(word), word);
    });
  }
  // bash takes `=` as a word of its own
  it('--format=sa⇥', async () => assert.deepEqual(await offered(['validate', '--format', '=', 'sa']), ['sarif']));
  it('--rule unknown-field=w⇥', async () => assert.deepEqual(await offered(['validate', '--rule', 'unknown-field', '=', 'w']), ['warning']));
  it('--rule=unknown-field=w⇥', async () => assert.deepEqual(await offered(['validate', '--rule', '=', 'unknown-field', '=', 'w']), ['warning']));
  it('leaves files to bash', async () => {
    for (const typed of [['validate', 'dep'], ['validate', '--config', ''], ['validate', '--output', 'sarif', '=', 'rep']]) assert.deepEqual(await offered(typed), [], typed.join(' '));
  });

  it('at a prompt, with the tabulator', async function () {
    needs(this, 'script');
    const folder = folderOf({ 'swarmspec.bash': await scriptOf('bash') });
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/swarmspec'), '#!/bin/sh\necho "ran: $*"\n', { mode: 0o755 });
    const { stdout } = spawnSync('script', ['-qfec', 'bash --norc --noprofile -i', '/dev/null'], {
      cwd: folder, encoding: 'utf8', timeout: 40_000, env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}`, TERM: 'dumb', PS1: '$ ' },
      input: "bind 'set enable-bracketed-paste off'\nsource swarmspec.bash\nswarmspec val\t--exit-z\t--form\tmarkd\tweb\nexit\n",
    });
    rmSync(folder, { recursive: true });
    assert.match(stdout, /ran: validate --exit-zero --format markdown web/);
  });
});

describe('completion in fish', function () {
  this.timeout(60_000);
  before(function () {
    needs(this, 'fish');
  });
  for (const { typed, offers, not = [] } of CASES) {
    it(`swarmspec ${typed.join(' ')}⇥`, async () => {
      const folder = folderOf({ 'swarmspec.fish': await scriptOf('fish') });
      const { status, stdout, stderr } = spawnSync('fish', ['--no-config', '-c', `source swarmspec.fish; complete -C ${JSON.stringify(`swarmspec ${typed.join(' ')}`)}`], { cwd: folder, encoding: 'utf8' });
      rmSync(folder, { recursive: true });
      assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
      const all = stdout.split('\n').map((line) => line.split('\t')[0]);
      for (const word of offers) assert.ok(all.includes(word) || all.some((one) => one.startsWith(word)), `${word} in ${all}`);
      for (const word of not) assert.ok(!all.includes(word), word);
    });
  }
});

describe('completion in zsh', function () {
  this.timeout(60_000);
  before(function () {
    needs(this, 'zsh');
  });

  /** Types into a zsh of its own, on a terminal of its own, and answers what is on the line and below it. */
  async function typed(text: string): Promise<string> {
    const folder = folderOf({
      'swarmspec.zsh': await scriptOf('zsh'),
      'drive.zsh': `zmodload zsh/zpty
zpty -b shell zsh -f -i
zpty -w shell "PS1='> '; TERM=dumb; unsetopt zle_bracketed_paste 2>/dev/null; autoload -Uz compinit; compinit -u -D; source ./swarmspec.zsh; LISTMAX=10000; setopt no_always_last_prompt; zstyle ':completion:*' list-prompt ''; stty cols 200; echo READY-\${:-NOW}"
local out='' line=''
repeat 400; do zpty -r -t shell line && out+=$line || sleep 0.05; [[ $out == *READY-NOW* ]] && break; done
zpty -n -w shell $'${text}\\t\\t'
out=''
repeat 60; do zpty -r -t shell line && out+=$line || sleep 0.05; done
print -r -- "$out"
zpty -d shell
`,
    });
    const { stdout, stderr, status } = spawnSync('zsh', ['-f', 'drive.zsh'], { cwd: folder, encoding: 'utf8', timeout: 50_000 });
    rmSync(folder, { recursive: true });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    return stdout;
  }
  for (const [text, says] of [
    ['swarmspec val', /swarmspec val.*idate/s], ['swarmspec validate --fail-on ', /error.*information.*never.*warning/s], ['swarmspec validate --format sa', /sa.*rif/s], ['swarmspec explain unknown-f', /unknown-f.*ield/s],
    ['swarmspec validate --rule unknown-field=w', /w.*arning/s],
  ] as const) {
    it(`${text}⇥`, async () => assert.match(await typed(text), says));
  }
});

describe('completion in PowerShell', () => {
  it('is a script whose quotes and brackets close, and that knows every command and option', async () => {
    const script = await scriptOf('powershell');
    // PowerShell is in no Debian package, so this is all that is tried here: quoting by its rules, then the brackets outside of text
    const bare = script.replaceAll(/#.*$/gm, '').replaceAll(/'(?:[^']|'')*'/g, "''").replaceAll(/"[^"\n]*"/g, '""');
    assert.doesNotMatch(bare.replaceAll("''", ''), /'/);
    for (const [open, close] of ['()', '{}', '[]']) assert.equal(bare.split(open).length, bare.split(close).length, open);
    for (const name of Object.keys(COMMANDS)) {
      assert.ok(script.includes(`'${name}' = @{`));
      for (const { name: option } of COMMANDS[name]().options) assert.ok(script.includes(`'--${option}'`));
    }
  });
});

it('completion takes one of four shells', async () => {
  for (const args of ['completion', 'completion tcsh', 'completion toString', 'completion bash zsh']) assert.equal((await run(args)).code, 2, args);
});
