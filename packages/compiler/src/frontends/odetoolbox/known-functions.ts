import type {
  ComparisonOperator,
  ExpressionNode,
  ExpressionPool,
  MathFunction,
  UserFunction,
} from '@nestml/dynamics';

/** What an argument or a result is. */
export type OperandKind = 'number' | 'boolean';

/** A function that expressions of ODE-toolbox can call. */
export interface KnownFunction {
  /** Fewest and most arguments. */
  readonly arity: readonly [fewest: number, most: number];
  /** What all arguments must be. */
  readonly takes: OperandKind;
  readonly build: (pool: ExpressionPool, values: readonly ExpressionNode[]) => ExpressionNode;
}

const MANY = Number.POSITIVE_INFINITY;

/** Functions that have no node of their own; a call of them is evaluated by `evaluateCall`. */
const CALLED: Readonly<Record<string, (x: number) => number>> = Object.freeze({
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
});

const CALLEES: ReadonlyMap<string, UserFunction> = new Map(
  Object.keys(CALLED).map((name) => [name, { name, value: 'number', isPure: true }]),
);

/** The value of a call; NaN if the function is not known. */
export function evaluateCall(callee: UserFunction, values: readonly (number | boolean)[]): number {
  const compute = Object.hasOwn(CALLED, callee.name) ? CALLED[callee.name] : undefined;
  return compute === undefined ? Number.NaN : compute(Number(values[0]));
}

/** Whether calls of the function have values. */
export function isKnownCallee(callee: UserFunction): boolean {
  return CALLEES.get(callee.name) === callee;
}

function plain(name: MathFunction): KnownFunction {
  return { arity: [1, 1], takes: 'number', build: (pool, values) => pool.apply(name, values) };
}

/** min and max of any number of arguments. */
function extremum(name: 'min' | 'max'): KnownFunction {
  return {
    arity: [1, MANY],
    takes: 'number',
    build: (pool, values) => values.reduce((result, value) => pool.apply(name, [result, value])),
  };
}

function comparison(operator: ComparisonOperator): KnownFunction {
  return {
    arity: [2, 2],
    takes: 'number',
    build: (pool, [left, right]) => pool.compare(left!, operator, right!),
  };
}

const power: KnownFunction = {
  arity: [2, 2],
  takes: 'number',
  build: (pool, [base, exponent]) => powerOf(pool, base!, exponent!),
};

const root: KnownFunction = {
  arity: [1, 1],
  takes: 'number',
  build: (pool, [x]) => pool.power(x!, pool.constant(0.5)),
};

const logarithm: KnownFunction = {
  arity: [1, 2],
  takes: 'number',
  build: (pool, [value, base]) => {
    const natural = pool.apply('ln', [value!]);
    return base === undefined ? natural : pool.divide(natural, pool.apply('ln', [base]));
  },
};

/** 0 below 0, 1 above 0, at 0 the second argument or 1/2. */
const heaviside: KnownFunction = {
  arity: [1, 2],
  takes: 'number',
  build: (pool, [x, atZero]) => {
    const [zero, one] = [pool.constant(0), pool.constant(1)];
    const elsewhere = pool.select(pool.compare(x!, '>', zero), one, atZero ?? pool.constant(0.5));
    return pool.select(pool.compare(x!, '<', zero), zero, elsewhere);
  },
};

/** Powers of Euler's number are exponentials. */
export function powerOf(
  pool: ExpressionPool,
  base: ExpressionNode,
  exponent: ExpressionNode,
): ExpressionNode {
  const isNatural = base.kind === 'constant' && base.value === Math.E && exponent.kind !== 'constant';
  return isNatural ? pool.apply('exp', [exponent]) : pool.power(base, exponent);
}

/** By name. `Piecewise`, `DiracDelta` and calls of unknown functions are read by the parser itself. */
export const KNOWN_FUNCTIONS: ReadonlyMap<string, KnownFunction> = new Map<string, KnownFunction>([
  ['exp', plain('exp')],
  ['expm1', plain('expm1')],
  ['log', logarithm],
  ['ln', logarithm],
  ['log10', plain('log10')],
  ['sqrt', root],
  ...(['sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'erf', 'erfc', 'floor', 'round'] as const).map(
    (name) => [name, plain(name)] as const,
  ),
  ['abs', plain('abs')],
  ['Abs', plain('abs')],
  ['ceil', plain('ceil')],
  ['ceiling', plain('ceil')],
  ['min', extremum('min')],
  ['Min', extremum('min')],
  ['max', extremum('max')],
  ['Max', extremum('max')],
  ['power', power],
  ['pow', power],
  ['Pow', power],
  ['Heaviside', heaviside],
  ['Eq', comparison('==')],
  ['Ne', comparison('!=')],
  ['Lt', comparison('<')],
  ['Le', comparison('<=')],
  ['Gt', comparison('>')],
  ['Ge', comparison('>=')],
  ['And', { arity: [1, MANY], takes: 'boolean', build: (pool, values) => pool.and(values) }],
  ['Or', { arity: [1, MANY], takes: 'boolean', build: (pool, values) => pool.or(values) }],
  ['Not', { arity: [1, 1], takes: 'boolean', build: (pool, [value]) => pool.not(value!) }],
  ...[...CALLEES].map(([name, callee]): readonly [string, KnownFunction] => [
    name,
    { arity: [1, 1], takes: 'number', build: (pool, values) => pool.call(callee, values) },
  ]),
]);
