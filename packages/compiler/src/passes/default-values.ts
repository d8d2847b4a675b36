import {
  type Environment,
  type ExpressionNode,
  type ExpressionSymbol,
  evaluateAll,
  nodesBelow,
  type Value,
} from '@nestml/dynamics';
import type { Model } from '../ir/model.ts';
import { symbolOf } from '../ir/symbol-of.ts';
import type { ModelVariable } from '../ir/variables.ts';

/** A model as it is before its first step, nothing set by hand. */
export interface DefaultValues {
  /** Absent: it depends on something that has no value without a run, such as a function with a loop. */
  readonly valueOf: (symbol: ExpressionSymbol) => Value | undefined;
  /** The values of expressions; undefined if one has none. */
  readonly evaluate: (nodes: readonly ExpressionNode[]) => readonly number[] | undefined;
}

/**
 * Parameters, internals and initial states; ports, convolutions and `t` are 0.
 * @param resolution ms
 */
export function defaultValues(model: Model, resolution: number): DefaultValues {
  const values = new Map<ModelVariable, Value>([
    [model.time, 0],
    [model.resolution, resolution],
  ]);
  const find = (symbol: ExpressionSymbol): Value | undefined => {
    const known = symbolOf(symbol);
    const variable = known.role === 'element' ? known.vector : known;
    switch (variable.role) {
      case 'spikePort':
      case 'continuousPort':
      case 'convolution':
        return 0;
      case 'pulse':
      case 'convolve':
        return undefined;
      default:
        return values.get(variable);
    }
  };
  const environment: Environment = {
    valueOf: (symbol) => find(symbol) ?? Number.NaN,
  };
  const isKnown = (nodes: readonly ExpressionNode[]): boolean =>
    nodesBelow(nodes).every((node) => {
      if (node.kind === 'call' || node.kind === 'draw') return false;
      return node.kind !== 'symbol' || find(node.symbol) !== undefined;
    });
  const declarations = [...model.parameters, ...model.internals, ...model.states];
  const initial = new Map(declarations.map(({ variable, value }) => [variable, value]));
  for (const variable of model.initialisationOrder) {
    const node = initial.get(variable);
    if (node === undefined || !isKnown([node])) continue;
    const [value] = evaluateAll([node], environment);
    if (value !== undefined) values.set(variable, value);
  }
  return {
    valueOf: find,
    evaluate: (nodes) => (isKnown(nodes) ? evaluateAll(nodes, environment).map(Number) : undefined),
  };
}
