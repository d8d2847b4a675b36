import type { ConditionHandler } from '../../model/checked-model.ts';
import { walkStatements } from '../../model/children.ts';
import type { VariableSymbol } from '../../model/symbols.ts';
import { createPartFinder } from '../reachable-parts.ts';
import type { Rule } from './rule.ts';

/** Conditions are tested in the order of the text: one that reads what an earlier handler assigns sees the new value in the same step. */
export const conditionOrder: Rule = {
  name: 'condition-order',
  codes: ['condition-order'],
  yieldsToErrors: true,
  listeners: {
    model: (model, { report }) => {
      const assigned = new Map<VariableSymbol, ConditionHandler>();
      for (const handler of model.conditionHandlers) {
        const find = createPartFinder(model, (part) => part.kind === 'variable' && assigned.has(part.symbol));
        const found = assigned.size === 0 ? undefined : find(handler.condition);
        if (found?.part.kind === 'variable') {
          const { symbol } = found.part;
          const { condition } = assigned.get(symbol)!;
          const related = [{ message: 'the earlier condition is here', span: condition.span }];
          report('condition-order', found.use.span, { name: symbol.writtenName }, { related });
        }
        walkStatements(handler.body, (statement) => {
          if (
            statement.kind === 'assign' &&
            statement.target.role === 'state' &&
            !assigned.has(statement.target)
          )
            assigned.set(statement.target, handler);
        });
      }
    },
  },
};
