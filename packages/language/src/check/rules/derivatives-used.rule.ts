import type { Rule } from './rule.ts';

/** A derivative is a state only where an equation of higher order makes it one. */
export const derivativesUsed: Rule = {
  name: 'derivatives-used',
  codes: ['superfluous-derivative'],
  needsWholeText: true,
  listeners: {
    model: ({ states, equations }, { report }) => {
      const integrated = new Set(equations.flatMap(({ variables }) => variables));
      for (const { symbol } of states) {
        if (symbol.order === 0 || integrated.has(symbol)) continue;
        report('superfluous-derivative', symbol.declared, { name: symbol.writtenName });
      }
    },
  },
};
