import type { ExpressionNode } from '@nestml/dynamics';
import type { Statement } from '../ir/statements.ts';
import { expressionsOf, statementsIn } from '../ir/traverse.ts';
import type {
  AffineSystem,
  HandlerBody,
  IntegrationMethod,
  IntegrationVariant,
  NumericSystem,
  SolvedModel,
} from './solved-model.ts';

/** What runs in a step by itself, in the order of the step: `update`, then handlers of spikes, then handlers of conditions. */
export function handlersOfModel(model: SolvedModel): readonly HandlerBody[] {
  return [model.update, ...model.receiveHandlers, ...model.conditionHandlers];
}

/** Every statement of a model, those of functions after those of `handlersOfModel`; outer before inner. */
export function statementsOfModel(model: SolvedModel): readonly Statement[] {
  return [...handlersOfModel(model), ...model.functions].flatMap(({ body }) => statementsIn(body));
}

/** Every expression that a step may evaluate, those of functions included; some more than once. Matrices are made before. */
export function expressionsOfSteps(model: SolvedModel): readonly ExpressionNode[] {
  return [
    ...model.convolutions.flatMap(({ system }) => system.input),
    ...model.countdowns.map(({ rate }) => rate),
    ...model.delays.map(({ delay }) => delay),
    ...model.variants.flatMap(expressionsOfVariant),
    ...statementsOfModel(model).flatMap(expressionsOf),
    ...model.conditionHandlers.map(({ condition }) => condition),
  ];
}

/** Every expression of a solved model: those of steps, and those of sizes, initial values, guards, matrices and recordings. */
export function expressionsOfModel(model: SolvedModel): readonly ExpressionNode[] {
  const { parameters, internals, states, ports } = model;
  const variables = [...parameters, ...internals, ...states, ...ports].map(({ variable }) => variable);
  const systems = [
    ...model.convolutions.map(({ system }) => system),
    ...model.variants.flatMap(systemsOfVariant),
  ];
  return [
    ...variables.flatMap(({ size }) => (size === undefined ? [] : [size])),
    ...model.initialisation.map(({ value }) => value),
    ...model.guards.map(({ condition }) => condition),
    ...systems.flatMap(({ coefficients }) => coefficients.map(({ value }) => value)),
    ...model.convolutions.flatMap(({ increments }) => increments),
    ...expressionsOfSteps(model),
    ...model.recordables.flatMap(({ value }) => ('scalar' in value ? [value.scalar] : [])),
  ];
}

function systemsOfVariant({ affine, numeric }: IntegrationVariant): readonly AffineSystem[] {
  return [...affine, ...(numeric?.drivers ?? [])].map(({ system }) => system);
}

function expressionsOfVariant(variant: IntegrationVariant): readonly ExpressionNode[] {
  return [
    ...systemsOfVariant(variant).flatMap(({ input }) => input),
    ...(variant.numeric === undefined ? [] : expressionsOfNumeric(variant.numeric)),
    ...variant.pulses.map(({ coefficient }) => coefficient),
  ];
}

/** What is evaluated in the sub-steps of a numeric system: right-hand sides first. */
export function expressionsOfNumeric({ equations, method }: NumericSystem): readonly ExpressionNode[] {
  return [...equations.map(({ derivative }) => derivative), ...expressionsOfMethod(method)];
}

function expressionsOfMethod(method: IntegrationMethod): readonly ExpressionNode[] {
  switch (method.name) {
    case 'rosenbrock':
      return [...method.jacobian.entries, ...method.jacobian.driven].map(({ value }) => value);
    case 'exponential-euler':
      return method.rates.filter((rate) => rate !== undefined);
    case 'dormand-prince':
    case 'runge-kutta-fehlberg':
    case 'runge-kutta-4':
    case 'forward-euler':
      return [];
    default:
      return method satisfies never;
  }
}
