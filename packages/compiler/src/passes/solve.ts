import { type ExpressionNode, nodesBelow } from '@nestml/dynamics';
import { canonicalFactors } from '@nestml/units';
import { effectsOf } from '../ir/effects.ts';
import type { Declaration, Equation, Model } from '../ir/model.ts';
import type { Statement } from '../ir/statements.ts';
import type { ModelVariable } from '../ir/variables.ts';
import type {
  Countdown,
  Dependency,
  GuardOf,
  HandlerBody,
  Initialisation,
  SolvedModel,
  StepAction,
} from '../solved/solved-model.ts';
import type { ChosenMethod, SolverChoice } from './choose-method.ts';
import { isFixed } from './constancy.ts';
import type { CompilerReport } from './pass.ts';
import { solveConvolutions } from './solve-convolutions.ts';
import { solveVariant } from './solve-variant.ts';

/**
 * Gives every equation a solver.
 * In: a model after all passes: equations of order 1, no kernels, no pulse symbols. Out: the solved model. What is not solved exactly is
 * integrated numerically, by the method that is chosen; it reports only that the equations do not allow this method.
 */
export function solve(model: Model, solver: SolverChoice, report: CompilerReport): SolvedModel {
  const convolutions = solveConvolutions(model);
  const countdowns = findCountdowns(model);
  const handler = (body: readonly Statement[], ...conditions: ExpressionNode[]): HandlerBody => ({
    body,
    effects: effectsOf(body, conditions, bodiesOf(model)),
  });
  const setting = {
    model,
    convolutions,
    countdowns,
    solver,
    chosen: new Map<string, ChosenMethod>(),
    report,
  };
  const { name, source, span, documentation, pool, time, resolution } = model;
  const { states, parameters, internals, ports, output, functions, recordables } = model;
  return {
    name,
    source,
    span,
    documentation,
    pool,
    time,
    resolution,
    states,
    parameters,
    internals,
    ports,
    output,
    functions,
    initialisation: initialisationOf(model),
    dependencies: dependenciesOf(model),
    guards: guardsOf(model),
    convolutions,
    delays: model.delays,
    countdowns,
    variants: model.integrations.map((_, index) => solveVariant(index, setting)),
    update: handler(model.update),
    receiveHandlers: model.receiveHandlers.map(({ body, ...rest }) => ({ ...rest, ...handler(body) })),
    conditionHandlers: model.conditionHandlers.map(({ body, condition, ...rest }) => ({
      ...rest,
      condition,
      ...handler(body, condition),
    })),
    recordables,
    step: stepPlan(model),
  };
}

function bodiesOf({ functions }: Model) {
  return new Map(functions.map((definition) => [definition.function, definition.body]));
}

function declarationsOf({ parameters, internals, states }: Model): readonly Declaration[] {
  return [...parameters, ...internals, ...states];
}

function initialisationOf(model: Model): readonly Initialisation[] {
  const values = new Map(declarationsOf(model).map(({ variable, value }) => [variable, value]));
  return model.initialisationOrder.flatMap((variable) => {
    const value = values.get(variable);
    return value === undefined ? [] : [{ variable, value }];
  });
}

function dependenciesOf(model: Model): readonly Dependency[] {
  const declared = new Set(model.initialisationOrder);
  return initialisationOf(model).map(({ variable, value }) => {
    const sizes = variable.size === undefined ? [] : [variable.size];
    const { reads } = effectsOf([], [...sizes, value], bodiesOf(model));
    return { variable, on: reads.filter((read) => declared.has(read)) };
  });
}

function guardsOf(model: Model): readonly GuardOf[] {
  return declarationsOf(model).flatMap(({ variable, guard }) =>
    guard === undefined ? [] : [{ variable, ...guard }],
  );
}

/** States whose equation is of first order with a right-hand side that is fixed, and that no spike moves (rule D3). */
function findCountdowns({ equations, pulses }: Model): readonly Countdown[] {
  const jumping = new Set(pulses.map(({ state }) => state));
  const still = equations.filter(({ states }) => !jumping.has(states[0]!));
  return still.filter(isCountdown).map(({ states: [state], value }) => ({
    state: state!,
    rate: value,
    isTime: isTime(state!),
  }));
}

function isCountdown({ order, value }: Equation): boolean {
  return order === 1 && nodesBelow([value]).every(isFixed);
}

function isTime({ unit }: ModelVariable): boolean {
  const [factor, ...others] = canonicalFactors(unit.dimension);
  if (factor?.symbol !== 'ms' || others.length > 0) return false;
  return factor.exponent.numerator === 1 && factor.exponent.denominator === 1;
}

/** Rule D1. */
function stepPlan({ receiveHandlers, conditionHandlers }: Model): readonly StepAction[] {
  return [
    { kind: 'collectSpikes' },
    { kind: 'update' },
    ...receiveHandlers.map((_, handler): StepAction => ({ kind: 'receive', handler })),
    { kind: 'advanceConvolutions' },
    ...conditionHandlers.map((_, handler): StepAction => ({ kind: 'condition', handler })),
    { kind: 'nextInputs' },
    { kind: 'record' },
  ];
}
