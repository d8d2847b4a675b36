import { evaluateCall, isKnownCallee, type OdeProblem } from '@nestml/compiler';
import {
  compileEvaluator,
  type Evaluator,
  type ExpressionNode,
  type ExpressionSymbol,
  environmentOf,
  evaluateAll,
  nodesBelow,
  type Value,
} from '@nestml/dynamics';

/** The parameters of a problem as numbers. */
export interface OdeValues {
  readonly values: ReadonlyMap<ExpressionSymbol, number>;
  /** Numbers of expressions that contain parameters only. */
  readonly numbersOf: (nodes: readonly ExpressionNode[]) => Float64Array;
}

/** The numbers of all parameters that have one. */
export function odeValues({ parameters }: OdeProblem): OdeValues {
  const values = new Map<ExpressionSymbol, number>();
  const environment = { ...environmentOf(values), call: evaluateCall };
  for (let before = -1; before !== values.size; ) {
    before = values.size;
    for (const { symbol, value } of parameters) {
      if (values.has(symbol) || namesWithoutValue([value], values).length > 0) continue;
      values.set(symbol, Number(evaluateAll([value], environment)[0]));
    }
  }
  return {
    values,
    numbersOf: (nodes) => Float64Array.from(evaluateAll(nodes, environment), Number),
  };
}

/** The symbols and functions in expressions that have no value, by name, each once. */
export function namesWithoutValue(
  nodes: readonly ExpressionNode[],
  known: { readonly has: (symbol: ExpressionSymbol) => boolean },
): readonly string[] {
  const names = nodesBelow(nodes).flatMap((node) => {
    if (node.kind === 'symbol' && !known.has(node.symbol)) return [node.symbol.name];
    return node.kind === 'call' && !isKnownCallee(node.function) ? [`${node.function.name}()`] : [];
  });
  return [...new Set(names)];
}

/** Prepares expressions of `inputs` and parameters for many evaluations. */
export function prepareEvaluator(
  roots: readonly ExpressionNode[],
  inputs: readonly ExpressionSymbol[],
  values: ReadonlyMap<ExpressionSymbol, number>,
): Evaluator {
  const nodes = nodesBelow(roots);
  if (nodes.some(({ kind }) => kind === 'call')) return evaluateWithCalls(roots, inputs, values);
  const fixed = nodes.flatMap((node) =>
    node.kind === 'symbol' && !inputs.includes(node.symbol) ? [node.symbol] : [],
  );
  const evaluate = compileEvaluator(roots, [...inputs, ...fixed]);
  const given = Float64Array.from([...inputs.map(() => 0), ...fixed.map((symbol) => values.get(symbol)!)]);
  return (moving, results) => {
    given.set(moving);
    evaluate(given, results);
  };
}

/** Slower, for functions that have no instruction. */
function evaluateWithCalls(
  roots: readonly ExpressionNode[],
  inputs: readonly ExpressionSymbol[],
  values: ReadonlyMap<ExpressionSymbol, number>,
): Evaluator {
  const known = new Map<ExpressionSymbol, Value>(values);
  const environment = { ...environmentOf(known), call: evaluateCall };
  return (moving, results) => {
    inputs.forEach((symbol, i) => {
      known.set(symbol, moving[i]!);
    });
    evaluateAll(roots, environment).forEach((value, i) => {
      results[i] = Number(value);
    });
  };
}
