import { imageFault } from '../../grammar/imageReference';
import { COMMON_LOG_OPTIONS, LOG_OPTIONS } from '../../facts/logOptions';
import { ALL_CAPABILITIES, CAPABILITIES, capabilityInWords } from '../../facts/service/capabilities';
import { signalInWords, signalOf, SIGNALS } from '../../facts/signals';
import { SYSCTLS } from '../../facts/sysctls';
import { MOUNT_SOURCES, mountType } from './beside';
import type { Place } from './completion';
import { constraintSuggestions, spreadSuggestions } from './constraints';
import { stop } from './draft';
import { typedIn } from './keys';
import { templateSuggestions } from './templates';
import type { Suggestion } from './values';

export interface Grammar {
  readonly suggestions: readonly Suggestion[];
  /** They are all there is: examples would be in the way. */
  readonly complete?: true;
}

/** A text under the cursor: what is typed before it, and what stands behind it. */
export interface TypedText {
  readonly before: string;
  readonly after: string;
}

type Source = (text: TypedText, place: Place) => Grammar;

/** What texts can be, by the end of their path with `[]` for an item and `.*` for the value of a map. Adding one is a row. */
const SOURCES: readonly (readonly [string, Source])[] = [
  ['Placement.Constraints[]', ({ before }, { scene }) => ({ suggestions: constraintSuggestions(before, scene.swarm), complete: true })],
  ['Spread.SpreadDescriptor', (_, { scene }) => ({ suggestions: spreadSuggestions(scene.swarm), complete: true })],
  ['ContainerSpec.CapabilityAdd[]', capabilities],
  ['ContainerSpec.CapabilityDrop[]', capabilities],
  ['ContainerSpec.StopSignal', signals],
  ['ContainerSpec.Hostname', templates],
  ['ContainerSpec.Env[]', (text) => (text.before.includes('=') ? { ...templates(text), complete: true } : { suggestions: [] })],
  ['Mounts[].Target', templates],
  ['Mounts[].Source', mountSources],
  ['VolumeOptions.Labels.*', templates],
  ['DriverConfig.Options.*', templates],
  ['LogDriver.Options.*', logOption],
  ['ContainerSpec.Sysctls.*', (_, { path }) => known(SYSCTLS, String(path.at(-1)))],
  ['Healthcheck.Test[]', (_, { path, scene }) => ({ suggestions: path.at(-1) === 0 ? TEST_FORMS.filter(({ label }) => (label === 'NONE') === (scene.trial.textsAround().length === 0)) : [], complete: true })],
  ['ContainerSpec.Image', images],
  ['Networks[].Target', (_, { scene }) => named(scene.swarm?.networks?.filter(({ name, scope }) => (scope === 'swarm' && name !== 'ingress') || name === 'host'), ({ name }) => name, 'Network')],
  ['Privileges.CredentialSpec.Config', (_, { scene }) => named(scene.swarm?.configs, ({ id }) => id, 'Config')],
];

export function grammarOf(place: Place, name: string): Grammar | undefined {
  const at = place.path.map((step, i) => (typeof step === 'number' ? '[]' : isMapValue(place, i) ? '.*' : `.${step}`)).join('');
  const source = SOURCES.find(([end]) => at.endsWith(`.${end}`));
  if (!source || name === '') return undefined;
  const { cursor, scene } = place;
  const whole = typedIn(cursor, scene.document.text);
  const typed = Math.max(0, cursor.offset - cursor.replace.start - cursor.quote.length);
  // escapes would make the lengths differ
  if (cursor.quote === '"' && whole.includes('\\')) return undefined;
  return source[1]({ before: whole.slice(0, typed), after: whole.slice(typed) }, place);
}

/** Whether the step at `i` is a key of a map, which is the writer's own. */
function isMapValue({ path }: Place, i: number): boolean {
  return i === path.length - 1 && ['Options', 'Labels', 'Sysctls', 'DriverOpts'].includes(String(path[i - 1]));
}

/** The signals that programs listen to, the most usual first. */
const STOP_SIGNALS = ['TERM', 'INT', 'QUIT', 'HUP', 'USR1', 'USR2', 'WINCH', 'KILL'];

function signals({ before, after }: TypedText): Grammar {
  const typed = before + after;
  if (/^\d+$/.test(typed)) {
    const name = signalOf(Number(typed));
    return { suggestions: name === undefined ? [] : [{ label: `${typed} → SIG${name}`, parts: [`SIG${name}`], filter: typed, doc: `Signal ${typed} by its name. ${signalInWords(name) ?? ''}`, rank: 1 }], complete: true };
  }
  const names = [...STOP_SIGNALS, ...SIGNALS.filter((name) => !STOP_SIGNALS.includes(name))];
  return { suggestions: names.map((name) => ({ label: `SIG${name}`, parts: [`SIG${name}`], doc: signalInWords(name) ?? '', rank: STOP_SIGNALS.includes(name) ? 1 : 4 })), complete: true };
}

function capabilities({ before }: TypedText, { scene, path }: Place): Grammar {
  const prefix = /^cap_/i.test(before) ? 'CAP_' : '';
  const taken = scene.trial.textsAround().map((name) => name.toUpperCase().replace(/^CAP_/, ''));
  const names = [...CAPABILITIES, ...ALL_CAPABILITIES.filter((name) => !CAPABILITIES.includes(name))].filter((name) => !taken.includes(name));
  return {
    suggestions: names.map((name) => ({ label: name === 'ALL' ? name : prefix + name, parts: [name === 'ALL' ? name : prefix + name], doc: capabilityInWords(name) ?? '', rank: name === 'ALL' && path.at(-2) === 'CapabilityDrop' ? 0 : CAPABILITIES.includes(name) ? 1 : 4 })),
    complete: true,
  };
}

function templates(text: TypedText): Grammar {
  const { suggestions, open } = templateSuggestions(text);
  return open ? { suggestions, complete: true } : { suggestions };
}

/** Names of volumes, or paths, as the type of the mount has it. */
function mountSources(text: TypedText, { scene: { swarm, trial } }: Place): Grammar {
  const { suggestions: texts } = templates(text);
  const type = mountType((key) => trial.textAbove(1, key));
  if (type === undefined) return { suggestions: texts };
  const volumes: Suggestion[] = type === 'volume' ? (swarm?.volumes ?? []).map((name) => ({ label: name, parts: [name], detail: 'volume', doc: 'A volume of the connected node.', rank: 1, kind: 'reference' })) : [];
  const examples = MOUNT_SOURCES[type].map((source): Suggestion => ({ label: source, parts: [source], detail: 'example', doc: type === 'volume' || type === 'cluster' ? 'Name of the volume.' : 'Path on the node, which has to exist there.', rank: 5 }));
  return { suggestions: type === 'tmpfs' ? [] : [...volumes, ...examples, ...texts], complete: true };
}

function images({ before, after }: TypedText, { scene: { swarm } }: Place): Grammar {
  const suggestions: Suggestion[] = (swarm?.images ?? []).map((reference) => ({ label: reference, parts: [reference], detail: 'image', doc: 'An image of the connected node.', rank: 1, kind: 'reference' }));
  const name = before + after;
  if (name !== '' && !/[:@]/.test(name.slice(name.lastIndexOf('/') + 1)) && imageFault(`${name}:1`) === undefined) {
    suggestions.push({ label: `${name}:TAG`, parts: [`${name}:`, stop('latest')], doc: 'The image with a tag. Without one it is `:latest`, and nobody knows which one that was.', rank: 2 });
  }
  return swarm?.images && swarm.images.length > 0 ? { suggestions, complete: true } : { suggestions };
}

function logOption(_: TypedText, { path, scene: { trial } }: Place): Grammar {
  const key = String(path.at(-1));
  const driver = trial.textAbove(2, 'Name');
  return known({ ...COMMON_LOG_OPTIONS, ...(driver !== undefined && Object.hasOwn(LOG_OPTIONS, driver) ? LOG_OPTIONS[driver] : {}) }, key);
}

function known(values: Readonly<Record<string, { readonly value: string; readonly doc: string }>>, key: string): Grammar {
  if (!Object.hasOwn(values, key)) return { suggestions: [] };
  const { value, doc } = values[key];
  const others = value === 'true' ? ['false'] : value === 'false' ? ['true'] : key === 'mode' ? ['blocking'] : [];
  return { suggestions: [value, ...others].map((one) => ({ label: one, parts: [one], doc, rank: 1 })), complete: true };
}

function named<T extends { readonly name: string }>(list: readonly T[] | undefined, written: (one: T) => string, what: string): Grammar {
  if (!list || list.length === 0) return { suggestions: [] };
  return { suggestions: list.map((one) => ({ label: one.name, parts: [written(one)], detail: what.toLowerCase(), doc: `${what} of the connected swarm.`, rank: 1, kind: 'reference' })), complete: true };
}

const TEST_FORMS: readonly Suggestion[] = [
  { label: 'CMD', parts: ['CMD'], doc: 'The program and its arguments follow, one entry each. No shell is involved.', rank: 1 },
  { label: 'CMD-SHELL', parts: ['CMD-SHELL'], doc: 'One line for the shell of the image follows.', rank: 1 },
  { label: 'NONE', parts: ['NONE'], doc: 'Turns the health check of the image off. Nothing follows.', rank: 1 },
];
