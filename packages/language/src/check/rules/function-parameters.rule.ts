import type { Rule } from './rule.ts';

/** Parameters of a function are copies: an assignment to one does not reach the caller. */
export const functionParameters: Rule = {
  name: 'function-parameters',
  codes: ['parameter-assigned'],
  yieldsToErrors: true,
  listeners: {
    assign: ({ target: { role, name, declared }, span }, { report }) => {
      if (role !== 'functionParameter') return;
      const related = [{ message: `\`${name}\` is declared here`, span: declared }];
      report(
        'parameter-assigned',
        { start: span.start, end: span.start + name.length },
        { name },
        { related },
      );
    },
  },
};
