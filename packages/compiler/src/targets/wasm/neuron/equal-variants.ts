import type {
  AffineGroup,
  AffineSystem,
  IntegrationVariant,
  NumericSystem,
} from '../../../solved/solved-model.ts';

/** Whether the states that are integrated numerically, and all that they read, move alike in both. Equal expressions are one node. */
export function haveSameNumerics(a: NumericSystem, b: NumericSystem): boolean {
  return (
    a.relativeTolerance === b.relativeTolerance &&
    // What a method needs besides follows from the equations.
    a.method.name === b.method.name &&
    areAlike(
      a.equations,
      b.equations,
      (x, y) =>
        x.state === y.state && x.derivative === y.derivative && x.absoluteTolerance === y.absoluteTolerance,
    ) &&
    areAlike(a.drivers, b.drivers, (x, y) => isSameSystem(x.system, y.system) && areAlike(x.read, y.read))
  );
}

/**
 * Whether the variants have the same numeric system, and differ by countdowns alone: a refractory time that counts or not while everything
 * else moves as always.
 */
export function differByCountdowns(a: IntegrationVariant, b: IntegrationVariant): boolean {
  if (a.numeric === undefined || b.numeric === undefined) return false;
  return (
    haveSameNumerics(a.numeric, b.numeric) &&
    areAlike(a.affine, b.affine, isSameGroup) &&
    areAlike(a.pulses, b.pulses)
  );
}

function isSameGroup(a: AffineGroup, b: AffineGroup): boolean {
  return areAlike(a.moved, b.moved) && isSameSystem(a.system, b.system);
}

function isSameSystem(a: AffineSystem, b: AffineSystem): boolean {
  return (
    areAlike(a.states, b.states) &&
    areAlike(a.input, b.input) &&
    areAlike(a.couples, b.couples) &&
    areAlike(
      a.coefficients,
      b.coefficients,
      (x, y) => x.row === y.row && x.column === y.column && x.value === y.value,
    )
  );
}

function areAlike<Item>(
  a: readonly Item[],
  b: readonly Item[],
  isSame: (a: Item, b: Item) => boolean = Object.is,
): boolean {
  return a.length === b.length && a.every((item, i) => isSame(item, b[i] as Item));
}
