import { isObject, type SpecObject, type SpecValue } from '../../document/value';
import { formatFileMode, formatSize } from '../../facts/units';

/** What an object of this struct says as a whole, in one sentence; undefined where it says too little. Keys as the engine spells them. */
export function objectInWords(struct: string, object: SpecObject): string | undefined {
  return Object.hasOwn(SENTENCES, struct) ? SENTENCES[struct](object) : undefined;
}

const SENTENCES: Readonly<Record<string, (object: SpecObject) => string | undefined>> = {
  PortConfig: portInWords,
  Mount: mountInWords,
  SecretReference: (reference) => fileInWords('secret', textOf(reference.SecretName), reference.File, '/run/secrets/'),
  ConfigReference: (reference) => (reference.Runtime !== undefined && reference.File === undefined ? `The config ${named(textOf(reference.ConfigName))} is for the engine itself and is no file.` : fileInWords('config', textOf(reference.ConfigName), reference.File, '/')),
  Healthcheck: ({ Test }) => testInWords(Test),
};

/** `8080 → 80/tcp` and where it can be reached. */
export function portInWords({ TargetPort, PublishedPort, Protocol, PublishMode }: SpecObject): string | undefined {
  const target = numberOf(TargetPort);
  if (target === undefined) return undefined;
  const inside = `port ${target}/${(textOf(Protocol) || 'tcp').toLowerCase()} of a task`;
  const published = numberOf(PublishedPort);
  const host = textOf(PublishMode)?.toLowerCase() === 'host';
  const where = host ? 'each node that runs a task' : 'every node of the swarm';
  if (published === undefined || published === '0') return `A free port${host ? '' : ' from 30000 to 32767'} on ${where} leads to ${inside}.`;
  return `Port ${published} on ${where} leads to ${inside}.`;
}

function mountInWords({ Type, Source, Target, ReadOnly, TmpfsOptions }: SpecObject): string | undefined {
  const target = textOf(Target);
  if (target === undefined) return undefined;
  const source = textOf(Source);
  const only = ReadOnly === true ? ', read-only' : '';
  switch (textOf(Type)?.toLowerCase() || 'bind') {
    case 'volume':
      return source ? `The volume \`${source}\` of the node that runs the task is at \`${target}\`${only}; it is made when it is missing.` : `A new volume for each task is at \`${target}\`${only}.`;
    case 'tmpfs': {
      const size = isObject(TmpfsOptions) ? numberOf(TmpfsOptions.SizeBytes) : undefined;
      return `A file system in memory is at \`${target}\`${size && size !== '0' ? `, ${formatSize(BigInt(size))} at most` : ''}. It is empty at every start.`;
    }
    case 'bind':
      return source ? `\`${source}\` of the node that runs the task is at \`${target}\`${only}. It has to exist there.` : undefined;
    case 'cluster':
      return source ? `The cluster volume \`${source}\` is at \`${target}\`${only}.` : undefined;
    default:
      return undefined;
  }
}

function fileInWords(what: string, name: string | undefined, file: SpecValue | undefined, folder: string): string | undefined {
  if (!isObject(file)) return undefined;
  const given = textOf(file.Name);
  if (!given) return undefined;
  const mode = numberOf(file.Mode);
  const rights = mode !== undefined ? `, mode ${formatFileMode(BigInt(mode))}` : (file.Mode ?? null) === null ? ', readable by root only, since `Mode` is left out' : '';
  const owner = textOf(file.UID) !== undefined ? `, owner ${textOf(file.UID)}:${textOf(file.GID) ?? ''}`.replace(/:$/, '') : '';
  return `The ${what} ${named(name)} becomes the file \`${given.startsWith('/') ? given : folder + given}\`${rights}${owner}.`;
}

/** How a health check is run, by the first word of its test. */
export function testInWords(test: SpecValue | undefined): string | undefined {
  if (!Array.isArray(test)) return undefined;
  const [form, command] = test;
  if (test.length === 0) return 'An empty test keeps the health check of the image.';
  if (form === 'NONE') return '`NONE` turns the health check of the image off.';
  if (form === 'CMD-SHELL' && typeof command === 'string') return `\`CMD-SHELL\`: the shell of the image runs \`${command}\`. Exit code 0 is healthy.`;
  if (form === 'CMD' && test.length > 1) return '`CMD`: the program and its arguments are run as they are, without a shell. Exit code 0 is healthy.';
  return undefined;
}

function named(name: string | undefined): string {
  return name ? `\`${name}\`` : '';
}

function textOf(value: SpecValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: SpecValue | undefined): string | undefined {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value)) ? String(value) : undefined;
}
