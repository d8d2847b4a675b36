import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'nestml-pack-'));
const installed = join(folder, 'node_modules', 'nestml');
let packedFiles: readonly string[];

/** A leaky membrane with a constant current: V(t) = E_L + R I (1 - exp(-t / tau)) with R I = tau I / C = 4 mV. */
const leaky = `model leaky_neuron:
    state:
        V_m mV = E_L
    equations:
        V_m' = -(V_m - E_L) / tau_m + I_e / C_m
    parameters:
        C_m pF = 250 pF
        tau_m ms = 10 ms
        E_L mV = -70 mV
        I_e pA = 100 pA
    input:
        spikes <- spike
    output:
        spike
    update:
        integrate_odes()
`;

beforeAll(() => {
  const dist = join(folder, 'dist');
  execFileSync(process.execPath, [join(root, 'scripts', 'build.ts'), '--out', dist], { stdio: 'inherit' });
  const [packed]: readonly {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder, dist]));
  packedFiles = packed!.files.map((file) => file.path);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  npm([
    'install',
    '--offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    join(folder, packed!.filename),
  ]);
  writeFileSync(join(folder, 'leaky.nestml'), leaky);
  writeFileSync(join(folder, 'broken.nestml'), leaky.replace('/ tau_m', '/ C_m'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function npm(words: readonly string[]): string {
  return execFileSync('npm', words, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
}

/** The Node that comes first on the search path when that of this checkout is left out. */
function machineNode(): string | undefined {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((entry) => !entry.includes('node_modules'))
    .map((entry) => join(entry, name))
    .find((path) => existsSync(path) && isRecent(path));
}

function isRecent(node: string): boolean {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version)!.map(Number);
  return major! > 20 || (major === 20 && minor! >= 19);
}

describe('the package that users install', () => {
  it('contains the bundle, its types and the licences, and no sources', () => {
    expect(packedFiles).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'THIRD-PARTY-LICENSES.txt',
        'bin/nestml.mjs',
        'index.js',
        'package.json',
        'start.js',
        'types/nestml/src/index.d.ts',
      ]),
    );
    expect(packedFiles.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))).toEqual([]);
  });

  it('depends on nothing', () => {
    const manifest: object = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([]);
    const scripts = packedFiles.filter((path) => /\.m?js$/.test(path));
    for (const path of scripts) {
      const text = readFileSync(join(installed, path), 'utf8');
      const imports = [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom\s*["']([^"']+)["']/gm)];
      const foreign = imports.map((match) => match[1]!).filter((name) => !/^(\.|node:)/.test(name));
      expect(foreign, path).toEqual([]);
    }
  });

  it('can be imported as a library', () => {
    const program = "import { version } from 'nestml'; console.log(version);";
    writeFileSync(join(folder, 'library.js'), program);
    const output = execFileSync(process.execPath, ['library.js'], { cwd: folder, encoding: 'utf8' });
    const manifest: { version: string } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(output.trim()).toBe(manifest.version);
  });

  it('has types that a strict program can use', () => {
    const program = "import { version } from 'nestml';\nexport const length: number = version.length;\n";
    writeFileSync(
      join(folder, 'library.ts'),
      `${program}// @ts-expect-error\nexport const wrong: number = version;\n`,
    );
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const words = '--noEmit --strict --target es2023 --module nodenext --types library.ts'.split(' ');
    words.splice(words.indexOf('--types') + 1, 0, '');
    const run = spawnSync(process.execPath, [compiler, ...words], { cwd: folder, encoding: 'utf8' });
    expect(run.stdout).toBe('');
    expect(run.status).toBe(0);
  });

  it('loads neither interpreter nor plots to check a model', () => {
    const recorder = [
      "import { registerHooks } from 'node:module';",
      "const log = (url) => process.stderr.write('loaded ' + url + '\\n');",
      'registerHooks({ load: (url, context, next) => (log(url), next(url, context)) });',
    ].join('\n');
    const words = ['--import', `data:text/javascript,${encodeURIComponent(recorder)}`];
    const run = spawnSync(
      process.execPath,
      [...words, join(installed, 'bin', 'nestml.mjs'), 'check', 'leaky.nestml'],
      { cwd: folder, encoding: 'utf8' },
    );
    const loaded = [...run.stderr.matchAll(/^loaded (file:.*)$/gm)].map((match) =>
      readFileSync(new URL(match[1]!), 'utf8'),
    );
    expect(loaded.join('')).toContain('packages/language/src/');
    for (const text of loaded)
      expect(text).not.toMatch(/^\/\/ (?:packages\/(?:reference|report)|node_modules\/d3-)/m);
  });
});

describe.each([
  ['the pinned Node', process.execPath],
  ['the Node of the machine', machineNode()],
])('the installed command line on %s', (_name, node) => {
  /** Runs `nestml`; the status is 0 unless stated. */
  function nestml(words: readonly string[], status = 0): string {
    const bin = join(installed, 'bin', 'nestml.mjs');
    const run = spawnSync(node!, [bin, ...words], { cwd: folder, encoding: 'utf8' });
    expect(run.stderr).not.toMatch(/bug|Warning/);
    expect(run.status).toBe(status);
    return run.stdout;
  }

  it.skipIf(node === undefined)('prints its version', () => {
    const manifest: { version: string } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(nestml(['--version']).trim()).toBe(manifest.version);
  });

  it.skipIf(node === undefined)('accepts a correct model and finds the mistake of a wrong one', () => {
    expect(JSON.parse(nestml(['check', '--json', 'leaky.nestml']))).toEqual({
      version: 1,
      files: [{ file: 'leaky.nestml', models: ['leaky_neuron'], diagnostics: [] }],
      errors: 0,
      warnings: 0,
    });
    const report: { errors: number } = JSON.parse(nestml(['check', '--json', 'broken.nestml'], 1));
    expect(report.errors).toBe(1);
  });

  it.skipIf(node === undefined)('simulates a model with the numbers of its exact solution', () => {
    const words = [
      'simulate',
      'leaky.nestml',
      '--for',
      '20 ms',
      '--step',
      '0.1 ms',
      '--record',
      'V_m',
      '--json',
    ];
    const result: {
      times: readonly number[];
      record: { V_m: readonly number[] };
      spikes: readonly number[];
    } = JSON.parse(nestml(words));
    expect(result.times).toHaveLength(200);
    expect(result.times.at(-1)).toBe(20);
    expect(result.spikes).toEqual([]);
    result.times.forEach((time, index) => {
      const exact = -70 + 4 * (1 - Math.exp(-time / 10));
      expect(Math.abs(result.record.V_m[index]! - exact)).toBeLessThan(1e-9);
    });
  });

  it.skipIf(node === undefined)('simulates a model of the library', () => {
    const words = ['simulate', 'iaf_psc_exp', '--for', '1 ms', '--json'];
    const result: { model: string } = JSON.parse(nestml(words));
    expect(result.model).toBe('iaf_psc_exp_neuron');
  });
});
