import { allowedImports } from './rules/allowed-imports.ts';
import { hostGlobalsOnlyInHosts } from './rules/host-globals.ts';
import { noImportCycles } from './rules/import-cycles.ts';
import { lengths } from './rules/lengths.ts';
import { noModuleState } from './rules/module-state.ts';
import { noAny } from './rules/no-any.ts';
import { noSuppressions } from './rules/no-suppressions.ts';
import { readableSyntax } from './rules/syntax.ts';
import type { Finding, Project, Rule } from './source-module.ts';

/** Every rule of the architecture. */
export const rules: readonly Rule[] = [
  readableSyntax,
  allowedImports,
  hostGlobalsOnlyInHosts,
  noAny,
  noSuppressions,
  noModuleState,
  noImportCycles,
  lengths,
];

/** All breaches of all rules, by file and line. */
export function checkArchitecture(project: Project): readonly Finding[] {
  return rules
    .flatMap((rule) => rule.check(project))
    .toSorted((first, second) =>
      first.path === second.path ? first.line - second.line : first.path < second.path ? -1 : 1,
    );
}

/** One line for people and editors: place, rule, what is wrong, how it is cured. */
export function formatFinding({ path, line, rule, message, cure }: Finding): string {
  return `${path}:${line}: [${rule}] ${message}. Cure: ${cure}.`;
}
