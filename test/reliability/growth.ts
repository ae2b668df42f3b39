import { textPrinter } from '../../server/src/cli/printers/text';
import { toReport } from '../../server/src/cli/report';
import { readFile, type Syntax } from '../../server/src/document/document';
import { SERVICE } from '../../server/src/facts/kinds';
import { complete } from '../../server/src/features/complete';
import { folds } from '../../server/src/features/folding';
import { format } from '../../server/src/features/format';
import { symbols } from '../../server/src/features/symbols';
import { validate } from '../../server/src/features/validate';

/** How much more CPU one function takes for a document four times as large. */
export interface Growth {
  readonly shape: string;
  readonly what: string;
  /** For the smallest and the largest of the three sizes. */
  readonly smallMs: number;
  readonly largeMs: number;
  /** 1 where twice the size takes twice the time, 2 where it takes four times as long. */
  readonly exponent: number;
}

/**
 * From here on a shape is not linear. Caches of the processor take their share of large documents. The collector of garbage
 * would too, so `package.json` gives it so much room that it hardly ever runs here.
 */
export const MOST_EXPONENT = 1.4;

const TARGET = { kind: SERVICE, api: '1.49', apiSource: 'default' } as const;
const SPEC = 'Name: web\nTaskTemplate:\n  ContainerSpec:\n    Image: nginx:1.27\n';
const times = (n: number, make: (i: number) => string): string => Array.from({ length: n }, (_, i) => make(i)).join('');

/** Documents that grow with `n`, which is what there are so many of. */
const SHAPES: readonly { readonly shape: string; readonly syntax: Syntax; readonly n: number; readonly make: (n: number) => string }[] = [
  { shape: 'environment, YAML', syntax: 'yaml', n: 2000, make: (n) => `${SPEC}    Env:\n${times(n, (i) => `      - KEY_${i}=value ${i}\n`)}` },
  { shape: 'environment, JSON', syntax: 'json', n: 2000, make: (n) => JSON.stringify({ Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'nginx:1.27', Env: Array.from({ length: n }, (_, i) => `KEY_${i}=value ${i}`) } } }, null, 2) },
  // an object of few thousand keys is faster a key than one of more, also in JSON.parse: from here on it takes the same for each
  { shape: 'labels', syntax: 'yaml', n: 8000, make: (n) => `${SPEC}Labels:\n${times(n, (i) => `  com.example.label${i}: "value ${i}"\n`)}` },
  { shape: 'mounts', syntax: 'yaml', n: 2000, make: (n) => `${SPEC}    Mounts:\n${times(n, (i) => `      - { Type: volume, Source: data${i}, Target: /data/${i} }\n`)}` },
  { shape: 'mounts at fault', syntax: 'yaml', n: 1000, make: (n) => `${SPEC}    Mounts:\n${times(n, () => '      - { Type: bind, Tarqet: /a, Consistency: cached }\n')}` },
  { shape: 'what is thrown away', syntax: 'json', n: 500, make: (n) => `{"Name":"web","TaskTemplate":{"Runtime":"plugin","PluginSpec":{"name":"a","remote":"b"},"ContainerSpec":{"Mounts":[${times(n, () => '{"Type":"bogus","Foo":1},')}{}]}}}` },
  { shape: 'documents', syntax: 'yaml', n: 200, make: (n) => times(n, (i) => `---\n${SPEC.replace('web', `web${i}`)}`) },
  { shape: 'unknown keys', syntax: 'yaml', n: 4000, make: (n) => `${SPEC}${times(n, (i) => `key${i}: 1\n`)}` },
  { shape: 'one key, over and over', syntax: 'json', n: 8000, make: (n) => `{"Name":"web","Labels":{${times(n, () => '"a": "b", ')}"a": "b"}}` },
  { shape: 'a long string', syntax: 'yaml', n: 70_000, make: (n) => `${SPEC}Labels:\n  a: "${'long '.repeat(n)}"\n` },
  { shape: 'a long word', syntax: 'yaml', n: 300_000, make: (n) => `${SPEC}lables: ${'x'.repeat(n)}\n` },
  { shape: 'a long image', syntax: 'yaml', n: 30_000, make: (n) => SPEC.replace('nginx:1.27', 'aB'.repeat(n)) },
  { shape: 'brackets that are never closed', syntax: 'yaml', n: 5000, make: (n) => `${SPEC}Labels: ${'['.repeat(n)}\n` },
  { shape: 'JSON on one line', syntax: 'json', n: 2000, make: (n) => `{"Name":"web","TaskTemplate":{"ContainerSpec":{"Image":"nginx:1.27","Mounts":[${times(n, (i) => `{"Type":"volume","Source":"data${i}","Target":"/data/${i}","ReadOnly":true},`)}{"Type":"tmpfs","Target":"/tmp"}]}},${times(n, (i) => `"key${i}":1,`)}"Mode":{"Global":{}}}` },
  { shape: 'comments', syntax: 'yaml', n: 4000, make: (n) => `${SPEC}${times(n, (i) => `# comment ${i}\n`)}Mode: { Replicated: { Replicas: 1 } }\n` },
  { shape: 'aliases', syntax: 'yaml', n: 1000, make: (n) => `${SPEC}    Labels: &l { a: b }\nLabels:\n${times(n, (i) => `  l${i}: &a${i} "x"\n  m${i}: *a${i}\n`)}` },
  { shape: 'suppressions', syntax: 'yaml', n: 500, make: (n) => `${SPEC}${times(n, (i) => `# swarmspec-ignore unknown-field\nkey${i}: 1\n`)}` },
];

const FUNCTIONS: Readonly<Record<string, (text: string, syntax: Syntax) => unknown>> = {
  validate: (text, syntax) => validate(readFile(text, syntax), { target: () => TARGET }),
  print: (text, syntax) => {
    const file = readFile(text, syntax);
    return textPrinter(false).file(toReport({ path: 'a', file, findings: validate(file, { target: () => TARGET }), target: TARGET }));
  },
  format: (text, syntax) => format(readFile(text, syntax)),
  outline: (text, syntax) => readFile(text, syntax).documents.map(({ document }) => symbols(document, TARGET)),
  folding: (text, syntax) => folds(readFile(text, syntax)),
  completion: (text, syntax) => readFile(text, syntax).documents.map(({ document }) => complete(document, document.text.trimEnd().length - 1, TARGET)),
};

/** So often at most is measured again what seems not to be linear: what else the machine does falls upon one run, a square upon all. */
const TRIES = 4;

/** Reads and asks from scratch, for n, 2n and 4n of each shape; the least of several runs counts, and the least exponent of several tries. */
export function measureGrowth(): Growth[] {
  return SHAPES.flatMap(({ shape, syntax, n, make }) => {
    const texts = [n, 2 * n, 4 * n].map(make);
    return Object.entries(FUNCTIONS).map(([what, run]): Growth => {
      // what is not compiled yet would look as if small documents took longer
      for (let left = 6; left > 0; left--) run(texts[left % 3], syntax);
      let least: Growth | undefined;
      for (let left = TRIES; left > 0 && (least === undefined || least.exponent > MOST_EXPONENT); left--) {
        const [smallMs, , largeMs] = texts.map((text) => leastMs(() => run(text, syntax)));
        const exponent = Math.log2(largeMs / smallMs) / 2;
        if (least === undefined || exponent < least.exponent) least = { shape, what, smallMs, largeMs, exponent };
      }
      return least!;
    });
  });
}

function leastMs(run: () => unknown): number {
  let least = Infinity;
  for (let left = 7; left > 0; left--) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return Math.max(least, 0.01);
}

if (require.main === module) {
  for (const { shape, what, smallMs, largeMs, exponent } of measureGrowth()) {
    console.log(`${exponent > MOST_EXPONENT ? '!' : ' '} ${exponent.toFixed(2)}  ${shape}, ${what}: ${smallMs.toFixed(1)} → ${largeMs.toFixed(1)} ms`);
  }
}
