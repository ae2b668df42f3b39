import type { Effect, Severity } from '../finding';

/** What the docs say of a rule that the facts of single fields, or the text itself, decide. */
export interface FactRule {
  readonly id: string;
  readonly effect: Effect;
  readonly severity?: Severity;
  readonly summary: string;
  readonly why: string;
  readonly source: string;
  /** Merged over the smallest valid spec like the examples of the other rules, unless it is `whole`. */
  readonly bad: string;
  readonly good: string;
  /** The examples are whole files of this syntax. */
  readonly whole?: 'json' | 'yaml';
}

const SPEC = 'Name: demo\nTaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n';
const JSON_SPEC = '{ "Name": "demo", "TaskTemplate": { "ContainerSpec": { "Image": "busy:1" } } }';

export const FACT_RULES: readonly FactRule[] = [
  {
    id: 'unknown-field', effect: 'lost', summary: 'Every key is a field that the engine knows.',
    why: 'The engine ignores keys it does not know, at any depth, without a warning: a misspelt field is simply not there.',
    source: 'engine 28.5: 201, absent in GET', bad: 'Mode:\n  Replicated:\n    Replcas: 3\n', good: 'Mode:\n  Replicated:\n    Replicas: 3\n',
  },
  {
    id: 'misplaced-field', effect: 'lost', summary: 'Every field stands in the object that it belongs to.',
    why: 'A field in the wrong object is an unknown key there, and the engine drops it without a word.',
    source: 'engine 28.5: 201, absent in GET', bad: 'TaskTemplate:\n  Env: [A=b]\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Env: [A=b]\n',
  },
  {
    id: 'compose-field', effect: 'lost', summary: 'Fields have the names of the Engine API, not those of compose files.',
    why: 'Most compose words are unknown keys to the engine, and it drops them without a word; their values often have another form too.',
    source: 'engine 28.5: 201, absent in GET', bad: 'TaskTemplate:\n  ContainerSpec:\n    environment: { A: b }\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Env: [A=b]\n',
  },
  {
    id: 'wrong-case', effect: 'changed', summary: 'Keys are written in the letter case of the engine.',
    why: 'The engine ignores the letter case of keys, so this works; but schemas, other tools and the spec read back use one spelling, and two spellings of one field overwrite each other.',
    source: 'engine 28.5: `env`, `ENV` and `Env` are one key', bad: 'mode:\n  Global: {}\n', good: 'Mode:\n  Global: {}\n',
  },
  {
    id: 'wrong-type', effect: 'refused', summary: 'Every value has the type of its field.',
    why: "The engine's decoder refuses a string for a number, a number for a string, a single value for a list. It tells only the first one it meets.",
    source: 'engine 28.5: 400 "cannot unmarshal"', bad: 'TaskTemplate:\n  ContainerSpec:\n    StopGracePeriod: 10s\n', good: 'TaskTemplate:\n  ContainerSpec:\n    StopGracePeriod: 10000000000\n',
  },
  {
    id: 'integer-form', effect: 'refused', summary: 'Whole numbers are written without fraction or exponent.',
    why: "Go's decoder reads the text of a number: `1e9` and `5.0` are refused for an integer field, whole as they are.",
    source: 'engine 28.5: 400 "cannot unmarshal number … into"', bad: 'TaskTemplate:\n  Resources:\n    Limits:\n      MemoryBytes: 1e9\n', good: 'TaskTemplate:\n  Resources:\n    Limits:\n      MemoryBytes: 1000000000\n',
  },
  {
    id: 'octal-number', effect: 'changed', summary: 'A number with a leading zero is not octal in YAML 1.2.',
    why: 'Older YAML reads `0444` as octal, YAML 1.2 as 444. The engine wants file modes as decimal numbers.',
    source: 'YAML 1.2, 10.3.2', bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - { Type: tmpfs, Target: /t, TmpfsOptions: { Mode: 0700 } }\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - { Type: tmpfs, Target: /t, TmpfsOptions: { Mode: 448 } }\n',
  },
  {
    id: 'number-range', effect: 'refused', summary: 'Numbers lie in the range that the engine takes.',
    why: 'Too small a number is usually a slip of units: seconds where nanoseconds are counted, megabytes where bytes are.',
    source: 'engine 28.5: 400 "cannot unmarshal number … into", "in HealthConfig cannot be", "invalid cpu value … Must be at least", "invalid memory value … Must be at least", "must be non-negative", "must not be negative", "TaskSpec: … cannot be negative", "cannot be less than 0 or bigger than 1"', bad: 'TaskTemplate:\n  Resources:\n    Limits:\n      MemoryBytes: 512\n', good: 'TaskTemplate:\n  Resources:\n    Limits:\n      MemoryBytes: 536870912\n',
  },
  {
    id: 'number-cut', effect: 'changed', summary: 'A number fits what the engine stores.',
    why: 'The engine decodes 64 bits, stores 32 and says nothing.', source: 'engine 28.5: 4294967297 is stored as 1',
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck:\n      Retries: 4294967297\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Healthcheck:\n      Retries: 3\n',
  },
  {
    id: 'unknown-value', effect: 'refused', summary: 'A field with fixed words holds one of them.',
    why: 'Some words are refused with 400; others silently become the default, which is worse: an unknown `PublishMode` opens the port on every node.',
    source: 'engine 28.5: 400 "invalid RestartCondition", "unsupported runtime", "unrecognized update failure action", "unrecognized update order", "unrecognized rollback", "invalid resolution mode", "invalid MountType", "invalid MountPropagation"; `PublishMode: hots` is stored as `ingress`', bad: 'TaskTemplate:\n  RestartPolicy:\n    Condition: always\n', good: 'TaskTemplate:\n  RestartPolicy:\n    Condition: any\n',
  },
  {
    id: 'value-case', effect: 'advice', summary: 'Words are written in the letter case in which they are stored.',
    why: 'The engine ignores letter case for a few fields and stores the lower-case word, so the spec read back differs from the file.',
    source: 'engine 28.5: `BIND` is stored as `bind`', bad: 'EndpointSpec:\n  Ports:\n    - { Protocol: TCP, TargetPort: 80 }\n', good: 'EndpointSpec:\n  Ports:\n    - { Protocol: tcp, TargetPort: 80 }\n',
  },
  {
    id: 'missing-field', effect: 'refused', summary: 'Fields that the engine insists on are there.', why: 'The API description marks nothing as required; the engine does.',
    source: 'engine 28.5: 400 "image reference must be provided", "malformed secret reference", "malformed config reference", "malformed file … reference, invalid target file name provided", "network … is ambiguous"', bad: 'TaskTemplate:\n  ContainerSpec:\n    Image: ""\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Image: busy:1\n',
  },
  {
    id: 'reference-by-name', effect: 'refused', summary: 'A secret or config is given by its id as well as its name.',
    why: 'The engine does not look either up, and answers 400. A plan of swarmspec does: it finds the id by the name, shows it and sends it, so that a file can be applied to any swarm.',
    source: 'engine 28.5: 400 "malformed secret reference", "malformed config reference"',
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Secrets: [{ SecretName: one, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Secrets: [{ SecretID: a1, SecretName: one, File: { Name: a, UID: "0", GID: "0", Mode: 292 } }]\n',
  },
  {
    id: 'null-item', effect: 'crashes-engine', summary: 'Lists and maps have no empty items.',
    why: 'A dash with nothing behind it is a null. In `Secrets`, `Configs`, `Ulimits` and `GenericResources` it makes the request handler panic; in lists of strings it becomes the empty string; in `Mounts` and `Ports` an object of defaults.',
    source: 'engine 28.5: connection closed without an answer', bad: 'TaskTemplate:\n  ContainerSpec:\n    Secrets:\n      -\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Secrets: []\n',
  },
  {
    id: 'needs-newer-api', effect: 'lost', summary: 'Fields exist at the API version that the file targets.',
    why: 'Below its version the engine erases a field without a message, also when a spec that was read is sent back: the service gets weaker without anyone noticing.',
    source: 'engine 28.5: `CapabilityAdd` at v1.40 is absent in GET', whole: 'yaml', bad: `# swarmspec: api=1.40\n${SPEC}    CapabilityAdd: [NET_ADMIN]\n`, good: `# swarmspec: api=1.41\n${SPEC}    CapabilityAdd: [NET_ADMIN]\n`,
  },
  {
    id: 'needs-newer-engine', effect: 'lost', summary: 'Fields exist in the engine that the file is for.',
    why: 'A field that is newer than the engine is an unknown key there, and it drops it without a word.',
    source: 'engine 20.10: `Subpath` of a volume is absent in GET', whole: 'yaml',
    bad: `# swarmspec: api=1.41 engine=20\n${SPEC}    Mounts: [{ Type: volume, Source: data, Target: /a, VolumeOptions: { Subpath: a } }]\n`,
    good: `# swarmspec: api=1.49 engine=28\n${SPEC}    Mounts: [{ Type: volume, Source: data, Target: /a, VolumeOptions: { Subpath: a } }]\n`,
  },
  {
    id: 'never-stored', effect: 'lost', summary: 'Fields are ones that the engine stores for services.',
    why: 'The API description shows fields of containers that services do not have. The engine accepts them and throws them away.',
    source: 'engine 28.5: 201, absent in GET', bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - { Type: bind, Source: /a, Target: /a, Consistency: cached }\n', good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts:\n      - { Type: bind, Source: /a, Target: /a }\n',
  },
  {
    id: 'deprecated-field', effect: 'deprecated', summary: 'Networks are listed in `TaskTemplate.Networks`.',
    why: 'Since API v1.44 the list on the service is deprecated. Engine 28 still honours it; engine 29 accepts it and attaches nothing, so the service runs without its networks.',
    source: 'engine 28.5 and 29-dev', bad: 'Networks:\n  - Target: frontend\n', good: 'TaskTemplate:\n  Networks:\n    - Target: frontend\n',
  },
  {
    id: 'not-base64', effect: 'refused', summary: 'A seccomp profile is padded standard base64.', why: 'The API description shows JSON; the engine decodes base64 and refuses anything else.',
    source: 'engine 28.5: 400 "illegal base64 data"', bad: "TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      Seccomp: { Mode: custom, Profile: '{}' }\n", good: 'TaskTemplate:\n  ContainerSpec:\n    Privileges:\n      Seccomp: { Mode: custom, Profile: e30= }\n',
  },
  {
    id: 'not-an-address', effect: 'refused', summary: 'Name servers are IP addresses.', why: 'Engine 29 reads them while decoding and refuses anything else. Engine 28 takes any text, and the task fails.',
    source: 'engine 29-dev: 400 "invalid JSON: ParseAddr"', whole: 'yaml', bad: `# swarmspec: engine=29\n${SPEC}    DNSConfig: { Nameservers: ["1.1.1.1:53"] }\n`, good: `# swarmspec: engine=29\n${SPEC}    DNSConfig: { Nameservers: [1.1.1.1] }\n`,
  },
  {
    id: 'duplicate-key', effect: 'changed', summary: 'A key is given once in an object.',
    why: 'Of a scalar or list given twice the last one counts; objects are merged, so a block left over somewhere can bring back old settings or add a second mode.',
    source: 'engine 28.5', whole: 'yaml', bad: `${SPEC}Name: other\n`, good: SPEC,
  },
  {
    id: 'json-syntax', effect: 'refused', summary: 'The text is JSON.', why: 'The engine takes JSON and nothing else: no comments, no trailing commas, no single quotes.',
    source: 'engine 28.5: 400 "invalid character", "unexpected EOF", "got EOF while reading request body"', whole: 'json', bad: JSON_SPEC.replace(' }', ', }'), good: JSON_SPEC,
  },
  {
    id: 'yaml-syntax', effect: 'refused', summary: 'The text is YAML.', why: 'A file that cannot be read cannot be sent.', source: 'YAML 1.2', whole: 'yaml', bad: `${SPEC}  - broken\n`, good: SPEC,
  },
  {
    id: 'trailing-text', effect: 'refused', summary: 'Nothing stands behind the document.', why: 'The engine refuses text behind the document, except when it begins with a closing bracket: then it stops reading without a word.',
    source: 'engine 28.5: 400 "unexpected content after JSON"; an extra `}` is accepted', whole: 'json', bad: `${JSON_SPEC} {}`, good: JSON_SPEC,
  },
  {
    id: 'nothing-to-check', effect: 'advice', severity: 'warning', summary: 'A file holds at least one spec.', why: 'Of a file without one, nothing is checked, planned or applied, and a check that says nothing would look like one that has passed.',
    source: 'swarmspec', whole: 'yaml', bad: '# Name: demo\n', good: SPEC,
  },
  {
    id: 'text-encoding', effect: 'changed', summary: 'The file is UTF-8 without a byte order mark.', why: 'The engine refuses a byte order mark, and stores U+FFFD for what is not UTF-8.',
    source: 'engine 28.5', whole: 'json', bad: JSON_SPEC.replace('{ ', '{ "Labels": { "a": "\\ud800" }, '), good: JSON_SPEC,
  },
  {
    id: 'inspect-output', effect: 'refused', summary: 'A file holds a spec, not the output of `docker service inspect`.',
    why: 'The engine refuses that output as a body. Its `Spec` is checked all the same, and that alone is what plan and apply send, so this does not keep them back.',
    source: 'engine 28.5: 400 "mismatched Runtime and *Spec fields"', whole: 'json', bad: `[{ "ID": "x", "Spec": ${JSON_SPEC} }]`, good: JSON_SPEC,
  },
  {
    id: 'list-of-specs', effect: 'refused', summary: 'A document holds one spec, not a list of them.',
    why: 'The body of a request is one object. Each item is checked all the same, and plan and apply send them one by one, so this does not keep them back.',
    source: 'engine 28.5: 400 "cannot unmarshal array"', whole: 'json', bad: `[${JSON_SPEC}, ${JSON_SPEC}]`, good: JSON_SPEC,
  },
  {
    id: 'compose-file', effect: 'refused', summary: 'A file holds specs, not the services of a compose file.',
    why: 'The engine knows none of its words and refuses it as a body. `swarmspec convert --to spec` makes specs of it.',
    source: 'engine 28.5: 400 "mismatched Runtime and *Spec fields"', whole: 'yaml', bad: 'services:\n  demo:\n    image: busy:1\n', good: SPEC,
  },
  {
    id: 'schema-reference', effect: 'advice', severity: 'hint', summary: '`$schema` is for editors.', why: 'It is left out of what is sent to the engine.', source: 'swarmspec', whole: 'json',
    bad: JSON_SPEC.replace('{ ', '{ "$schema": "https://swarmspec.github.io/schemas/service-spec.json", '), good: JSON_SPEC,
  },
  {
    id: 'unused-suppression', effect: 'advice', severity: 'warning', summary: 'A comment that silences a rule silences something.',
    why: 'What it was there for is gone, or it names another rule; left in place it would hide the next fault.', source: 'swarmspec', whole: 'yaml',
    bad: `# swarmspec-ignore unknown-field -- read by our own tools\n${SPEC}`, good: `${SPEC}# swarmspec-ignore unknown-field -- read by our own tools\nx-team: web\n`,
  },
  {
    id: 'suppression-without-reason', effect: 'advice', summary: 'A comment that silences a rule says why.', why: 'Whoever meets it next has to know whether it still holds.', source: 'swarmspec', whole: 'yaml',
    bad: `${SPEC}# swarmspec-ignore unknown-field\nx-team: web\n`, good: `${SPEC}# swarmspec-ignore unknown-field -- read by our own tools\nx-team: web\n`,
  },
  {
    id: 'unknown-modeline', effect: 'advice', severity: 'warning', summary: 'A modeline says `api=`, `engine=` or `as=`, each with something that exists.', why: 'Anything else in it has no effect.', source: 'swarmspec', whole: 'yaml',
    bad: `# swarmspec: version=1.44\n${SPEC}`, good: `# swarmspec: api=1.44\n${SPEC}`,
  },
  {
    id: 'api-not-spoken', effect: 'refused', summary: 'The engine speaks the API version that a spec is for.',
    why: 'An engine refuses every request for a version that is newer than itself, and from 29 on also for very old ones. What is checked would then be checked for an engine that does not exist.',
    source: 'engine 28.5: 400 "client version 1.52 is too new"; engine 29-dev: "client version 1.39 is too old"', whole: 'yaml',
    bad: `# swarmspec: api=1.52 engine=28\n${SPEC}`, good: `# swarmspec: api=1.51 engine=28\n${SPEC}`,
  },
];
