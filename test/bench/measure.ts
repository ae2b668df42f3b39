import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ROOT } from '../../server/src/tools/root';

export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);
export const p95 = (numbers: readonly number[]): number => quantile(numbers, 0.95);

export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

/** CPU time of a process so far, in ms, all its threads together; the system counts it in steps of 10 ms. */
export function cpuOf(pid: number): number {
  const [user, system] = statOf(pid).slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}

/** Memory that a process holds, in MiB. */
export function memoryOf(pid: number): number {
  const pages = Number(statOf(pid)[21]);
  return (pages * 4096) / 1024 ** 2;
}

function statOf(pid: number | 'self'): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function cpuOfChildren(): number {
  const [user, system] = statOf('self').slice(13, 15);
  return (Number(user) + Number(system)) * 10;
}

/** What a command has taken each time. */
export interface Timed {
  readonly wall: number[];
  readonly cpu: number[];
}

export interface Command {
  readonly args: readonly string[];
  /** Exit codes that mean that it did its work; 0 unless said. */
  readonly codes?: readonly number[];
  /** Run in this many of the rounds only: some take long. */
  readonly rounds?: number;
  /** Where it runs; at the top of the project unless said. */
  readonly cwd?: string;
  /** Runs twice at once, on a processor each, and the later end counts. */
  readonly twice?: boolean;
  /** Only these of the processors may be used. */
  readonly processors?: string;
}

/** A shell that runs a command twice at once, on a processor each. */
const TWICE: readonly string[] = ['sh', '-c', 'taskset -c 0 "$@" & taskset -c 1 "$@" && wait $!', 'sh'];

/** Times commands of Node turn by turn, so that a busy moment of the machine hits all of them alike. */
export function timeCommands(commands: Readonly<Record<string, Command>>, rounds: number, warmUp = 1): Map<string, Timed> {
  const times = new Map<string, Timed>(Object.keys(commands).map((name) => [name, { wall: [], cpu: [] }]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, { args, codes = [0], rounds: own = rounds, twice, processors, cwd = ROOT }] of Object.entries(commands)) {
      if (round >= own || (round < 0 && own < rounds)) continue;
      const before = cpuOfChildren();
      const start = process.hrtime.bigint();
      const [program, ...rest] = [...(twice ? TWICE : []), ...(processors === undefined ? [] : ['taskset', '-c', processors]), process.execPath, ...args];
      const { status, stderr, error } = spawnSync(program, rest, { cwd, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 });
      const wall = Number(process.hrtime.bigint() - start) / 1e6;
      if (error || status === null || !codes.includes(status)) throw new Error(`${name} ended with ${status}: ${error?.message ?? stderr}`);
      if (round < 0) continue;
      times.get(name)?.wall.push(wall);
      times.get(name)?.cpu.push(cpuOfChildren() - before);
    }
  }
  return times;
}

/** How much the times of one row spread: the noise of the machine. */
export function spread(numbers: readonly number[]): string {
  return `${Math.round((quantile(numbers, 0.95) / quantile(numbers, 0.05) - 1) * 100)} %`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** Whether a figure keeps its promise, for a cell of a table. */
export function verdict(isKept: boolean): string {
  return isKept ? 'kept' : '**missed**';
}
