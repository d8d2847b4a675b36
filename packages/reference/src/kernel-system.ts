import type { OdeKernel, PortSymbol, VariableSymbol } from '@nestml/language';
import type { Environment } from './environment.ts';
import { evaluateNumber } from './evaluate-expression.ts';

/** Convolution of the spikes at one element of a port with a kernel that is a system of ODEs: 0 at the start. */
export interface KernelSystem {
  readonly kernel: OdeKernel;
  readonly port: PortSymbol;
  readonly element: number;
  /** All variables of all components with their derivatives, components one after the other. */
  readonly variables: readonly VariableSymbol[];
  /** Added to the variables at a spike of weight 1. */
  readonly increments: Float64Array;
  /** Values at the present step boundary. */
  values: Float64Array;
  /** Copies that are carried along inside an integration. */
  stage: Float64Array;
}

/** A system before any spike; the increments are evaluated once, since parameters are constant during a run. */
export function createKernelSystem(
  kernel: OdeKernel,
  port: PortSymbol,
  element: number,
  environment: Environment,
): KernelSystem {
  const variables = kernel.components.flatMap((component) => component.variables);
  const increments = kernel.components.flatMap((component) =>
    component.increments.map((increment) => evaluateNumber(increment, environment)),
  );
  return {
    kernel,
    port,
    element,
    variables,
    increments: Float64Array.from(increments),
    values: new Float64Array(variables.length),
    stage: new Float64Array(variables.length),
  };
}

/** The variables are increased by weight · increment at arriving spikes. */
export function addSpikesToSystem(system: KernelSystem, weight: number): void {
  if (weight === 0) return;
  system.values = system.values.map((value, i) => value + weight * system.increments[i]!);
}

/** Writes the derivatives of the system at `x[offset …]` to `out[offset …]`. */
export function kernelSystemDerivative(
  { kernel, variables }: KernelSystem,
  x: Float64Array,
  out: Float64Array,
  offset: number,
  environment: Environment,
): void {
  variables.forEach((variable, i) => {
    environment.store.set(variable, x[offset + i]!);
  });
  let position = offset;
  for (const component of kernel.components) {
    const order = component.variables.length;
    for (let k = 0; k + 1 < order; k += 1) out[position + k] = x[position + k + 1]!;
    out[position + order - 1] = evaluateNumber(component.value, environment);
    position += order;
  }
}
