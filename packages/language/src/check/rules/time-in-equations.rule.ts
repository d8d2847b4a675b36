import { createPartFinder } from '../reachable-parts.ts';
import type { Rule } from './rule.ts';

/** Right-hand sides of ODEs do not depend on `t`, neither directly nor through inlines and functions. */
export const timeInEquations: Rule = {
  name: 'time-in-equations',
  codes: ['time-in-equation'],
  listeners: {
    model: (model, { report }) => {
      const findTime = createPartFinder(model, ({ kind }) => kind === 'time');
      for (const { value } of model.equations) {
        const found = findTime(value);
        if (found === undefined) continue;
        const related =
          found.through === undefined ? [] : [{ message: '`t` is used here', span: found.part.span }];
        report('time-in-equation', found.use.span, { through: found.through?.name }, { related });
      }
    },
  },
};
