import { readFileSync } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Host, HostError } from '@nestml/workbench/host';

/** Files and standard input of the machine that runs Node. */
export function createNodeHost(): Host {
  return { kindOf, readFile: readBytes, listFiles, writeFile: writeWhole, readStandardInput };
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'missing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return 'missing';
    throw asHostError(path, error);
  }
}

/** Model files are small: reading one at once takes less time than a round trip through the threads of Node. */
async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return readFileSync(path);
  } catch (error) {
    throw asHostError(path, error);
  }
}

async function listFiles(folder: string, suffix: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw asHostError(folder, error);
  });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.split(/[/\\]/).includes('node_modules'))
    .sort();
}

/**
 * Writes beside a regular file first, so that it is either the old or the whole new one. A link is followed. What is no regular file
 * (a pipe, a device) is written to directly.
 */
async function writeWhole(path: string, pieces: Iterable<string>): Promise<void> {
  const target = await realpath(path).catch(() => path);
  // Few commands write; loading this takes some milliseconds.
  const { randomBytes } = await import('node:crypto');
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const old = await stat(target).catch(() => undefined);
    if (old !== undefined && !old.isFile()) return await writeFile(target, pieces);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(temporary, pieces);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw asHostError(path, error);
  }
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; check the rights of the file and its folder',
  EPERM: 'permission denied; check the rights of the file and its folder',
  EROFS: 'the file system is read-only; choose another folder',
  ENOSPC: 'the disk is full; free some space or choose another folder',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder; name a file',
  EMFILE: 'too many open files',
};

function asHostError(path: string, error: unknown): HostError {
  const code = codeOf(error);
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return new HostError(path, reason);
}
