declare const SWARMSPEC_VERSION: string | undefined;

/** The version of the package; the bundler writes it in. */
export const VERSION = typeof SWARMSPEC_VERSION === 'string' ? SWARMSPEC_VERSION : 'dev';
