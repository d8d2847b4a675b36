import { InternalError } from '@nestml/diagnostics';
import { explainReason, type Partition, partitionSystem } from '@nestml/dynamics';
import { toCanonical } from '@nestml/units';
import { effectsOf } from '../ir/effects.ts';
import type { Model } from '../ir/model.ts';
import { variableOf } from '../ir/symbol-of.ts';
import type { ModelVariable } from '../ir/variables.ts';
import type {
  AffineGroup,
  AffineSystem,
  ConvolutionSystem,
  Countdown,
  IntegrationVariant,
  StateSolver,
} from '../solved/solved-model.ts';
import { affineSystem, constantRateSystem } from './affine-system.ts';
import { type ChosenMethod, chooseMethod, type OpenSystem, type SolverChoice } from './choose-method.ts';
import { constancyOf, constancyOfImpure } from './constancy.ts';
import type { CompilerReport } from './pass.ts';
import { equationsOf } from './solve-convolutions.ts';

/** Tolerances of the local error, relative, and absolute in the declared or the canonical unit, whichever is smaller (rule D13). */
const TOLERANCE = 1e-6;

/** What is known before the variants. */
export interface VariantSetting {
  readonly model: Model;
  readonly convolutions: readonly ConvolutionSystem[];
  readonly countdowns: readonly Countdown[];
  /** For what has no exact solution. */
  readonly solver: SolverChoice;
  readonly chosen: Map<string, ChosenMethod>;
  readonly report: CompilerReport;
}

/**
 * Solves the system restricted to the variables of one `integrate_odes(…)`: the convolutions move with it, everything else is
 * constant during the step (rule D2).
 */
export function solveVariant(index: number, setting: VariantSetting): IntegrationVariant {
  const { model } = setting;
  const { states, isAll, spans } = model.integrations[index]!;
  const partition = partitionSystem(
    model.pool,
    equationsOfVariant(states, model),
    constancyOf,
    constancyOfImpure,
  );
  const countdowns = setting.countdowns.filter(({ state }) => states.includes(state));
  const systems = systemsOf(partition, setting);
  const isMoved = (state: ModelVariable) =>
    states.includes(state) && !countdowns.some((countdown) => countdown.state === state);
  const open = numericSystem(partition, systems, model);
  const pulses = model.pulses.filter(({ state }) => states.includes(state));
  const numeric = open && { ...open, ...chooseMethod(open, { ...setting, pulses }) };
  return {
    index,
    states,
    isAll,
    spans,
    countdowns,
    affine: systems.flatMap((system) => groupOf(system, isMoved)),
    ...(numeric === undefined ? {} : { numeric }),
    pulses,
    solvers: states.map((state) => solverOf(state, partition, countdowns)),
  };
}

/** Convolutions first, so that what they drive comes after them in the systems. */
function equationsOfVariant(states: readonly ModelVariable[], model: Model) {
  const own = model.equations.flatMap(({ states: [state], value }) =>
    state !== undefined && states.includes(state) ? [{ state, derivative: value }] : [],
  );
  return [...model.convolutions.flatMap(equationsOf), ...own];
}

/** All closed systems of the partition; a convolution that drives nothing affine is the one that is advanced anyway. */
function systemsOf(partition: Partition, { convolutions }: VariantSetting): readonly AffineSystem[] {
  const own = partition.affine.map(affineSystem);
  const alone = partition.countdowns.map(({ state, rate }) => constantRateSystem(variableOf(state), rate));
  return [...own, ...alone].map((system) => {
    const same = convolutions.find(({ system: other }) => hasStates(other, system.states));
    return same?.system ?? system;
  });
}

function hasStates(system: AffineSystem, states: readonly ModelVariable[]): boolean {
  return system.states.length === states.length && system.states.every((state, i) => state === states[i]);
}

function groupOf(system: AffineSystem, isMoved: (state: ModelVariable) => boolean): readonly AffineGroup[] {
  const moved = placesOf(system, isMoved);
  return moved.length === 0 ? [] : [{ system, moved }];
}

function placesOf({ states }: AffineSystem, test: (state: ModelVariable) => boolean): readonly number[] {
  return states.flatMap((state, place) => (test(state) ? [place] : []));
}

function numericSystem(
  { numeric }: Partition,
  systems: readonly AffineSystem[],
  model: Model,
): OpenSystem | undefined {
  if (numeric.length === 0) return undefined;
  const derivatives = numeric.map(({ derivative }) => derivative);
  const bodies = new Map(model.functions.map((definition) => [definition.function, definition.body]));
  const read = new Set(effectsOf([], derivatives, bodies).reads);
  return {
    equations: numeric.map(({ state, derivative }) => ({
      state: variableOf(state),
      derivative,
      absoluteTolerance: Math.min(toCanonical(TOLERANCE, variableOf(state).unit), TOLERANCE),
    })),
    drivers: systems.flatMap((system) => {
      const places = placesOf(system, (state) => read.has(state));
      return places.length === 0 ? [] : [{ system, read: places }];
    }),
    delays: model.delays.filter(({ variable }) => read.has(variable)),
    relativeTolerance: TOLERANCE,
  };
}

function solverOf(
  state: ModelVariable,
  { numeric, reasons }: Partition,
  countdowns: readonly Countdown[],
): StateSolver {
  if (countdowns.some((countdown) => countdown.state === state)) {
    return { state, solver: 'countdown', reason: explainReason({ kind: 'constant-rate' }) };
  }
  const reason = reasons.get(state);
  if (reason === undefined) throw new InternalError(`${state.name} has no solver`);
  const isNumeric = numeric.some((equation) => equation.state === state);
  return {
    state,
    solver: isNumeric ? 'numeric' : 'propagator',
    reason: explainReason(reason, (symbol) => variableOf(symbol).writtenName),
  };
}
