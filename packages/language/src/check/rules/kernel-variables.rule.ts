import type { Expression } from '../../model/expressions.ts';
import { createPartFinder } from '../reachable-parts.ts';
import type { Rule } from './rule.ts';

/** Kernels and their increments depend on parameters, internals and the time only. */
export const kernelVariables: Rule = {
  name: 'kernel-variables',
  codes: ['kernel-uses-variable'],
  listeners: {
    model: (model, { report }) => {
      const findChanging = createPartFinder(model, (part) => describe(part) !== undefined);
      for (const kernel of model.kernels) {
        const values =
          kernel.kind === 'ode'
            ? kernel.components.flatMap(({ value, increments }) => [value, ...increments])
            : kernel.kind === 'function'
              ? [kernel.value]
              : [];
        for (const value of values) {
          const found = findChanging(value);
          const described = found === undefined ? undefined : describe(found.part);
          if (found !== undefined && described !== undefined) {
            report('kernel-uses-variable', found.use.span, described);
          }
        }
      }
    },
  },
};

function describe(part: Expression): { readonly name: string; readonly what: string } | undefined {
  if (part.kind === 'port') return { name: part.port.name, what: 'the port' };
  if (part.kind !== 'variable') return undefined;
  const { role, writtenName: name } = part.symbol;
  if (role === 'state') return { name, what: 'the state' };
  return role === 'inline' ? { name, what: 'the inline' } : undefined;
}
