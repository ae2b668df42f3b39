import type { FoundAuth } from '../apply/registryAuth';
import type { Config } from '../config/config';
import type { ProtectedEngine } from '../config/protection';
import type { Engine } from '../engine/engine';
import type { Settings } from './settings';

/** Where config files come from. */
export interface Configs {
  /** What the config above a file says; nothing for files that have none, or that are not on a disk. */
  settingsOf(uri: string): { readonly config: Config; readonly as?: string };
  /** Files are read again after this, as when one was saved. */
  forget(): void;
}

/** How the settings name an engine; empty where they do not. */
export type EngineChoice = Pick<Settings, 'host' | 'context' | 'allowPlainTcp'>;

/** What differs between a server that is a process and one that runs in a browser. */
export interface Platform {
  configs(): Configs;
  /** A file as its user writes it on a command line. */
  pathOf(uri: string): string;
  /** The files with names of specs below some folders, as they are on the disk. Absent where there is none. */
  specFiles?(folders: readonly string[]): Promise<readonly { readonly uri: string; readonly text: string }[]>;
  /** The uri of the description of a rule on this disk; undefined where it is not there. */
  ruleDocs?(rule: string): string | undefined;
  /** The engine that the settings and the environment name; throws an `EngineError` where they name none. Absent where no engine can be reached at all. */
  connect?(where: EngineChoice, options?: { readonly timeoutMs?: number }): Engine;
  /** Which engine `connect` would reach; throws as it does. */
  whereabouts?(where: EngineChoice): ProtectedEngine;
  /** What the docker command on this machine knows of the registry of an image. */
  registryAuth?(image: string): Promise<FoundAuth>;
}
