import { isObject, NumberText, type SpecObject, type SpecValue } from '../../document/value';

/** Something that a conversion could not carry over, or only in another form. */
export interface Loss {
  /** Where it stands in what was converted: `services.web.build`, `TaskTemplate.ForceUpdate`. */
  readonly at: string;
  /** A sentence: what became of it, and what to do. */
  readonly reason: string;
}

/** An object that is converted key by key. Keys that nobody asked for are losses in the end. */
export class Source {
  private readonly asked = new Set<string>();

  constructor(
    readonly value: SpecObject,
    readonly at: string,
    readonly losses: Loss[],
  ) {}

  /** The value of a key; null counts as left out. */
  get(key: string): SpecValue | undefined {
    this.asked.add(key);
    const value = Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    return value === null ? undefined : value;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.value, key);
  }

  object(key: string): Source | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (isObject(value)) return new Source(value, this.path(key), this.losses);
    this.lose(key, 'It is not an object, and is left out.');
    return undefined;
  }

  /** The items of a list, each with its place. */
  list(key: string): { readonly value: SpecValue; readonly at: string }[] {
    const value = this.get(key);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.map((item, i) => ({ value: item, at: `${this.path(key)}[${i}]` }));
    this.lose(key, 'It is not a list, and is left out.');
    return [];
  }

  text(key: string): string | undefined {
    return toText(this.get(key));
  }

  /** A list of texts, or one text for a list of one. */
  texts(key: string): string[] | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    const items = Array.isArray(value) ? value : [value];
    return items.flatMap((item) => toText(item) ?? []);
  }

  flag(key: string): boolean | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === 'boolean') return value;
    const text = String(value).toLowerCase();
    if (/^(true|yes|on)$/.test(text)) return true;
    if (/^(false|no|off)$/.test(text)) return false;
    this.lose(key, 'It is neither `true` nor `false`, and is left out.');
    return undefined;
  }

  /** A whole number, as nearly all are. */
  number(key: string): number | bigint | undefined {
    const value = this.fraction(key);
    if (typeof value !== 'number' || Number.isInteger(value)) return value;
    this.lose(key, 'It is no whole number, and is left out.');
    return undefined;
  }

  fraction(key: string): number | bigint | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === 'number' || typeof value === 'bigint') return value;
    if (value instanceof NumberText) return value.value;
    const text = String(value);
    if (/^-?\d+$/.test(text)) return whole(BigInt(text));
    if (/^-?\d+\.\d+$/.test(text)) return Number(text);
    this.lose(key, 'It is no number, and is left out.');
    return undefined;
  }

  /** A text read by a parser of units; what it cannot read is lost. */
  read(key: string, parse: (text: string) => bigint | undefined, what: string): number | bigint | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const value = parse(text);
    if (value !== undefined) return whole(value);
    this.lose(key, `\`${text}\` is no ${what}, and is left out.`);
    return undefined;
  }

  /** Labels and the like: an object of texts, or a list of `NAME=value`. */
  map(key: string): SpecObject | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    const pairs = Array.isArray(value)
      ? value.map((item): [string, SpecValue] => {
          const text = toText(item) ?? '';
          const at = text.indexOf('=');
          return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
        })
      : isObject(value)
        ? Object.entries(value)
        : [];
    return Object.fromEntries(pairs.map(([name, text]) => [name, toText(text) ?? '']));
  }

  lose(key: string, reason: string): void {
    this.losses.push({ at: this.path(key), reason });
  }

  /** What nobody asked for. */
  rest(reasons: Readonly<Record<string, string>>, otherwise: string): void {
    for (const key of Object.keys(this.value)) {
      if (this.asked.has(key) || key.startsWith('x-')) continue;
      this.lose(key, Object.hasOwn(reasons, key) ? reasons[key] : otherwise);
    }
  }

  private path(key: string): string {
    return this.at === '' ? key : `${this.at}.${key}`;
  }
}

/** A scalar as text. Numbers are what the docker CLI makes of them: `1.50` is `1.5`, and `0444` is octal. */
export function toText(value: SpecValue | undefined): string | undefined {
  if (value === undefined || value === null || Array.isArray(value) || isObject(value)) return undefined;
  if (!(value instanceof NumberText)) return String(value);
  return /^0[0-7]+$/.test(value.text) ? String(Number.parseInt(value.text, 8)) : String(value.value);
}

/** A whole number in the smallest form that keeps all its digits. */
export function whole(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** An object without the members that are undefined. */
export function compact(members: Readonly<Record<string, SpecValue | undefined>>): SpecObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, SpecValue] => entry[1] !== undefined));
}

/** An object without undefined members; undefined where nothing is left. */
export function filled(members: Readonly<Record<string, SpecValue | undefined>>): SpecObject | undefined {
  const object = compact(members);
  return Object.keys(object).length === 0 ? undefined : object;
}

/** A list; undefined where it is empty. */
export function nonEmpty<T extends SpecValue>(items: readonly T[] | undefined): T[] | undefined {
  return items && items.length > 0 ? [...items] : undefined;
}
