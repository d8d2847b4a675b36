import type { Rotation } from './rotations.ts';

/** A 2 × 2 matrix [[a, b], [c, d]]. */
export interface Block2 {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** The rotation that brings a block to standard form, and that form: c = 0, or a = d and b·c < 0. */
export interface StandardBlock {
  readonly rotation: Rotation;
  readonly block: Block2;
}

const NO_ROTATION: Rotation = Object.freeze({ cosine: 1, sine: 0 });

/**
 * The standard form of a 2 × 2 block of a real Schur form: upper triangular if its eigenvalues are real, else equal diagonal
 * entries, so that the eigenvalues are a ± i·√(−b c). With p = (a − d)/2 the eigenvalues are real where p² + b c ≥ 0.
 */
export function standardize(block: Block2): StandardBlock {
  const { a, b, c, d } = block;
  if (c === 0) return { rotation: NO_ROTATION, block };
  if (b === 0) return { rotation: { cosine: 0, sine: 1 }, block: { a: d, b: -c, c: 0, d: a } };
  const p = (a - d) / 2;
  if (p === 0 && b < 0 !== c < 0) return { rotation: NO_ROTATION, block };
  const discriminant = discriminantOf(p, b, c);
  return discriminant >= 0 ? triangular(block, p, discriminant) : equalDiagonal(block);
}

/** (p² + b c) divided by the larger of |p| and √|b c|, without overflow. */
function discriminantOf(p: number, b: number, c: number): number {
  const larger = Math.max(Math.abs(b), Math.abs(c));
  const smaller = Math.min(Math.abs(b), Math.abs(c)) * Math.sign(b) * Math.sign(c);
  const scale = Math.max(Math.abs(p), larger);
  return (p / scale) * p + (larger / scale) * smaller;
}

function triangular(block: Block2, p: number, discriminant: number): StandardBlock {
  const { b, c, d } = block;
  const scale = Math.max(Math.abs(p), Math.abs(b), Math.abs(c));
  const root = Math.sqrt(scale) * Math.sqrt(discriminant);
  const z = p + (p >= 0 ? root : -root);
  if (z === 0) return equalDiagonal(block);
  const length = Math.hypot(c, z);
  return {
    rotation: { cosine: z / length, sine: c / length },
    block: { a: d + z, b: b - c, c: 0, d: d - (Math.max(Math.abs(b), Math.abs(c)) / z) * smallerOf(b, c) },
  };
}

/** The one of smaller size, with the sign of the product b·c. */
function smallerOf(b: number, c: number): number {
  return Math.min(Math.abs(b), Math.abs(c)) * Math.sign(b) * Math.sign(c);
}

/** Complex or double real eigenvalues: the rotation makes the diagonal entries equal; a c that then has the sign of b is removed. */
function equalDiagonal({ a, b, c, d }: Block2): StandardBlock {
  const sigma = b + c;
  const difference = a - d;
  const tau = Math.hypot(sigma, difference);
  if (tau === 0) return { rotation: NO_ROTATION, block: { a, b, c, d } };
  const cosine = Math.sqrt(0.5 * (1 + Math.abs(sigma) / tau));
  const sine = -(difference / 2 / (tau * cosine)) * (sigma < 0 ? -1 : 1);
  const [aa, bb] = [a * cosine + b * sine, -a * sine + b * cosine];
  const [cc, dd] = [c * cosine + d * sine, -c * sine + d * cosine];
  const upper = bb * cosine + dd * sine;
  const lower = -aa * sine + cc * cosine;
  const mean = (aa * cosine + cc * sine - bb * sine + dd * cosine) / 2;
  const rotation = { cosine, sine };
  if (lower === 0 || upper === 0 || lower < 0 !== upper < 0) {
    return upper === 0 && lower !== 0
      ? swapped(rotation, mean, lower)
      : { rotation, block: { a: mean, b: upper, c: lower, d: mean } };
  }
  return split(rotation, mean, upper, lower);
}

/** [[m, 0], [c, m]] turned by a right angle. */
function swapped({ cosine, sine }: Rotation, mean: number, lower: number): StandardBlock {
  return {
    rotation: { cosine: -sine, sine: cosine },
    block: { a: mean, b: -lower, c: 0, d: mean },
  };
}

/** [[m, b], [c, m]] with b c > 0 has the real eigenvalues m ± √(b c). */
function split({ cosine, sine }: Rotation, mean: number, upper: number, lower: number): StandardBlock {
  const [left, right] = [Math.sqrt(Math.abs(upper)), Math.sqrt(Math.abs(lower))];
  const root = lower < 0 ? -left * right : left * right;
  const length = Math.sqrt(Math.abs(upper + lower));
  const [c, s] = [left / length, right / length];
  return {
    rotation: { cosine: cosine * c - sine * s, sine: cosine * s + sine * c },
    block: { a: mean + root, b: upper - lower, c: 0, d: mean - root },
  };
}
