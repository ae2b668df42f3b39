import type { Span } from '../path';

/** Why a text is not an image reference: a clause that goes on from "the engine refuses the image:". */
export interface ImageFault {
  readonly message: string;
  /** The characters to blame. */
  readonly span: Span;
  readonly hint?: string;
  /** What was meant, where there is one answer. */
  readonly instead?: string;
}

const HOST = String.raw`(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])`;
const COMPONENT = String.raw`[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*`;
const PATH = String.raw`${COMPONENT}(?:/${COMPONENT})*`;
const TAG = String.raw`[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`;
const DIGEST = String.raw`[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}`;
const REFERENCE = new RegExp(`^((?:${HOST}(?::[0-9]+)?/)?${PATH})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const DOMAIN = new RegExp(`^${HOST}(?::[0-9]+)?/`);

/** Hexadecimal digits of a digest, by its algorithm. */
const DIGEST_LENGTH: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * What is wrong with an image reference; undefined when the engine takes it. The decision is that of
 * `distribution/reference.ParseNormalizedNamed`, with `docker.io/library/` in front of a short name; the place is where
 * a left-to-right reading first goes wrong.
 */
export function imageFault(image: string): ImageFault | undefined {
  if (/^[a-f0-9]{64}$/.test(image)) {
    return { message: 'it is 64 hexadecimal digits, which is the ID of an image and not its name', span: whole(image), hint: 'Write the name, with the digest after it: `NAME@sha256:…`.' };
  }
  const { domain, rest } = splitDomain(image);
  const colon = rest.indexOf(':');
  const name = colon < 0 ? rest : rest.slice(0, colon);
  const match = name === name.toLowerCase() ? REFERENCE.exec(`${domain}/${rest}`) : null;
  if (!match) return locate(image);
  const path = match[1].replace(DOMAIN, '');
  if (path.length > 255) return { message: `its name has ${path.length} characters, and at most 255 are allowed`, span: whole(image) };
  return match[3] === undefined ? undefined : digestFault(match[3], image.length - match[3].length);
}

/** The registry and the rest, as the engine completes them. */
function splitDomain(image: string): { domain: string; rest: string } {
  const slash = image.indexOf('/');
  const first = slash < 0 ? '' : image.slice(0, slash);
  const isDomain = slash >= 0 && (first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase());
  const domain = isDomain && first !== 'index.docker.io' ? first : 'docker.io';
  const rest = isDomain ? image.slice(slash + 1) : image;
  return { domain, rest: domain === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest };
}

function digestFault(digest: string, start: number): ImageFault | undefined {
  const colon = digest.indexOf(':');
  const algorithm = digest.slice(0, colon);
  const digits = digest.slice(colon + 1);
  const length = Object.hasOwn(DIGEST_LENGTH, algorithm) ? DIGEST_LENGTH[algorithm] : undefined;
  if (length === undefined) return { message: `\`${algorithm}\` is not a digest it knows`, span: { start, end: start + colon }, hint: 'It knows `sha256`, `sha384` and `sha512`.' };
  const span = { start: start + colon + 1, end: start + digest.length };
  if (digits.length !== length) return { message: `a ${algorithm} digest has ${length} hexadecimal digits, and this one has ${digits.length}`, span };
  if (/[A-F]/.test(digits)) return { message: 'the digits of a digest are lower case', span };
  return undefined;
}

function whole(image: string): Span {
  return { start: 0, end: image.length };
}

/** Reads from the left and says where it first goes wrong; for texts that are known to be refused. */
function locate(image: string): ImageFault {
  const at = (start: number, message: string, hint?: string, instead?: string): ImageFault => ({ message, span: { start, end: Math.min(start + 1, image.length) }, hint, instead });
  const template = image.indexOf('{{');
  if (template >= 0) return { message: 'templates are not expanded in it', span: { start: template, end: image.indexOf('}}', template) < 0 ? image.length : image.indexOf('}}', template) + 2 }, hint: 'Write the name as it is.' };
  const variable = /\$(?:\{[^}]*\}?|\w+)/.exec(image);
  if (variable) return { message: 'variables are not replaced in it', span: { start: variable.index, end: variable.index + variable[0].length }, hint: 'Replace it before the spec is applied.' };
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.exec(image);
  if (scheme) return { message: `it is no URL, and \`${scheme[0]}\` cannot stand in front of it`, span: { start: 0, end: scheme[0].length }, hint: 'Write the registry and the name alone.', instead: image.slice(scheme[0].length) };
  const space = /\s/.exec(image);
  if (space) return at(space.index, 'it has white space in it', undefined, image.trim());

  const digestAt = image.indexOf('@');
  const named = digestAt < 0 ? image : image.slice(0, digestAt);
  const slash = named.lastIndexOf('/');
  const tagAt = named.indexOf(':', splitDomain(named).domain === 'docker.io' ? 0 : named.indexOf('/') + 1);
  const nameEnd = tagAt < 0 ? named.length : tagAt;
  const first = named.slice(0, Math.max(0, named.indexOf('/')));
  const nameStart = /[.:A-Z]/.test(first) || first === 'localhost' ? first.length + 1 : 0;

  const name = named.slice(nameStart, nameEnd);
  if (name === '') return at(nameStart, nameStart === 0 ? 'the name is missing' : 'the name after the registry is missing');
  const upper = /[A-Z]/.exec(name);
  if (upper) return { message: 'the name has a capital letter', span: { start: nameStart + upper.index, end: nameStart + upper.index + 1 }, hint: 'Names are lower case; only a tag and a registry may have capitals.', instead: image.slice(0, nameStart) + name.toLowerCase() + image.slice(nameEnd) };
  const strange = /[^a-z0-9._/-]/u.exec(name);
  if (strange) return { message: `\`${strange[0]}\` cannot stand in the name`, span: { start: nameStart + strange.index, end: nameStart + strange.index + strange[0].length }, hint: 'A name has lower-case letters, digits, and `.`, `_`, `-` between them.' };
  let partStart = nameStart;
  for (const part of name.split('/')) {
    if (part === '') return at(Math.min(partStart, image.length - 1), 'a part of the name between slashes is empty');
    if (!new RegExp(`^${COMPONENT}$`).test(part)) {
      const good = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*/.exec(part)?.[0].length ?? 0;
      return at(partStart + Math.min(good, part.length - 1), 'a name starts and ends with a letter or digit, and has one `.`, one or two `_`, or any `-` between them');
    }
    partStart += part.length + 1;
  }
  const domain = image.slice(0, Math.max(0, nameStart - 1));
  if (nameStart > 0 && !new RegExp(`^${HOST}(?::[0-9]+)?$`).test(domain)) return { message: `\`${domain}\` is not a registry: a host name, and a port number where it has one`, span: { start: 0, end: domain.length } };

  if (tagAt >= 0) {
    const tag = named.slice(tagAt + 1);
    if (tag === '') return at(tagAt, 'the tag after `:` is missing', 'Without a tag there is no colon.', image.slice(0, tagAt) + image.slice(tagAt + 1));
    if (tag.length > 128) return { message: `its tag has ${tag.length} characters, and at most 128 are allowed`, span: { start: tagAt + 1, end: tagAt + 1 + tag.length } };
    const bad = /^[.-]|[^A-Za-z0-9_.-]/u.exec(tag);
    if (bad) return { message: bad[0] === ':' ? 'it has two tags' : bad.index === 0 && /[.-]/.test(bad[0]) ? `a tag cannot start with \`${bad[0]}\`` : `\`${bad[0]}\` cannot stand in a tag`, span: { start: tagAt + 1 + bad.index, end: tagAt + 1 + bad.index + bad[0].length }, hint: bad[0] === '/' && slash > tagAt ? 'A registry with a port comes first: `HOST:PORT/NAME`.' : undefined };
  }
  if (digestAt >= 0) {
    const digest = image.slice(digestAt + 1);
    const parts = /^([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*):([0-9a-fA-F]*)$/.exec(digest);
    return parts ? (digestFault(digest, digestAt + 1) ?? at(digestAt, 'the digest is too short')) : { message: 'what follows `@` is not a digest', span: { start: digestAt, end: image.length }, hint: 'A digest is `sha256:` and 64 hexadecimal digits.' };
  }
  return { message: 'it is not `[REGISTRY/]NAME[:TAG][@DIGEST]`', span: whole(image) };
}

/** The registry of an image reference: `docker.io` unless its first part is the name of a host. */
export function registryOf(image: string): string {
  const first = image.split('/', 1)[0];
  const isHost = image.includes('/') && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  if (!isHost || first === 'index.docker.io') return DOCKER_HUB;
  return first;
}

export const DOCKER_HUB = 'docker.io';
