import type { Rule } from '../source-module.ts';

/** A file that the linter cannot read would pass every other rule. */
export const readableSyntax: Rule = {
  name: 'syntax',
  check: ({ modules }) =>
    modules.flatMap((module) =>
      module.syntaxErrors.map((message) => ({
        path: module.path,
        line: 1,
        rule: readableSyntax.name,
        message,
        cure: 'see what `npm run typecheck` says about the file',
      })),
    ),
};
