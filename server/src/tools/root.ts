import { join } from 'node:path';

/** The root of the project, seen from `out/server/src/tools`. */
export const ROOT = join(__dirname, '..', '..', '..', '..');
