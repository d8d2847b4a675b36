import {
  type ExponentialTerm,
  type ExpressionNode,
  type ExpressionPool,
  type ExpressionSymbol,
  exponentialTerms,
  type KnownFactor,
  type NotExponentialReason,
} from '@nestml/dynamics';

/** The linear equation that a function of time follows: f⁽ⁿ⁾ = Σ coefficientsₖ f⁽ᵏ⁾, with the values f⁽ᵏ⁾(0). */
export interface FunctionEquation {
  readonly coefficients: readonly ExpressionNode[];
  readonly initial: readonly ExpressionNode[];
  /** Of the characteristic polynomial. */
  readonly factors: readonly KnownFactor[];
}

/** The equation, or the part of the function that is to blame and what is wrong with it. */
export type FunctionResult =
  | { readonly kind: 'equation'; readonly equation: FunctionEquation }
  | { readonly kind: 'none'; readonly because: ExpressionNode; readonly reason: string };

/**
 * Finds the homogeneous equation of a sum of terms c·tⁿ·exp(r t)·{1, cos(w t), sin(w t)}: each rate of multiplicity m, one more than the
 * highest power with it, gives the factor (s − r)ᵐ of the characteristic polynomial, each pair r ± i w the factor ((s − r)² + w²)ᵐ.
 */
export function equationOfFunction(
  pool: ExpressionPool,
  expression: ExpressionNode,
  time: ExpressionSymbol,
): FunctionResult {
  const found = exponentialTerms(pool, expression, time);
  if (found.kind === 'not-exponential') {
    return { kind: 'none', because: found.because, reason: explain(found.reason) };
  }
  const factors = factorsOf(pool, found.terms);
  const polynomial = factors.reduce<readonly ExpressionNode[]>(
    (product, factor) => timesFactor(pool, product, factor),
    [pool.constant(1)],
  );
  const coefficients = polynomial.slice(0, -1).map((coefficient) => pool.negate(coefficient));
  const initial = coefficients.map((_, order) => derivativeAtZero(pool, found.terms, order));
  return { kind: 'equation', equation: { coefficients, initial, factors } };
}

function explain(reason: NotExponentialReason): string {
  switch (reason) {
    case 'not-linear-in-time':
      return 'is not linear in the time, as the argument of an exponential, sine or cosine must be';
    case 'divided-by-sum':
      return 'divides by a sum that depends on the time';
    case 'not-whole-power':
      return 'is a power of a sum that is no whole number from 1 to 32';
    case 'condition-on-time':
      return 'is a condition on the time';
    case 'function-of-time':
      return 'is no sum of powers of the time times exponentials, sines and cosines';
    case 'too-many-terms':
      return 'has too many terms when it is multiplied out';
    default:
      return reason satisfies never;
  }
}

function isZero(node: ExpressionNode): boolean {
  return node.kind === 'constant' && node.value === 0;
}

/** A function that is 0 gets the factor s, so that there is a state. */
function factorsOf(pool: ExpressionPool, terms: readonly ExponentialTerm[]): readonly KnownFactor[] {
  if (terms.length === 0) return [{ kind: 'rate', rate: pool.constant(0) }];
  const groups = new Map<string, ExponentialTerm>();
  for (const term of terms) {
    const key = `${term.rate.id} ${term.frequency.id}`;
    const known = groups.get(key);
    if (known === undefined || known.power < term.power) groups.set(key, term);
  }
  return [...groups.values()].flatMap(({ rate, frequency, wave, power }) => {
    const square = pool.negate(pool.power(frequency, pool.constant(2)));
    const factor: KnownFactor =
      wave === 'none' ? { kind: 'rate', rate } : { kind: 'pair', centre: rate, square };
    return Array.from({ length: power + 1 }, () => factor);
  });
}

/** Polynomials by their coefficients from that of s⁰. */
function timesFactor(
  pool: ExpressionPool,
  polynomial: readonly ExpressionNode[],
  factor: KnownFactor,
): readonly ExpressionNode[] {
  const zero = pool.constant(0);
  const one = pool.constant(1);
  if (factor.kind === 'rate') return product(pool, polynomial, [pool.negate(factor.rate), one]);
  const { centre, square } = factor;
  const constant = isZero(centre)
    ? pool.negate(square)
    : pool.subtract(pool.power(centre, pool.constant(2)), square);
  const linear = isZero(centre) ? zero : pool.multiply(pool.constant(-2), centre);
  return product(pool, polynomial, [constant, linear, one]);
}

function product(
  pool: ExpressionPool,
  left: readonly ExpressionNode[],
  right: readonly ExpressionNode[],
): readonly ExpressionNode[] {
  return Array.from({ length: left.length + right.length - 1 }, (_, power) => {
    const pairs = left.flatMap((a, i) => {
      const b = right[power - i];
      return b === undefined || isZero(a) || isZero(b) ? [] : [pool.multiply(a, b)];
    });
    return pool.sum(pairs.map((operand) => ({ sign: 1, operand })));
  });
}

/** f⁽ᵏ⁾(0) = Σ c·k!/(k − n)!·g⁽ᵏ⁻ⁿ⁾(0) over the terms with n ≤ k, with g = exp(r t)·wave. */
function derivativeAtZero(
  pool: ExpressionPool,
  terms: readonly ExponentialTerm[],
  order: number,
): ExpressionNode {
  const values = terms.flatMap(({ coefficient, power, rate, wave, frequency }) => {
    if (power > order) return [];
    const slope = waveDerivative(pool, rate, frequency, wave, order - power);
    if (isZero(slope)) return [];
    let ways = 1;
    for (let i = 0; i < power; i += 1) ways *= order - i;
    return [pool.multiply(pool.multiply(pool.constant(ways), coefficient), slope)];
  });
  return pool.sum(values.map((operand) => ({ sign: 1, operand })));
}

/** The derivative at 0 of exp(r t), or the real (cosine) or imaginary (sine) part of (r + i w)ᵏ. */
function waveDerivative(
  pool: ExpressionPool,
  rate: ExpressionNode,
  frequency: ExpressionNode,
  wave: ExponentialTerm['wave'],
  order: number,
): ExpressionNode {
  const times = (a: ExpressionNode, b: ExpressionNode) =>
    isZero(a) || isZero(b) ? pool.constant(0) : pool.multiply(a, b);
  if (wave === 'none') {
    if (order === 0) return pool.constant(1);
    return isZero(rate) ? rate : pool.power(rate, pool.constant(order));
  }
  let [real, imaginary] = [pool.constant(1), pool.constant(0)];
  for (let k = 0; k < order; k += 1) {
    [real, imaginary] = [
      pool.subtract(times(rate, real), times(frequency, imaginary)),
      pool.add(times(rate, imaginary), times(frequency, real)),
    ];
  }
  return wave === 'cosine' ? real : imaginary;
}
