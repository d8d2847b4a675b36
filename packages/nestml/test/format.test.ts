import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put, runCli, withFolder } from './run-cli.ts';

const root = join(import.meta.dirname, '..', '..', '..');

const neat = `model m:
    state:
        x real = 1

    output:
        spike
`;
const untidy = 'model m:\r\n\tstate:\r\n\t\tx  real=1\r\n\toutput:\r\n\t\tspike';
const broken = 'model m:\n    state:\n        x  real == 1\n        y  real=1\n';

describe('nestml format', () => {
  it('rewrites the files of a folder that are not in the canonical layout, and names them', async () => {
    await withFolder(async (folder) => {
      const first = put(folder, 'a.nestml', untidy);
      const second = put(folder, 'b.nestml', neat);
      const { status, out, error } = await runCli(['format', folder]);
      expect([status, out, error]).toEqual([0, `${first}\n`, '1 of 2 files changed\n']);
      expect([first, second].map((path) => readFileSync(path, 'utf8'))).toEqual([neat, neat]);
    });
  });

  it('writes nothing with --check, names the files that would change, and fails if there are any', async () => {
    await withFolder(async (folder) => {
      const path = put(folder, 'a.nestml', untidy);
      const first = await runCli(['format', '--check', folder]);
      expect([first.status, first.out, first.error]).toEqual([1, `${path}\n`, '1 of 1 file would change\n']);
      expect(readFileSync(path, 'utf8')).toBe(untidy);
      await runCli(['format', folder]);
      const second = await runCli(['format', '--check', folder]);
      expect([second.status, second.out, second.error]).toEqual([0, '', '0 of 1 file would change\n']);
    });
  });

  it.each(['-', '--stdin'])('reads the standard input and prints the result: %s', async (word) => {
    const { status, out, error } = await runCli(['format', word], { input: untidy });
    expect([status, out, error]).toEqual([0, neat, '']);
    const { status: checked, out: name } = await runCli(['format', '--check', word], { input: untidy });
    expect([checked, name]).toEqual([1, '<stdin>\n']);
  });

  it('formats what is right in a broken file and reports the rest', async () => {
    await withFolder(async (folder) => {
      const path = put(folder, 'a.nestml', broken);
      const { status, errorCodes } = await runCli(['format', path]);
      expect(status).toBe(1);
      expect(errorCodes.length).toBe(1);
      expect(readFileSync(path, 'utf8')).toBe(broken.replace('y  real=1', 'y real = 1'));
    });
  });

  it.each([[[]], [['--check']]])(
    'leaves an old text as it is, and names its version in one message %j',
    async (words) => {
      await withFolder(async (folder) => {
        const old = '# a comment\nneuron a:\n  state:   x real = 1 end\nend\n';
        const path = put(folder, 'a.nestml', old);
        const { status, errorCodes, error } = await runCli(['format', ...words, path]);
        expect([status, errorCodes]).toEqual([1, ['layout-of-old-text']]);
        expect(error).toMatch(/NESTML 4 to 5\.2.*`nestml migrate --write`[\s\S]*:2:1/);
        expect(readFileSync(path, 'utf8')).toBe(old);
      });
    },
  );

  it('keeps a byte-order mark', async () => {
    await withFolder(async (folder) => {
      const path = put(folder, 'a.nestml', `\uFEFF${untidy}`);
      expect((await runCli(['format', path])).status).toBe(0);
      expect(readFileSync(path, 'utf8')).toBe(`\uFEFF${neat}`);
    });
  });

  it('gives one JSON document with --json', async () => {
    await withFolder(async (folder) => {
      const path = put(folder, 'a.nestml', untidy);
      const checked = JSON.parse((await runCli(['format', '--json', '--check', path])).out);
      const files = [{ file: path, changed: true, errors: 0 }];
      expect(checked).toEqual({ version: 1, check: true, files });
    });
    const { out } = await runCli(['format', '--json', '-'], { input: untidy });
    const files = [{ file: '<stdin>', changed: true, errors: 0, text: neat }];
    expect(JSON.parse(out)).toEqual({ version: 1, check: false, files });
  });

  it('refuses what is no text, and a call without files', async () => {
    await withFolder(async (folder) => {
      const path = put(folder, 'a.nestml', new Uint8Array([0x6d, 0xff]));
      const { status, errorCodes } = await runCli(['format', path]);
      expect([status, errorCodes]).toEqual([1, ['not-utf8']]);
      expect([...readFileSync(path)]).toEqual([0x6d, 0xff]);
      expect((await runCli(['format', join(folder, 'other.nestml')])).status).toBe(2);
      expect((await runCli(['format'])).status).toBe(2);
    });
  });

  it('is content with the models and examples that it has formatted', async () => {
    await withFolder(async (folder) => {
      for (const name of ['models', 'examples'])
        cpSync(join(root, name), join(folder, name), { recursive: true });
      expect((await runCli(['format', folder])).status).toBe(0);
      const { status, out, error } = await runCli(['format', '--check', folder]);
      expect([status, out]).toEqual([0, '']);
      expect(error).toMatch(/^0 of \d+ files would change\n$/);
    });
  });
});

describe('the model on the page about formatting', () => {
  const page = readFileSync(join(root, 'docs', 'formatting.md'), 'utf8');
  const input = /```nestml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

  it('is in the canonical layout and has no finding', async () => {
    expect((await runCli(['format', '-'], { input })).out).toBe(input);
    const { status, error } = await runCli(['check', '--strict', '-'], { input });
    expect([status, error]).toEqual([0, '']);
  });
});
