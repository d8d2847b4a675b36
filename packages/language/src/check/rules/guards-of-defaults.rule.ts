import { createConstantEvaluator } from '../constant-values.ts';
import { quote } from '../context.ts';
import type { Rule } from './rule.ts';

/** A declared value keeps its own guard. */
export const guardsOfDefaults: Rule = {
  name: 'guards-of-defaults',
  codes: ['default-violates-guard'],
  yieldsToErrors: true,
  listeners: {
    model: (model, { report }) => {
      const evaluate = createConstantEvaluator(model);
      for (const { symbol, value, guard } of [...model.states, ...model.parameters, ...model.internals]) {
        if (guard === undefined || guard.type.kind === 'error' || evaluate(guard) !== false) continue;
        const condition = quote(model.source, guard.span);
        const related = [{ message: 'the guard is here', span: guard.span }];
        report(
          'default-violates-guard',
          value.span,
          { name: symbol.writtenName, guard: condition },
          { related },
        );
      }
    },
  },
};
