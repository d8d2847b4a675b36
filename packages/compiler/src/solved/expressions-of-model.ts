import type { ExpressionNode } from '@nestml/dynamics';
import { expressionsOf, statementsIn } from '../ir/traverse.ts';
import type { AffineSystem, IntegrationVariant, SolvedModel } from './solved-model.ts';

/** Every expression of a solved model, sizes of vectors and guards included; some more than once. */
export function expressionsOfModel(model: SolvedModel): readonly ExpressionNode[] {
  const { parameters, internals, states, ports, update, functions, receiveHandlers, conditionHandlers } =
    model;
  const variables = [...parameters, ...internals, ...states, ...ports].map(({ variable }) => variable);
  const bodies = [update, ...functions, ...receiveHandlers, ...conditionHandlers].map(({ body }) => body);
  return [
    ...variables.flatMap(({ size }) => (size === undefined ? [] : [size])),
    ...model.initialisation.map(({ value }) => value),
    ...model.guards.map(({ condition }) => condition),
    ...model.convolutions.flatMap(({ system, increments }) => [
      ...expressionsOfSystem(system),
      ...increments,
    ]),
    ...model.countdowns.map(({ rate }) => rate),
    ...model.variants.flatMap(expressionsOfVariant),
    ...bodies.flatMap(statementsIn).flatMap(expressionsOf),
    ...conditionHandlers.map(({ condition }) => condition),
    ...model.recordables.flatMap(({ value }) => ('scalar' in value ? [value.scalar] : [])),
  ];
}

function expressionsOfSystem({ coefficients, input }: AffineSystem): readonly ExpressionNode[] {
  return [...coefficients.map(({ value }) => value), ...input];
}

function expressionsOfVariant({ affine, numeric, pulses }: IntegrationVariant): readonly ExpressionNode[] {
  const drivers = numeric?.drivers ?? [];
  return [
    ...[...affine, ...drivers].flatMap(({ system }) => expressionsOfSystem(system)),
    ...(numeric?.equations.map(({ derivative }) => derivative) ?? []),
    ...pulses.map(({ coefficient }) => coefficient),
  ];
}
