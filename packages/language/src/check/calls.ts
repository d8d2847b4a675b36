import type { Span } from '@nestml/diagnostics';
import { isDimensionless, toCanonical } from '@nestml/units';
import type { BuiltinExpression, Expression } from '../model/expressions.ts';
import type { FunctionSymbol } from '../model/symbols.ts';
import type { CallSyntax, ExpressionSyntax } from '../syntax/expressions.ts';
import { asPlainNumber, coerce } from './coerce.ts';
import { declarationsOf, type ExpressionContext, errorExpression, quote } from './context.ts';
import { checkConvolve } from './convolve.ts';
import { checkDelayed } from './delayed.ts';
import { checkExpression } from './expressions.ts';
import { combinePower } from './powers.ts';
import { isBuiltinName, type PredefinedFunction, predefinedFunctions } from './predefined-functions.ts';
import { lookUp } from './scope.ts';
import { type NameSuggestion, writeWord } from './suggestions.ts';
import { toNumberIn, toQuantity, unify } from './unify.ts';
import { describeType, hasDimension, INTEGER, isNumeric, REAL, TIME } from './value-types.ts';

/** A call in an expression. */
export function checkCall(syntax: CallSyntax, context: ExpressionContext): Expression {
  const { callee, span } = syntax;
  const { model, scope } = context;
  const own = model.functions.get(callee.text);
  if (own !== undefined) return checkFunctionCall(syntax, own, context);
  const predefined = predefinedFunctions.get(callee.text);
  if (predefined !== undefined) return checkPredefined(syntax, predefined, context);
  const entry = lookUp(scope, callee.text);
  if (entry?.kind === 'variable') return checkDelayed(syntax, entry, context);
  reportUndefinedFunction(syntax, entry !== undefined, context);
  return errorExpression(span);
}

/** Reports a call of something that is no function; the arguments are checked all the same. */
export function reportUndefinedFunction(
  syntax: CallSyntax,
  isOther: boolean,
  context: ExpressionContext,
): void {
  const { text, span } = syntax.callee;
  const { model } = context;
  for (const argument of syntax.arguments) {
    if (!isWholeName(argument, context)) checkExpression(argument, context);
  }
  if (model.damagedNames.has(text)) return;
  const names = [...model.functions.keys(), ...predefinedFunctions.keys()];
  if (!isOther && reportForeignFunction(syntax, context)) return;
  const { suggestion, fixes } = isOther
    ? { suggestion: undefined, fixes: [] }
    : (usualFunction(text, span) ?? model.suggestions.closest(text, span, names));
  model.report('undefined-function', span, { name: text, suggestion, isOther }, { fixes });
}

/** A kernel or a vector as argument is no mistake of its own: some functions of other languages take them. */
function isWholeName(syntax: ExpressionSyntax, { scope }: ExpressionContext): boolean {
  if (syntax.kind !== 'variable') return false;
  const entry = lookUp(scope, syntax.name.text);
  if (entry?.kind === 'variable') return entry.orders.get(0)?.size !== undefined;
  return entry?.kind === 'kernel';
}

/** Functions of other languages that are operators here, and of old versions that have another form. */
const foreignFunctions: ReadonlyMap<string, string> = new Map([
  ['sqrt', '`x**0.5`'],
  ['square', '`x**2`'],
  ['heaviside', '`x > 0 ? 1 : 0`'],
  ['deliver_spike', '`emit_spike(weight)`'],
  ['sign', '`x > 0 ? 1 : -1`'],
]);

/** Characters behind a call in which a `**` is looked for. */
const farthestPower = 1000;

function reportForeignFunction(syntax: CallSyntax, { model }: ExpressionContext): boolean {
  const { callee, span } = syntax;
  const { text } = callee;
  const instead = foreignFunctions.get(text.toLowerCase());
  if (instead === undefined) return false;
  // `**` groups from the right: a**0.5**2 is a**0.25.
  const isBase = /^(?:[\s\\]|#.*)*\*\*/.test(model.source.text.slice(span.end, span.end + farthestPower));
  const edits = [
    { span: callee.span, text: isBase ? '(' : '' },
    { span: { start: span.end, end: span.end }, text: isBase ? '**0.5)' : '**0.5' },
  ];
  const fixes =
    text === 'sqrt' && syntax.arguments.length === 1 ? [{ title: 'Write a power of 0.5', edits }] : [];
  model.report('foreign-function', callee.span, { name: text, instead }, { fixes });
  return true;
}

/** What other languages call predefined functions. */
const commonNames: ReadonlyMap<string, string> = new Map([
  ['log', 'ln'],
  ['fabs', 'abs'],
  ['printf', 'print'],
]);

/** Functions that are alike, but take other arguments. */
const likeFunctions: ReadonlyMap<string, string> = new Map([
  ['conv', 'convolve'],
  ['curr_sum', 'convolve'],
  ['cond_sum', 'convolve'],
  ['randn', 'random_normal'],
  ['normal', 'random_normal'],
  ['gauss', 'random_normal'],
  ['rand', 'random_uniform'],
  ['uniform', 'random_uniform'],
  ['poisson', 'random_poisson'],
]);

function usualFunction(name: string, span: Span): NameSuggestion | undefined {
  const same = commonNames.get(name);
  if (same !== undefined) return { suggestion: same, fixes: [writeWord(same, span)] };
  const like = likeFunctions.get(name);
  return like === undefined ? undefined : { suggestion: like, fixes: [] };
}

/** The arguments of a call of a function of the model, converted to its parameters; undefined after a message. */
export function checkArguments(
  syntax: CallSyntax,
  symbol: FunctionSymbol,
  context: ExpressionContext,
): readonly Expression[] | undefined {
  const count = symbol.parameters.length;
  const values = syntax.arguments.map((argument) => checkExpression(argument, context));
  if (context.model.isDamaged(symbol.declared)) return undefined;
  if (values.length !== count) {
    const signature = `${symbol.name}(${symbol.parameters.map(({ name }) => name).join(', ')})`;
    const related = [{ message: `\`${symbol.name}\` is declared here`, span: symbol.declared }];
    context.model.report(
      'argument-count',
      syntax.span,
      { signature, least: count, most: count, found: values.length },
      { related },
    );
    return undefined;
  }
  const converted = symbol.parameters.map((parameter, index) =>
    coerce(
      values[index]!,
      {
        type: parameter.type,
        name: `\`${parameter.name}\` of \`${symbol.name}\``,
        declared: parameter.declared,
      },
      context,
    ),
  );
  return converted.some(({ type }) => type.kind === 'error') ? undefined : converted;
}

function checkFunctionCall(
  syntax: CallSyntax,
  symbol: FunctionSymbol,
  context: ExpressionContext,
): Expression {
  const { span } = syntax;
  const values = checkArguments(syntax, symbol, context);
  const { returnType: type } = symbol;
  if (type.kind === 'void') {
    context.model.report('void-in-expression', span, { name: symbol.name });
    return errorExpression(span);
  }
  if (values === undefined || type.kind === 'error') return errorExpression(span);
  return { kind: 'functionCall', function: symbol, arguments: values, type, span };
}

/** Whether the number of arguments is right; reports it if not. */
export function hasRightCount(
  syntax: CallSyntax,
  known: PredefinedFunction,
  context: ExpressionContext,
): boolean {
  const found = syntax.arguments.length;
  const { least, most, signature } = known;
  if (found >= least && found <= most) return true;
  context.model.report('argument-count', syntax.span, { signature, least, most, found });
  return false;
}

function checkPredefined(
  syntax: CallSyntax,
  known: PredefinedFunction,
  context: ExpressionContext,
): Expression {
  const { callee, span } = syntax;
  const { text: name } = callee;
  if (known.form === 'statement') {
    context.model.report('void-in-expression', span, { name });
    return errorExpression(span);
  }
  if (!hasRightCount(syntax, known, context)) return errorExpression(span);
  if (name === 'convolve') return checkConvolve(syntax, context);
  if (name === 'delta') {
    context.model.report('delta-misplaced', span, {});
    return errorExpression(span);
  }
  const values = syntax.arguments.map((argument) => checkExpression(argument, context));
  if (values.some(({ type }) => type.kind === 'error')) return errorExpression(span);
  const wrong = values.find(({ type }) => !isNumeric(type));
  if (wrong !== undefined) {
    context.model.report(
      'type-mismatch',
      wrong.span,
      {
        expression: quote(context.model.source, wrong.span),
        found: describeType(wrong.type),
        target: `\`${name}\``,
        expected: 'a number',
      },
      declarationsOf(wrong),
    );
    return errorExpression(span);
  }
  if (known.form === 'power') return combinePower(values[0]!, values[1]!, span, context);
  return isBuiltinName(name)
    ? checkBuiltin(name, known.form, values, syntax, context)
    : errorExpression(span);
}

function checkBuiltin(
  name: BuiltinExpression['name'],
  form: PredefinedFunction['form'],
  values: readonly Expression[],
  syntax: CallSyntax,
  context: ExpressionContext,
): Expression {
  const { span } = syntax;
  switch (form) {
    case 'number':
      return { kind: 'builtin', name, arguments: plainNumbers(values, context), type: REAL, span };
    case 'count': {
      const callSite = context.model.nextCallSite();
      return {
        kind: 'builtin',
        name,
        arguments: plainNumbers(values, context),
        callSite,
        type: INTEGER,
        span,
      };
    }
    case 'clock':
      return checkClock(name, values, syntax, context);
    case 'rounding':
      return roundInUnit(name, values[0]!, syntax);
    default: {
      const consequence = `the arguments of \`${name}\` must measure the same thing`;
      const unified = unify(values, { numbers: 'error', consequence }, context);
      if (unified === undefined) return errorExpression(span);
      const { operands, type } = unified;
      if (form !== 'random') return { kind: 'builtin', name, arguments: operands, type, span };
      const callSite = context.model.nextCallSite();
      const drawn = type.kind === 'integer' ? REAL : type;
      return { kind: 'builtin', name, arguments: operands, callSite, type: drawn, span };
    }
  }
}

function plainNumbers(values: readonly Expression[], context: ExpressionContext): readonly Expression[] {
  return values.map((value) => asPlainNumber(value, context));
}

function checkClock(
  name: BuiltinExpression['name'],
  values: readonly Expression[],
  { span, callee }: CallSyntax,
  context: ExpressionContext,
): Expression {
  if (name !== 'steps') return { kind: 'builtin', name, arguments: [], type: TIME, span };
  const duration = coerce(values[0]!, { type: TIME, name: `\`${callee.text}\`` }, context);
  if (duration.type.kind === 'error') return errorExpression(span);
  return { kind: 'builtin', name, arguments: [duration], type: INTEGER, span };
}

/** `ceil`, `floor` and `round` act on the number in the unit of the argument: `floor(1.5 V)` is 1 V, not 1500 mV. */
function roundInUnit(name: BuiltinExpression['name'], value: Expression, { span }: CallSyntax): Expression {
  const { type } = value;
  if (type.kind !== 'quantity' || isDimensionless(type.unit) || toCanonical(1, type.unit) === 1) {
    const result = hasDimension(type) || type.kind === 'integer' ? type : REAL;
    return { kind: 'builtin', name, arguments: [value], type: result, span };
  }
  const argument = toNumberIn(value, type.unit);
  return toQuantity({ kind: 'builtin', name, arguments: [argument], type: REAL, span }, type.unit);
}
