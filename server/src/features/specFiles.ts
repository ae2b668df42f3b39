import { type SpecFile, type Syntax } from '../document/document';
import { looksLikeSpec } from '../document/shape';

/** File names that say what is inside. */
export const SPEC_NAMES: readonly string[] = ['*.service.json', '*.service.yaml', '*.service.yml', '*.swarmspec.json', '*.swarmspec.yaml', '*.swarmspec.yml'];

/** Language ids of our own, which an editor gives to files of these names or a person by hand. */
export const LANGUAGES: Readonly<Record<string, Syntax>> = { 'swarmspec-yaml': 'yaml', 'swarmspec-json': 'json' };

const NAME = /\.(service|swarmspec)\.(json|ya?ml)$/i;

export function hasSpecName(path: string): boolean {
  return NAME.test(path);
}

/** The syntax of a file by its name, then by what it begins with. */
export function syntaxOf(path: string, text: string): Syntax {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  if (/\.json$/i.test(path)) return 'json';
  return /^\s*[{[]/.test(text) ? 'json' : 'yaml';
}

/** Whether a file is for us: by its name, its modeline or `$schema`, or its content where a person chose our language. */
export function isSpecFile(path: string, file: SpecFile, { ownLanguage = false, globbed = false } = {}): boolean {
  if (hasSpecName(path) || globbed) return true;
  if (file.documents.some(({ document }) => document.modeline.present)) return true;
  return ownLanguage && (file.text.trim() === '' || file.documents.some(({ document }) => document.root === undefined || looksLikeSpec(document) || document.root.kind === 'object'));
}
