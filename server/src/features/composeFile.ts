import { isObject, type SpecObject, type SpecValue } from '../document/value';
import { findKey } from '../facts/lookup';
import type { StructType } from '../facts/types';

/** Whether a value may be read as a compose file: it has `services`, which is an object of objects. */
export function isCompose(value: SpecValue | undefined): value is SpecObject {
  return isObject(value) && isObject(value.services) && Object.keys(value.services).length > 0 && Object.values(value.services).every((service) => service === null || isObject(service));
}

/** Whether a value is a compose file and no spec: nothing else in it is a field of one. Both have a name, and networks, which a compose file has by name. */
export function isComposeFile(value: SpecValue | undefined, root: StructType): value is SpecObject {
  return isCompose(value) && Object.keys(value).every((key) => key === 'name' || (key === 'networks' && !Array.isArray(value.networks)) || findKey(root, key) === undefined);
}
