import type { MessageTable } from '@nestml/diagnostics';

/** A message table whose codes get pages. */
export interface NamedTable {
  /** The package that declares the table. */
  readonly package: string;
  readonly load: () => Promise<MessageTable>;
}

/** Every message table of the toolchain. */
export const messageTables: readonly NamedTable[] = [
  { package: 'language', load: async () => (await import('@nestml/language')).languageMessages },
  { package: 'language', load: async () => (await import('@nestml/language')).roleMessages },
  { package: 'compiler', load: async () => (await import('@nestml/compiler')).compilerMessages },
  { package: 'compiler', load: async () => (await import('@nestml/compiler')).odeProblemMessages },
  { package: 'workbench', load: async () => (await import('@nestml/workbench')).workbenchMessages },
];
