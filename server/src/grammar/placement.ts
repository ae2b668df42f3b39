import { isObject, type SpecObject } from '../document/value';
import { parseConstraint } from './constraint';

/** A node as far as placement looks at it. */
export interface PlacementNode {
  readonly id: string;
  readonly hostname?: string;
  /** `ready`, `down`, `disconnected` or `unknown`. */
  readonly state: string;
  /** `active`, `pause` or `drain`. */
  readonly availability: string;
  readonly role: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly engineLabels: Readonly<Record<string, string>>;
  readonly os?: string;
  readonly architecture?: string;
  /** The whole answer of the engine: address, resources, plugins. */
  readonly raw: SpecObject;
}

/**
 * Whether a node satisfies all constraints, the way swarmkit `manager/constraint.NodeMatches` decides: label keys keep
 * their letter case, values never do; a constraint with a key that it does not know is satisfied by no node.
 */
export function satisfies(node: PlacementNode, constraints: readonly unknown[]): boolean {
  return constraints.every((text) => {
    const constraint = parseConstraint(typeof text === 'string' ? text : '');
    if (constraint.kind !== 'constraint') return false;
    const actual = valueOf(node, constraint.key, constraint.value);
    if (actual === undefined) return false;
    const equal = typeof actual === 'string' ? actual.toLowerCase() === constraint.value.toLowerCase() : actual;
    return equal === (constraint.operator === '==');
  });
}

/** What the node says under this key, or whether it is in the network that is asked for; undefined where no node satisfies the constraint. */
function valueOf(node: PlacementNode, key: string, value: string): string | boolean | undefined {
  switch (key.toLowerCase()) {
    case 'node.id':
      return node.id;
    case 'node.hostname':
      return node.hostname ?? '';
    case 'node.role':
      return node.role;
    case 'node.platform.os':
      return node.os ?? '';
    case 'node.platform.arch':
      return node.architecture ?? '';
    case 'node.ip': {
      const { Status } = node.raw;
      return isInNetwork(isObject(Status) && typeof Status.Addr === 'string' ? Status.Addr : '', value);
    }
    default:
      return labelOf(key, 'node.labels.', node.labels) ?? labelOf(key, 'engine.labels.', node.engineLabels);
  }
}

function labelOf(key: string, prefix: string, labels: Readonly<Record<string, string>>): string | undefined {
  if (!key.toLowerCase().startsWith(prefix) || key.length === prefix.length) return undefined;
  const name = key.slice(prefix.length);
  return Object.hasOwn(labels, name) ? labels[name] : '';
}

/** Whether an address is the one given or lies in the network given (`10.0.0.0/8`); undefined for neither. IPv6 is compared as text. */
function isInNetwork(address: string, network: string): boolean | undefined {
  const [base, bits] = network.split('/');
  if (bits === undefined) return base.includes(':') || toNumber(base) !== undefined ? address.toLowerCase() === base.toLowerCase() : undefined;
  if (base.includes(':')) return false;
  const [one, other] = [toNumber(address), toNumber(base)];
  if (other === undefined || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return undefined;
  const shift = 32n - BigInt(bits);
  return one !== undefined && one >> shift === other >> shift;
}

function toNumber(address: string): bigint | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part))) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}
