import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put, runCli, withFolder } from './run-cli.ts';

const root = join(import.meta.dirname, '..', '..', '..');
/** The example without empty lines and alignment: short edits and small numbers of lines. */
const leak = readFileSync(join(root, 'examples', 'leak_neuron.nestml'), 'utf8')
  .replaceAll(/\n\n/g, '\n')
  .replaceAll(/ {2,}#/g, '  #');

/** Checks a text in a file and gives what was said, with the name of the folder removed. */
async function checkText(text: string): Promise<{ status: number; error: string; codes: readonly string[] }> {
  return await withFolder(async (folder) => {
    const run = await runCli(['check', put(folder, 'm.nestml', text)]);
    return { ...run, error: run.error.replaceAll(`${folder}/`, '') };
  });
}

describe('nestml check on one mistake', () => {
  it('finds a term that lacks its time constant, and names the parameter that fits', async () => {
    const { status, error, codes } = await checkText(leak.replace('-(V_m - E_L) / tau_m', '(E_L - V_m)'));
    expect(status).toBe(1);
    expect(codes).toEqual(['ode-unit-mismatch']);
    expect(error).toContain('m.nestml:6:16');
    expect(error).toContain('(E_L - V_m)');
    expect(error).toContain('/ tau_m');
  });

  it('finds a misspelt parameter and offers the right name', async () => {
    const { status, error, codes } = await checkText(leak.replace('/ tau_m', '/ tau_mm'));
    expect(status).toBe(1);
    expect(codes).toEqual(['undefined-name']);
    expect(error).toContain('m.nestml:6:31');
    expect(error).toContain('Did you mean `tau_m`?');
  });

  it('finds a missing colon and offers to insert it', async () => {
    const { status, error, codes } = await checkText(leak.replace('state:', 'state'));
    expect(status).toBe(1);
    expect(codes).toEqual(['missing-colon']);
    expect(error).toContain('m.nestml:3:10');
    expect(error).toContain('Insert `:`');
  });

  it('finds that a file is empty and says what belongs into it', async () => {
    const { status, error, codes } = await checkText('');
    expect(status).toBe(1);
    expect(codes).toEqual(['empty-file']);
    expect(error).toContain('model my_neuron:');
  });

  it('finds that a file is not there, and suggests one that is', async () => {
    await withFolder(async (folder) => {
      put(folder, 'leak.nestml', leak);
      const { status, error, codes } = await runCli(['check', join(folder, 'laek.nestml')]);
      expect(status).toBe(2);
      expect(codes).toEqual(['file-not-found']);
      expect(error).toContain(`Did you mean \`${join(folder, 'leak.nestml')}\`?`);
    });
  });
});

describe('nestml check', () => {
  it.each([
    ['tabs', leak.replaceAll('    ', '\t')],
    ['carriage returns', leak.replaceAll('\n', '\r\n')],
    ['a byte-order mark', `\uFEFF${leak}`],
    ['no line end at its end', leak.trimEnd()],
  ])('accepts a file with %s', async (_, text) => {
    expect(await checkText(text)).toMatchObject({ status: 0, codes: [] });
  });

  it('points to the right place behind tabs, carriage returns and a byte-order mark', async () => {
    const text = `\uFEFF${leak.replace('/ tau_m', '/ tau_mm').replaceAll('    ', '\t').replaceAll('\n', '\r\n')}`;
    const { error, codes } = await checkText(text);
    expect(codes).toEqual(['undefined-name']);
    expect(error).toContain('m.nestml:6:25');
  });

  it('gives five errors at the right lines for five mistakes', async () => {
    const text = leak
      .replace('= E_L  # membrane', '= E_LL  # membrane')
      .replace('I_stim / C_m', 'I_stim / C_m +')
      .replace('-70 mV  # resting', '-70 ms  # resting')
      .replace('10 ms  # membrane', '10  # membrane')
      .replace('I_stim pA <- continuous', 'I_stim pA <- continous');
    const { status, out } = await withFolder(async (folder) =>
      runCli(['check', '--json', put(folder, 'm.nestml', text)]),
    );
    expect(status).toBe(1);
    const [file] = (JSON.parse(out) as CheckDocument).files;
    const errors = file!.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ range }) => range.start.line)).toEqual([4, 6, 8, 9, 12]);
  });

  it('gives the documented JSON form', async () => {
    const { status, out } = await runCli(['check', '--json', join(root, 'examples')]);
    expect(status).toBe(1);
    const document = JSON.parse(out) as CheckDocument;
    expect(document).toMatchObject({ version: 1, errors: 1, warnings: 0 });
    expect(document.files.map(({ models }) => models)).toEqual([
      ['leak_neuron'],
      ['missing_time_constant_neuron'],
    ]);
    expect(document.files[1]!.diagnostics[0]).toMatchObject({
      code: 'ode-unit-mismatch',
      severity: 'error',
      range: { start: { line: 7, column: 16 }, end: { line: 7, column: 27 } },
      help: 'docs/reference/diagnostics/ode-unit-mismatch.md',
    });
  });

  it('finds nothing but notes in the library, even under --strict', async () => {
    const { status, error } = await runCli(['check', '--strict', join(root, 'models')]);
    expect({ status, findings: error.match(/^(error|warning).*/gm) }).toEqual({ status: 0, findings: null });
  });

  it('makes findings of the class compat errors under --strict, and only them', async () => {
    const compat = leak.replace('E_L mV = -70 mV', 'E_L mV = -70 * mV');
    await withFolder(async (folder) => {
      const file = put(folder, 'm.nestml', compat);
      expect(await runCli(['check', file])).toMatchObject({
        status: 0,
        codes: ['bare-unit'],
        errorCodes: [],
      });
      expect(await runCli(['check', '--strict', file])).toMatchObject({
        status: 1,
        errorCodes: ['bare-unit'],
      });
    });
  });

  it('explains a code', async () => {
    const { status, out } = await runCli(['check', '--explain', 'unit-mismatch']);
    expect(status).toBe(0);
    expect(out).toContain('unit-mismatch');
    expect(out).toContain('Repaired');
  });

  it.each(['NO_SOLITARY_PHYSICAL_UNITS', 'no-solitary-physical-units', '132'])(
    'explains what PyNESTML calls %s',
    async (name) => {
      const { status, out } = await runCli(['check', '--explain', name]);
      expect(status).toBe(0);
      expect(out).toMatch(/^What PyNESTML 9 reports as NO_SOLITARY_PHYSICAL_UNITS, number 132 /);
      expect(out).toContain('Repaired');
    },
  );

  it('lists the codes where a message of PyNESTML is several here, and the reason where it is none', async () => {
    const several = await runCli(['check', '--explain', 'HARD_INCOMPATIBILITY']);
    expect(several.out).toMatch(/\n {2}not-comparable: .*\n {2}chained-comparison: .*\n$/);
    const { out, status } = await runCli(['check', '--explain', '3']);
    expect([status, out]).toEqual([
      0,
      expect.stringContaining('TYPE_NOT_DERIVABLE, number 3 has no counterpart'),
    ]);
    const document = JSON.parse((await runCli(['check', '--json', '--explain', '45'])).out);
    expect(document.pynestml[0].codes).toEqual(['not-comparable', 'chained-comparison']);
  });

  it('refuses two forms of the result at once', async () => {
    const { status, error, out } = await runCli(['check', '--json', '--format', 'sarif', '-'], { input: '' });
    expect([status, out]).toEqual([2, '']);
    expect(error).toContain('choose one');
  });
});

/** The part of the JSON form that these tests look at. */
interface CheckDocument {
  readonly files: readonly {
    readonly models: readonly string[];
    readonly diagnostics: readonly {
      readonly code: string;
      readonly severity: string;
      readonly range: { readonly start: { readonly line: number } };
    }[];
  }[];
}
