import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put, runCli, withFolder } from './run-cli.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const leak = readFileSync(join(root, 'examples', 'leak_neuron.nestml'), 'utf8');
const misspelt = leak.replace('/ tau_m', '/ tua_m').replace('state:', 'state');

describe('nestml fix', () => {
  it('repairs what has one cure, round after round, and says so', async () => {
    await withFolder(async (folder) => {
      const path = put(folder, 'm.nestml', misspelt);
      const { status, out } = await runCli(['fix', path]);
      expect(status).toBe(0);
      expect(readFileSync(path, 'utf8')).toBe(leak);
      expect(out).toBe(`${path}: 2 fixes (missing-colon, undefined-name)\n`);
    });
  });

  it('shows the difference and writes nothing with --dry-run', async () => {
    await withFolder(async (folder) => {
      const path = put(folder, 'm.nestml', misspelt);
      const { status, out } = await runCli(['fix', '--dry-run', path]);
      expect(status).toBe(0);
      expect(readFileSync(path, 'utf8')).toBe(misspelt);
      expect(out).toMatch(/^--- .*m\.nestml\n\+\+\+ .*m\.nestml\n@@ /);
      expect(out).toContain('-    state\n');
      expect(out).toContain('+    state:\n');
    });
  });

  it('applies only what is asked for, and reports the errors that are left', async () => {
    await withFolder(async (folder) => {
      const path = put(folder, 'm.nestml', leak.replace('/ tau_m', '/ tau_mm'));
      const { status, errorCodes, out } = await runCli(['fix', '--only', 'missing-colon', path]);
      expect(status).toBe(1);
      expect(errorCodes).toEqual(['undefined-name']);
      expect(out).toBe(`${path}: 0 fixes\n`);
    });
  });

  it('refuses a code that no message has, and names the one that was perhaps meant', async () => {
    const { status, error, out } = await runCli(['fix', '--only', 'missing-clon', '-'], { input: misspelt });
    expect([status, out]).toEqual([2, '']);
    expect(error).toContain('Did you mean `missing-colon`?');
    expect((await runCli(['fix', '--only', 'missing-colon', '-'], { input: misspelt })).status).toBe(1);
  });

  it('keeps the line ends and the byte-order mark of a file', async () => {
    await withFolder(async (folder) => {
      const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
      const path = put(folder, 'm.nestml', windows(misspelt));
      expect((await runCli(['fix', path])).status).toBe(0);
      expect(readFileSync(path, 'utf8')).toBe(windows(leak));
    });
  });

  it('reads the standard input and writes the repaired text', async () => {
    const { status, out } = await runCli(['fix', '-'], { input: misspelt });
    expect(status).toBe(0);
    expect(out).toBe(leak);
  });

  it('gives one JSON document with --json', async () => {
    const { out } = await runCli(['fix', '--json', '--dry-run', '-'], { input: misspelt });
    const { version, dryRun, files } = JSON.parse(out) as {
      version: number;
      dryRun: boolean;
      files: { fixes: { code: string }[] }[];
    };
    expect([version, dryRun]).toEqual([1, true]);
    expect(files[0]?.fixes.map(({ code }) => code)).toEqual(['missing-colon', 'undefined-name']);
  });

  it('says so if there is nothing to fix, or no file', async () => {
    await withFolder(async (folder) => {
      const path = put(folder, 'm.nestml', leak);
      expect((await runCli(['fix', '--dry-run', path])).out).toBe('nothing to fix\n');
      expect((await runCli(['fix', join(folder, 'other.nestml')])).status).toBe(2);
      expect((await runCli(['fix'])).status).toBe(2);
    });
  });
});
