import type { Span } from '@nestml/diagnostics';
import { dimensionName, isUnitName, NO_DIMENSION, toCanonical, unitByName } from '@nestml/units';
import type { Expression } from '../model/expressions.ts';
import type { ExpressionSyntax, VariableSyntax } from '../syntax/expressions.ts';
import type { ExpressionContext } from './context.ts';
import { lookUp } from './scope.ts';
import { computedType, ERROR } from './value-types.ts';

/** Where in a product a name stands. */
export interface FactorPlace {
  readonly operator: '*' | '/' | '//' | '%';
  /** The factor before it, if any. */
  readonly before: ExpressionSyntax | undefined;
}

/** The prefixes with which the field uses each unit; the empty one is the unit itself. */
const prefixesInUse: readonly (readonly [unit: string, prefixes: string])[] = [
  ['V', 'kmun'],
  ['A', 'munpf'],
  ['S', 'munp'],
  ['F', 'munpf'],
  ['Ohm', 'kMGT'],
  ['s', 'mun'],
  ['Hz', 'mkM'],
  ['m', 'kcmun'],
  ['C', 'munpf'],
  ['mol', 'munp'],
  ['M', 'mun'],
  ['J', 'kmunp'],
  ['W', 'munp'],
  ['N', 'munp'],
  ['g', 'km'],
];

/** Units that a name of several letters means in a model, if nothing of that name is declared. */
const unitsInUse: ReadonlySet<string> = new Set(
  prefixesInUse
    .flatMap(([unit, prefixes]) => [unit, ...[...prefixes].map((prefix) => prefix + unit)])
    .filter((name) => name.length > 1 && isUnitName(name)),
);

/** Whether a name is that of a unit in common use, of more than one letter. */
export function isUnitInUse(name: string): boolean {
  return unitsInUse.has(name);
}

/** Units of one letter that are rarely names; `m`, `h` and `N` are gating variables and numbers of channels. */
const lettersInUse: ReadonlySet<string> = new Set(['V', 'A', 'S', 'F', 's', 'C', 'K', 'J', 'W']);

/**
 * Whether a name behind `*` or `/` is meant as one of a unit (rule D10): nothing of that name is declared, and it is a unit in common use.
 * A single letter counts only directly behind a number or another unit, since `g * C * (V - E)` more probably lacks the variable `C`; the
 * second always counts, since until NESTML 8 the weight of a spike was written `spikes * s`.
 */
export function isLoneUnit(syntax: VariableSyntax, place: FactorPlace, context: ExpressionContext): boolean {
  if (place.operator !== '*' && place.operator !== '/') return false;
  const { text } = syntax.name;
  if (!isUndeclaredUnit(syntax, context)) return false;
  if (unitsInUse.has(text) || text === 's') return true;
  return lettersInUse.has(text) && place.before !== undefined && isNumberOrUnit(place.before, context);
}

/** A minute, which PyNESTML does not know, behind a number can only be meant as a unit too. */
const minute = 'min';

/**
 * Whether a name that continues the unit of a number (`3 nS/ms`) belongs to that unit. Behind `/` every unit may stand; behind `*`, where a
 * variable is more probable, those in common use.
 */
export function isChainedUnit(
  syntax: VariableSyntax,
  operator: FactorPlace['operator'],
  context: ExpressionContext,
): boolean {
  const { text } = syntax.name;
  if (operator === '/' && text === minute) return syntax.index === undefined && syntax.order === 0;
  if (!isUndeclaredUnit(syntax, context)) return false;
  return operator === '/' || unitsInUse.has(text) || lettersInUse.has(text);
}

function isUndeclaredUnit(
  { index, order, name: { text } }: VariableSyntax,
  context: ExpressionContext,
): boolean {
  const { model, scope } = context;
  if (index !== undefined || order > 0 || !isUnitName(text)) return false;
  return lookUp(scope, text) === undefined && !model.equationOrders.has(text);
}

function isNumberOrUnit(syntax: ExpressionSyntax, context: ExpressionContext): boolean {
  switch (syntax.kind) {
    case 'number':
      return true;
    case 'unary':
      return isNumberOrUnit(syntax.operand, context);
    case 'power':
      return isNumberOrUnit(syntax.base, context);
    case 'variable':
      return isUndeclaredUnit(syntax, context) && unitsInUse.has(syntax.name.text);
    default:
      return false;
  }
}

/** One of the unit that the name means. */
export function loneUnit({ name, span }: VariableSyntax): Expression {
  const unit = unitByName(name.text);
  return unit === undefined
    ? { kind: 'constant', value: 0, type: ERROR, span }
    : { kind: 'constant', value: toCanonical(1, unit), type: computedType(unit), span };
}

/** Reports units without number in a row; the fix writes `1` before each. */
export function reportBareUnits(places: readonly Span[], name: string, context: ExpressionContext): void {
  const edits = places.map(({ start }) => ({ span: { start, end: start }, text: '1 ' }));
  const first = places[0]!;
  const last = places.at(-1)!;
  context.model.report(
    'bare-unit',
    { start: first.start, end: last.end },
    { name, meaning: dimensionName(unitByName(name)?.dimension ?? NO_DIMENSION) },
    { fixes: [{ title: `Write \`1 ${name}\``, edits }] },
  );
}
