import { describeType, hasDimension } from '../value-types.ts';
import type { Rule } from './rule.ts';

/** PyNESTML 9 wants all variables of a kernel to be plain numbers, not only the one that is convolved. */
export const kernelsElsewhere: Rule = {
  name: 'kernels-elsewhere',
  codes: ['kernel-unit-elsewhere'],
  yieldsToErrors: true,
  listeners: {
    kernel: (kernel, { report }) => {
      if (kernel.kind !== 'ode') return;
      for (const { variables } of kernel.components) {
        const { name, type, declared } = variables[0]!;
        if (hasDimension(type)) report('kernel-unit-elsewhere', declared, { name, type: describeType(type) });
      }
    },
  },
};
