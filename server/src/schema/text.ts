import type { Field, Words } from '../facts/types';
import { isOlder, newestApiOf } from '../facts/versions';
import { DROPPED, type Kept, type Place } from './check';
import { nearest } from './nearest';

/** Checks a string: words of an enum, and addresses where the engine's decoder reads them. */
export function checkText(value: string, field: Field, place: Place, name: string): Kept {
  if (field.words) return checkWord(value, field.words, place, name);
  if (field.type.kind === 'scalar' && field.type.name === 'ip-address') return checkAddress(value, place, name);
  return value;
}

function checkWord(value: string, { words, unknown, letterCase, empty, elsewhere = {} }: Words, { path, problems, target }: Place, name: string): Kept {
  const at = [...path];
  const newest = target.engine === undefined ? undefined : newestApiOf(target.engine);
  if (Object.hasOwn(words, value)) {
    const { since } = words[value];
    const tooNew = newest !== undefined && since !== undefined && isOlder(newest, since) && unknown === 'refused';
    const refused = tooNew ? `It came with API v${since}, and engine ${target.engine} speaks v${newest} at most.` : words[value].refused;
    if (refused === undefined) return value;
    problems.push({ rule: 'unknown-value', effect: 'refused', at, message: `The engine refuses \`${value}\` as \`${name}\` of a service. ${refused}` });
    return DROPPED;
  }
  if (value === '' && (empty !== undefined || typeof unknown === 'object')) return value;
  const folded = upperLikeGo(value);
  const accepted = Object.keys(words).filter((word) => words[word].refused === undefined && word !== '');
  const same = accepted.find((word) => word.toUpperCase() === folded);
  if (letterCase === 'ignored' && same !== undefined) {
    problems.push({
      rule: 'value-case', effect: value.toLowerCase() === same.toLowerCase() ? 'advice' : 'changed', at, message: `The engine stores \`${value}\` as \`${same}\`.`,
      fix: { title: `Write \`${same}\``, safe: true, edits: [{ kind: 'set', at, value: same }] },
    });
    return same;
  }
  const near = same ?? (Object.hasOwn(elsewhere, value) ? elsewhere[value] : nearest(value, accepted));
  const list = accepted.map((word) => `\`${word}\``).join(', ');
  const shown = value.length <= 40 ? `\`${value}\`` : 'This';
  const effect = unknown === 'refused' ? 'refused' : 'changed';
  problems.push({
    rule: 'unknown-value', effect, at,
    message: `${shown} is not a value of \`${name}\`, ${unknown === 'refused' ? 'and the engine refuses it' : `and the engine silently makes \`${unknown.becomes}\` of it`}.${near ? ` Did you mean \`${near}\`?` : ''}`,
    hint: `It takes ${list}${letterCase === 'exact' ? ', in exactly this letter case' : ''}.`,
    fix: near === undefined ? undefined : { title: `Write \`${near}\``, safe: true, edits: [{ kind: 'set', at, value: near }] },
  });
  return unknown === 'refused' ? DROPPED : unknown.becomes;
}

/** In upper case, as the engine compares: that of `ſ` is `S`, that of `ı` is `I`, and a letter that would become several (`ﬆ`) stays. */
function upperLikeGo(text: string): string {
  return Array.from(text, (letter) => {
    const upper = letter.toUpperCase();
    return upper.length === letter.length ? upper : letter;
  }).join('');
}

/** Engine 29 parses addresses while decoding; engine 28 takes any text, and the task then fails, which a rule says. */
function checkAddress(value: string, { path, problems, target }: Place, name: string): Kept {
  if (target.engine === undefined || target.engine < 29 || value === '' || isIpAddress(value)) return value;
  problems.push({
    rule: 'not-an-address', effect: 'refused', at: [...path],
    message: `\`${value}\` in \`${name}\` is not an IP address, and engine ${target.engine} refuses it.`,
    hint: 'Write an address without a port.',
  });
  return DROPPED;
}

/** Whether the text is an IPv4 or IPv6 address as Go's `netip.ParseAddr` takes it (a zone is allowed). */
export function isIpAddress(text: string): boolean {
  if (/^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text)) return true;
  const address = text.replace(/(?<=.)%.+$/, '');
  if (!/^[0-9a-fA-F:.]+$/.test(address) || !address.includes(':')) return false;
  const [head, tail, extra] = address.split('::');
  if (extra !== undefined) return false;
  const groups = (part: string | undefined): number => {
    if (part === undefined || part === '') return 0;
    let count = 0;
    const pieces = part.split(':');
    for (const [i, piece] of pieces.entries()) {
      if (piece.includes('.')) {
        if (i !== pieces.length - 1 || !isIpAddress(piece)) return Number.NaN;
        count += 2;
      } else if (/^[0-9a-fA-F]{1,4}$/.test(piece)) count++;
      else return Number.NaN;
    }
    return count;
  };
  const total = groups(head) + groups(tail);
  return tail === undefined ? total === 8 : total <= 7;
}
