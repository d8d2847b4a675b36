import type { Span } from '@nestml/diagnostics';
import type { ModelSyntax } from '../../syntax/tree.ts';
import { equationOrdersOf, partsOf } from '../model-parts.ts';
import { removeLines } from '../text-edits.ts';
import type { Rule } from './rule.ts';

/** A derivative is a state only where an equation of higher order makes it one. */
export const derivativesUsed: Rule = {
  name: 'derivatives-used',
  codes: ['superfluous-derivative'],
  needsWholeText: true,
  yieldsToErrors: true,
  listeners: {
    model: ({ states, source }, { report, syntax }) => {
      // The equations as written: of those with a mistake, the derivatives are no mistake in addition.
      const orders = equationOrdersOf(partsOf(syntax));
      for (const { symbol } of states) {
        if (symbol.order === 0 || symbol.order < (orders.get(symbol.name) ?? 0)) continue;
        const line = onlyDeclaration(syntax, symbol.declared);
        const fixes =
          line === undefined ? [] : [{ title: 'Remove the line', edits: [removeLines(source, line)] }];
        report('superfluous-derivative', symbol.declared, { name: symbol.writtenName }, { fixes });
      }
    },
  },
};

/** The declaration of one variable alone, in a block with others. */
function onlyDeclaration({ blocks }: ModelSyntax, name: Span): Span | undefined {
  for (const block of blocks) {
    if (block.kind !== 'state' || block.declarations.length < 2) continue;
    const found = block.declarations.find(({ variables }) => variables.some((one) => one.name.span === name));
    if (found !== undefined) return found.variables.length === 1 ? found.span : undefined;
  }
  return undefined;
}
