import { equationOrdersOf, partsOf } from '../model-parts.ts';
import type { Rule } from './rule.ts';

/** A derivative is a state only where an equation of higher order makes it one. */
export const derivativesUsed: Rule = {
  name: 'derivatives-used',
  codes: ['superfluous-derivative'],
  needsWholeText: true,
  listeners: {
    model: ({ states }, { report, syntax }) => {
      // The equations as written: of those with a mistake, the derivatives are no mistake in addition.
      const orders = equationOrdersOf(partsOf(syntax));
      for (const { symbol } of states) {
        if (symbol.order === 0 || symbol.order < (orders.get(symbol.name) ?? 0)) continue;
        report('superfluous-derivative', symbol.declared, { name: symbol.writtenName });
      }
    },
  },
};
