/** What one package may know. */
export interface PackageRules {
  /** Workspace packages that may be imported, without the scope; `engine/interface` is an entry of a package. */
  readonly imports: readonly string[];
  /** Further workspace packages that tests may import, to make or check what the package works on. */
  readonly testImports?: readonly string[];
  /** Whether the package is the host: it alone may use `node:` modules. */
  readonly isHost?: boolean;
  /** Globals of a host that may be used all the same. */
  readonly hostGlobals?: readonly string[];
}

const everythingBelowWorkbench = [
  'diagnostics',
  'units',
  'dynamics',
  'engine',
  'language',
  'language/dialects',
  'language/format',
  'language/services',
  'reference',
  'compiler',
  'report',
  'report/html',
] as const;

/** The whole architecture: who may import whom. A package that is not listed here may not exist. */
export const packageTable: Readonly<Record<string, PackageRules>> = {
  diagnostics: { imports: [] },
  units: { imports: [] },
  dynamics: { imports: [] },
  engine: {
    imports: [],
    testImports: ['compiler', 'diagnostics', 'dynamics', 'language', 'reference'],
    hostGlobals: ['WebAssembly'],
  },
  language: { imports: ['diagnostics', 'units'] },
  reference: { imports: ['diagnostics', 'units', 'language'] },
  compiler: {
    imports: ['diagnostics', 'units', 'language', 'dynamics', 'engine/interface'],
    testImports: ['reference'],
  },
  report: { imports: ['diagnostics', 'units'] },
  workbench: { imports: everythingBelowWorkbench },
  nestml: { imports: ['workbench', 'workbench/check', 'workbench/host', 'diagnostics'], isHost: true },
};

/** Globals that only a host may use: files, clocks, processes, network, threads, the page, chance. */
export const hostGlobals = [
  'Buffer',
  'Date',
  'MessageChannel',
  'SharedWorker',
  'WebAssembly',
  'Worker',
  'XMLHttpRequest',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'document',
  'fetch',
  'global',
  'globalThis',
  'indexedDB',
  'localStorage',
  'navigator',
  'performance',
  'postMessage',
  'process',
  'require',
  'self',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'window',
] as const;

/** Packages that tests may import besides those of their package. */
export const testPackages = ['vitest', 'fast-check'] as const;

/** A file stays below this number of lines. */
export const maximumFileLines = 500;
/** A function stays below this number of lines. */
export const maximumFunctionLines = 60;
