// PyNESTML in a virtual environment of its own under .cache/, which is made at the first use.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { timeOf } from '../measure.ts';
import { ROOT } from './library-texts.ts';

const VERSION = '9.0.0';
const ENVIRONMENT = join(ROOT, '.cache', 'pynestml');
const PYTHON = join(ENVIRONMENT, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const SCRIPT = fileURLToPath(new URL('time_pynestml.py', import.meta.url));

/** Times of one process, s. */
export interface PynestmlTimes {
  readonly version: string;
  /** Import and tables of predefined names. */
  readonly load: number;
  readonly parse: number;
  readonly check: number;
  /** From the start of the process to its end. */
  readonly total: number;
  /** Models that it does not accept. */
  readonly refused: readonly string[];
}

/** Measures PyNESTML on files (from the root of the repository), or says why it cannot be measured. */
export function measurePynestml(
  paths: readonly string[],
): { readonly times: PynestmlTimes } | { readonly missing: string } {
  const missing = provision();
  if (missing !== undefined) return { missing };
  let output = '';
  const milliseconds = timeOf(
    () => {
      output = spawnSync(PYTHON, [SCRIPT, ...paths], {
        cwd: ROOT,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      }).stdout;
    },
    () => performance.now(),
  );
  const last = output.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) return { missing: 'PyNESTML failed, see above' };
  return { times: { version: VERSION, ...JSON.parse(last), total: milliseconds / 1000 } };
}

/** Creates the environment if it is missing or was made for something else; what is missing on the machine, if that fails. */
function provision(): string | undefined {
  const python = spawnSync('python3', ['--version'], { encoding: 'utf8' });
  if (python.status !== 0) return 'there is no python3';
  const wanted = `${python.stdout.trim()}\nnestml==${VERSION}\n`;
  const stamp = join(ENVIRONMENT, 'installed.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return undefined;
  process.stderr.write(`installing PyNESTML ${VERSION} into .cache/pynestml …\n`);
  rmSync(ENVIRONMENT, { recursive: true, force: true });
  mkdirSync(dirname(ENVIRONMENT), { recursive: true });
  const run = (program: string, words: readonly string[]) =>
    spawnSync(program, words, { stdio: ['ignore', 2, 2] }).status === 0;
  if (!run('python3', ['-m', 'venv', ENVIRONMENT]))
    return 'python3 cannot create a virtual environment (Debian: `apt-get install python3-venv`)';
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `nestml==${VERSION}`];
  if (!run(PYTHON, pip)) return 'pip could not install it, see above; is there a network?';
  writeFileSync(stamp, wanted);
  return undefined;
}
