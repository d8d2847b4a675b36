import type { Span } from '@nestml/diagnostics';
import type { ExpressionNode, ExpressionPool, ExpressionSymbol, UserFunction } from '@nestml/dynamics';
import { closestName } from '@nestml/language';
import type { JsonString, JsonValue } from './json-text.ts';
import { KNOWN_FUNCTIONS } from './known-functions.ts';
import { type NameScope, type ParsedExpression, parseExpression } from './parse-expression.ts';
import type { OdeOptions, OdeSymbol } from './problem.ts';
import { type OdeReport, spanWithin } from './reading.ts';

/** What is known while a problem is read; names are added as they are declared. */
export interface Names {
  readonly pool: ExpressionPool;
  readonly options: OdeOptions;
  readonly report: OdeReport;
  readonly time: ExpressionSymbol;
  /** States by all their names (`x'` and `x__d`), and parameters. */
  readonly symbols: Map<string, OdeSymbol>;
  /** Variables, also before their states are known. */
  readonly variables: Set<string>;
  /** Names that are defined nowhere, with the place where they occur first. */
  readonly free: Map<string, { readonly symbol: OdeSymbol; readonly span: Span }>;
  readonly unknownFunctions: Map<string, UserFunction>;
}

/** Where an expression stands, which decides what it may contain. */
export type ExpressionUse =
  | { readonly kind: 'constant'; readonly what: string }
  | { readonly kind: 'function'; readonly variable: string }
  | { readonly kind: 'equation'; readonly variable: string };

/** An expression that was read, with the places of its nodes in the JSON text. */
export interface ReadExpression {
  readonly node: ExpressionNode;
  readonly spanOf: (node: ExpressionNode) => Span;
}

const CONSTANTS: Readonly<Record<string, number>> = Object.freeze({ e: Math.E, E: Math.E, pi: Math.PI });
const INFINITIES: readonly string[] = ['oo', 'inf', 'Infinity'];
const OPERATORS: readonly string[] = ['and', 'or', 'not', 'if', 'else', 'True', 'False', 'true', 'false'];

/** Whether a variable or parameter can have the name; reports if not. */
export function checkName(name: string, span: Span, { options, report }: Names): boolean {
  const problem = problemOfName(name, options);
  if (problem !== undefined) report('ode-name', span, { name, problem });
  return problem === undefined;
}

function problemOfName(name: string, options: OdeOptions): string | undefined {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return 'it does not consist of letters, digits, `_` and `$`';
  if (name === options.timeSymbol) return 'it is the name of the time';
  if (name === options.stepSymbol) return 'it is the name of the step in the result';
  if (options.forbiddenNames.includes(name)) return 'it is forbidden by the option `forbidden_names`';
  if (OPERATORS.includes(name)) return 'it is an operator or a truth value';
  if (name.startsWith(`${options.propagatorPrefix}__`)) return 'names of propagators begin like this';
  return undefined;
}

/** The part of a text from `start` on as an expression; what is wrong is reported. */
export function readExpression(
  text: JsonString,
  use: ExpressionUse,
  names: Names,
  start = 0,
): ReadExpression | undefined {
  const spanAt = (extent: { readonly start: number; readonly end: number }) =>
    spanWithin(text, { start: extent.start + start, end: extent.end + start });
  const parsed: ParsedExpression = parseExpression(text.value.slice(start), scopeOf(use, names, spanAt));
  if (parsed.kind === 'mistake') {
    names.report('ode-expression', spanAt(parsed.extent), { problem: parsed.problem });
  }
  if (parsed.kind !== 'expression') return undefined;
  const { node, places } = parsed;
  const whole = { start: 0, end: text.value.length - start };
  return { node, spanOf: (part) => spanAt(places.get(part) ?? whole) };
}

/** A JSON number or a text with an expression of parameters and numbers. */
export function readConstant(value: JsonValue, what: string, names: Names): ExpressionNode | undefined {
  if (value.kind === 'number') return names.pool.constant(value.value);
  if (value.kind === 'string') return readExpression(value, { kind: 'constant', what }, names)?.node;
  names.report('ode-form', value.span, { what, expected: 'a number or a text with an expression' });
  return undefined;
}

type SpanAt = (extent: { readonly start: number; readonly end: number }) => Span;

function scopeOf(use: ExpressionUse, names: Names, spanAt: SpanAt): NameScope {
  return {
    pool: names.pool,
    valueOf: (name, extent) => valueOfName(name, use, names, spanAt(extent)),
    call: (name, values, extent) => {
      if (name === 'DiracDelta') {
        const variable = use.kind === 'constant' ? use.what : use.variable;
        names.report('ode-impulse', spanAt(extent), { name: variable });
        return undefined;
      }
      return names.pool.call(calleeOf(name, names, spanAt(extent)), values);
    },
  };
}

/** The value of a name, declared names before predefined ones. */
function valueOfName(name: string, use: ExpressionUse, names: Names, span: Span): ExpressionNode | undefined {
  const { pool, options, report, symbols } = names;
  const base = name.replace(/'+$/, '');
  const isVariable = names.variables.has(base) || symbols.get(name)?.role === 'state';
  if (isVariable && use.kind !== 'equation') {
    const what = use.kind === 'constant' ? use.what : `The function of time \`${use.variable}\``;
    report('ode-value-not-constant', span, { name, what });
    return undefined;
  }
  const symbol = symbols.get(name);
  if (symbol !== undefined) return pool.symbol(symbol);
  if (base !== name) {
    const problem = isVariable
      ? 'only derivatives below the order of the equation are states'
      : `\`${base}\` has no differential equation`;
    report('ode-unknown-derivative', span, { name, problem });
    return undefined;
  }
  if (name === options.timeSymbol) return valueOfTime(name, use, names, span);
  if (Object.hasOwn(CONSTANTS, name)) return pool.constant(CONSTANTS[name]!);
  if (use.kind === 'constant' && INFINITIES.includes(name)) return pool.constant(Number.POSITIVE_INFINITY);
  if (!checkName(name, span, names)) return undefined;
  const known = names.free.get(name) ?? { symbol: { name, value: 'number', role: 'free' }, span };
  names.free.set(name, known);
  return pool.symbol(known.symbol);
}

function valueOfTime(
  name: string,
  use: ExpressionUse,
  { pool, report, time }: Names,
  span: Span,
): ExpressionNode | undefined {
  switch (use.kind) {
    case 'function':
      return pool.symbol(time);
    case 'equation':
      report('ode-explicit-time', span, { time: name });
      return undefined;
    case 'constant':
      report('ode-value-not-constant', span, { name, what: use.what });
      return undefined;
    default:
      return use satisfies never;
  }
}

function calleeOf(name: string, { unknownFunctions, report }: Names, span: Span): UserFunction {
  const known = unknownFunctions.get(name);
  if (known !== undefined) return known;
  const callee: UserFunction = { name, value: 'number', isPure: true };
  unknownFunctions.set(name, callee);
  const suggestion = closestName(name, [...KNOWN_FUNCTIONS.keys(), 'Piecewise']);
  report('ode-unknown-function', span, { name, suggestion });
  return callee;
}
