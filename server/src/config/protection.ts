/**
 * How carefully changes at an engine are made.
 *
 * - `free`: asking for a change is consent enough.
 * - `confirm`: somebody says yes, or says so beforehand with `--yes`. This is what counts unless something else is said.
 * - `type-name`: somebody types the name of the engine, or gives it with `--confirm NAME`. `--yes` is not enough.
 * - `forbidden`: nothing is changed.
 */
export type Protection = (typeof PROTECTIONS)[number];

/** From the loosest to the strictest. */
export const PROTECTIONS = ['free', 'confirm', 'type-name', 'forbidden'] as const;

/** By docker context, address or host name; `*` is for every engine that has no entry. */
export type ProtectionMap = Readonly<Record<string, Protection>>;

/** An engine as far as protection knows it. */
export interface ProtectedEngine {
  /** The docker context, `default` where none was used. */
  readonly context: string;
  readonly address: string;
  readonly hostname?: string;
}

/**
 * How an engine is protected, and by which name it is typed. Where several entries or several maps speak of it, the
 * strictest one counts, so that neither another way to the same engine nor a file of a project loosens what is said elsewhere.
 */
export function protectionOf({ context, address, hostname }: ProtectedEngine, ...maps: readonly (ProtectionMap | undefined)[]): { readonly level: Protection; readonly name: string } {
  const names = [context, address, ...(hostname === undefined ? [] : [hostname])].map((name) => name.toLowerCase());
  const said = maps.flatMap((map = {}) => {
    const own = Object.keys(map).filter((key) => names.includes(key.toLowerCase()));
    return (own.length > 0 ? own : Object.keys(map).filter((key) => key === '*')).map((key) => map[key]);
  });
  // A word that is none, as settings of an editor may hold, must not leave an engine open.
  const ranks = said.map((one) => (PROTECTIONS.includes(one) ? PROTECTIONS.indexOf(one) : PROTECTIONS.length - 1));
  const level = ranks.length === 0 ? 'confirm' : PROTECTIONS[Math.max(...ranks)];
  return { level, name: context === 'default' ? (hostname ?? address) : context };
}

/** What somebody who wants a change has said beforehand. */
export interface GivenConsent {
  readonly yes?: boolean;
  /** The name that they gave. */
  readonly confirm?: string;
}

export type Consent =
  | { readonly kind: 'given' }
  /** Ask for a yes. */
  | { readonly kind: 'ask' }
  /** Ask for this name to be typed; a yes is not enough. */
  | { readonly kind: 'askName'; readonly name: string }
  | { readonly kind: 'refused'; readonly why: string };

/** What is still needed for a change at an engine of this protection. */
export function consentFor({ level, name }: { readonly level: Protection; readonly name: string }, { yes, confirm }: GivenConsent): Consent {
  // A name that is given says which engine is meant. Where it is another one, something is amiss whatever the protection.
  if (confirm !== undefined && confirm !== name) return { kind: 'refused', why: `\`--confirm\` names \`${confirm}\`, and this engine is \`${name}\`. Nothing was applied.` };
  switch (level) {
    case 'free':
      return { kind: 'given' };
    case 'confirm':
      return yes || confirm === name ? { kind: 'given' } : { kind: 'ask' };
    case 'type-name':
      return confirm === name ? { kind: 'given' } : { kind: 'askName', name };
    case 'forbidden':
      return { kind: 'refused', why: `Changes at \`${name}\` are forbidden by the setting \`protection\`. Nothing was applied.` };
  }
}
