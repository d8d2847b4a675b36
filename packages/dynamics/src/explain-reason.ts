import type { ExpressionNode } from './expression/nodes.ts';
import { printExpression, type SymbolWriter } from './expression/print.ts';
import type { Reason } from './partition.ts';

/** Longer operands of a quoted expression are abbreviated. */
const LONGEST_QUOTE = 80;

/** The reason as the end of a sentence that begins with the name of the state, such as "V_m is solved exactly, …". */
export function explainReason(reason: Reason, write: SymbolWriter = (symbol) => symbol.name): string {
  const print = (node: ExpressionNode) => printExpression(node, { write, longest: LONGEST_QUOTE });
  switch (reason.kind) {
    case 'decoupled':
      return 'is solved exactly by a scalar exponential: its equation is linear and contains no other state';
    case 'coupled': {
      const others = reason.with.map(write).join(', ');
      return `is solved exactly by a matrix exponential together with ${others}: these equations are linear with constant coefficients`;
    }
    case 'constant-rate':
      return 'changes at a constant rate and is exact after any number of steps';
    case 'not-affine':
      return `is integrated numerically: ${print(reason.node)} is not linear in the states`;
    case 'changes-within-step':
      return `is integrated numerically: ${print(reason.node)} changes within a step`;
    case 'coefficient-not-fixed':
      return `is integrated numerically: the coefficient of ${write(reason.of)} contains ${print(reason.node)}, which can change at every step`;
    case 'depends-on-numeric':
      return `is integrated numerically: it depends on ${write(reason.on)}, which is`;
    default:
      return reason satisfies never;
  }
}
