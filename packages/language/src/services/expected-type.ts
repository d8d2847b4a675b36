import { divideUnits, isUnitInRange, type Unit } from '@nestml/units';
import { predefinedFunctions } from '../check/predefined-functions.ts';
import {
  BOOLEAN,
  computedType,
  hasDimension,
  INTEGER,
  isNumeric,
  REAL,
  TIME,
  unitOf,
} from '../check/value-types.ts';
import type { ValueType } from '../model/types.ts';
import { childrenOfSyntax, isExpression } from '../syntax/children.ts';
import type { CallSyntax, ExpressionSyntax, ProductSyntax } from '../syntax/expressions.ts';
import type { Expectation, ExpressionSite } from './definitions.ts';
import { typeOfExpression } from './types-of.ts';

/**
 * What should stand at an offset inside an expression, found from the outside to the inside: the terms of a sum measure the same, the factors of
 * a product make up what the whole should be. Undefined if anything may.
 */
export function expectedAt(site: ExpressionSite, offset: number): Expectation | undefined {
  let { syntax }: { readonly syntax: ExpressionSyntax } = site;
  let { expected }: { readonly expected?: Expectation | undefined } = site;
  for (;;) {
    const part = partAt(syntax, offset);
    if (part === undefined) return expected;
    expected = expectedOfPart(syntax, part, expected, site);
    syntax = part;
  }
}

/** The direct part of an expression that contains the offset. */
function partAt(syntax: ExpressionSyntax, offset: number): ExpressionSyntax | undefined {
  return partsOf(syntax).find(({ span }) => span.start <= offset && offset < span.end);
}

function partsOf(syntax: ExpressionSyntax): readonly ExpressionSyntax[] {
  return childrenOfSyntax(syntax).filter(isExpression);
}

function wanted(type: ValueType): Expectation {
  return { kind: 'type', type };
}

function expectedOfPart(
  whole: ExpressionSyntax,
  part: ExpressionSyntax,
  expected: Expectation | undefined,
  site: ExpressionSite,
): Expectation | undefined {
  const others = () => partsOf(whole).filter((other) => other !== part);
  switch (whole.kind) {
    case 'variable':
    case 'bit':
      return wanted(INTEGER);
    case 'call':
      return expectedOfArgument(whole, whole.arguments.indexOf(part), expected, site);
    case 'parenthesised':
      return expected;
    case 'unary':
      return whole.operator === '~' ? wanted(INTEGER) : expected;
    case 'power':
      return part === whole.exponent ? wanted(REAL) : undefined;
    case 'product':
      return expectedOfFactor(whole, part, expected, site);
    case 'sum':
      return likeOthers(others(), expected, site);
    case 'comparison':
      return firstKnown(others(), site);
    case 'not':
    case 'logical':
      return wanted(BOOLEAN);
    case 'conditional':
      if (part === whole.condition) return wanted(BOOLEAN);
      return likeOthers(others().slice(1), expected, site);
    case 'number':
    case 'boolean':
    case 'string':
    case 'infinity':
    case 'missing':
      return undefined;
    default:
      return whole satisfies never;
  }
}

function isUseful(expected: Expectation | undefined): expected is Expectation & { readonly kind: 'type' } {
  return expected?.kind === 'type';
}

/**
 * What stands beside others that measure the same. A unit beside it says more than what the whole should be: of `V_m' = (V_m - E_L` the divisor may
 * still be missing.
 */
function likeOthers(
  others: readonly ExpressionSyntax[],
  expected: Expectation | undefined,
  site: ExpressionSite,
): Expectation | undefined {
  const beside = firstKnown(others, site);
  const hasUnit = isUseful(beside) && hasDimension(beside.type);
  return hasUnit || !isUseful(expected) ? (beside ?? expected) : expected;
}

/** The type of the first of some expressions that has one. Of many, only a few are tried. */
function firstKnown(syntaxes: readonly ExpressionSyntax[], site: ExpressionSite): Expectation | undefined {
  for (const syntax of syntaxes.slice(0, 4)) {
    const type = typeOfExpression(syntax, site);
    if (type.kind !== 'error' && type.kind !== 'void') return wanted(type);
  }
  return undefined;
}

/** The factor that is missing between what the other factors make and what the product should be. */
function expectedOfFactor(
  whole: ProductSyntax,
  part: ExpressionSyntax,
  expected: Expectation | undefined,
  site: ExpressionSite,
): Expectation | undefined {
  if (!isUseful(expected) || !isNumeric(expected.type)) return undefined;
  const { span } = part;
  const one: ExpressionSyntax = { kind: 'number', span, text: '1', value: 1, isInteger: true };
  const factor = whole.rest.find(({ operand }) => operand === part);
  const rest = whole.rest.map((entry) => (entry === factor ? { ...entry, operand: one } : entry));
  const first = whole.first === part ? one : whole.first;
  const others = typeOfExpression({ ...whole, first, rest }, site);
  if (!isNumeric(others)) return undefined;
  const [total, made] = [unitOf(expected.type), unitOf(others)];
  const unit: Unit = factor?.operator === '/' ? divideUnits(made, total) : divideUnits(total, made);
  return isUnitInRange(unit) ? wanted(computedType(unit)) : undefined;
}

function expectedOfArgument(
  { callee, arguments: values }: CallSyntax,
  index: number,
  expected: Expectation | undefined,
  site: ExpressionSite,
): Expectation | undefined {
  const own = site.context.model.functions.get(callee.text);
  if (own !== undefined) {
    const type = own.parameters[index]?.type;
    return type === undefined || type.kind === 'error' ? undefined : wanted(type);
  }
  switch (callee.text) {
    case 'convolve':
      return { kind: index === 0 ? 'kernel' : 'spikePort' };
    case 'integrate_odes':
      return { kind: 'integrated' };
    case 'delta':
      return { kind: 'time' };
    case 'print':
    case 'println':
    case 'info':
    case 'warning':
      return { kind: 'text' };
    case 'pow':
      return index === 1 ? wanted(REAL) : undefined;
    default:
  }
  switch (predefinedFunctions.get(callee.text)?.form) {
    case 'number':
    case 'count':
      return wanted(REAL);
    case 'clock':
      return wanted(TIME);
    case 'alike':
    case 'random':
    case 'rounding': {
      const others = values.filter((_, position) => position !== index);
      return isUseful(expected) ? expected : firstKnown(others, site);
    }
    default:
      return undefined;
  }
}
