/** What gives a text away as secret: its name, a form that only secrets have, or a password inside of an address. */
export type SecretSign = 'name' | 'key' | 'address';

/** Ends of a name that mean a secret: `DB_PASSWORD`, `github.token`, `apiKey`, `SECRET_KEY_BASE`, `TOKEN_2`. */
const NAME = /(?:^|_)(?:password|passwd|passphrase|pwd|secret|token|credentials?|(?:api|private|secret|access|encryption|signing|master)_?key(?:_base)?)(?:_\d+)?$/;
/** Values that say whether or where there is a secret, and are none. */
const NO_SECRET = /^(?:true|false|yes|no|on|off|none|null|enabled|disabled|required|optional|\d{1,2})$/i;
const KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY|^eyJ[\w-]+\.eyJ[\w-]+\.|^(?:AKIA|ASIA)[A-Z0-9]{16}$|^(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_live_)\w{8,}/;
/** What a name or a text has in it, at least, to be a secret: told in one look, since nearly all are none. */
const NAME_HINT = /pass|pwd|secret|token|cred|key/i;
const KEY_HINT = /^\s*["']?(?:eyJ|AKIA|ASIA|gh[pousri]|glpat-|xox|sk_)/;
/** The password of `scheme://user:password@host`. */
const ADDRESS = /:\/\/[^/\s:@]{0,100}:([^/\s@]{1,200})@/;

/**
 * Why a text of this name is likely to be secret; undefined where it is not. A path, a template, a variable to be replaced
 * and an empty text are no secrets, whatever the name.
 */
export function secretSign(name: string, text: string): SecretSign | undefined {
  if (!NAME_HINT.test(name) && !KEY_HINT.test(text) && !text.includes('@') && !text.includes('-----BEGIN')) return undefined;
  const value = text.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (value === '' || stands(value)) return undefined;
  if (KEY.test(value)) return 'key';
  const password = ADDRESS.exec(value)?.[1];
  if (password !== undefined && !stands(password) && !/^[*x.]+$/i.test(password)) return 'address';
  if (NO_SECRET.test(value) || /^(?:\/|\.{1,2}\/|[A-Za-z]:\\)/.test(value) || /^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return undefined;
  return NAME.test(toWords(name)) ? 'name' : undefined;
}

/** Whether something else is put in the place of this text before a program sees it. */
function stands(text: string): boolean {
  return text.includes('{{') || /^\$(?:\{[^}]*\}|\w+)$/.test(text) || /^<[^<>]*>$/.test(text);
}

/** `traefik.apiKey` and `API-KEY` as `traefik_api_key` and `api_key`. */
function toWords(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
}
