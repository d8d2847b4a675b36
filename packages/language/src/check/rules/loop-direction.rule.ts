import { constantNumber } from '../names.ts';
import type { Rule } from './rule.ts';

/** The step of a loop leads from its first bound to its second. */
export const loopDirection: Rule = {
  name: 'loop-direction',
  codes: ['loop-never-runs'],
  yieldsToErrors: true,
  listeners: {
    for: ({ from, to, step, span }, { report }) => {
      const [first, end] = [constantNumber(from), constantNumber(to)];
      if (first === undefined || end === undefined || step === 0) return;
      if (step > 0 ? first < end : first > end) return;
      const place = { start: from.span.start, end: Math.min(to.span.end, span.end) };
      report('loop-never-runs', place, { first, end, step });
    },
  },
};
