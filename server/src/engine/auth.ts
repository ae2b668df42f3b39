/** What a registry wants to see: a user name and a password, or an identity token in their place. */
export interface RegistryCredentials {
  readonly username?: string;
  readonly password?: string;
  readonly serveraddress?: string;
  readonly identitytoken?: string;
  /** Sent to the registry as it is. */
  readonly registrytoken?: string;
}

const MEMBERS = ['username', 'password', 'serveraddress', 'identitytoken', 'registrytoken'] as const;

/** What the engine decodes as text; anything else there makes the whole header unreadable to it. */
const TEXT_MEMBERS = [...MEMBERS, 'auth', 'email'];

/** The value of `X-Registry-Auth`: JSON in base64url with padding, which is what the engine decodes. */
export function encodeAuth(credentials: RegistryCredentials): string {
  const known: RegistryCredentials = Object.fromEntries(
    MEMBERS.filter((name) => credentials[name] !== undefined).map((name) => [name, credentials[name]]),
  );
  const text = Buffer.from(JSON.stringify(known), 'utf8').toString('base64url');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/**
 * Why the engine could not use this `X-Registry-Auth`; undefined when it can. The engine does not say so itself: it stores
 * any text with status 200, and the nodes then pull without credentials. The reason never shows what the header holds.
 */
export function checkAuth(header: string): string | undefined {
  if (header === '') return 'It is empty, which counts as no credentials.';
  if (/^\s*\{/.test(header)) return 'It is plain JSON. The engine wants that JSON in base64url.';
  if (/[+/]/.test(header)) return 'It is base64 with `+` or `/`. The engine wants the base64url alphabet, with `-` and `_`.';
  if (!/^[A-Za-z0-9_-]*={0,2}$/.test(header)) return 'It holds characters that base64url does not have.';
  if (header.length % 4 !== 0) return 'Its length is no multiple of four. The engine wants base64url padded with `=`.';
  let credentials: unknown;
  try {
    credentials = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  } catch {
    return 'What it encodes is no JSON.';
  }
  if (typeof credentials !== 'object' || credentials === null || Array.isArray(credentials)) {
    return 'What it encodes is no JSON object.';
  }
  for (const [name, value] of Object.entries(credentials)) {
    if (TEXT_MEMBERS.includes(name.toLowerCase()) && value !== null && typeof value !== 'string') {
      return `Its \`${name}\` is no text.`;
    }
  }
  return undefined;
}
