import { walkExpressions } from '../../model/children.ts';
import type { BuiltinExpression } from '../../model/expressions.ts';
import { isRandomFunction } from '../predefined-functions.ts';
import type { Rule } from './rule.ts';

/** Functions that draw random numbers: PyNESTML 9 refuses them for NEST, wherever they are called. */
export const randomElsewhere: Rule = {
  name: 'random-elsewhere',
  codes: ['random-elsewhere'],
  yieldsToErrors: true,
  listeners: {
    functionDefinition: ({ symbol, body }, { report }) => {
      let first: BuiltinExpression | undefined;
      walkExpressions(body, (part) => {
        if (part.kind === 'builtin' && isRandomFunction(part.name)) first ??= part;
      });
      if (first === undefined) return;
      report('random-elsewhere', first.span, { name: first.name, owner: symbol.name });
    },
  },
};
