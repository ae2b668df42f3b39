import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Texts that must not come out anywhere, to be planted where secrets are: registry passwords, tokens, environment values.
 * Each is made anew, so that a find in an output can only come from this run.
 */
export class PlantedSecrets {
  private readonly planted: { readonly what: string; readonly spellings: ReturnType<typeof spellings> }[] = [];
  private readonly finds = new Set<string>();
  private length = 0;

  /** A new secret; `what` is told when it turns up, such as `password of registry.example`. */
  plant(what: string): string {
    const secret = `planted-${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`;
    this.planted.push({ what, spellings: spellings(secret) });
    return secret;
  }

  /** Looks at a text that somebody can see: what was printed, logged, traced, sent to an editor. */
  saw(where: string, text: string): void {
    this.length += text.length;
    for (const { what, spellings: ways } of this.planted) {
      const way = ways.find(({ as }) => text.includes(as));
      if (way) this.finds.add(`${what} is in ${where}${way.how}`);
    }
  }

  /** Looks at every file of a folder, whatever it is called. */
  sawFolder(folder: string): void {
    for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const file = path.join(folder, name);
      if (fs.statSync(file).isFile()) this.saw(file, fs.readFileSync(file, 'latin1'));
    }
  }

  /** How many characters were looked at; a test without output would find nothing either. */
  get seenLength(): number {
    return this.length;
  }

  /** Each secret that turned up after it was planted, in any of the spellings in which it is still one, and where. Empty is what a test wants. */
  found(): string[] {
    return [...this.finds];
  }
}

/**
 * The secret as it is, as hex, backwards, and as base64 of both alphabets at each of the three places in
 * which it can stand in a longer text that is encoded as a whole.
 */
function spellings(secret: string): { readonly as: string; readonly how: string }[] {
  const bytes = Buffer.from(secret);
  const encoded = [0, 1, 2].map((shift) => {
    // The characters at both ends depend on what stands beside it, so they are left out.
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '');
    return text.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  return [
    { as: secret, how: '' },
    { as: [...secret].reverse().join(''), how: ', backwards' },
    { as: bytes.toString('hex'), how: ', as hex' },
    ...encoded.map((as) => ({ as, how: ', in base64' })),
    ...encoded.map((as) => ({ as: as.replaceAll('+', '-').replaceAll('/', '_'), how: ', in base64url' })),
  ];
}
