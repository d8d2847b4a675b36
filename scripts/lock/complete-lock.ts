/** The part of an entry of `package-lock.json` that matters here. */
export interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly peer?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A lock file: entries by folder, e.g. `node_modules/rolldown`. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

/** A package for another platform that a locked package asks for and the lock does not have. */
export interface MissingPlatform {
  readonly name: string;
  readonly version: string;
  /** Folder of the package that asks for it. */
  readonly neededBy: string;
}

/** Platform packages that npm left out of the lock, as it does when a registry does not offer them. */
export function missingPlatforms(lock: LockFile): readonly MissingPlatform[] {
  return Object.entries(lock.packages).flatMap(([neededBy, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .map(([name, version]) => ({ name, version, neededBy }))
      .filter((wanted) => !isLocked(lock, wanted)),
  );
}

/**
 * The lock with an entry for every missing platform package, in the order of npm (by folder).
 * @throws Error if a version is no exact one, or if a name does not state its platform
 */
export function completeLock<T extends LockFile>(lock: T): T {
  const packages = new Map(Object.entries(lock.packages));
  for (const { name, version, neededBy } of missingPlatforms(lock)) {
    if (!isExact(version)) throw new Error(`${name}: ${version} is not an exact version`);
    const { dev, peer } = lock.packages[neededBy]!;
    const flags = { ...(dev === true ? { dev } : {}), optional: true, ...(peer === true ? { peer } : {}) };
    // Another version may have the outer place; then this one lies inside the package that needs it.
    const outer = `node_modules/${name}`;
    const path = packages.has(outer) ? `${neededBy}/${outer}` : outer;
    packages.set(path, { version, ...platformOf(name), ...flags });
  }
  const sorted = [...packages].toSorted(([first], [second]) => first.localeCompare(second, 'en'));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

/** Whether Node, searching from the package that asks, finds the right version. */
function isLocked(lock: LockFile, { name, version, neededBy }: MissingPlatform): boolean {
  const parts = neededBy.split('/node_modules/');
  const folders = parts.map(
    (_part, index) => `${parts.slice(0, parts.length - index).join('/node_modules/')}/`,
  );
  const found = [...folders, ''].map((folder) => lock.packages[`${folder}node_modules/${name}`]);
  const nearest = found.find((entry) => entry !== undefined);
  return nearest !== undefined && (nearest.version === version || !isExact(version));
}

function isExact(version: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(version);
}

/** Operating system, processor and C library that the name of a platform package states, as npm writes them. */
function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  if (name.endsWith('-wasm32-wasi')) return { cpu: ['wasm32'] };
  const match =
    /-(android|darwin|freebsd|linux|openharmony|win32)-(arm64|arm|ia32|ppc64|riscv64|s390x|x64)(?:-(\w+))?$/.exec(
      name,
    );
  if (match === null) throw new Error(`${name}: the name states no known platform`);
  const [, os, cpu, abi = ''] = match;
  const libc = abi.startsWith('musl') ? ['musl'] : abi.startsWith('gnu') ? ['glibc'] : undefined;
  return { cpu: [cpu!], ...(libc === undefined ? {} : { libc }), os: [os!] };
}
