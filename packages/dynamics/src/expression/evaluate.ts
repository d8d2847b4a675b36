import { applyMathFunction } from './math-functions.ts';
import type { ExpressionNode, ExpressionSymbol, LogicalNode, RandomFunction, UserFunction } from './nodes.ts';
import { applyBits, compareValues, integerQuotient } from './scalar-operations.ts';
import { operandsOf } from './traverse.ts';

export type Value = number | boolean;

/** Where the values come from that an expression does not contain. */
export interface Environment {
  /** The value of a symbol, of the kind that the symbol declares. */
  valueOf(symbol: ExpressionSymbol): Value;
  /** The value of a call; without this calls throw. */
  call?(callee: UserFunction, values: readonly Value[]): Value;
  /** One draw; without this draws throw. */
  draw?(name: RandomFunction, values: readonly number[], callSite: number): number;
}

/** An environment of named values and nothing else; a symbol without value throws. */
export function environmentOf(values: ReadonlyMap<ExpressionSymbol, Value>): Environment {
  return {
    valueOf: (symbol) => {
      const value = values.get(symbol);
      if (value === undefined) throw new RangeError(`${symbol.name} has no value`);
      return value;
    },
  };
}

/** @throws TypeError if the expression is a truth value. See `evaluateAll`. */
export function evaluate(root: ExpressionNode, environment: Environment): number {
  return numeric(evaluateAll([root], environment)[0]!);
}

/**
 * The values of expressions in double precision. Every node is evaluated at most once, so that what is shared is drawn once; operands
 * from the left; branches that are not taken are not evaluated. Any depth.
 *
 * @throws RangeError if the environment cannot give a value; TypeError if a number is used as truth value or the reverse.
 */
export function evaluateAll(roots: readonly ExpressionNode[], environment: Environment): readonly Value[] {
  const values = new Map<ExpressionNode, Value>();
  for (const root of roots) evaluateInto(values, root, environment);
  return roots.map((root) => values.get(root)!);
}

function evaluateInto(
  values: Map<ExpressionNode, Value>,
  root: ExpressionNode,
  environment: Environment,
): void {
  const stack = [root];
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    const missing = values.has(node)
      ? []
      : neededOperands(node, values).filter((operand) => !values.has(operand));
    if (missing.length > 0) {
      stack.push(...missing.toReversed());
      continue;
    }
    if (!values.has(node)) values.set(node, valueOfNode(node, values, environment));
    stack.pop();
  }
}

/** The operands whose values must be known next; those that are not needed may stay unknown. */
function neededOperands(
  node: ExpressionNode,
  values: ReadonlyMap<ExpressionNode, Value>,
): readonly ExpressionNode[] {
  if (node.kind === 'select') {
    const condition = values.get(node.condition);
    return condition === undefined ? [node.condition] : [condition ? node.whenTrue : node.whenFalse];
  }
  if (node.kind === 'logical') {
    const goesOn = node.operator === 'and';
    const open = node.operands.find((operand) => values.get(operand) !== goesOn);
    return open === undefined ? [] : [open];
  }
  return operandsOf(node);
}

function valueOfNode(
  node: ExpressionNode,
  values: ReadonlyMap<ExpressionNode, Value>,
  environment: Environment,
): Value {
  const number = (operand: ExpressionNode) => numeric(values.get(operand)!);
  switch (node.kind) {
    case 'constant':
    case 'boolean':
      return node.value;
    case 'symbol':
      return environment.valueOf(node.symbol);
    case 'negation':
      return -number(node.operand);
    case 'sum':
      return node.terms.map(({ sign, operand }) => sign * number(operand)).reduce((sum, term) => sum + term);
    case 'product':
      return node.factors.reduce(
        (product, { operator, operand }) =>
          operator === '*' ? product * number(operand) : product / number(operand),
        1,
      );
    case 'integerQuotient':
      return integerQuotient(number(node.left), number(node.right));
    case 'remainder':
      return number(node.left) % number(node.right);
    case 'power':
      return number(node.base) ** number(node.exponent);
    case 'bit':
      return applyBits(number(node.left), node.operator, number(node.right));
    case 'bitNot':
      return ~number(node.operand);
    case 'comparison':
      return compareValues(values.get(node.left)!, node.operator, values.get(node.right)!);
    case 'not':
      return !truth(values.get(node.operand)!);
    case 'logical':
      return valueOfLogical(node, values);
    case 'select':
      return values.get(truth(values.get(node.condition)!) ? node.whenTrue : node.whenFalse)!;
    case 'function':
      return applyMathFunction(node.name, node.arguments.map(number));
    case 'call': {
      if (environment.call === undefined) throw new RangeError(`${node.function.name} cannot be called here`);
      const given = node.arguments.map((argument) => values.get(argument)!);
      return environment.call(node.function, given);
    }
    case 'draw': {
      if (environment.draw === undefined) throw new RangeError(`${node.name} cannot be drawn here`);
      return environment.draw(node.name, node.arguments.map(number), node.callSite);
    }
    default:
      return node satisfies never;
  }
}

/** Operands without value were not needed. */
function valueOfLogical(
  { operator, operands }: LogicalNode,
  values: ReadonlyMap<ExpressionNode, Value>,
): boolean {
  const goesOn = operator === 'and';
  return operands.every((operand) => values.get(operand) === goesOn) ? goesOn : !goesOn;
}

function numeric(value: Value): number {
  if (typeof value !== 'number') throw new TypeError('a truth value is used as a number');
  return value;
}

function truth(value: Value): boolean {
  if (typeof value !== 'boolean') throw new TypeError('a number is used as a truth value');
  return value;
}
