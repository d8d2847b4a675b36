import { InternalError } from '@nestml/diagnostics';
import {
  type ExpressionNode,
  type ExpressionSymbol,
  type KernelRefusal,
  printExpression,
  type SolvedKernel,
  solveKernel,
  substitute,
} from '@nestml/dynamics';
import { dimensionless } from '@nestml/units';
import { createVariable } from '../ir/create-variables.ts';
import type { Convolution, Kernel, Model, Recordable, SystemKernel } from '../ir/model.ts';
import type { ConvolveSymbol, ModelVariable } from '../ir/variables.ts';
import { mapModel } from './map-model.ts';
import type { CompilerReport } from './pass.ts';
import { symbolsOf } from './symbols-of.ts';

/** Longer operands of a quoted expression are abbreviated. */
const LONGEST_QUOTE = 80;

/**
 * Gives each convolved kernel and element of a port states that follow linear equations and jump at spikes, and replaces `convolve` by
 * them.
 * In: any model. Out: no kernels and no `ConvolveSymbol`s; `convolutions`, and a recordable for each. Reports kernels that follow no
 * linear equations.
 */
export function lowerConvolutions(model: Model, report: CompilerReport): Model {
  const used = [...symbolsOf(model)].filter((symbol) => symbol.role === 'convolve');
  if (used.length === 0) return { ...model, kernels: [] };
  const found: Found[] = [];
  const refused = new Set<string>();
  for (const symbol of used) {
    if (found.some((other) => isSamePlace(other.symbol, symbol)) || refused.has(symbol.kernel)) continue;
    const kernel = kernelOf(model, symbol);
    const solved =
      kernel.kind === 'function' ? solveFunction(model, symbol, kernel) : solveSystem(model, symbol, kernel);
    if ('refusal' in solved) {
      reportRefusal(kernel, solved.refusal, report);
      refused.add(symbol.kernel);
    } else found.push(solved);
  }
  if (refused.size > 0) return model;
  const values = new Map<ExpressionSymbol, ExpressionNode>(
    used.map((symbol) => {
      const place = found.find((other) => isSamePlace(other.symbol, symbol));
      if (place === undefined) throw new InternalError(`${symbol.name} was not found`);
      return [symbol, place.values[symbol.component]!];
    }),
  );
  const replaced = mapModel(model, (rebuilt, original) =>
    original.kind === 'symbol' ? (values.get(original.symbol) ?? rebuilt) : rebuilt,
  );
  return {
    ...replaced,
    kernels: [],
    convolutions: found.map(({ convolution }) => convolution),
    recordables: [
      ...replaced.recordables,
      ...used.map((symbol) => recordableOf(symbol, kernelOf(model, symbol), values.get(symbol)!)),
    ],
  };
}

/** One kernel convolved with one element of a port. */
interface Found {
  /** One of its components. */
  readonly symbol: ConvolveSymbol;
  readonly convolution: Convolution;
  /** By component: the value of the convolution. */
  readonly values: readonly ExpressionNode[];
}

function isSamePlace(first: ConvolveSymbol, second: ConvolveSymbol): boolean {
  return first.kernel === second.kernel && first.port === second.port && first.element === second.element;
}

function kernelOf({ kernels }: Model, { kernel: name }: ConvolveSymbol): Kernel {
  const kernel = kernels.find((other) => other.name === name);
  if (kernel === undefined) throw new InternalError(`the kernel ${name} is not known`);
  return kernel;
}

function solveFunction(
  { pool }: Model,
  symbol: ConvolveSymbol,
  kernel: Kernel & { readonly kind: 'function' },
): Found | { readonly refusal: KernelRefusal } {
  const states: ModelVariable[] = [];
  const { value: expression, age: time } = kernel;
  const solved = solveKernel(pool, { kind: 'function', expression, time }, () => {
    const suffix = states.length === 0 ? '' : `__${states.length}`;
    const written = states.length === 0 ? symbol.name : `${symbol.name}, part ${states.length + 1}`;
    const state = {
      ...createVariable('convolution', `${printedName(kernel.name, symbol)}${suffix}`, kernel.span),
      writtenName: written,
    };
    states.push(state);
    return state;
  });
  if (solved.kind === 'refused') return { refusal: solved };
  const system = asSystem(solved);
  const convolution = {
    kernel: kernel.name,
    port: symbol.port,
    element: symbol.element,
    states,
    derivatives: states.map((state) => derivativeOf(system, state)),
    increments: states.map((state) => system.initial.get(state)!),
    span: kernel.span,
  };
  return { symbol, convolution, values: [system.value] };
}

/** `K__X__exc`, with the element of a vector port and the primes behind. */
function printedName(kernel: string, { port, element }: ConvolveSymbol): string {
  const [, name = kernel, primes = ''] = /^(.*?)('*)$/.exec(kernel) ?? [];
  return `${name}__X__${port.name}${port.size === undefined ? '' : `__${element}`}${primes}`;
}

/** The equations of the kernel with states of their own for this port. */
function solveSystem(
  { pool }: Model,
  symbol: ConvolveSymbol,
  kernel: SystemKernel,
): Found | { readonly refusal: KernelRefusal } {
  const { components, age: time } = kernel;
  const equations = components.map(({ states, value }) => ({ states, expression: value }));
  const pairs = components.flatMap(({ states, increments }) =>
    states.map((state, i) => [state, increments[i]!] as const),
  );
  const [output] = components[0]!.states;
  const solved = solveKernel(
    pool,
    { kind: 'equations', equations, initial: new Map(pairs), output: output!, time },
    () => {
      throw new InternalError('a kernel given by equations has its states');
    },
  );
  if (solved.kind === 'refused') return { refusal: solved };
  const system = asSystem(solved);
  const originals = components.flatMap(({ states }) => states);
  const copies = new Map(originals.map((state) => [state, copyOf(state, symbol)]));
  const nodes = new Map([...copies].map(([state, copy]) => [state, pool.symbol(copy)]));
  const convolution = {
    kernel: kernel.name,
    port: symbol.port,
    element: symbol.element,
    states: [...copies.values()],
    derivatives: substitute(
      pool,
      originals.map((state) => derivativeOf(system, state)),
      nodes,
    ),
    increments: originals.map((state) => system.initial.get(state)!),
    span: kernel.span,
  };
  return { symbol, convolution, values: components.map(({ states }) => nodes.get(states[0]!)!) };
}

function copyOf(state: ModelVariable, symbol: ConvolveSymbol): ModelVariable {
  const { port, element } = symbol;
  const place = port.size === undefined ? port.writtenName : `${port.writtenName}[${element}]`;
  return {
    ...state,
    role: 'convolution',
    name: printedName(state.name, symbol),
    writtenName: `convolve(${state.writtenName}, ${place})`,
  };
}

function asSystem(solved: SolvedKernel): SolvedKernel & { readonly kind: 'system' } {
  if (solved.kind === 'system') return solved;
  throw new InternalError('a delta kernel is not convolved');
}

function derivativeOf(
  { equations }: SolvedKernel & { readonly kind: 'system' },
  state: ExpressionSymbol,
): ExpressionNode {
  const equation = equations.find((other) => other.state === state);
  if (equation === undefined) throw new InternalError(`${state.name} has no equation`);
  return equation.derivative;
}

function recordableOf(
  { name, component, span }: ConvolveSymbol,
  kernel: Kernel,
  scalar: ExpressionNode,
): Recordable {
  const unit = kernel.kind === 'function' ? dimensionless : kernel.components[component]!.states[0]!.unit;
  return { name, source: 'convolution', unit, value: { scalar }, span };
}

function reportRefusal(kernel: Kernel, { reason, node }: KernelRefusal, report: CompilerReport): void {
  const expression = printExpression(node, { longest: LONGEST_QUOTE });
  const place = kernel.places.get(node) ?? kernel.span;
  report('kernel-without-equations', place, { kernel: kernel.name, expression, ...explain(reason) });
}

/** What is wrong with the quoted part, and what could be done instead where there is more to say than the message says for all. */
function explain(reason: KernelRefusal['reason']): { readonly reason: string; readonly instead: string } {
  switch (reason) {
    case 'not-linear-in-time':
      return {
        reason: 'has an exponent or argument that is not linear in `t`',
        instead: 'A response that rises and falls is `t**n * exp(-t / tau)`.',
      };
    case 'divided-by-sum':
      return {
        reason: 'is divided by something that changes with `t` and is not a single exponential',
        instead: 'A slow decay is a sum of exponentials of several time constants.',
      };
    case 'not-whole-power':
      return {
        reason: 'has an exponent that is not a whole number from 1 to 32',
        instead: 'A steep rise is a difference of exponentials.',
      };
    case 'condition-on-time':
      return {
        reason: 'is a condition on the time, and a kernel has one formula for all `t`',
        instead: 'A response that begins late is `t**n * exp(-t / tau)`.',
      };
    case 'function-of-time':
      return { reason: 'is another function of the time', instead: '' };
    case 'too-many-terms':
      return { reason: 'has too many terms or too high a power of `t` when multiplied out', instead: '' };
    case 'not-linear':
      return { reason: 'is not linear in the variables of the kernel', instead: '' };
    case 'constant-term':
      return {
        reason: 'stays when the variables of the kernel are 0',
        instead: 'Add it to the convolution.',
      };
    case 'depends-on-time':
      return {
        reason: 'is the time',
        instead: 'A factor that changes with the time since the spike is a variable of the kernel.',
      };
    case 'random':
      return { reason: 'is not the same each time', instead: 'Multiply the convolution by it.' };
    default:
      return reason satisfies never;
  }
}
