import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileChanges } from '../src/host/file-changes.ts';
import { put, runCli, withFolder } from './run-cli.ts';

const model = (start: number, unit = 'mV') => `model leak_neuron:
    state:
        V_m mV = ${start} ${unit}  # membrane potential
    equations:
        V_m' = -V_m / (10 ms)
    input:
        spikes <- spike  # not used
    output:
        spike
    update:
        integrate_odes()
`;

/** Changes of a file that a test makes one after another; each is seen once. */
function edits(...changes: readonly (() => void)[]): () => AsyncGenerator<undefined> {
  return async function* make() {
    for (const change of changes) {
      change();
      yield undefined;
    }
  };
}

describe('nestml simulate --watch', () => {
  it('runs again after each change of the text, also after one with errors, and not without a change', async () => {
    await withFolder(async (folder) => {
      const file = put(folder, 'leak.nestml', model(1));
      const changes = edits(
        () => writeFileSync(file, model(2)),
        () => writeFileSync(file, model(2)),
        () => writeFileSync(file, model(3, 'pA')),
        () => rmSync(file),
        () => writeFileSync(file, model(4)),
      );
      const words = ['simulate', file, '--for', '0.1 ms', '--json', '--watch'];
      const { status, out, errorCodes } = await runCli(words, { changes });
      const documents = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { record?: { V_m: readonly number[] } });
      const first = documents.map(({ record }) => Math.ceil(record?.V_m[0] ?? Number.NaN));
      expect(first).toEqual([1, 2, Number.NaN, 4]);
      expect(errorCodes).toHaveLength(1);
      expect(status).toBe(0);
    });
  });

  it('clears the terminal before each repetition and says how long it took', async () => {
    await withFolder(async (folder) => {
      const file = put(folder, 'leak.nestml', model(1));
      const changes = edits(() => writeFileSync(file, model(2)));
      const words = ['simulate', `${file}#leak_neuron`, '--for', '1 ms', '--watch'];
      const { out, error } = await runCli(words, { changes, isTerminal: true });
      expect(out.split('\u001B[2J')).toHaveLength(2);
      expect(error).toContain(`watching ${file}; Ctrl-C ends\n`);
      expect(error).toMatch(/\d+ ms after the change/);
    });
  });

  it('is refused for a model of the library, which has no file', async () => {
    const { status, error } = await runCli(['simulate', 'iaf_psc_exp', '--for', '1 ms', '--watch']);
    expect(status).toBe(2);
    expect(error).toContain('--watch needs the model in a file');
  });
});

describe('changes of a file', () => {
  it('are seen when it is written and when it is replaced, but not those of its neighbours', async () => {
    await withFolder(async (folder) => {
      const file = put(folder, 'watched.nestml', 'one');
      const seen = fileChanges(file);
      // Asking for the first change begins the watch.
      const first = seen.next();
      mkdirSync(join(folder, 'neighbour'));
      writeFileSync(file, 'two');
      expect(await first).toEqual({ done: false, value: undefined });
      const second = seen.next();
      const replacement = put(folder, 'replacement', 'three');
      renameSync(replacement, file);
      expect(await second).toEqual({ done: false, value: undefined });
      await seen.return(undefined);
    });
  });
});
