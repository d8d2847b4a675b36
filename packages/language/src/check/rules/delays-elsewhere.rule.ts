import { walkExpression } from '../../model/children.ts';
import type { DelayedExpression } from '../../model/expressions.ts';
import type { VariableSymbol } from '../../model/symbols.ts';
import { quote } from '../context.ts';
import type { Rule } from './rule.ts';

/** Delayed variables that PyNESTML 9 accepts and computes wrongly. */
export const delaysElsewhere: Rule = {
  name: 'delays-elsewhere',
  codes: ['delay-elsewhere'],
  yieldsToErrors: true,
  listeners: {
    model: ({ equations, source }, { report }) => {
      const first = new Map<VariableSymbol, DelayedExpression>();
      for (const { variables, value } of equations) {
        walkExpression(value, (part) => {
          if (part.kind !== 'delayed') return;
          const { symbol, delay, span } = part;
          if (variables.includes(symbol)) {
            report('delay-elsewhere', span, { name: symbol.name, isSelf: true });
            return;
          }
          const other = first.get(symbol);
          if (other === undefined) first.set(symbol, part);
          else if (quote(source, other.delay.span) !== quote(source, delay.span)) {
            const related = [{ message: 'the other delay is here', span: other.span }];
            report('delay-elsewhere', span, { name: symbol.name, isSelf: false }, { related });
          }
        });
      }
    },
  },
};
