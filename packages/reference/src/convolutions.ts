import { InternalError } from '@nestml/diagnostics';
import {
  type FunctionKernel,
  type Kernel,
  type KernelSymbol,
  type OdeKernel,
  type PortSymbol,
  walkExpression,
} from '@nestml/language';
import type { Environment } from './environment.ts';
import { evaluateNumber } from './evaluate-expression.ts';
import {
  addBreaksInStep,
  createFunctionConvolution,
  type FunctionConvolution,
  functionConvolutionAt,
  type KernelResponse,
} from './function-convolution.ts';
import { createKernelSystem, type KernelSystem } from './kernel-system.ts';
import type { KernelFunction } from './kernel-table.ts';
import { definitionOf, type Program } from './program.ts';
import type { Recordable } from './run.ts';

/** Where the value of a convolution is found; a convolution with a delta kernel is the port itself and has no state. */
type ConvolutionValue =
  | { readonly kind: 'function'; readonly convolution: FunctionConvolution }
  | { readonly kind: 'system'; readonly system: KernelSystem; readonly variable: number };

/** All convolutions of a neuron: one for each kernel and element of a port that are convolved somewhere. */
export interface Convolutions {
  readonly functions: readonly {
    readonly convolution: FunctionConvolution;
    readonly port: PortSymbol;
    readonly element: number;
  }[];
  readonly systems: readonly KernelSystem[];
  /** By kernel variable, port and element. */
  readonly values: ReadonlyMap<KernelSymbol, ReadonlyMap<PortSymbol, readonly ConvolutionValue[]>>;
}

/** An element of a port. */
export interface PortElement {
  readonly port: PortSymbol;
  readonly element: number;
}

/** Sets up the convolutions that equations, inlines and recordings need. `environment` knows parameters and internals. */
export function createConvolutions(
  program: Program,
  record: readonly Recordable[],
  steps: number,
  environment: Environment,
): Convolutions {
  const functions: { convolution: FunctionConvolution; port: PortSymbol; element: number }[] = [];
  const systems: KernelSystem[] = [];
  const values = new Map<KernelSymbol, Map<PortSymbol, ConvolutionValue[]>>();
  const add = (symbol: KernelSymbol, { port }: PortElement, value: ConvolutionValue): void => {
    const byPort = values.get(symbol) ?? new Map<PortSymbol, ConvolutionValue[]>();
    values.set(symbol, byPort);
    byPort.set(port, [...(byPort.get(port) ?? []), value]);
  };
  const addFunctionKernel = (kernel: FunctionKernel, places: readonly PortElement[]): void => {
    const { stepNs } = environment.clock;
    const response: KernelResponse = { kernel: kernelFunction(kernel, environment), stepNs, steps };
    for (const place of places) {
      const convolution = createFunctionConvolution(response);
      functions.push({ convolution, ...place });
      add(kernel.symbol, place, { kind: 'function', convolution });
    }
  };
  const addOdeKernel = (kernel: OdeKernel, places: readonly PortElement[]): void => {
    for (const place of places) {
      const system = createKernelSystem(kernel, place.port, place.element, environment);
      systems.push(system);
      for (const { symbol, variables } of kernel.components) {
        add(symbol, place, { kind: 'system', system, variable: system.variables.indexOf(variables[0]!) });
      }
    }
  };
  for (const [kernel, ports] of convolvedPairs(program, record)) {
    const places = elementsOfPorts(ports, environment);
    if (kernel.kind === 'function') addFunctionKernel(kernel, places);
    else if (kernel.kind === 'ode') addOdeKernel(kernel, places);
  }
  return { functions, systems, values };
}

/** All elements of some ports. */
export function elementsOfPorts(
  ports: ReadonlySet<PortSymbol>,
  { signals }: Environment,
): readonly PortElement[] {
  return [...ports].flatMap((port) =>
    Array.from({ length: signals.portSize(port) }, (_, element) => ({ port, element })),
  );
}

/** Each kernel with the ports that it is convolved with, in the order of the text. */
export function convolvedPairs(
  program: Program,
  record: readonly Recordable[],
): ReadonlyMap<Kernel, ReadonlySet<PortSymbol>> {
  const pairs = new Map<Kernel, Set<PortSymbol>>();
  const add = (kernel: KernelSymbol, port: PortSymbol): void => {
    const definition = definitionOf(program.kernels, kernel);
    const ports = pairs.get(definition) ?? new Set<PortSymbol>();
    pairs.set(definition, ports.add(port));
  };
  for (const { value } of [...program.model.inlines, ...program.model.equations]) {
    walkExpression(value, (part) => {
      if (part.kind === 'convolve') add(part.kernel, part.port);
    });
  }
  for (const recordable of record) {
    if (recordable.kind === 'convolution') add(recordable.kernel, recordable.port);
  }
  return pairs;
}

/** The kernel as a function of the time since the spike, which is its `t`. */
export function kernelFunction(kernel: FunctionKernel, environment: Environment): KernelFunction {
  const atAge = { ...environment, time: 0 };
  return (age) => {
    atAge.time = age;
    return evaluateNumber(kernel.value, atAge);
  };
}

/** The places in the step after the present boundary, as fractions of it in (0, 1), between which all convolutions are smooth. */
export function breaksInStep({ functions }: Pick<Convolutions, 'functions'>): readonly number[] {
  const breaks = new Set<number>();
  for (const { convolution } of functions) addBreaksInStep(convolution, breaks);
  return [...breaks].sort((a, b) => a - b);
}

/** Value of a convolution at the present step boundary. */
export function convolutionAtBoundary(
  convolutions: Convolutions,
  kernel: KernelSymbol,
  port: PortSymbol,
  element: number,
): number {
  const found = findConvolution(convolutions, kernel, port, element);
  return found.kind === 'function'
    ? functionConvolutionAt(found.convolution, 0)
    : found.system.values[found.variable]!;
}

/** Value of a convolution inside an integration, at the fraction `theta` of the step after the present boundary. */
export function convolutionAtStage(
  convolutions: Convolutions,
  kernel: KernelSymbol,
  port: PortSymbol,
  element: number,
  theta: number,
): number {
  const found = findConvolution(convolutions, kernel, port, element);
  return found.kind === 'function'
    ? functionConvolutionAt(found.convolution, theta)
    : found.system.stage[found.variable]!;
}

function findConvolution(
  { values }: Convolutions,
  kernel: KernelSymbol,
  port: PortSymbol,
  element: number,
): ConvolutionValue {
  const found = values.get(kernel)?.get(port)?.[element];
  if (found === undefined) throw new InternalError(`convolve(${kernel.name}, ${port.name}) was not set up`);
  return found;
}
