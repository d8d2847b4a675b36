import { InternalError } from '@nestml/diagnostics';
import { ROSENBROCK, ROSENBROCK_CONTROL } from '@nestml/dynamics';
import type { Jacobian, NumericSystem } from '../../../solved/solved-model.ts';
import type { Lanes, Real } from '../ssa/lanes.ts';
import type { Value, Variable } from '../ssa/value.ts';
import type { SubstepMethod } from './emit-adaptive.ts';
import { type AttemptStart, forStage, hasCopies, SLOPE_BYTES } from './emit-stages.ts';
import type { Frame, Scope } from './frame.ts';
import { bytesOfDrivers, prepareRightHandSides, type RightHandSides } from './right-hand-sides.ts';
import { type Elimination, emitFactors, emitSolution, planElimination } from './sparse-elimination.ts';

const { gamma, nodes, timeWeights, stages: rows, couplings, weights, errorWeights, errorOrder } = ROSENBROCK;

/** What stays the same during a step. */
interface Parts {
  readonly frame: Frame;
  readonly system: NumericSystem;
  readonly jacobian: Jacobian;
  readonly rightHandSides: RightHandSides;
  readonly elimination: Elimination;
}

/**
 * Attempts by the Rosenbrock method, see `RosenbrockTableau`: slopes and Jacobian at the begin of the attempt, one elimination, and for
 * each stage one solution. A matrix that cannot be eliminated gives values that are not finite, so that a shorter sub-step is tried.
 */
export function prepareRosenbrock(system: NumericSystem, jacobian: Jacobian, scope: Scope): SubstepMethod {
  const { frame } = scope;
  const parts: Parts = {
    frame,
    system,
    jacobian,
    rightHandSides: prepareRightHandSides(system, scope),
    elimination: planElimination(system.equations.length, jacobian.entries),
  };
  const run = hasCopies(system, scope) ? runCopied : runLooped;
  return {
    errorOrder,
    shortestStep: ROSENBROCK_CONTROL.shortestStep,
    attempt: (start, first, atBegin) => {
      const begin = emitBegin(parts, start, first, atBegin);
      const stages = run(parts, begin);
      return {
        states: start.states.map((state, i) => weightedSum(frame.lanes, weights, stages, i, state)),
        error: (component) => weightedSum(frame.lanes, errorWeights, stages, component),
      };
    },
    // The last stage lies at the end of the sub-step.
    accept: parts.rightHandSides.accept,
  };
}

/** u of a stage and component. */
type StageValues = (stage: number, component: number) => Real;

/** Σ weightᵢ·uᵢ, added to what is given. */
function weightedSum(
  lanes: Lanes,
  factors: readonly number[],
  stages: StageValues,
  component: number,
  given?: Real,
): Real {
  const sum = factors.reduce<Real | undefined>((total, factor, stage) => {
    if (factor === 0) return total;
    const value = stages(stage, component);
    const product = factor === 1 ? value : lanes.mul(lanes.constant(factor), value);
    return total === undefined ? product : lanes.add(total, product);
  }, given);
  return sum ?? lanes.constant(0);
}

/** What is known at the begin of an attempt. */
interface Begin {
  readonly start: AttemptStart;
  readonly slopes: readonly Real[];
  /** h·∂f/∂t by row; undefined is 0. */
  readonly drift: ReadonlyMap<number, Real>;
  /** 1/h. */
  readonly frequency: Real;
  readonly solve: (right: readonly Real[]) => readonly Real[];
}

function emitBegin(
  { frame, jacobian, rightHandSides, elimination }: Parts,
  start: AttemptStart,
  first: Value<'i32'>,
  atBegin: (slopes: readonly Real[]) => void,
): Begin {
  const { builder, lanes } = frame;
  const { entries, driven } = jacobian;
  rightHandSides.begin(start.length);
  rightHandSides.enter(0);
  const nodesWanted = [...entries, ...driven].map(({ value }) => value);
  const { slopes, more } = rightHandSides.evaluate(start.time, start.states, nodesWanted);
  builder.branch(builder.operation('i32', 'i32.eqz', [first]), () => atBegin(slopes));
  const frequency = lanes.div(lanes.constant(1), start.length);
  const diagonal = lanes.mul(frequency, lanes.constant(1 / gamma));
  const size = slopes.length;
  const partials = new Map(entries.map(({ row, column }, i) => [row * size + column, more[i]]));
  const factors = emitFactors(lanes, elimination, (row, column) => {
    const partial = partials.get(row * size + column);
    if (row !== column) return partial && lanes.neg(partial);
    return partial === undefined ? diagonal : lanes.sub(diagonal, partial);
  });
  return {
    start,
    slopes,
    drift: driven.length === 0 ? new Map() : emitDrift(more.slice(entries.length)),
    frequency,
    solve: (right) => emitSolution(lanes, factors, right),
  };

  /** Σ ∂f/∂y · y′, times h. */
  function emitDrift(values: readonly Real[]): ReadonlyMap<number, Real> {
    const speeds = new Map(rightHandSides.drift(start.time));
    const sums = new Map<number, Real>();
    driven.forEach(({ row, state }, i) => {
      const [value, speed] = [values[i], speeds.get(state)];
      if (value === undefined || speed === undefined) throw new InternalError(`${state.name} does not drive`);
      const product = lanes.mul(lanes.mul(value, speed), start.length);
      const sum = sums.get(row);
      sums.set(row, sum === undefined ? product : lanes.add(sum, product));
    });
    return sums;
  }
}

/** The states of a stage, and what is added to the slopes there: Σ (cⱼ/h)·uⱼ + w·h·∂f/∂t. The drivers enter its node. */
function enterStage(
  stage: number,
  { frame: { lanes }, rightHandSides }: Parts,
  { start, frequency, drift }: Begin,
  known: StageValues,
): { readonly time: Real; readonly states: readonly Real[]; readonly added: readonly Real[] } {
  const node = nodes[stage] ?? 0;
  const timeWeight = timeWeights[stage] ?? 0;
  rightHandSides.enter(node);
  const time = lanes.add(start.time, lanes.mul(lanes.constant(node), start.length));
  const states = start.states.map((state, i) => weightedSum(lanes, rows[stage] ?? [], known, i, state));
  const added = states.map((_, i) => {
    const coupled = lanes.mul(weightedSum(lanes, couplings[stage] ?? [], known, i), frequency);
    const slope = drift.get(i);
    if (slope === undefined || timeWeight === 0) return coupled;
    return lanes.add(coupled, lanes.mul(lanes.constant(timeWeight), slope));
  });
  return { time, states, added };
}

/** u of the first stage, at the begin. */
function firstStage({ frame: { lanes } }: Parts, { slopes, drift, solve }: Begin): readonly Real[] {
  const weight = lanes.constant(timeWeights[0] ?? 0);
  return solve(
    slopes.map((slope, i) => {
      const own = drift.get(i);
      return own === undefined ? slope : lanes.add(slope, lanes.mul(weight, own));
    }),
  );
}

/** Every stage has a copy of the right-hand sides. */
function runCopied(parts: Parts, begin: Begin): StageValues {
  const { lanes } = parts.frame;
  const values = [firstStage(parts, begin)];
  const at: StageValues = (stage, component) => {
    const value = values[stage]?.[component];
    if (value === undefined) throw new InternalError(`no value ${component} of stage ${stage}`);
    return value;
  };
  for (let stage = 1; stage < rows.length; stage += 1) {
    const { time, states, added } = enterStage(stage, parts, begin, at);
    const slopes = parts.rightHandSides.slopes(time, states);
    values.push(begin.solve(slopes.map((slope, i) => sumOf(lanes, slope, added[i]))));
  }
  return at;
}

function sumOf(lanes: Lanes, a: Real, b: Real | undefined): Real {
  return b === undefined ? a : lanes.add(a, b);
}

/** One copy of the right-hand sides for all stages but the first; what they give lies in the scratch space. */
function runLooped(parts: Parts, begin: Begin): StageValues {
  const { frame, system, rightHandSides } = parts;
  const { builder, lanes, scratch, setting } = frame;
  const stageBytes = system.equations.length * SLOPE_BYTES;
  const offset = setting.driverScratch + bytesOfDrivers(system);
  const at: StageValues = (stage, component) =>
    lanes.load(scratch, offset + stage * stageBytes + component * SLOPE_BYTES);
  const store = (address: Value<'i32'>, values: readonly Real[]): void => {
    values.forEach((value, component) => {
      lanes.store(address, offset + component * SLOPE_BYTES, value);
    });
  };
  store(scratch, firstStage(parts, begin));
  const zero = lanes.constant(0);
  const time = builder.variable(zero.value);
  const states = system.equations.map(() => builder.variable(zero.value));
  const added = system.equations.map(() => builder.variable(zero.value));
  const stage = builder.variable(builder.i32(1));
  const read = (variable: Variable): Real => lanes.asReal(builder.read(variable));
  const write = (variables: readonly Variable[], values: readonly Real[]): void => {
    variables.forEach((variable, i) => {
      const value = values[i];
      if (value !== undefined) builder.write(variable, value.value);
    });
  };
  builder.loop(() => {
    const number = builder.read(stage);
    forStage(frame, number, [1, rows.length], (known) => {
      const entered = enterStage(known, parts, begin, at);
      write([time], [entered.time]);
      write(states, entered.states);
      write(added, entered.added);
    });
    const slopes = rightHandSides.slopes(read(time), states.map(read));
    const distance = builder.operation('i32', 'i32.mul', [number, builder.i32(stageBytes)]);
    const right = slopes.map((slope, i) => sumOf(lanes, slope, added[i] && read(added[i])));
    store(builder.operation('i32', 'i32.add', [scratch, distance]), begin.solve(right));
    const next = builder.operation('i32', 'i32.add', [number, builder.i32(1)]);
    builder.write(stage, next);
    return builder.operation('i32', 'i32.lt_u', [next, builder.i32(rows.length)]);
  });
  return at;
}
