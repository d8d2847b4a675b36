import { InternalError } from '@nestml/diagnostics';
import type { NumericDriver } from '../../../solved/solved-model.ts';
import { emitExp } from '../math/exponential.ts';
import { emitWholePower } from '../math/inverse-root.ts';
import type { Mask, Real } from '../ssa/lanes.ts';
import type { Variable } from '../ssa/value.ts';
import { expand, horner, readCoefficients, slopeTerms, stateAt } from './driver-series.ts';
import type { PreparedDriver } from './emit-driver.ts';
import { callMath } from './emit-predefined.ts';
import type { Frame, Scope } from './frame.ts';

/** Most of the nodes are multiples of it: their decay is a power of one exponential. */
const UNIT = 0.1;

/** A node as a multiple of a part of the sub-step. */
interface NodePower {
  readonly part: number;
  readonly exponent: number;
}

function powerOf(node: number): NodePower {
  const exponent = Math.round(node / UNIT);
  return Math.abs(exponent * UNIT - node) < 1e-12 ? { part: UNIT, exponent } : { part: node, exponent: 1 };
}

/** The parts of a sub-step over which decays are computed, if a method has stages at these nodes. */
function partsOf(nodes: readonly number[]): readonly number[] {
  return [...new Set(nodes.map((node) => powerOf(node).part))];
}

/**
 * Computes what a driver with a closed form, see `DriverForm`, needs once per step.
 * @param nodes times of the stages in units of the sub-step; undefined if the form has no rate
 */
export function prepareClosed(
  { system, read }: NumericDriver,
  nodes: readonly number[] | undefined,
  scope: Scope,
): PreparedDriver {
  const { frame } = scope;
  const { lanes } = frame;
  const coefficients = readCoefficients(system, scope);
  const diagonal = coefficients.entries.find(({ row, column }) => row === column)?.value;
  const nilpotent = {
    ...coefficients,
    entries: coefficients.entries.filter(({ row, column }) => row !== column),
  };
  const terms = expand(frame, nilpotent, system.states.length);
  const decay =
    nodes === undefined || diagonal === undefined ? undefined : createDecay(frame, diagonal, partsOf(nodes));
  const evaluate = (polynomial: (powers: readonly (Real | undefined)[]) => Real) => {
    const factor = decay?.read();
    return read.map((place) => {
      const value = polynomial(terms.map((term) => term[place]));
      return [stateAt(system, place), factor === undefined ? value : lanes.mul(factor, value)] as const;
    });
  };
  return {
    begin: (length) => decay?.begin(length),
    enter: (node) => decay?.enter(node),
    accept: (isGood) => decay?.accept(isGood),
    at: (time) => evaluate((powers) => horner(frame, powers, time)),
    drift: (time) =>
      // (e^{rτ} p)′ = e^{rτ} (r p + p′)
      evaluate((powers) => {
        const slope = horner(frame, slopeTerms(frame, powers), time);
        if (decay === undefined || diagonal === undefined) return slope;
        return lanes.add(lanes.mul(diagonal, horner(frame, powers, time)), slope);
      }),
  };
}

/** e^{rτ} at the stages of sub-steps. */
interface Decay {
  readonly begin: (length: Real) => void;
  readonly enter: (node: number) => void;
  readonly accept: (isGood: Mask) => void;
  readonly read: () => Real;
}

/**
 * The exponential at a stage is that at the begin of the sub-step times a power of that over a part of it: two exponentials in a sub-step
 * instead of one per stage, and none in a sub-step that is the whole step, if r is the same for all instances. The powers make the relative error
 * grow by about 1e-15 per sub-step, far below the tolerances.
 */
function createDecay(frame: Frame, rate: Real, wanted: readonly number[]): Decay {
  const { builder, lanes, resolution } = frame;
  const one = lanes.constant(1).value;
  const reached = builder.variable(one);
  const present = builder.variable(one);
  const parts = wanted.map((part) => ({
    part,
    variable: builder.variable(wholeDecay(frame, rate, part).value),
  }));
  const read = (variable: Variable): Real => lanes.asReal(builder.read(variable));
  return {
    begin: (length) => {
      // Lanes of whole steps would compute what they have.
      builder.branch(lanes.any(lanes.ne(length, resolution)), () => {
        for (const { part, variable } of parts) {
          builder.write(variable, emitExp(lanes, exponentOver(frame, rate, length, part)).value);
        }
      });
    },
    enter: (node) => {
      const { part, exponent } = powerOf(node);
      const found = parts.find((entry) => entry.part === part);
      if (found === undefined) throw new InternalError(`no decay over ${part} of a sub-step`);
      const start = read(reached);
      const power = exponent === 0 ? undefined : emitWholePower(lanes, read(found.variable), exponent);
      builder.write(present, (power === undefined ? start : lanes.mul(start, power)).value);
    },
    accept: (isGood) => {
      // The last stage lies at the end of the sub-step.
      builder.write(reached, lanes.select(isGood, read(present), read(reached)).value);
    },
    read: () => read(present),
  };
}

/** Over a part of a whole step, by a call: mostly it is done once for all, and sub-steps have the same in place. */
function wholeDecay(frame: Frame, rate: Real, part: number): Real {
  return callMath(frame.lanes, 'exp', exponentOver(frame, rate, frame.resolution, part));
}

function exponentOver({ lanes }: Frame, rate: Real, length: Real, part: number): Real {
  return lanes.mul(rate, lanes.mul(length, lanes.constant(part)));
}

/** Where this is emitted once for all instances and steps, whole steps find the decays of a rate that they have in common. */
export function hoistDecay(frame: Frame, rate: Real, nodes: readonly number[]): void {
  for (const part of partsOf(nodes)) wholeDecay(frame, rate, part);
}
