import { InternalError } from '@nestml/diagnostics';
import { type FirstOrderEquation, partitionSystem } from '@nestml/dynamics';
import type { Convolution, Model } from '../ir/model.ts';
import { variableOf } from '../ir/symbol-of.ts';
import type { AffineSystem, ConvolutionSystem } from '../solved/solved-model.ts';
import { affineSystem, constantRateSystem } from './affine-system.ts';
import { constancyOf } from './constancy.ts';

/** The convolutions as closed affine systems, each as small as possible. */
export function solveConvolutions(model: Model): readonly ConvolutionSystem[] {
  return model.convolutions.flatMap((convolution) => solveConvolution(convolution, model));
}

/** The equations of the states of a convolution. */
export function equationsOf({ states, derivatives }: Convolution): readonly FirstOrderEquation[] {
  return states.map((state, i) => ({ state, derivative: derivatives[i]! }));
}

function solveConvolution(convolution: Convolution, { pool, name }: Model): readonly ConvolutionSystem[] {
  const { kernel, port, element, states, increments, span } = convolution;
  const partition = partitionSystem(pool, equationsOf(convolution), constancyOf);
  if (partition.numeric.length > 0) throw new InternalError(`${kernel} of ${name} is not linear`);
  const systems: readonly AffineSystem[] = [
    ...partition.affine.map(affineSystem),
    ...partition.countdowns.map(({ state, rate }) => constantRateSystem(variableOf(state), rate)),
  ];
  return systems.map((system) => ({
    kernel,
    port,
    element,
    system,
    increments: system.states.map((state) => increments[states.indexOf(state)]!),
    span,
  }));
}
