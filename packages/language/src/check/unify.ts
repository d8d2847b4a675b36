import type { Fix, RelatedPlace } from '@nestml/diagnostics';
import type { Unit } from '@nestml/units';
import type { Expression } from '../model/expressions.ts';
import type { ValueType } from '../model/types.ts';
import { type ExpressionContext, quote, relatedDeclaration } from './context.ts';
import { spikeCure } from './spike-cures.ts';
import {
  agreeInDimension,
  describeType,
  describeUnit,
  hasDimension,
  INTEGER,
  isNumeric,
  REAL,
} from './value-types.ts';

/** What happens to numbers beside quantities, and what follows for the user if dimensions differ. */
export interface UnifyRule {
  readonly numbers: 'compat' | 'error';
  readonly consequence: string;
}

/**
 * Brings numbers together that must measure the same thing. The common type is that of the first quantity; plain numbers
 * beside it are read in its unit (class `compat`), `0` and `inf` fit anything. Undefined after a message, or if an operand
 * has the error type. All operands must be numeric.
 */
export function unify(
  operands: readonly Expression[],
  rule: UnifyRule,
  context: ExpressionContext,
): { readonly operands: readonly Expression[]; readonly type: ValueType } | undefined {
  if (operands.some(({ type }) => !isNumeric(type))) return undefined;
  const reference = operands.find(({ type }) => hasDimension(type));
  if (reference === undefined || !hasDimension(reference.type)) {
    const isInteger = operands.every(({ type }) => type.kind === 'integer');
    return { operands, type: isInteger ? INTEGER : REAL };
  }
  const { type } = reference;
  const other = operands.find(
    (operand) => hasDimension(operand.type) && !agreeInDimension(operand.type, type),
  );
  if (other !== undefined) {
    reportMismatch(reference, other, rule.consequence, context);
    return undefined;
  }
  const isPlain = (operand: Expression) => !hasDimension(operand.type) && !fitsEveryUnit(operand);
  const number = operands.find(isPlain);
  if (number !== undefined && rule.numbers === 'error') {
    const name = quote(context.model.source, reference.span);
    const related = relatedDeclaration(reference, describeType(type));
    reportMissingUnit(number, type.unit, { name, related }, context);
    return undefined;
  }
  if (number !== undefined) reportImplicitQuantity(number, type.unit, context);
  return {
    operands: operands.map((operand) => {
      if (hasDimension(operand.type)) return operand;
      return isPlain(operand) ? toQuantity(operand, type.unit) : withUnit(operand, type.unit);
    }),
    type,
  };
}

/** Reports two numbers of different dimensions, with the places where they were declared. */
export function reportMismatch(
  first: Expression,
  second: Expression,
  consequence: string,
  context: ExpressionContext,
): void {
  const { model } = context;
  const [firstType, secondType] = [describeType(first.type), describeType(second.type)];
  const cure = spikeCure(second, first.type, context) ?? spikeCure(first, second.type, context);
  model.report(
    'unit-mismatch',
    second.span,
    {
      first: quote(model.source, first.span),
      firstType,
      second: quote(model.source, second.span),
      secondType,
      consequence,
      hint: cure?.hint ?? '',
    },
    {
      related: [...relatedDeclaration(first, firstType), ...relatedDeclaration(second, secondType)],
      fixes: cure === undefined ? [] : [cure.fix],
    },
  );
}

/** Reports a plain number that is read in a unit. */
export function reportImplicitQuantity(number: Expression, unit: Unit, context: ExpressionContext): void {
  const { model } = context;
  const fix = isNumberLiteral(number, context) ? appendUnit(number, unit) : multiplyByUnit(number, unit);
  model.report(
    'implicit-number',
    number.span,
    { expression: quote(model.source, number.span), unit: unit.text, direction: 'toQuantity' },
    { fixes: [fix] },
  );
}

/**
 * Reports a plain number where a unit is needed. The unit is certain for numbers that are written out; for a variable, its own unit may be
 * what is missing, and a number of steps is no number of milliseconds.
 */
export function reportMissingUnit(
  number: Expression,
  unit: Unit,
  target: { readonly name: string; readonly related: readonly RelatedPlace[] },
  context: ExpressionContext,
): void {
  const { model } = context;
  const { span } = number;
  const text = model.source.text.slice(span.start, span.end);
  const isLiteral = isNumberLiteral(number, context);
  const isSteps = /\b(?:steps|resolution|timestep)\s*\(/.test(text);
  const isSure = !/[A-Za-z_$]/.test(text.replace(/\de[+-]?\d/gi, ''));
  const fix = isLiteral ? appendUnit(number, unit) : multiplyByUnit(number, unit);
  const cure =
    isLiteral || isSteps
      ? `Give it a unit, such as \`${unit.text}\``
      : `Multiply it by a unit, such as \`* 1 ${unitOfLiteral(unit)}\``;
  const fixes: readonly Fix[] = isSteps ? [] : [isSure ? fix : { ...fix, isGuess: true }];
  model.report(
    'missing-unit',
    span,
    { value: quote(model.source, span), target: target.name, expected: describeUnit(unit), cure },
    { related: target.related, fixes },
  );
}

/** The fix that makes a quantity of an expression that is a plain number. */
function multiplyByUnit(number: Expression, unit: Unit): Fix {
  const { start, end } = number.span;
  const factor = `1 ${unitOfLiteral(unit)}`;
  const edits = isReadyFactor(number)
    ? [{ span: { start: end, end }, text: ` * ${factor}` }]
    : [
        { span: { start, end: start }, text: '(' },
        { span: { start: end, end }, text: `) * ${factor}` },
      ];
  return { title: `Multiply by the unit: \`* ${factor}\``, edits };
}

/** Whether the text of the expression keeps its meaning if a product or quotient continues it. */
export function isReadyFactor({ kind }: Expression): boolean {
  return [
    'variable',
    'constant',
    'port',
    'time',
    'product',
    'power',
    'builtin',
    'functionCall',
    'convolve',
  ].includes(kind);
}

/** Whether the expression is written as a number, with or without sign, to which a unit can be appended. */
export function isNumberLiteral(expression: Expression, { model }: ExpressionContext): boolean {
  const { start, end } = expression.span;
  return /^-?\s*[\d.]+(e[+-]?\d+)?$/i.test(model.source.text.slice(start, end));
}

/** The fix that gives a number a unit. */
export function appendUnit({ span }: Expression, unit: Unit): Fix {
  const place = { start: span.end, end: span.end };
  return {
    title: `Append the unit \`${unit.text}\``,
    edits: [{ span: place, text: ` ${unitOfLiteral(unit)}` }],
  };
}

/** A unit as it can stand directly after a number: composed ones in parentheses where the grammar needs them. */
export function unitOfLiteral({ text }: Unit): string {
  return /^[A-Za-z]+(\*\*\d+)?([*/][A-Za-z]+(\*\*\d+)?)?$/.test(text) ? text : `(${text})`;
}

/**
 * Whether the expression is a plain `0` or `inf`, with or without sign, or chosen among such: it means the same in every unit.
 * One that is written with a unit has that unit.
 */
export function fitsEveryUnit(expression: Expression): boolean {
  switch (expression.kind) {
    case 'constant':
      return (
        (expression.value === 0 || expression.value === Number.POSITIVE_INFINITY) &&
        isNumeric(expression.type) &&
        !hasDimension(expression.type)
      );
    case 'negation':
      return fitsEveryUnit(expression.operand);
    case 'conditional':
      return fitsEveryUnit(expression.whenTrue) && fitsEveryUnit(expression.whenFalse);
    case 'builtin':
      return choosing.has(expression.name) && expression.arguments.every(fitsEveryUnit);
    default:
      return false;
  }
}

/** Functions whose value is one of their arguments. */
const choosing: ReadonlySet<string> = new Set(['min', 'max', 'clip']);

/** An expression that fits every unit as a quantity. */
export function withUnit(expression: Expression, unit: Unit): Expression {
  const type: ValueType = { kind: 'quantity', unit };
  const convert = (part: Expression) => withUnit(part, unit);
  switch (expression.kind) {
    case 'constant':
      return { ...expression, type };
    case 'negation':
      return { ...expression, operand: convert(expression.operand), type };
    case 'conditional': {
      const { whenTrue, whenFalse } = expression;
      return { ...expression, whenTrue: convert(whenTrue), whenFalse: convert(whenFalse), type };
    }
    case 'builtin':
      return { ...expression, arguments: expression.arguments.map(convert), type };
    default:
      return expression;
  }
}

/** The quantity whose number in the unit is the operand. */
export function toQuantity(operand: Expression, unit: Unit): Expression {
  const type: ValueType = { kind: 'quantity', unit };
  return { kind: 'inUnit', direction: 'toQuantity', unit, operand, type, span: operand.span };
}

/** The number that a quantity has in its unit. */
export function toNumberIn(operand: Expression, unit: Unit): Expression {
  return { kind: 'inUnit', direction: 'toNumber', unit, operand, type: REAL, span: operand.span };
}
