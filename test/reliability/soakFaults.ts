import { Random } from '../fuzz/random';
import { type Fault, FAULTS, reachesEngine } from '../support/faultProxy';

/** How many requests in a hundred are damaged. */
export const SHARE = 4;

/** So many faults that cost half a minute each, in one lap: with more of them little else would happen. */
const LONG_A_LAP = 1;

const DAMAGE = FAULTS.filter((fault) => fault !== 'none');

/** Decides which requests to the engine are damaged and how. */
export class SoakFaults {
  /** How often each has struck. */
  readonly struck: Partial<Record<Fault, number>> = {};
  private isOn = false;
  private longLeft = 0;
  /** Ids of services with a request whose ending is read just now; a read that fails makes the server begin anew. */
  private readonly settling = new Set<string>();

  constructor(private readonly random: Random) {}

  /** From now on, for a lap. */
  begin(): void {
    this.isOn = true;
    this.longLeft = LONG_A_LAP;
  }

  end(): void {
    this.isOn = false;
  }

  /** The command about this service has been answered. */
  answered(id: string): void {
    this.settling.delete(id);
  }

  choose({ method, url }: { readonly method: string; readonly url: string }): Fault {
    if (!this.isOn || this.random.below(100) >= SHARE) return 'none';
    const fault = this.random.pick(DAMAGE);
    const [, id, rest = ''] = /\/services\/([^/?]+)(.*)/.exec(url) ?? [];
    if (id !== undefined && this.settling.has(id)) return 'none';
    const writes = method === 'POST' && !/version=0/.test(rest);
    if (fault === 'neverAnswer' || fault === 'holdAnswer' || (writes && !reachesEngine(fault))) {
      if (this.longLeft === 0) return 'none';
      this.longLeft--;
    }
    if (writes && id !== undefined && !['slow', 'late'].includes(fault)) this.settling.add(id);
    this.struck[fault] = (this.struck[fault] ?? 0) + 1;
    return fault;
  }

  get count(): number {
    return Object.values(this.struck).reduce((sum, one) => sum + one, 0);
  }
}
