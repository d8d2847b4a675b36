import type { ExpressionNode } from '@nestml/dynamics';
import type { ModelVariable } from '../../../ir/variables.ts';
import { expressionsOfNumeric } from '../../../solved/expressions-of-model.ts';
import type { NumericSystem } from '../../../solved/solved-model.ts';
import type { Mask, Real } from '../ssa/lanes.ts';
import { driverBytes, type PreparedDriver, prepareDriver } from './emit-driver.ts';
import { emitNumber } from './emit-expression.ts';
import type { Scope } from './frame.ts';
import { nodesOf } from './method-tableau.ts';
import { prepareDelays } from './read-past.ts';
import { keepStepConstants } from './step-constants.ts';

/** Values of variables that move during the step. */
export type Moving = readonly (readonly [ModelVariable, Real])[];

/** Bytes of scratch space that the drivers of a system need. */
export function bytesOfDrivers({ drivers }: NumericSystem): number {
  return drivers.reduce((sum, driver) => sum + driverBytes(driver), 0);
}

/** Right-hand sides as functions of the states and of the time within the step, with the drivers that they read. */
export interface RightHandSides {
  /** An attempt begins: its length, ms. */
  readonly begin: (length: Real) => void;
  /** The drivers come to a node of the attempt. */
  readonly enter: (node: number) => void;
  /** After an attempt, at its end: the next attempt begins here in these lanes, and where this one began in others. */
  readonly accept: (isGood: Mask) => void;
  /** The slopes at the node that was entered, `time` after the begin of the step, ms. */
  readonly slopes: (time: Real, states: readonly Real[]) => readonly Real[];
  /** The slopes and further expressions there, as functions of the same variables. */
  readonly evaluate: (
    time: Real,
    states: readonly Real[],
    more: readonly ExpressionNode[],
  ) => { readonly slopes: readonly Real[]; readonly more: readonly Real[] };
  /** How fast the states of the drivers change there, per ms. */
  readonly drift: (time: Real) => Moving;
}

/** Prepares the drivers for these nodes of an attempt, then what does not change during the step. */
export function prepareRightHandSides(
  system: NumericSystem,
  scope: Scope,
  nodes: readonly number[] = nodesOf(system.method),
): RightHandSides {
  const drivers = prepareDrivers(system, nodes, scope);
  const { equations } = system;
  const outside = { ...scope, memo: scope.memo.nested(), isRightHandSide: true };
  const derivatives = equations.map(({ derivative }) => derivative);
  keepStepConstants(expressionsOfNumeric(system), changingIn(system), outside);
  const evaluate: RightHandSides['evaluate'] = (time, states, more) => {
    const driven = drivers.flatMap((driver) => driver.at(time));
    const own = equations.flatMap(({ state }, i) => {
      const value = states[i];
      return value === undefined ? [] : [[state, value] as const];
    });
    const values = new Map<ModelVariable, Real>([...driven, ...own]);
    const inner = { ...outside, values, memo: outside.memo.nested() };
    const emit = (nodes: readonly ExpressionNode[]) => nodes.map((node) => emitNumber(node, inner));
    return { slopes: emit(derivatives), more: emit(more) };
  };
  return {
    begin: (length) => {
      for (const driver of drivers) driver.begin(length);
    },
    enter: (node) => {
      for (const driver of drivers) driver.enter(node);
    },
    accept: (isGood) => {
      for (const driver of drivers) driver.accept(isGood);
    },
    slopes: (time, states) => evaluate(time, states, []).slopes,
    evaluate,
    drift: (time) => drivers.flatMap((driver) => driver.drift(time)),
  };
}

function prepareDrivers(
  system: NumericSystem,
  nodes: readonly number[],
  scope: Scope,
): readonly PreparedDriver[] {
  let offset = scope.frame.setting.driverScratch;
  const past = system.delays.length === 0 ? [] : [prepareDelays(system.delays, scope)];
  const driven = system.drivers.map((driver) => {
    const place = offset;
    offset += driverBytes(driver);
    return prepareDriver(driver, { offset: place, nodes }, scope);
  });
  return [...driven, ...past];
}

/** All that moves during the step. */
function changingIn({ equations, drivers, delays }: NumericSystem): ReadonlySet<ModelVariable> {
  return new Set([
    ...delays.map(({ variable }) => variable),
    ...equations.map(({ state }) => state),
    ...drivers.flatMap(({ system, read }) => read.flatMap((place) => system.states[place] ?? [])),
  ]);
}
