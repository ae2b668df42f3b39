import { utf8Length } from '../grammar/utf8';
import type { Path } from '../path';
import { remembered } from '../remember';
import { serviceRule } from './rule';

/** What one change of the cluster state may take (swarmkit `MaxTransactionBytes`). */
const MOST_BYTES = 1.5 * 1024 * 1024;

/** Sixty times sixty times one text, by aliases: an example that can be printed. */
const ALIASES = Array.from({ length: 60 }, (_, i) => i);
const LARGE = `[&list [&text ${'x'.repeat(500)}${ALIASES.map(() => ', *text').join('')}]${ALIASES.map(() => ', *list').join('')}]`;

const charactersIn = sizes(({ length }) => length);
const bytesIn = sizes(utf8Length);

export default serviceRule({
  id: 'spec-too-large',
  effect: 'refused',
  summary: 'A service is smaller than 1.5 MiB.',
  why: 'The managers exchange a service in one message, together with its previous spec when it is updated. The engine answers 500 where that is too much. Large files belong in configs.',
  source: 'engine 28.5: "raft message is too large and can\'t be sent", "received message larger than max"',
  covers: ['body-too-large-raft', 'body-too-large-grpc'],
  examples: {
    bad: `TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: tmpfs, Target: /data, TmpfsOptions: { Options: ${LARGE} } }]\n`,
    good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: tmpfs, Target: /data, TmpfsOptions: { Options: [[noexec]] } }]\n',
  },

  check(spec, { report }) {
    // a character takes three bytes at most: counting bytes is slow, and nearly every spec is small
    if (new SmallSpec().holds(spec) || charactersIn(spec) * 3 < MOST_BYTES) return;
    const bytes = bytesIn(spec);
    if (bytes < MOST_BYTES) return;
    report({ at: mostOf(spec, bytes), part: 'key', message: `The texts of this spec take ${(bytes / 1024 / 1024).toFixed(1)} MiB, and the engine refuses a service above 1.5 MiB.`, hint: 'Put large texts into configs.' });
  },
});

/** The innermost place that holds more than half of so many bytes. */
function mostOf(value: unknown, bytes: number): Path {
  if (typeof value !== 'object' || value === null) return [];
  for (const [key, item] of Object.entries(value)) if (bytesIn(item) > bytes / 2) return [Array.isArray(value) ? Number(key) : key, ...mostOf(item, bytes)];
  return [];
}

/** Whether a spec is certainly small, found out with a look at each of a few values. */
class SmallSpec {
  private valuesLeft = 1000;
  private charactersLeft = MOST_BYTES / 3;

  holds(value: unknown): boolean {
    if (typeof value === 'string') return (this.charactersLeft -= value.length) > 0;
    if (typeof value !== 'object' || value === null) return true;
    const object = value as Readonly<Record<string, unknown>>;
    for (const key in object) {
      this.charactersLeft -= key.length;
      if (--this.valuesLeft < 0 || !this.holds(object[key])) return false;
    }
    return true;
  }
}

/** The size of all texts in a value, which the stored form cannot be smaller than, by the size of one. */
function sizes(sizeOf: (text: string) => number): (value: unknown) => number {
  const inside = remembered((value: object): number => {
    let sum = 0;
    if (Array.isArray(value)) for (const item of value) sum += size(item);
    else {
      for (const key of Object.keys(value)) {
        const item = (value as Record<string, unknown>)[key];
        // the names of labels are stored, those of fields are not
        sum += size(item) + (typeof item === 'string' ? key.length : 0);
      }
    }
    return sum;
  });
  const size = (value: unknown): number => (typeof value === 'string' ? sizeOf(value) : typeof value === 'object' && value !== null ? inside(value) : 0);
  return size;
}
