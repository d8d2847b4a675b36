// Made by derive/logarithm.py; do not edit by hand.
// Remez exchange, coefficients rounded to doubles; lowest power first.

/** p of 2 atanh(s)/s = 2 + z p(z), z = s² ≤ 0.0295; absolute error of the quotient at most 2.5e-18. */
export const LOG_TAIL = Object.freeze([
  0.6666666666666734, 0.39999999999416647, 0.2857142874202624, 0.22222198605298982, 0.1818356283698661,
  0.15314085238639452, 0.14795629106099553,
] as const);

/** p of 2 atanh(s)/s = 2 + z (2/3 + z p(z)), z = s² ≤ 0.0295; absolute error of the quotient at most 1.5e-22. */
export const POW_LOG_TAIL = Object.freeze([
  0.3999999999999998, 0.2857142857144384, 0.22222222217789764, 0.18181818843985312, 0.15384558429390735,
  0.13336264454050056, 0.11675781847841431, 0.11981742311617519,
] as const);

/** 2/3 rounded. */
export const TWO_THIRDS_HIGH = 0.6666666666666666;

/** 2/3 − TWO_THIRDS_HIGH. */
export const TWO_THIRDS_LOW = 3.700743415417188e-17;

/** Leading 40 bits of lg 2: products with exponents are exact. */
export const LOG10_2_HIGH = 0.30102999566361177;

/** lg 2 − LOG10_2_HIGH. */
export const LOG10_2_LOW = 3.694239077158931e-13;

/** Leading 26 bits of 1 / ln 10. */
export const INVERSE_LN10_HIGH = 0.4342944771051407;

/** 1 / ln 10 − INVERSE_LN10_HIGH. */
export const INVERSE_LN10_LOW = 4.798111141615973e-9;
