import {
  DORMAND_PRINCE,
  type EmbeddedTableau,
  type ExplicitTableau,
  FORWARD_EULER,
  NUMERIC_METHODS,
  ROSENBROCK,
  RUNGE_KUTTA_4,
  RUNGE_KUTTA_FEHLBERG,
} from '@nestml/dynamics';
import type { IntegrationMethod } from '../../../solved/solved-model.ts';

/**
 * A method whose last stage lies at the end of the step, with its slope as the first one of the next step: one more stage than published
 * where the method has none there. It is evaluated before the step is accepted, so that no step ends where the equations are undefined.
 */
export function endingAtEnd(tableau: EmbeddedTableau): EmbeddedTableau {
  if (tableau.isFirstSameAsLast) return tableau;
  return {
    ...tableau,
    isFirstSameAsLast: true,
    nodes: [...tableau.nodes, 1],
    stages: [...tableau.stages, tableau.weights],
    weights: [...tableau.weights, 0],
    errorWeights: [...tableau.errorWeights, 0],
  };
}

const FEHLBERG_TO_END: EmbeddedTableau = Object.freeze(endingAtEnd(RUNGE_KUTTA_FEHLBERG));

/** The tableau of an explicit adaptive method; its last stage lies at the end of the step. */
export function embeddedTableau(name: 'dormand-prince' | 'runge-kutta-fehlberg'): EmbeddedTableau {
  return name === 'dormand-prince' ? DORMAND_PRINCE : FEHLBERG_TO_END;
}

/** The tableau of an explicit method with one step of the resolution; exponential Euler has the stage of Euler's method. */
export function fixedTableau(name: 'runge-kutta-4' | 'forward-euler' | 'exponential-euler'): ExplicitTableau {
  return name === 'runge-kutta-4' ? RUNGE_KUTTA_4 : FORWARD_EULER;
}

/** Times of the stages in units of the sub-step. */
export function nodesOf({ name }: IntegrationMethod): readonly number[] {
  switch (name) {
    case 'dormand-prince':
    case 'runge-kutta-fehlberg':
      return embeddedTableau(name).nodes;
    case 'rosenbrock':
      return ROSENBROCK.nodes;
    case 'runge-kutta-4':
    case 'forward-euler':
    case 'exponential-euler':
      return fixedTableau(name).nodes;
    default:
      return name satisfies never;
  }
}

/** Whether the method chooses the lengths of its sub-steps, which then have a memory. */
export function isAdaptive({ name }: IntegrationMethod): boolean {
  return NUMERIC_METHODS[name].stepping === 'adaptive';
}
