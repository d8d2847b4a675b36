import { describeType, hasDimension } from '../value-types.ts';
import type { Rule } from './rule.ts';

/** A kernel variable that is convolved is a plain number; the others of its system may have units. */
export const kernelNumbers: Rule = {
  name: 'kernel-numbers',
  codes: ['kernel-not-number'],
  listeners: {
    convolve: ({ kernel, span }, { model, report }) => {
      for (const candidate of model.kernels) {
        if (candidate.kind !== 'ode') continue;
        const component = candidate.components.find(({ symbol }) => symbol === kernel);
        const variable = component?.variables[0];
        if (variable === undefined || !hasDimension(variable.type)) continue;
        const { name, type, declared } = variable;
        const related = [{ message: `\`${name}\` is declared here`, span: declared }];
        const parameters = { name, expression: `\`${name}\``, type: describeType(type) };
        report('kernel-not-number', span, parameters, { related });
      }
    },
  },
};
