import type { Fix, Span } from '@nestml/diagnostics';
import { isDimensionless, type Unit } from '@nestml/units';
import type { Expression } from '../model/expressions.ts';
import type { ValueType } from '../model/types.ts';
import { type ExpressionContext, errorExpression, quote, relatedDeclaration } from './context.ts';
import { factorInWords, ratioOf } from './missing-factor.ts';
import { describeDoubt, doubtfulFactor } from './named-dimensions.ts';
import { spikeCure } from './spike-cures.ts';
import { surround } from './text-edits.ts';
import {
  fitsEveryUnit,
  isReadyFactor,
  reportImplicitQuantity,
  reportMissingUnit,
  toNumberIn,
  toQuantity,
  unitOfLiteral,
  withUnit,
} from './unify.ts';
import {
  agreeInDimension,
  BOOLEAN,
  describeType,
  hasDimension,
  INTEGER,
  isNumeric,
  REAL,
} from './value-types.ts';

/** What a value goes into. */
export interface Target {
  readonly type: ValueType;
  /** How messages call it, with quotes: `` `V_m` `` or ``the result of `f` ``. */
  readonly name: string;
  readonly declared?: Span;
  /** What happens to a plain number where a unit is declared: an error, or (`w -= 3`) read in that unit. */
  readonly numbers?: 'compat' | 'error';
}

/**
 * The value as the target takes it, conversions written out. Reports what does not fit; the result then has the
 * error type. A value of the error type passes silently.
 */
export function coerce(value: Expression, target: Target, context: ExpressionContext): Expression {
  const { type } = target;
  if (value.type.kind === 'error' || type.kind === 'error') return value;
  switch (type.kind) {
    case 'quantity':
      return isNumeric(value.type)
        ? coerceToUnit(value, type.unit, target, context)
        : refuse(value, target, context);
    case 'real':
      if (value.type.kind === 'boolean') return booleanAsNumber(value, context);
      return isNumeric(value.type) ? asPlainNumber(value, context, target) : refuse(value, target, context);
    case 'integer':
      return coerceToInteger(value, target, context);
    case 'boolean':
      if (value.type.kind === 'boolean') return value;
      return value.type.kind === 'real' ? numberAsBoolean(value, context) : refuse(value, target, context);
    case 'string':
      return value.type.kind === 'string' ? value : refuse(value, target, context);
    case 'void':
      return refuse(value, target, context);
    default:
      return type satisfies never;
  }
}

/** The number itself, or that of a quantity in its unit (class `compat`). The value must be numeric. */
export function asPlainNumber(value: Expression, context: ExpressionContext, target?: Target): Expression {
  if (!hasDimension(value.type)) return value;
  const { model } = context;
  const { unit } = value.type;
  const related =
    target?.declared === undefined
      ? []
      : [
          {
            message: `${target.name} is declared here as ${describeType(target.type)}`,
            span: target.declared,
          },
        ];
  model.report(
    'implicit-number',
    value.span,
    { expression: quote(model.source, value.span), unit: unit.text, direction: 'toNumber' },
    {
      related: [...related, ...relatedDeclaration(value, describeType(value.type))],
      fixes: [spikeCure(value, REAL, context)?.fix ?? divideByUnit(value, unit)],
    },
  );
  return toNumberIn(value, unit);
}

/** The fix that makes a quantity a number. In parentheses, since the place may bind tighter than a division. */
function divideByUnit(value: Expression, unit: Unit): Fix {
  const divisor = unit.factors.length === 1 ? unitOfLiteral(unit) : `(${unit.text})`;
  const isFactor = isReadyFactor(value);
  const { start, end } = value.span;
  return {
    title: `Divide by the unit: \`/ 1 ${divisor}\``,
    edits: [
      { span: { start, end: start }, text: isFactor ? '(' : '((' },
      { span: { start: end, end }, text: `${isFactor ? '' : ')'} / 1 ${divisor})` },
    ],
  };
}

function coerceToUnit(value: Expression, unit: Unit, target: Target, context: ExpressionContext): Expression {
  if (fitsEveryUnit(value)) return withUnit(value, unit);
  if (!hasDimension(value.type)) {
    if (isDimensionless(unit)) return value;
    if (target.numbers !== 'compat') return refuseNumber(value, unit, target, context);
    reportImplicitQuantity(value, unit, context);
    return toQuantity(value, unit);
  }
  const expected: ValueType = { kind: 'quantity', unit };
  return agreeInDimension(value.type, expected) ? value : refuseDimension(value, expected, target, context);
}

function refuseNumber(value: Expression, unit: Unit, target: Target, context: ExpressionContext): Expression {
  reportMissingUnit(value, unit, { name: target.name, related: relatedTarget(target) }, context);
  return errorExpression(value.span);
}

function refuseDimension(
  value: Expression,
  expected: ValueType,
  target: Target,
  context: ExpressionContext,
): Expression {
  const { model } = context;
  const type = describeType(value.type);
  const cure = spikeCure(value, expected, context);
  const doubt = doubtfulFactor(value, expected);
  const doubtHint = doubt === undefined ? lackingFactor(value, expected) : describeDoubt(doubt);
  model.report(
    'unit-mismatch',
    value.span,
    {
      first: target.name,
      firstType: describeType(expected),
      second: quote(model.source, value.span),
      secondType: type,
      consequence: 'the value does not fit',
      hint: cure?.hint ?? doubtHint,
    },
    {
      related: [...relatedTarget(target), ...relatedDeclaration(value, type)],
      fixes: cure === undefined ? [] : [cure.fix],
    },
  );
  return errorExpression(value.span);
}

/** What the value would have to be multiplied or divided by. */
function lackingFactor(value: Expression, expected: ValueType): string {
  const ratio = ratioOf(value.type, expected);
  return ratio === undefined ? '' : (factorInWords(ratio) ?? '');
}

function relatedTarget(target: Target) {
  if (target.declared === undefined) return [];
  return [
    { message: `${target.name} is declared here as ${describeType(target.type)}`, span: target.declared },
  ];
}

/** A real number loses its fraction in an integer: `x // 1`. */
function coerceToInteger(value: Expression, target: Target, context: ExpressionContext): Expression {
  const { type, span } = value;
  if (type.kind === 'integer') return value;
  if (type.kind !== 'real' && (type.kind !== 'quantity' || hasDimension(type)))
    return refuse(value, target, context);
  const { model } = context;
  if (!isWhole(value)) {
    model.report(
      'real-to-integer',
      span,
      { value: quote(model.source, span), target: target.name },
      { related: relatedTarget(target), fixes: truncatingDivision(value, context) },
    );
  }
  const one: Expression = { kind: 'constant', value: 1, type: INTEGER, span };
  const factors = [
    { operator: '*', operand: value },
    { operator: '//', operand: one },
  ] as const;
  return { kind: 'product', factors, type: INTEGER, span };
}

/** Whether a number has no fraction whatever its operands are: a truncated quotient, a rounded number, and sums and products of such. */
function isWhole(value: Expression): boolean {
  if (value.type.kind === 'integer') return true;
  switch (value.kind) {
    case 'constant':
      return typeof value.value === 'number' && Number.isInteger(value.value) && value.type.kind === 'real';
    case 'negation':
      return isWhole(value.operand);
    case 'sum':
      return value.terms.every(({ operand }) => isWhole(operand));
    case 'product': {
      const quotient = value.factors.findLastIndex(({ operator }) => operator === '//');
      return value.factors.slice(Math.max(0, quotient)).every(({ operator, operand }, index) => {
        if (index === 0 && quotient >= 0) return true;
        return operator !== '/' && isWhole(operand);
      });
    }
    case 'builtin':
      return rounding.has(value.name) && !hasDimension(value.type);
    default:
      return false;
  }
}

const rounding: ReadonlySet<string> = new Set(['floor', 'ceil', 'round']);

/** `a / b` of two integers, as the value of an integer, is `a // b`. */
function truncatingDivision(value: Expression, { model }: ExpressionContext): readonly Fix[] {
  if (value.kind !== 'product' || value.factors.length !== 2) return [];
  const [first, second] = value.factors;
  const isQuotient =
    second!.operator === '/' && value.factors.every(({ operand }) => operand.type.kind === 'integer');
  const between = { start: first!.operand.span.end, end: second!.operand.span.start };
  const offset = model.source.text.slice(between.start, between.end).indexOf('/');
  if (!isQuotient || offset < 0) return [];
  const start = between.start + offset;
  return [{ title: 'Write `//`', edits: [{ span: { start, end: start + 1 }, text: '//' }] }];
}

function booleanAsNumber(value: Expression, context: ExpressionContext): Expression {
  const { span } = value;
  const asNumber = [{ title: 'Write `? 1 : 0`', edits: surround(span, '((', ') ? 1 : 0)') }];
  context.model.report(
    'boolean-as-number',
    span,
    { value: quote(context.model.source, span), isNumber: true },
    { fixes: asNumber },
  );
  const constant = (number: number): Expression => ({ kind: 'constant', value: number, type: REAL, span });
  const [whenTrue, whenFalse] = [constant(1), constant(0)];
  return { kind: 'conditional', condition: value, whenTrue, whenFalse, type: REAL, span };
}

function numberAsBoolean(value: Expression, context: ExpressionContext): Expression {
  const { span } = value;
  const asTruth = [{ title: 'Compare with 0', edits: surround(span, '((', ') != 0)') }];
  context.model.report(
    'boolean-as-number',
    span,
    { value: quote(context.model.source, span), isNumber: false },
    { fixes: asTruth },
  );
  const right: Expression = { kind: 'constant', value: 0, type: REAL, span };
  return { kind: 'comparison', operator: '!=', left: value, right, type: BOOLEAN, span };
}

function refuse(value: Expression, target: Target, context: ExpressionContext): Expression {
  const { model } = context;
  model.report(
    'type-mismatch',
    value.span,
    {
      expression: quote(model.source, value.span),
      found: describeType(value.type),
      target: target.name,
      expected: describeType(target.type),
    },
    { related: relatedTarget(target) },
  );
  return errorExpression(value.span);
}
