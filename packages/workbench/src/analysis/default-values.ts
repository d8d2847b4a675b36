import type { ModelVariable, SolvedModel } from '@nestml/compiler';
import { type Environment, type ExpressionNode, evaluateAll, type Value } from '@nestml/dynamics';
import type { CheckedModel } from '@nestml/language';
import { initialValues } from '@nestml/reference';

const NS_PER_MS = 1e6;

/** Evaluates expressions of a solved model at its default values; nothing where an expression has no value there. */
export type EvaluateAtDefaults = (expressions: readonly ExpressionNode[]) => readonly number[] | undefined;

/** Default parameters, internals and initial states; inputs and convolutions are 0. */
export function evaluatorAtDefaults(
  model: CheckedModel,
  solved: SolvedModel,
  stepMs: number,
): EvaluateAtDefaults {
  const start = initialValues(model, new Map(), Math.round(stepMs * NS_PER_MS));
  if (!('values' in start)) return () => undefined;
  const values = new Map<string, Value>();
  for (const [symbol, value] of start.values) {
    if (typeof value === 'number' || typeof value === 'boolean') values.set(symbol.writtenName, value);
  }
  const environment: Environment = {
    valueOf: (symbol) => {
      if (symbol === solved.resolution) return stepMs;
      const known = values.get((symbol as ModelVariable).writtenName);
      if (known === undefined) throw new RangeError(`${symbol.name} has no default value`);
      return known;
    },
  };
  return (expressions) => {
    try {
      return evaluateAll(expressions, environment).map(Number);
    } catch (problem) {
      // Calls of functions and elements of vectors have no value here.
      if (problem instanceof RangeError || problem instanceof TypeError) return undefined;
      throw problem;
    }
  };
}
