// Entry of the npm scripts: plain JavaScript, so that any Node >= 20 can run it on a fresh clone.
// It installs what is missing and continues under the pinned Node 24.
//   node scripts/bootstrap.mjs SCRIPT.ts [argument…]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.installed-lock');
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
const pinnedNode = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

function isInstalled() {
  return existsSync(pinnedNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
}

/** One installation at a time: the others wait for it. A lock that is older than ten minutes was left behind. */
function withInstallLock(install) {
  const folder = join(root, '.cache', 'install.lock');
  mkdirSync(dirname(folder), { recursive: true });
  for (let waited = 0; ; waited += 1) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (waited === 0) process.stderr.write('Waiting for another installation …\n');
      if (Date.now() - statSync(folder, { throwIfNoEntry: false })?.mtimeMs > 600_000)
        rmSync(folder, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
  try {
    install();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function install() {
  if (isInstalled()) return;
  process.stderr.write('Installing dependencies (first run or changed lock file) …\n');
  const npm = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status === 0) writeFileSync(stamp, lock);
}

if (!isInstalled()) withInstallLock(install);
if (!isInstalled()) {
  process.stderr.write(
    'npm ci failed: see the lines above; check the network and the free disk space, then try again.\n',
  );
  process.exit(3);
}

const [script, ...args] = process.argv.slice(2);
const child = spawnSync(pinnedNode, [join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: {
    ...process.env,
    PATH: `${join(modules, '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  },
});
process.exit(child.status ?? 1);
