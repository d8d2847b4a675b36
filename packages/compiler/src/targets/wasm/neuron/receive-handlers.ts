import { type ExpressionNode, nodesBelow } from '@nestml/dynamics';
import type { Statement } from '../../../ir/statements.ts';
import { variableOf } from '../../../ir/symbol-of.ts';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { SolvedReceiveHandler } from '../../../solved/solved-model.ts';

/**
 * Whether the handler must know the number of spikes, because it may do something although their weights cancel. Otherwise it only
 * adds multiples of the weight to states, and runs where the weight is not 0.
 */
export function usesCount({ port, body }: SolvedReceiveHandler): boolean {
  return !(port.size === undefined && body.every((statement) => addsMultiple(statement, port)));
}

/** `x = x + weight · …` with factors of parameters and numbers. */
function addsMultiple(statement: Statement, port: ModelVariable): boolean {
  if (statement.kind !== 'set' || statement.index !== undefined) return false;
  const { target, value } = statement;
  if (target.isInteger || value.kind !== 'sum') return false;
  const [first, ...others] = value.terms;
  const isTarget = first?.sign === 1 && isSymbol(first.operand, target);
  return isTarget && others.every(({ operand }) => isMultiple(operand, port));
}

function isMultiple(node: ExpressionNode, port: ModelVariable): boolean {
  if (isSymbol(node, port)) return true;
  if (node.kind === 'negation') return isMultiple(node.operand, port);
  if (node.kind !== 'product') return false;
  const multiples = node.factors.filter(({ operand }) => isMultiple(operand, port));
  const others = node.factors
    .filter(({ operand }) => !isMultiple(operand, port))
    .map((factor) => factor.operand);
  const isScaled = multiples.some(({ operator }) => operator === '*');
  return isScaled && multiples.length === 1 && nodesBelow(others).every(isFixedNumber);
}

function isSymbol(node: ExpressionNode, variable: ModelVariable): boolean {
  return node.kind === 'symbol' && variableOf(node.symbol) === variable;
}

function isFixedNumber(node: ExpressionNode): boolean {
  switch (node.kind) {
    case 'constant':
    case 'negation':
    case 'sum':
    case 'product':
      return true;
    case 'symbol': {
      const { role } = variableOf(node.symbol);
      return role === 'parameter' || role === 'internal' || role === 'resolution';
    }
    default:
      return false;
  }
}
