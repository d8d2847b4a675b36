import { InternalError } from '@nestml/diagnostics';
import type { KernelSymbol, PortSymbol, VariableSymbol } from '@nestml/language';
import type { Clock } from './clock.ts';
import { type Convolutions, convolutionAtBoundary, convolutionAtStage } from './convolutions.ts';
import type { Signals } from './environment.ts';
import { delayedValue, type Past } from './past.ts';
import { type Ports, portState, portValue } from './ports.ts';
import { definitionOf, type Program } from './program.ts';

/** What a neuron's signals are read from. */
export interface SignalSources {
  readonly program: Program;
  readonly ports: Ports;
  readonly convolutions: Convolutions;
  readonly past: Past;
  readonly clock: Clock;
}

/** The checker lets delayed values stand in equations only. */
function onlyInEquations({ writtenName }: VariableSymbol): never {
  throw new InternalError(`the past of ${writtenName} is read outside of an equation`);
}

/** Before the start there is no input: everything is 0. */
export function silentSignals(portSize: (port: PortSymbol) => number): Signals {
  return { port: () => 0, portSize, convolution: () => 0, delayed: onlyInEquations };
}

/**
 * As statements see the inputs: a spike port is (sum of the weights)/(1 s), a convolution has its value at the present step
 * boundary, and one with a delta kernel is the port times 1 ms (rule D2).
 */
export function statementSignals(sources: SignalSources): Signals {
  const { ports, convolutions } = sources;
  return {
    port: (port, element) => portValue(ports, port, element),
    portSize: sizeIn(ports),
    convolution: (kernel, port, element) =>
      isDelta(sources, kernel)
        ? portValue(ports, port, element)
        : convolutionAtBoundary(convolutions, kernel, port, element),
    delayed: onlyInEquations,
  };
}

/** As the coefficient of a pulse sees them: like a statement, but spike ports and delta kernels are 0. */
export function coefficientSignals(sources: SignalSources): Signals {
  const { ports, convolutions, past, clock } = sources;
  return {
    port: (port, element) => (port.signal === 'spike' ? 0 : portValue(ports, port, element)),
    portSize: sizeIn(ports),
    convolution: (kernel, port, element) =>
      isDelta(sources, kernel) ? 0 : convolutionAtBoundary(convolutions, kernel, port, element),
    delayed: (symbol, delay) => delayedValue(past, symbol, delay, clock, 1),
  };
}

/** As the right-hand side of an ODE sees them inside a step: pulses act afterwards, so that spike ports are 0. */
export function stageSignals(sources: SignalSources, stage: { readonly theta: number }): Signals {
  const { ports, convolutions, past, clock } = sources;
  return {
    port: (port, element) => (port.signal === 'spike' ? 0 : portValue(ports, port, element)),
    portSize: sizeIn(ports),
    convolution: (kernel, port, element) =>
      isDelta(sources, kernel) ? 0 : convolutionAtStage(convolutions, kernel, port, element, stage.theta),
    delayed: (symbol, delay) => delayedValue(past, symbol, delay, clock, stage.theta),
  };
}

function sizeIn(ports: Ports): (port: PortSymbol) => number {
  return (port) => portState(ports, port).values.length;
}

function isDelta({ program }: SignalSources, kernel: KernelSymbol): boolean {
  return definitionOf(program.kernels, kernel).kind === 'delta';
}
