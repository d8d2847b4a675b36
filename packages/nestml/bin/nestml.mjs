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
  module.registerHooks?.({ resolve: resolveSource });
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

/**
 * A relative import of the sources names a file of TypeScript: Node need not look for it, its links and the package it belongs to. For some 200
 * modules that saves a tenth of the time of `nestml check`.
 */
function resolveSource(specifier, context, next) {
  if (!specifier.startsWith('.') || !specifier.endsWith('.ts')) return next(specifier, context);
  return { url: new URL(specifier, context.parentURL).href, format: 'module-typescript', shortCircuit: true };
}
