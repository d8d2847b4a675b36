import { InternalError } from '@nestml/diagnostics';
import type { CallNode, ExpressionSymbol, UserFunction } from '@nestml/dynamics';
import type { Callee } from './functions.ts';
import type { ModelSymbol, ModelVariable } from './variables.ts';

/** A symbol of an expression as what it is in a model. */
export function symbolOf(symbol: ExpressionSymbol): ModelSymbol {
  if (isModelSymbol(symbol)) return symbol;
  throw new InternalError(`${symbol.name} is no symbol of a model`);
}

function isModelSymbol(symbol: ExpressionSymbol): symbol is ModelSymbol {
  return 'role' in symbol;
}

/** The symbol as a variable: whatever is left after all passes, elements aside. */
export function variableOf(symbol: ExpressionSymbol): ModelVariable {
  const known = symbolOf(symbol);
  switch (known.role) {
    case 'element':
      return known.vector;
    case 'pulse':
    case 'convolve':
      throw new InternalError(`${known.name} is no variable`);
    default:
      return known;
  }
}

/** What a call of a model's expression calls. */
export function calleeOf({ function: callee }: CallNode): Callee {
  if (isCallee(callee)) return callee;
  throw new InternalError(`${callee.name} is no function of a model`);
}

function isCallee(callee: UserFunction): callee is Callee {
  return 'kind' in callee;
}
