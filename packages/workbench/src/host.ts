/**
 * The only way to the outside: everything that touches files goes through a host, so that the command line, tests, an editor
 * and a web page run the same code. Paths are whatever the host understands.
 */
export interface Host {
  /** What a path names, or `missing`. */
  kindOf(path: string): Promise<'file' | 'folder' | 'missing'>;
  /** The bytes of a file. Rejects with `HostError`. */
  readFile(path: string): Promise<Uint8Array>;
  /** Paths of all files below a folder whose name ends in `suffix`, sorted, the folder's path in front. Rejects with `HostError`. */
  listFiles(folder: string, suffix: string): Promise<readonly string[]>;
  /** Writes the joined pieces into a file, whole or not at all, replacing an old one. Rejects with `HostError`. */
  writeFile(path: string, pieces: Iterable<string>): Promise<void>;
  /** All of the standard input. Rejects with `HostError` where there is none. */
  readStandardInput(): Promise<Uint8Array>;
}

/** The machine refused: a missing permission, a full disk. `reason` is in words, without the path. */
export class HostError extends Error {
  override readonly name = 'HostError';
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}
