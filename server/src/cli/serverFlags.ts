import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 collect the new objects of a server a little at a time: what is read of a large file stays, and moving 16 MB of it
 * at once takes longer than a frame. To be called before the bundle of the server is loaded, since V8 takes cached code only
 * under the flags under which it was made.
 */
export function setServerFlags(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
