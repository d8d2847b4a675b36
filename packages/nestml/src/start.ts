import type { Console } from './console.ts';
import { fileChanges } from './host/file-changes.ts';
import { createNodeHost } from './host/node-host.ts';
import { main } from './main.ts';

/** Runs the command line of this process and sets its exit status. */
export async function start(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that closes early (`| head`) is no mistake.
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));
  }
  process.exitCode = await main(process.argv.slice(2), createProcessConsole());
}

function createProcessConsole(): Console {
  const { stdout, stderr, env } = process;
  return {
    host: createNodeHost(),
    out: (text) => void stdout.write(text),
    error: (text) => void stderr.write(text),
    changes: fileChanges,
    now: () => performance.now(),
    isTerminal: stdout.isTTY === true,
    isErrorTerminal: stderr.isTTY === true,
    columns: stdout.columns ?? 80,
    rows: stdout.rows ?? 32,
    unicode:
      process.platform !== 'linux' ||
      /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'UTF-8'),
    noColor: (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb',
  };
}
