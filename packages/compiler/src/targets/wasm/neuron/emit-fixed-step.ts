import type { ExpressionNode } from '@nestml/dynamics';
import type { NumericSystem } from '../../../solved/solved-model.ts';
import type { Lanes, Real } from '../ssa/lanes.ts';
import { callMath } from './emit-predefined.ts';
import { advanceBy, prepareStages } from './emit-stages.ts';
import type { Scope } from './frame.ts';
import { fixedTableau } from './method-tableau.ts';
import { prepareRightHandSides } from './right-hand-sides.ts';
import { readVariable } from './variable-access.ts';

/**
 * The states at the end of one step of the resolution by an explicit method, x + h Σ weightᵢ·slopeᵢ. Nobody looks at its error; a state that
 * is not finite fails at the end of the step.
 */
export function emitExplicitStep(
  system: NumericSystem,
  name: 'runge-kutta-4' | 'forward-euler',
  scope: Scope,
): readonly Real[] {
  const { frame } = scope;
  const states = statesAtBegin(system, scope);
  const { builder, lanes, resolution } = frame;
  const tableau = fixedTableau(name);
  const stages = prepareStages(system, tableau, scope);
  const start = { time: lanes.constant(0), length: resolution, states };
  stages.run(start, builder.i32(0), () => undefined);
  return advanceBy(start, tableau.weights, stages.slope, { frame });
}

/**
 * The states at the end of one step of the resolution by the exponential method of Euler: x + f(x) h φ₁(a h) where x′ = f = a x + b, a and b as at
 * the begin of the step, x + f h elsewhere.
 */
export function emitExponentialStep(
  system: NumericSystem,
  rates: readonly (ExpressionNode | undefined)[],
  scope: Scope,
): readonly Real[] {
  const states = statesAtBegin(system, scope);
  const { lanes, resolution } = scope.frame;
  const rightHandSides = prepareRightHandSides(system, scope);
  const time = lanes.constant(0);
  rightHandSides.begin(resolution);
  rightHandSides.enter(0);
  const affine = rates.filter((rate) => rate !== undefined);
  const { slopes, more } = rightHandSides.evaluate(time, states, affine);
  const rateOf = new Map(affine.map((node, i) => [node, more[i]]));
  return states.map((state, i) => {
    const node = rates[i];
    const [slope = lanes.constant(0), rate] = [slopes[i], node && rateOf.get(node)];
    const change = lanes.mul(slope, resolution);
    if (rate === undefined) return lanes.add(state, change);
    return lanes.add(state, lanes.mul(change, emitPhi(lanes, lanes.mul(rate, resolution))));
  });
}

function statesAtBegin({ equations }: NumericSystem, scope: Scope): readonly Real[] {
  return equations.map(({ state }) => readVariable(state, 0, scope));
}

/** φ₁(z) = (e^z − 1)/z, 1 at 0. */
function emitPhi(lanes: Lanes, z: Real): Real {
  const isZero = lanes.eq(z, lanes.constant(0));
  const quotient = lanes.div(callMath(lanes, 'expm1', z), z);
  return lanes.select(isZero, lanes.constant(1), quotient);
}
