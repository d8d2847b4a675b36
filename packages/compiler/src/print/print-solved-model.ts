import type { ModelVariable } from '../ir/variables.ts';
import type {
  AffineSystem,
  ConvolutionSystem,
  IntegrationVariant,
  NumericSystem,
  SolvedModel,
} from '../solved/solved-model.ts';
import { block, indented, modelText } from './lines.ts';
import { printDeclarations, printFunctions, printPorts } from './print-declarations.ts';
import { nameOf } from './print-model.ts';
import { print, printJump, printJumps, printStatements } from './print-statements.ts';

/** The solved model as NESTML, with its solvers in comments. Numbers are canonical and without units. */
export function printSolvedModel(model: SolvedModel): string {
  const variant = (index: number) => {
    const { states, isAll } = model.variants[index]!;
    return isAll ? '' : states.map(({ name }) => name).join(', ');
  };
  return modelText(model.name, [
    ...printDeclarations(model, (state) => countdownNote(state, model)),
    block('equations', [
      ...model.convolutions.flatMap(printConvolution),
      ...model.variants.flatMap(printVariant),
    ]),
    ...printPorts(model),
    ...printFunctions(model, variant),
    block('update', printStatements(model.update.body, variant)),
    ...model.receiveHandlers.map(({ port, element, body }) =>
      block(`onReceive(${nameOf(port, element)})`, printStatements(body, variant)),
    ),
    ...model.conditionHandlers.map(({ condition, body }) =>
      block(`onCondition(${print(condition)})`, printStatements(body, variant)),
    ),
  ]);
}

function countdownNote(state: ModelVariable, { countdowns }: SolvedModel): readonly string[] {
  const countdown = countdowns.find((other) => other.state === state);
  return countdown === undefined ? [] : [`counts, ${print(countdown.rate)} per ms`];
}

function printConvolution({
  kernel,
  port,
  element,
  system,
  increments,
}: ConvolutionSystem): readonly string[] {
  return [
    `# convolve(${kernel}, ${nameOf(port, element)}): exact, always; a spike: ${printJumps(system.states, increments)}`,
    ...printSystem(system, system.states),
  ];
}

/** The equations of some states of a system, as its matrix and input say. */
function printSystem(system: AffineSystem, states: readonly ModelVariable[]): readonly string[] {
  return states.map((state) => {
    const row = system.states.indexOf(state);
    const terms = system.coefficients
      .filter((coefficient) => coefficient.row === row)
      .map(({ column, value }) => printTerm(print(value), system.states[column]!.name));
    const input = print(system.input[row]!);
    return `${state.name}' = ${[...terms, ...(input === '0' && terms.length > 0 ? [] : [input])].join(' + ')}`;
  });
}

function printTerm(coefficient: string, state: string): string {
  return coefficient === '1' ? state : `(${coefficient}) * ${state}`;
}

function printVariant(variant: IntegrationVariant): readonly string[] {
  const { states, countdowns, affine, numeric, pulses } = variant;
  const lines = [
    ...countdowns.flatMap(({ state, rate }) => [`# counts`, `${state.name}' = ${print(rate)}`]),
    ...affine.flatMap(({ system, moved }) => [
      `# exact${drivenBy(system, moved)}`,
      ...printSystem(
        system,
        moved.map((place) => system.states[place]!),
      ),
    ]),
    ...(numeric === undefined ? [] : printNumeric(numeric)),
    ...pulses.map(
      ({ state, port, element, coefficient }) =>
        `# a spike of ${nameOf(port, element)}: ${printJump(state, coefficient)}`,
    ),
  ];
  return [`# integrate_odes(${states.map(({ name }) => name).join(', ')})`, ...indented(lines)];
}

function drivenBy({ states }: AffineSystem, moved: readonly number[]): string {
  const others = states.filter((_, place) => !moved.includes(place)).map(({ name }) => name);
  return others.length === 0 ? '' : `, driven by ${others.join(', ')}`;
}

function printNumeric({ equations, drivers, method }: NumericSystem): readonly string[] {
  const read = drivers.flatMap((driver) => driver.read.map((place) => driver.system.states[place]!.name));
  return [
    `# numeric, ${method.name}${read.length === 0 ? '' : `, driven by ${read.join(', ')}`}`,
    ...equations.map(({ state, derivative }) => `${state.name}' = ${print(derivative)}`),
  ];
}
