// Compares the recorded values of conformance/recorded with NEST itself.
//   npm run test:nest [-- argument…]     arguments go to conformance/nest/record.py; without any, synapses are compared as well
// Needs python3 with venv; NEST and what else is listed in conformance/nest/requirements.txt is installed into .cache/venv.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const environment = join(root, '.cache', 'venv');
const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const requirements = join(root, 'conformance', 'nest', 'requirements.txt');

/** The machine lacks something: says what and how to get it. */
function missing(what: string, cure: string): never {
  console.error(`test:nest: ${what}. ${cure}`);
  process.exit(3);
}

function pythonVersion(): string {
  const run = spawnSync('python3', ['--version'], { encoding: 'utf8' });
  if (run.status !== 0) {
    missing(
      'there is no python3',
      'Install Python 3.10 or later (Debian: `apt-get install python3 python3-venv`).',
    );
  }
  return run.stdout.trim();
}

/** Creates the virtual environment if it is missing or was made for other requirements. */
function provision(): void {
  const wanted = `${pythonVersion()}\n${readFileSync(requirements, 'utf8')}`;
  const stamp = join(environment, 'installed.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('test:nest: installing NEST into .cache/venv (first run or changed requirements) …');
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(dirname(environment), { recursive: true });
  const venv = spawnSync('python3', ['-m', 'venv', environment], { stdio: ['ignore', 2, 2] });
  if (venv.status !== 0) {
    rmSync(environment, { recursive: true, force: true });
    missing('python3 cannot create a virtual environment', 'Debian: `apt-get install python3-venv`.');
  }
  const pip = spawnSync(
    python,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
    { stdio: ['ignore', 2, 2] },
  );
  if (pip.status !== 0) {
    missing(
      'pip could not install conformance/nest/requirements.txt',
      'See the lines above; check the network.',
    );
  }
  writeFileSync(stamp, wanted);
}

provision();
const [record, recordSynapses] = ['record.py', 'record_synapses.py'].map((file) =>
  join(root, 'conformance', 'nest', file),
);
const options = process.argv.slice(2);
const checks = [
  [record!, ...options],
  // Its recordings are few, so that there is nothing to choose from.
  ...(options.length === 0 ? [[recordSynapses!]] : []),
];
const statuses = checks.map(([script, ...own]) => {
  const check = spawnSync(python, [script!, '--check', ...own], { cwd: root, stdio: 'inherit' });
  return check.status ?? 1;
});
process.exitCode = Math.max(...statuses);
