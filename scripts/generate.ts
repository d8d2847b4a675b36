// Writes the generated files of the repository; with `--check` changes nothing and fails if one is stale.
//   npm run generate [-- --check]
import { dirname } from 'node:path';
import { bringUpToDate, findStaleFiles } from './generate/bring-up-to-date.ts';
import { diagnosticPages } from './generate/diagnostic-pages.ts';
import type { Generator } from './generate/generated-file.ts';
import { libraryGenerator } from './generate/library.ts';
import { messageTables } from './generate/message-tables.ts';
import { pageAssets } from './generate/page-assets.ts';
import { pynestmlCodesPage } from './generate/pynestml-codes.ts';

const root = dirname(import.meta.dirname);
const generators: readonly Generator[] = [
  libraryGenerator,
  diagnosticPages(messageTables),
  pynestmlCodesPage(messageTables),
  pageAssets,
];

if (process.argv.includes('--check')) {
  const stale = await findStaleFiles(root, generators);
  for (const { path, problem, source } of stale) {
    console.error(`${path}: ${problem} (made from ${source}); run \`npm run generate\``);
  }
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { path, problem } of await bringUpToDate(root, generators)) {
    console.log(problem === 'no longer generated' ? `removed ${path}` : `wrote ${path}`);
  }
}
