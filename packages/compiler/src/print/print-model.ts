import type { Convolution, Equation, Kernel, Model } from '../ir/model.ts';
import type { ModelVariable } from '../ir/variables.ts';
import { block, modelText } from './lines.ts';
import { printDeclarations, printFunctions, printPorts } from './print-declarations.ts';
import { print, printJump, printJumps, printStatements } from './print-statements.ts';

/**
 * The model as NESTML. Numbers are canonical and without units, `weight(p)` is the sum of the weights at a spike port, and what the
 * language cannot say stands in comments.
 */
export function printModel(model: Model): string {
  const variant = (index: number) => {
    const { states, isAll } = model.integrations[index]!;
    return isAll ? '' : states.map(({ name }) => name).join(', ');
  };
  return modelText(model.name, [
    ...printDeclarations(model),
    block('equations', [
      ...model.kernels.flatMap(printKernel),
      ...model.convolutions.flatMap(printConvolution),
      ...model.equations.map(printEquation),
      ...model.pulses.map(
        ({ state, port, element, coefficient }) =>
          `# a spike of ${nameOf(port, element)}: ${printJump(state, coefficient)}`,
      ),
    ]),
    ...printPorts(model),
    ...printFunctions(model, variant),
    block('update', printStatements(model.update, variant)),
    ...model.receiveHandlers.map(({ port, element, body }) =>
      block(`onReceive(${nameOf(port, element)})`, printStatements(body, variant)),
    ),
    ...model.conditionHandlers.map(({ condition, body }) =>
      block(`onCondition(${print(condition)})`, printStatements(body, variant)),
    ),
  ]);
}

/** The name of a port, or of its element if it is a vector. */
export function nameOf({ name, size }: ModelVariable, element: number | undefined): string {
  return size === undefined || element === undefined ? name : `${name}[${element}]`;
}

function printKernel(kernel: Kernel): readonly string[] {
  if (kernel.kind === 'function') return [`kernel ${kernel.name} = ${print(kernel.value)}`];
  const definitions = kernel.components.map(({ states, value }) => `${derivative(states)} = ${print(value)}`);
  const jumps = kernel.components.map(({ states, increments }) => printJumps(states, increments));
  return [`# a spike: ${jumps.join(', ')}`, `kernel ${definitions.join(', ')}`];
}

/** The left-hand side of an equation of order n: the highest state with one more prime. */
function derivative(states: readonly ModelVariable[]): string {
  return `${states.at(-1)!.name}'`;
}

function printConvolution({ kernel, port, element, states, ...rest }: Convolution): readonly string[] {
  return [
    `# convolve(${kernel}, ${nameOf(port, element)}), always; a spike: ${printJumps(states, rest.increments)}`,
    ...states.map((state, i) => `${state.name}' = ${print(rest.derivatives[i]!)}`),
  ];
}

function printEquation({ states, value }: Equation): string {
  return `${derivative(states)} = ${print(value)}`;
}
