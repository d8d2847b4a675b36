import { walkStatements } from '../../model/children.ts';
import type { Rule } from './rule.ts';

/** Equations advance only where `update` integrates them. */
export const equationsIntegrated: Rule = {
  name: 'equations-integrated',
  codes: ['missing-integrate-odes'],
  needsWholeText: true,
  listeners: {
    model: ({ equations, update }, { report }) => {
      const first = equations[0];
      if (first === undefined) return;
      let isIntegrated = false;
      walkStatements(update, ({ kind }) => {
        isIntegrated ||= kind === 'integrate';
      });
      const names = equations.map(({ variables }) => variables[0]!.name);
      if (!isIntegrated) report('missing-integrate-odes', first.span, { names });
    },
  },
};
