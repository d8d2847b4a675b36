import { type EmbeddedTableau, STEP_SIZE_CONTROL } from '@nestml/dynamics';
import type { NumericSystem } from '../../../solved/solved-model.ts';
import type { Lanes, Real } from '../ssa/lanes.ts';
import type { SubstepMethod } from './emit-adaptive.ts';
import { prepareStages } from './emit-stages.ts';
import type { Scope } from './frame.ts';

/** Attempts by an explicit Runge–Kutta method whose last stage lies at the end of the sub-step. */
export function prepareEmbedded(
  system: NumericSystem,
  tableau: EmbeddedTableau,
  scope: Scope,
): SubstepMethod {
  const { lanes } = scope.frame;
  const stages = prepareStages(system, tableau, scope);
  return {
    errorOrder: tableau.errorOrder,
    shortestStep: STEP_SIZE_CONTROL.shortestStep,
    attempt: (start, first, atBegin) => ({
      states: stages.run(start, first, atBegin),
      error: (component) => {
        const sum = weightedSum(lanes, tableau.errorWeights, (stage) => stages.slope(stage, component));
        return lanes.mul(start.length, sum);
      },
    }),
    accept: stages.accept,
  };
}

/** Σ weightᵢ·slopeᵢ. The last slope counts even with weight 0, so that the sum is not finite where it is not. */
function weightedSum(lanes: Lanes, weights: readonly number[], slope: (stage: number) => Real): Real {
  const last = weights.length - 1;
  const sum = weights.reduce<Real | undefined>((total, weight, stage) => {
    if (weight === 0 && stage < last) return total;
    const product = lanes.mul(lanes.constant(weight), slope(stage));
    return total === undefined ? product : lanes.add(total, product);
  }, undefined);
  return sum ?? lanes.constant(0);
}
