import type { IntegrationVariant, NumericSystem } from '../../../solved/solved-model.ts';
import type { Real } from '../ssa/lanes.ts';
import { integrateAdaptively } from './emit-adaptive.ts';
import { prepareEmbedded } from './emit-embedded.ts';
import { emitExplicitStep, emitExponentialStep } from './emit-fixed-step.ts';
import type { NewValue } from './emit-integration.ts';
import { prepareRosenbrock } from './emit-rosenbrock.ts';
import { SLOPE_BYTES } from './emit-stages.ts';
import type { Scope } from './frame.ts';
import { followCourse } from './keep-past.ts';
import { embeddedTableau, nodesOf } from './method-tableau.ts';
import { bytesOfDrivers } from './right-hand-sides.ts';

/** Bytes of scratch space that a system needs for its drivers and slopes. */
export function systemBytes(system: NumericSystem): number {
  const stages = nodesOf(system.method).length;
  return bytesOfDrivers(system) + stages * system.equations.length * SLOPE_BYTES;
}

/** The numeric states of a variant at the end of the step, by the method of the system. */
export function emitNumericSystem(
  { index }: IntegrationVariant,
  system: NumericSystem,
  scope: Scope,
): readonly NewValue[] {
  const values = integrate(index, system, scope);
  return system.equations.flatMap(({ state }, i) => {
    const value = values[i];
    return value === undefined ? [] : [{ state, value }];
  });
}

/** Integrates, and keeps the course of the states that are read delayed. */
function integrate(index: number, system: NumericSystem, scope: Scope): readonly Real[] {
  const course = followCourse(system, scope);
  const values = integrateBy(index, system, scope, course?.halfway);
  course?.end(values);
  return values;
}

function integrateBy(
  index: number,
  system: NumericSystem,
  scope: Scope,
  halfway?: (states: readonly Real[]) => void,
): readonly Real[] {
  const { method } = system;
  switch (method.name) {
    case 'dormand-prince':
    case 'runge-kutta-fehlberg': {
      const tableau = embeddedTableau(method.name);
      return integrateAdaptively(
        index,
        system,
        () => prepareEmbedded(system, tableau, scope),
        scope,
        halfway,
      );
    }
    case 'rosenbrock': {
      const { jacobian } = method;
      return integrateAdaptively(
        index,
        system,
        () => prepareRosenbrock(system, jacobian, scope),
        scope,
        halfway,
      );
    }
    case 'runge-kutta-4':
    case 'forward-euler':
      return emitExplicitStep(system, method.name, scope);
    case 'exponential-euler':
      return emitExponentialStep(system, method.rates, scope);
    default:
      return method satisfies never;
  }
}
