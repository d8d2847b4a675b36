import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Example } from '@nestml/diagnostics';
import { allMessages } from '@nestml/workbench';
import { describe, expect, it } from 'vitest';
import { type CliRun, put, runCli, splitWords, withFolder } from './run-cli.ts';

/** Runs the command of an example; words in capitals stand for files that are made for it. */
async function runExample(example: Example): Promise<CliRun> {
  return await withFolder(async (folder) => {
    const text = example.model ?? '';
    mkdirSync(join(folder, 'empty'));
    const places = new Map([
      ['MODEL', put(folder, 'model.nestml', text)],
      ['PROBLEM', put(folder, 'problem.json', example.problem ?? '')],
      ['COPY_OF_MODEL', put(folder, 'copy.nestml', text)],
      ['LATIN1_FILE', put(folder, 'latin1.nestml', new Uint8Array([0x23, 0x20, 0xfc, 0x0a]))],
      ['EMPTY_FOLDER', join(folder, 'empty')],
    ]);
    const command = example.command ?? 'check MODEL';
    const words = splitWords(command).map((word) => {
      const [place = '', ...rest] = word.split('#');
      return [places.get(place) ?? place, ...rest].join('#');
    });
    return await runCli(words);
  });
}

describe.each([...(await allMessages())])('the page of %s', (code, definition) => {
  it('has a failing example that gives this finding and no other error', async () => {
    const run = await runExample(definition.page.failing);
    expect(run.codes).toContain(code);
    expect(run.errorCodes.filter((other) => other !== code)).toEqual([]);
    expect(run.status === 0).toBe(definition.class !== 'error');
    expect([0, 1, 2]).toContain(run.status);
  });

  it('has a repaired example that is free of it and of errors', async () => {
    const run = await runExample(definition.page.repaired);
    expect(run.codes).not.toContain(code);
    expect(run.errorCodes).toEqual([]);
    expect(run.status).toBe(0);
  });
});
