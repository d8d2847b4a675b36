import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/**
 * The licence texts of the third-party packages whose files were bundled.
 * @param files absolute paths of the bundled files
 * @throws Error if a package has no licence text, since then it must not be bundled
 */
export async function thirdPartyLicenses(files: readonly string[]): Promise<string> {
  const folders = new Set(files.map(packageFolder).filter((folder) => folder !== undefined));
  const packages = await Promise.all([...folders].toSorted().map(readPackage));
  const sections = packages.map(
    ({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text.trim()}\n`,
  );
  const head = 'This package contains code of the following projects.\n';
  return [head, ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the third-party package that a file belongs to. */
function packageFolder(file: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(file)?.[0];
}

async function readPackage(folder: string): Promise<BundledPackage> {
  const manifest: { readonly name: string; readonly version: string; readonly license?: string } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const file = (await readdir(folder)).find((name) => /^licen[cs]e(\.|$)/i.test(name));
  if (file === undefined) throw new Error(`${manifest.name} has no licence text and cannot be bundled`);
  const text = await readFile(join(folder, file), 'utf8');
  return { name: manifest.name, version: manifest.version, license: manifest.license ?? 'see below', text };
}
