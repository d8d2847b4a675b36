import { isTest, lineOf, type Rule } from '../source-module.ts';

const SUPPRESSION = /@ts-(?:ignore|nocheck|expect-error)|biome-ignore|eslint-disable|oxlint-disable/;
/** In tests a line that must not compile is a way to test types. */
const SUPPRESSION_IN_TESTS = /@ts-(?:ignore|nocheck)|biome-ignore|eslint-disable|oxlint-disable/;
const UNFINISHED = /\b(?:TODO|FIXME|XXX)\b/;

/** No check is switched off and nothing is left for later in a comment. */
export const noSuppressions: Rule = {
  name: 'no-suppressions',
  check: ({ modules }) =>
    modules.flatMap((module) => {
      const suppression = isTest(module) ? SUPPRESSION_IN_TESTS : SUPPRESSION;
      return module.comments.flatMap((comment) => {
        const place = {
          path: module.path,
          line: lineOf(module, comment.start),
          rule: noSuppressions.name,
        };
        if (suppression.test(comment.text)) {
          const message = 'a comment switches a check off';
          return [
            { ...place, message, cure: 'repair what the check finds, or change the check for everyone' },
          ];
        }
        if (UNFINISHED.test(comment.text)) {
          const message = 'a comment leaves work for later';
          return [{ ...place, message, cure: 'do it, or describe the limit to users in the documentation' }];
        }
        return [];
      });
    }),
};
