import { constantNumber } from '../names.ts';
import { isVectorSize } from '../vector-sizes.ts';
import type { Rule } from './rule.ts';

/** The variable that gives the size of a vector is within the limits for literal sizes. */
export const vectorSizeValues: Rule = {
  name: 'vector-size-values',
  codes: ['vector-size'],
  listeners: {
    model: ({ states, parameters, internals, ports }, { report }) => {
      const things = [
        ...states.map(({ symbol }) => symbol),
        ...parameters.map(({ symbol }) => symbol),
        ...internals.map(({ symbol }) => symbol),
        ...ports,
      ];
      const sizes = new Set(things.map(({ size }) => (size?.kind === 'variable' ? size.symbol : undefined)));
      for (const { symbol, value } of [...parameters, ...internals]) {
        const count = constantNumber(value);
        if (!sizes.has(symbol) || count === undefined || isVectorSize(count)) continue;
        report('vector-size', value.span, { problem: `\`${symbol.name}\` is ${count}` });
      }
    },
  },
};
