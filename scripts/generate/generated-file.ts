/** A file whose text follows from other files of the repository. */
export interface GeneratedFile {
  /** Path relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A part of the repository that a generator owns. */
export interface Generator {
  /** What the files are made from, for messages, e.g. `models/`. */
  readonly source: string;
  /** A folder that holds nothing but files of this generator; other files in it are stale. */
  readonly ownFolder?: string;
  readonly generate: (root: string) => Promise<readonly GeneratedFile[]>;
}
