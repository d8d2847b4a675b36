import { integrateAdaptively } from './adaptive-integration.ts';
import { lengthInMs, startOfStep } from './clock.ts';
import { absoluteTolerance } from './integrate.ts';
import { addSpikesToSystem, type KernelSystem, kernelSystemDerivative } from './kernel-system.ts';
import { type Integrated, type Neuron, notFiniteStop, statesByName } from './neuron.ts';
import { portState } from './ports.ts';
import { RunStop } from './run-stop.ts';

/** Integrates a kernel system over the step, then adds the increments of the spikes that arrive at its end. */
export function advanceKernelSystem(neuron: Neuron, system: KernelSystem): void {
  integrateKernelSystem(neuron, system);
  addSpikesToSystem(system, portState(neuron.ports, system.port).values[system.element]!);
}

/** Integrates a kernel system over the step, without spikes. */
export function integrateKernelSystem(
  { clock, tolerance, stageEnvironment, store }: Integrated,
  system: KernelSystem,
): void {
  const { kernel, variables } = system;
  const length = lengthInMs(clock);
  const integration = integrateAdaptively({
    f: (_tau, x, out) => kernelSystemDerivative(system, x, out, 0, stageEnvironment),
    start: system.values,
    length,
    absolute: Float64Array.from(variables, (symbol) => absoluteTolerance(symbol, tolerance.absolute)),
    relative: tolerance.relative,
    trial: length,
  });
  switch (integration.kind) {
    case 'done':
      system.values = integration.x;
      return;
    case 'not-finite': {
      const name = variables[integration.component]!.writtenName;
      throw notFiniteStop(name, integration.value, startOfStep(clock), kernel.span, store);
    }
    case 'step-too-small':
      throw new RunStop({
        kind: 'step-too-small',
        variable: variables[integration.component]!.writtenName,
        time: startOfStep(clock) + integration.tau,
        span: kernel.span,
        lastGood: statesByName(store),
      });
    default:
      integration satisfies never;
  }
}
