import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { TroubleError } from './command';
import { reason, toSlashes } from './files';
import { fingerprints } from './fingerprint';
import type { FileReport } from './report';
import { writeWhole } from './write';

interface KnownFinding {
  /** Relative to the folder of the baseline, with slashes. */
  readonly file: string;
  readonly rule: string;
  /** JSON Pointer, for people; it is the fingerprint that is compared. */
  readonly path: string;
  readonly fingerprint: string;
}

/** The findings of a project that are known and not reported, so that new ones stand out. */
export class Baseline {
  private readonly known = new Map<string, KnownFinding[]>();
  /** What has been met now, by file. */
  private readonly met = new Map<string, KnownFinding[]>();
  private stale = 0;

  private constructor(
    private readonly path: string,
    private readonly cwd: string,
    findings: readonly KnownFinding[],
  ) {
    for (const finding of findings) this.known.set(finding.file, [...(this.known.get(finding.file) ?? []), finding]);
  }

  /** Reads a baseline; with `fresh`, one that is not there yet is an empty one. */
  static open(path: string, cwd: string, { fresh = false } = {}): Baseline {
    const absolute = resolve(cwd, path);
    if (fresh && !existsSync(absolute)) return new Baseline(absolute, cwd, []);
    let read: { version?: unknown; findings?: unknown };
    try {
      read = JSON.parse(readFileSync(absolute, 'utf8').replace(/^\ufeff/, ''));
    } catch (error) {
      const hint = (error as NodeJS.ErrnoException).code === 'ENOENT' ? ' `--update-baseline` writes it.' : '';
      throw new TroubleError(`cannot read the baseline \`${path}\`: ${reason(error)}.${hint}`);
    }
    const isKnown = (one: unknown): one is KnownFinding => typeof one === 'object' && one !== null && 'file' in one && typeof one.file === 'string' && 'fingerprint' in one && typeof one.fingerprint === 'string';
    if (read?.version !== 1 || !Array.isArray(read.findings) || !read.findings.every(isKnown)) throw new TroubleError(`\`${path}\` is no baseline of swarmspec: it has \`"version": 1\` and a list of \`findings\`.`);
    return new Baseline(absolute, cwd, read.findings);
  }

  /** The report with the known findings marked; what is new is left as it is. */
  mark(report: FileReport): FileReport {
    const file = this.nameOf(report.path);
    const left = [...(this.known.get(file) ?? [])];
    const open = { ...report, findings: report.findings.filter(({ silenced }) => !silenced) };
    const prints = new Map(fingerprints(open, '').map((fingerprint, i) => [open.findings[i], fingerprint]));
    const met: KnownFinding[] = [];
    const findings = report.findings.map((finding) => {
      const fingerprint = prints.get(finding);
      if (fingerprint === undefined) return finding;
      met.push({ file, rule: finding.rule, path: finding.pointer, fingerprint });
      const at = left.findIndex((known) => known.fingerprint === fingerprint);
      if (at < 0) return finding;
      left.splice(at, 1);
      return { ...finding, silenced: { by: 'baseline', reason: 'known in the baseline' } as const };
    });
    this.stale += left.length;
    this.met.set(file, met);
    return { ...report, findings };
  }

  /** How many known findings are no longer there: in the files that were checked, and in files that are gone. */
  countStale(): number {
    let gone = 0;
    for (const [file, findings] of this.known) if (!this.met.has(file) && !existsSync(join(dirname(this.path), file))) gone += findings.length;
    return this.stale + gone;
  }

  /** Writes what was met now; what is known of files that were not checked stays. */
  update(): number {
    const kept = [...this.known].filter(([file]) => !this.met.has(file) && existsSync(join(dirname(this.path), file)));
    const all = [...kept, ...this.met].flatMap(([, findings]) => findings);
    const order = ({ file, path, rule, fingerprint }: KnownFinding) => [file, path, rule, fingerprint].join('\n');
    const rows = all.sort((a, b) => (order(a) < order(b) ? -1 : 1)).map((finding) => `\n    ${JSON.stringify(finding)}`);
    // a finding a line, so that a review shows which ones came and went
    writeWhole(this.path, `{\n  "version": 1,\n  "findings": [${rows.join(',')}${rows.length > 0 ? '\n  ' : ''}]\n}\n`);
    return all.length;
  }

  private nameOf(path: string): string {
    return path === '-' ? path : toSlashes(relative(dirname(this.path), resolve(this.cwd, path)), sep);
  }
}
