/** What stands beside a field where it would be silent with a right value. */
const BESIDE: Readonly<Record<string, object>> = {
  'TaskTemplate.ContainerSpec.Mounts.0': { Type: 'volume', Source: 'data', Target: '/a' },
  'TaskTemplate.ContainerSpec.Mounts.0.TmpfsOptions': { Type: 'tmpfs', Source: undefined },
  'TaskTemplate.ContainerSpec.Mounts.0.BindOptions': { Type: 'bind', Source: '/srv' },
  'TaskTemplate.ContainerSpec.Healthcheck': { Test: ['CMD', 'a'], Interval: 10_000_000_000, StartPeriod: 30_000_000_000 },
  'TaskTemplate.ContainerSpec.Secrets.0': { SecretID: 'i1', SecretName: 's', File: { Name: 's', UID: '0', GID: '0', Mode: 256 } },
  'TaskTemplate.ContainerSpec.Configs.0': { ConfigID: 'i1', ConfigName: 's', File: { Name: '/s', UID: '0', GID: '0', Mode: 256 } },
  'TaskTemplate.ContainerSpec.Ulimits.0': { Name: 'nofile', Soft: 1024, Hard: 1_000_000 },
  'TaskTemplate.RestartPolicy': { Condition: 'any', Delay: 5_000_000_000, MaxAttempts: 3, Window: 600_000_000_000 },
  'TaskTemplate.Resources': { Limits: { MemoryBytes: 1_073_741_824 } },
  'TaskTemplate.Networks.0': { Target: 'front' },
  'TaskTemplate.LogDriver': { Name: 'json-file' },
  'EndpointSpec.Ports.0': { TargetPort: 80, PublishedPort: 8080 },
  UpdateConfig: { Parallelism: 1 },
  RollbackConfig: { Parallelism: 1 },
  Mode: { Replicated: { Replicas: 2 } },
};

const HERE = 'the value';

/**
 * A spec with one value as YAML has it, at a place with dots; without a value, the field is left out. The rest says as much
 * that nothing else is to be told.
 */
export function specWith(place: string, written?: string): string {
  const steps = place.split('.');
  const spec: Members = { Name: 'w', Mode: { Replicated: { Replicas: 2 } }, TaskTemplate: { ContainerSpec: { Image: 'x:1' } } };
  let object = spec;
  for (const [i, step] of steps.slice(0, -1).entries()) {
    object[step] ??= /^\d+$/.test(steps[i + 1]) ? [] : {};
    const above = steps.slice(0, i + 1).join('.');
    // what a mount is, its options decide
    const around = object;
    object = object[step] as Members;
    Object.assign(above.endsWith('Options') ? around : object, structuredClone(BESIDE[above] ?? {}));
  }
  if (steps[0] === 'Mode') spec.Mode = onlyTheWay(spec.Mode as Members, steps[1]);
  const last = steps[steps.length - 1];
  if (written === undefined) delete object[last];
  else object[last] = HERE;
  return JSON.stringify(spec, undefined, 1).replace(JSON.stringify(HERE), () => String(written));
}

type Members = Record<string, unknown>;

/** A service has one mode. */
function onlyTheWay(mode: Members, name: string): Members {
  return { [name]: name === 'ReplicatedJob' ? { MaxConcurrent: 1, TotalCompletions: 1, ...(mode[name] as Members) } : mode[name] };
}
