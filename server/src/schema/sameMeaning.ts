import { isObject, type SpecValue, toJson } from '../document/value';
import { type Path, toDotted } from '../path';

/** What an absent value amounts to, where writing it out restarts tasks. Times in ns. */
const DEFAULTS: Readonly<Record<string, SpecValue>> = {
  'TaskTemplate.ContainerSpec.Init': false, 'TaskTemplate.ContainerSpec.StopGracePeriod': 10_000_000_000, 'TaskTemplate.RestartPolicy.Delay': 5_000_000_000,
  'TaskTemplate.RestartPolicy.MaxAttempts': 0, 'TaskTemplate.RestartPolicy.Window': 0,
};

/** Whether a change says the same as before in other words: an empty block or a default, added or removed. */
export function hasSameMeaning({ path, from, to }: { readonly path: Path; readonly from: SpecValue | undefined; readonly to: SpecValue | undefined }): boolean {
  if (from !== undefined && to !== undefined) return path.at(-1) === 'Image' && typeof from === 'string' && typeof to === 'string' && familiar(from) === familiar(to);
  return meansNothing((from ?? to) as SpecValue, toDotted(path));
}

function meansNothing(value: SpecValue, path: string): boolean {
  if (Object.hasOwn(DEFAULTS, path)) return toJson(DEFAULTS[path]) === toJson(value);
  return isObject(value) && Object.keys(value).every((key) => meansNothing(value[key], `${path}.${key}`));
}

/** The short form of an image name, which the long ones mean: `docker.io/library/nginx:latest` is `nginx:latest`. */
function familiar(image: string): string {
  const short = image.replace(/^(index\.)?docker\.io\//, '').replace(/^library\//, '');
  return /[:@]/.test(short.slice(short.lastIndexOf('/') + 1)) ? short : `${short}:latest`;
}
