// Made by derive/exponential.py; do not edit by hand.
// Remez exchange, coefficients rounded to doubles; lowest power first.

/** q of e^r = 1 + r + r² q(r), |r| ≤ ln(2)/2; relative error of e^r at most 5.6e-18. */
export const EXP_REMAINDER = Object.freeze([
  0.5000000000000011, 0.16666666666666508, 0.04166666666653402, 0.008333333333527095, 0.0013888888942157765,
  0.00019841269297771758, 2.4801494584066168e-5, 2.7557864131569244e-6, 2.762979398521965e-7,
  2.48896087159479e-8,
] as const);

/** q of e^r − 1 = r + r² q(r), |r| ≤ ln(2)/2; relative error at most 3.8e-18. */
export const EXPM1_REMAINDER = Object.freeze([
  0.5, 0.16666666666666677, 0.04166666666666667, 0.008333333333321485, 0.0013888888888878596,
  0.00019841269886082148, 2.4801587351228376e-5, 2.755724503327281e-6, 2.7557235824733786e-7,
  2.5108380886376037e-8, 2.093334340374079e-9,
] as const);

/** Leading 32 bits of ln 2: products with integers below 2^21 are exact. */
export const LN2_HIGH = 0.6931471803691238;

/** ln 2 − LN2_HIGH. */
export const LN2_LOW = 1.9082149292705877e-10;
