// Made by derive/trigonometric.py; do not edit by hand.
// Remez exchange, coefficients rounded to doubles; lowest power first.

/** p of sin x = x + x³ p(x²), |x| ≤ π/4; relative error at most 3.4e-18. */
export const SIN_TAIL = Object.freeze([
  -0.16666666666666632, 0.00833333333332249, -0.0001984126982985778, 2.7557313706989574e-6,
  -2.5050760238087545e-8, 1.5896908936393693e-10,
] as const);

/** p of cos x = 1 − x²/2 + x⁴ p(x²), |x| ≤ π/4; absolute error at most 4.8e-20. */
export const COS_TAIL = Object.freeze([
  0.0416666666666666, -0.0013888888888874474, 2.48015872896715e-5, -2.755731440100597e-7, 2.08757292759348e-9,
  -1.1359933871089004e-11,
] as const);

/** 2 / π. */
export const TWO_OVER_PI = 0.6366197723675814;

/** π/2 as a sum of three doubles, the error is below 2^-160. */
export const HALF_PI = Object.freeze([
  1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33,
] as const);

/** Leading 26 bits of the first two summands of HALF_PI. */
export const HALF_PI_HEADS = Object.freeze([1.5707963109016418, 6.123233932053594e-17] as const);
