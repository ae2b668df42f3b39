import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root';

/** A package of which something is in a bundle. */
export interface Bundled {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as the package says it. */
  readonly license: string;
  /** From the root of the project. */
  readonly folder: string;
  /** The bundles that it is in, such as `dist/lsp.js`. */
  readonly bundles: readonly string[];
  /** `sha512-…` of the lockfile. */
  readonly integrity?: string;
  readonly hasInstallScript: boolean;
}

/** What esbuild says it has read for what it wrote. */
interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>>;
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly license?: string; readonly integrity?: string; readonly hasInstallScript?: boolean }>>;
}

/** The packages of which there is anything in the bundles, by name. */
export function bundledPackages(metafiles: readonly Metafile[]): Bundled[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lockfile;
  const found = new Map<string, Set<string>>();
  for (const { outputs } of metafiles) {
    for (const [bundle, { inputs }] of Object.entries(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
        if (folder !== undefined && bytesInOutput > 0) found.set(folder, (found.get(folder) ?? new Set()).add(bundle));
      }
    }
  }
  return [...found]
    .map(([folder, bundles]): Bundled => {
      const own = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: string };
      const locked = packages[folder];
      if (!locked || locked.version !== own.version) throw new Error(`${folder} is bundled in version ${own.version}, and the lockfile has ${locked?.version ?? 'none'}. Run \`npm ci\`.`);
      if (!own.license) throw new Error(`${folder} is bundled and names no licence.`);
      return { name: own.name, version: own.version, license: own.license, folder, bundles: [...bundles].sort(), integrity: locked.integrity, hasInstallScript: locked.hasInstallScript === true };
    })
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The licences of what is bundled, with their texts and notices as the packages carry them. */
export function licensesText(bundled: readonly Bundled[]): string {
  const parts = bundled.map(({ name, version, license, folder, bundles }) => {
    const texts = readdirSync(join(ROOT, folder))
      .filter((file) => /^(licen[cs]e|notice|copying|thirdpartynotices)/i.test(file))
      .sort()
      .map((file) => readFileSync(join(ROOT, folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
    if (texts.length === 0) throw new Error(`${folder} is bundled and brings no text of its licence.`);
    return `${name} ${version} (${license})\nIn ${bundles.join(', ')}\n\n${texts.join('\n\n')}\n`;
  });
  return `The bundles of this package hold code of the packages below, under these licences.\n\n${parts.join(`\n${'='.repeat(80)}\n\n`)}`;
}

/** The same list for programs: CycloneDX, without a time of day, so that the same sources give the same bytes. */
export function softwareBill(bundled: readonly Bundled[]): object {
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string; version: string; license: string; description: string };
  const ref = (name: string, version: string) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const root = ref(own.name, own.version);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': root, name: own.name, version: own.version, description: own.description, licenses: [{ license: { id: own.license } }], purl: root } },
    components: bundled.map(({ name, version, license, integrity, bundles }) => ({
      type: 'library',
      'bom-ref': ref(name, version),
      name,
      version,
      scope: 'required',
      ...(integrity?.startsWith('sha512-') ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice(7), 'base64').toString('hex') }] } : {}),
      licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }],
      purl: ref(name, version),
      properties: bundles.map((value) => ({ name: 'swarmspec:bundle', value })),
    })),
    dependencies: [{ ref: root, dependsOn: [...new Set(bundled.map(({ name, version }) => ref(name, version)))] }],
  };
}

/** Where the build leaves what it has bundled; shipped. */
export const LICENSES_FILE = 'dist/THIRD-PARTY-LICENSES.txt';
export const BILL_FILE = 'dist/sbom.cdx.json';
