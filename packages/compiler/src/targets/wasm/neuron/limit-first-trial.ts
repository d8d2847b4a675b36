import { InternalError } from '@nestml/diagnostics';
import type { AffineSystem, NumericSystem } from '../../../solved/solved-model.ts';
import type { Mask, Real } from '../ssa/lanes.ts';
import { driverForm } from './driver-form.ts';
import { expand, readCoefficients } from './driver-series.ts';
import type { Scope } from './frame.ts';
import { readStorage } from './variable-access.ts';

/** The first sub-step is at most this part of the time constant of a driver that moves. */
const PART = 0.6;

/** A driver is at rest if it would change by less than this part of itself. */
const REST = 1e-9;

/**
 * The first sub-step of a step: the one that is remembered, but not longer than what the drivers that are not at rest demand. A kernel
 * that is short against the step can begin at 0 and be over before the second stage: then no stage sees it, and no error is estimated.
 * After the first sub-step the control of its length sees what the drivers do.
 */
export function limitFirstTrial({ drivers }: NumericSystem, remembered: Real, scope: Scope): Real {
  const { lanes, builder } = scope.frame;
  const trial = builder.variable(remembered.value);
  for (const { system } of drivers) {
    const speed = speedOf(system, scope);
    if (speed === undefined) continue;
    const isFast = lanes.gt(speed, lanes.constant(1));
    builder.branch(lanes.any(isFast), () => {
      const longest = lanes.div(scope.frame.resolution, speed);
      const limits = lanes.and(isFast, moves(system, longest, scope));
      const present = lanes.asReal(builder.read(trial));
      builder.write(trial, lanes.select(limits, lanes.lesser(longest, present), present).value);
    });
  }
  return lanes.asReal(builder.read(trial));
}

/** The step in units of `PART` of the time constant; undefined for a driver that changes at a constant rate. */
function speedOf(system: AffineSystem, { frame }: Scope): Real | undefined {
  const { lanes, setting, resolution } = frame;
  const slots = setting.storage.systems.get(system);
  if (slots === undefined) throw new InternalError('a driver without place');
  const form = driverForm(system);
  if (form.kind === 'anchors') {
    // ‖A‖ times the distance of anchors is at most 1/2, which is nearly the same.
    return slots.anchors === undefined ? undefined : readStorage(frame, slots.anchors.count);
  }
  const diagonal = slots.coefficients.find(({ row, column }) => row === column);
  if (diagonal === undefined) return undefined;
  const rate = lanes.abs(readStorage(frame, diagonal.storage));
  return lanes.mul(lanes.mul(rate, resolution), lanes.constant(1 / PART));
}

/** Where a state would change in that time: |(A x + b) τ| > `REST` |x|. */
function moves(system: AffineSystem, time: Real, scope: Scope): Mask {
  const { lanes } = scope.frame;
  const coefficients = readCoefficients(system, scope);
  const [, slopes = []] = expand(scope.frame, coefficients, 1);
  const moving = coefficients.states.flatMap((state, i) => {
    const slope = slopes[i];
    if (slope === undefined) return [];
    const change = lanes.abs(lanes.mul(slope, time));
    return [lanes.gt(change, lanes.mul(lanes.abs(state), lanes.constant(REST)))];
  });
  return moving.reduce((a, b) => lanes.or(a, b), lanes.truth(false));
}
