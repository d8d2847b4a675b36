import type { BuiltinExpression } from '../model/expressions.ts';

/**
 * How the arguments of a predefined function hang together.
 * - `number`: plain numbers, result real
 * - `alike`: numbers that measure the same thing, as the result does
 * - `rounding`: one number with any unit, rounded in its unit
 * - `random`: like `alike`, and each call draws
 * - `count`: a plain number, result integer, and each call draws
 * - `clock`: reads the step length
 * - `special`: has a form of its own
 */
export interface PredefinedFunction {
  readonly form:
    | 'number'
    | 'alike'
    | 'rounding'
    | 'random'
    | 'count'
    | 'clock'
    | 'power'
    | 'special'
    | 'statement';
  readonly least: number;
  readonly most: number;
  /** As it is written, for messages. */
  readonly signature: string;
}

function ofNumber(name: string): readonly [string, PredefinedFunction] {
  return [name, { form: 'number', least: 1, most: 1, signature: `${name}(number)` }];
}

function entry(
  signature: string,
  form: PredefinedFunction['form'],
  least: number,
  most = least,
): readonly [string, PredefinedFunction] {
  const name = signature.slice(0, signature.indexOf('('));
  return [name, { form, least, most, signature }];
}

/** All predefined functions by name (facts of NESTML 9). */
export const predefinedFunctions: ReadonlyMap<string, PredefinedFunction> = new Map([
  ...['exp', 'ln', 'log10', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'erf', 'erfc', 'expm1'].map(
    ofNumber,
  ),
  entry('min(x, y)', 'alike', 2),
  entry('max(x, y)', 'alike', 2),
  entry('clip(x, low, high)', 'alike', 3),
  entry('abs(x)', 'alike', 1),
  entry('ceil(x)', 'rounding', 1),
  entry('floor(x)', 'rounding', 1),
  entry('round(x)', 'rounding', 1),
  entry('random_normal(mean, sd)', 'random', 2),
  entry('random_uniform(offset, width)', 'random', 2),
  entry('random_poisson(lambda)', 'count', 1),
  entry('resolution()', 'clock', 0),
  entry('timestep()', 'clock', 0),
  entry('steps(duration)', 'clock', 1),
  entry('pow(base, exponent)', 'power', 2),
  entry('convolve(kernel, port)', 'special', 2),
  entry('delta(t)', 'special', 1),
  entry('integrate_odes(…)', 'statement', 0, Number.POSITIVE_INFINITY),
  entry('emit_spike(weight)', 'statement', 0, 1),
  entry('print(text)', 'statement', 1),
  entry('println(text)', 'statement', 1),
  entry('info(text)', 'statement', 1),
  entry('warning(text)', 'statement', 1),
]);

const valueForms: readonly PredefinedFunction['form'][] = [
  'number',
  'alike',
  'rounding',
  'random',
  'count',
  'clock',
];

/** Whether the name is that of a function that becomes a `builtin` expression. */
export function isBuiltinName(name: string): name is BuiltinExpression['name'] {
  const known = predefinedFunctions.get(name);
  return known !== undefined && valueForms.includes(known.form);
}

/** Whether the function draws random numbers. */
export function isRandomFunction(name: string): boolean {
  const form = predefinedFunctions.get(name)?.form;
  return form === 'random' || form === 'count';
}
