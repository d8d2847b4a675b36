#!/usr/bin/env node
// Starts the command line from the sources. They need a Node that strips types; an older one hands over to the pinned one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

if (process.features.typescript) {
  module.enableCompileCache?.(join(root, 'node_modules', '.cache', 'nestml-compile'));
  const { start } = await import('../src/start.ts');
  await start();
} else {
  const pinned = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (!existsSync(pinned)) {
    process.stderr.write(
      `error: ${process.version} cannot run the sources and the pinned Node is missing; run \`npm install\` first\n`,
    );
    process.exit(3);
  }
  const child = spawnSync(pinned, process.argv.slice(1), { stdio: 'inherit' });
  process.exit(child.status ?? 70);
}
