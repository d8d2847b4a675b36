import { watch } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Editors write in several steps (truncate and fill, or write beside and rename); what comes within this time is one change. */
const SETTLING_MS = 15;

/**
 * One item for each time that a file may have been written, replaced or renamed, after the writing has settled; without end.
 * The folder is watched, since a watch on the file itself would stay with the old one when an editor replaces it.
 */
export async function* fileChanges(path: string): AsyncGenerator<undefined> {
  for await (const { filename } of watch(dirname(path))) {
    if (filename !== null && filename !== basename(path)) continue;
    await delay(SETTLING_MS);
    yield;
  }
}
