import type { Kernel } from '../../model/checked-model.ts';
import { findPart } from '../../model/children.ts';
import type { Expression, ProductExpression } from '../../model/expressions.ts';
import { quote } from '../context.ts';
import { constantNumber } from '../names.ts';
import type { Rule } from './rule.ts';

/** The equations of a kernel are linear in its variables, homogeneous, and autonomous. */
export const linearKernels: Rule = {
  name: 'linear-kernels',
  codes: ['kernel-not-linear'],
  listeners: {
    kernel: (kernel, { model, report }) => {
      for (const value of valuesOf(kernel)) {
        const defect = findDefect(value);
        if (defect === undefined) continue;
        const { place, reason } = defect;
        report('kernel-not-linear', place.span, { expression: quote(model.source, place.span), reason });
      }
    },
  },
};

function valuesOf(kernel: Kernel): readonly Expression[] {
  return kernel.kind === 'ode' ? kernel.components.map(({ value }) => value) : [];
}

interface Defect {
  readonly place: Expression;
  readonly reason: string;
}

function findDefect(value: Expression): Defect | undefined {
  const time = findPart(value, ({ kind }) => kind === 'time');
  if (time !== undefined) return { place: time, reason: 'is the time' };
  return value.type.kind === 'error' ? undefined : defectOf(value);
}

/** The part of an expression that keeps it from being linear without a constant term. */
function defectOf(expression: Expression): Defect | undefined {
  if (constantNumber(expression) === 0) return undefined;
  if (!usesKernel(expression))
    return { place: expression, reason: 'does not contain a variable of the kernel' };
  switch (expression.kind) {
    case 'variable':
      return undefined;
    case 'negation':
    case 'inUnit':
      return defectOf(expression.operand);
    case 'sum':
      return firstDefect(expression.terms.map(({ operand }) => operand));
    case 'product':
      return defectOfProduct(expression);
    case 'conditional':
      if (usesKernel(expression.condition)) return notLinear(expression.condition);
      return firstDefect([expression.whenTrue, expression.whenFalse]);
    default:
      return notLinear(expression);
  }
}

function firstDefect(parts: readonly Expression[]): Defect | undefined {
  for (const part of parts) {
    const defect = defectOf(part);
    if (defect !== undefined) return defect;
  }
  return undefined;
}

function defectOfProduct(product: ProductExpression): Defect | undefined {
  const using = product.factors.filter(({ operand }) => usesKernel(operand));
  const only = using[0]!;
  const isExact = product.factors.every(({ operator }) => operator === '*' || operator === '/');
  return using.length === 1 && only.operator === '*' && isExact ? defectOf(only.operand) : notLinear(product);
}

function notLinear(place: Expression): Defect {
  return { place, reason: 'is not linear in the variables of the kernel' };
}

function usesKernel(expression: Expression): boolean {
  const isUse = (part: Expression) => part.kind === 'variable' && part.symbol.role === 'kernelState';
  return findPart(expression, isUse) !== undefined;
}
