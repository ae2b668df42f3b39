import { stringify } from 'yaml';
import type { Syntax } from '../../server/src/document/document';

/** A document that people type in, and where they do. */
export interface BenchDocument {
  readonly name: string;
  readonly syntax: Syntax;
  readonly text: string;
  /** Offset in the middle of a value in the middle of the document. */
  readonly typeAt: number;
  /** The beginning of a line behind that value, where a new item goes, and what the item is. */
  readonly newLineAt: number;
  readonly newLine: string;
}

/** A service of about 75 lines, as people write them. */
function service(index: number): string {
  const env = Array.from({ length: 12 }, (_, i) => `      - SETTING_${i}=value ${i} of service ${index}`).join('\n');
  const labels = Array.from({ length: 8 }, (_, i) => `  com.example.label-${i}: value ${i}`).join('\n');
  return `# Service number ${index}
Name: service-${index}
Labels:
${labels}
TaskTemplate:
  ContainerSpec:
    Image: registry.example.com/team/service-${index}:1.${index}
    Env:
${env}
    StopGracePeriod: 20000000000
    Healthcheck:
      Test: [CMD, wget, -q, --spider, "http://localhost:8080/health"]
      Interval: 10000000000
      Timeout: 3000000000
      Retries: 3
      StartPeriod: 15000000000
    Mounts:
      - Type: volume
        Source: data-${index}
        Target: /var/lib/data
      - Type: tmpfs
        Target: /tmp
  Resources:
    Limits:
      NanoCPUs: 500000000
      MemoryBytes: 134217728
    Reservations:
      MemoryBytes: 67108864
  RestartPolicy:
    Condition: any
    Delay: 5000000000
  Placement:
    Constraints:
      - node.role==worker
      - node.labels.zone==zone-${index % 3}
Mode:
  Replicated:
    Replicas: 3
UpdateConfig:
  Parallelism: 1
  Delay: 10000000000
  FailureAction: rollback
  Monitor: 60000000000
  Order: start-first
RollbackConfig:
  Parallelism: 1
  Order: stop-first
EndpointSpec:
  Ports:
    - Protocol: tcp
      TargetPort: 8080
      PublishedPort: ${10_000 + index}
`;
}

function huge(syntax: Syntax): string {
  const entries = Array.from({ length: 5000 }, (_, i) => i);
  const spec = {
    Name: 'huge',
    Labels: Object.fromEntries(entries.map((i) => [`com.example.label-${i}`, `value ${i}`])),
    TaskTemplate: { ContainerSpec: { Image: 'registry.example.com/team/huge:1.2', Env: entries.map((i) => `VARIABLE_${i}=value of ${i}`) } },
    Mode: { Replicated: { Replicas: 2 } },
  };
  return syntax === 'json' ? `${JSON.stringify(spec, null, 2)}\n` : stringify(spec, { lineWidth: 0 });
}

function place(name: string, syntax: Syntax, text: string, value: string, newLine: string): BenchDocument {
  const at = text.indexOf(value);
  if (at < 0) throw new Error(`${value} is not in ${name}`);
  return { name, syntax, text, typeAt: at + value.length, newLineAt: text.indexOf('\n', at) + 1, newLine };
}

export function benchDocuments(): BenchDocument[] {
  const many = (count: number) => Array.from({ length: count }, (_, i) => service(i)).join('---\n');
  const item = '      - NEW_SETTING=on\n';
  return [
    place('small', 'yaml', service(0), 'SETTING_6=value 6 of serv', item),
    place('medium', 'yaml', many(20), 'SETTING_6=value 6 of service 10', item),
    place('large', 'yaml', many(200), 'SETTING_6=value 6 of service 100', item),
    place('huge YAML', 'yaml', huge('yaml'), 'VARIABLE_2500=value', item),
    place('huge JSON', 'json', huge('json'), 'VARIABLE_2500=value', '        "NEW_SETTING=on",\n'),
  ];
}
