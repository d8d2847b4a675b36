import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** Name of an output file (without `.js`) and the source file that it is made from. */
export type EntryPoints = Readonly<Record<string, string>>;

/**
 * Bundles entries and everything they import into ES modules for Node 20 and later, third-party code included. A dynamic
 * import stays a file of its own, so that a command loads only what it runs.
 * @returns the files that went into the bundle, as absolute paths
 */
export async function bundle(root: string, entries: EntryPoints, folder: string): Promise<readonly string[]> {
  const build = await rolldown({
    cwd: root,
    input: { ...entries },
    platform: 'node',
    transform: { target: 'node20' },
    // Importing a module of ours does nothing by itself (rule `module-state` of the architecture linter).
    treeshake: { moduleSideEffects: false },
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(`bundling: ${log.message}`);
    },
  });
  try {
    const { output } = await build.write({
      dir: folder,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
    });
    return output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  } finally {
    await build.close();
  }
}

/** Writes the executable of the package, which starts the bundled command line. */
export async function writeExecutable(folder: string): Promise<void> {
  await mkdir(join(folder, 'bin'), { recursive: true });
  const text = `#!/usr/bin/env node
import module from 'node:module';

module.enableCompileCache?.();
const { start } = await import('../start.js');
await start();
`;
  await writeFile(join(folder, 'bin', 'nestml.mjs'), text, { mode: 0o755 });
}
