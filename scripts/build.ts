// Builds the package that users install into packages/nestml/dist: bundled JavaScript, type declarations, licences.
//   npm run build                        then: npm pack ./packages/nestml/dist
//   node scripts/build.ts --out FOLDER   builds into another folder
import { existsSync } from 'node:fs';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, writeExecutable } from './package/bundle.ts';
import { writeDeclarations } from './package/declarations.ts';
import { thirdPartyLicenses } from './package/licenses.ts';
import { builtManifest, entryPoints, readSourceManifest, workspaceEntries } from './package/manifest.ts';

const root = dirname(import.meta.dirname);
const { values } = parseArgs({ options: { out: { type: 'string' } } });
const source = 'nestml';
const folder = resolve(values.out ?? join(root, 'packages', source, 'dist'));

await rm(folder, { recursive: true, force: true });
const manifest = await readSourceManifest(root, source);
const entries = entryPoints(manifest, source);
const files = await bundle(root, { ...entries, start: `packages/${source}/src/start.ts` }, folder);
await writeExecutable(folder);
await writeDeclarations(root, entries, await workspaceEntries(root), join(folder, 'types'));
await writeFile(
  join(folder, 'package.json'),
  `${JSON.stringify(builtManifest(manifest, source), undefined, 2)}\n`,
);
await writeFile(join(folder, 'THIRD-PARTY-LICENSES.txt'), await thirdPartyLicenses(files));
await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));
const readme = [join(root, 'packages', source, 'README.md'), join(root, 'README.md')].find(existsSync);
if (readme !== undefined) {
  // The last section is for those who have the repository.
  const [text = ''] = (await readFile(readme, 'utf8')).split('\n## In the repository');
  await writeFile(join(folder, 'README.md'), `${text.trimEnd()}\n`);
}
console.log(`built ${manifest.name} ${manifest.version} in ${relative(process.cwd(), folder) || '.'}`);
