import type { Expression } from '../../model/expressions.ts';
import type { Region } from '../context.ts';
import { isRandomFunction } from '../predefined-functions.ts';
import { createPartFinder } from '../reachable-parts.ts';
import { describeRegion, type Rule, type RuleContext } from './rule.ts';

/** Random numbers are drawn by statements, and in functions that only statements call. */
export const randomInPlace: Rule = {
  name: 'random-in-place',
  codes: ['random-misplaced'],
  listeners: {
    model: (model, context) => {
      const findRandom = createPartFinder(model, isRandom);
      const check = (expression: Expression, region: Region) => {
        const found = findRandom(expression);
        // An inline that draws is reported where it is defined.
        if (found?.part.kind !== 'builtin' || found.through?.kind === 'variable') return;
        reportRandom(found.use, found.part.name, found.through?.name, region, context);
      };
      for (const { value, guard } of [...model.states, ...model.parameters, ...model.internals]) {
        check(value, 'state');
        if (guard !== undefined) check(guard, 'guard');
      }
      for (const { value } of model.inlines) check(value, 'inline');
      for (const { value } of model.equations) check(value, 'equation');
      for (const kernel of model.kernels) {
        if (kernel.kind === 'function') check(kernel.value, 'kernel');
        if (kernel.kind !== 'ode') continue;
        for (const { value, increments } of kernel.components) {
          check(value, 'kernel');
          for (const increment of increments) check(increment, 'increment');
        }
      }
    },
  },
};

function isRandom(part: Expression): boolean {
  return part.kind === 'builtin' && isRandomFunction(part.name);
}

function reportRandom(
  use: Expression,
  name: string,
  through: string | undefined,
  region: Region,
  { report }: RuleContext,
): void {
  report('random-misplaced', use.span, { name, place: describeRegion(region), through });
}
