import type { Fix } from '@nestml/diagnostics';
import { divideUnits, powerUnit, rational } from '@nestml/units';
import type { Declaration } from '../model/checked-model.ts';
import type { Expression } from '../model/expressions.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import type { ValueType } from '../model/types.ts';
import { coerce } from './coerce.ts';
import { type ExpressionContext, errorExpression, type Region } from './context.ts';
import { decoratorsOf, documentationOf } from './documentation.ts';
import { checkExpression } from './expressions.ts';
import { checkCondition } from './logic.ts';
import type { DeclaredVariable } from './symbols.ts';
import {
  agreeInDimension,
  computedType,
  describeType,
  ERROR,
  MILLISECOND,
  unitOf,
  writtenType,
} from './value-types.ts';

const regions: Readonly<Record<DeclaredVariable['block'], Region>> = {
  state: 'state',
  parameters: 'parameter',
  internals: 'internal',
};

/** The initial value and the guard of a declared variable. */
export function checkDeclaration(declared: DeclaredVariable, context: ExpressionContext): Declaration {
  const { symbol, syntax, block } = declared;
  const value = initialValue(declared, { ...context, region: regions[block] });
  const guard =
    syntax.guard === undefined
      ? undefined
      : checkCondition(syntax.guard, 'a guard', { ...context, region: 'guard' });
  return {
    symbol,
    value,
    ...(guard === undefined ? {} : { guard }),
    decorators: decoratorsOf(syntax),
    documentation: documentationOf(syntax.comments),
  };
}

/** The initial value of a variable, in its type. */
export function initialValue(
  { symbol, syntax, block }: DeclaredVariable,
  context: ExpressionContext,
): Expression {
  const { declared, writtenName, type } = symbol;
  if (syntax.value === undefined) {
    if (!context.model.damagedNames.has(symbol.name)) {
      context.model.report('missing-initial-value', declared, { name: writtenName, block });
    }
    return errorExpression(declared);
  }
  const target = { type, name: `\`${writtenName}\``, declared };
  const written = checkExpression(syntax.value, { ...context, defining: symbol.name });
  const value = coerce(written, target, context);
  if (value.type.kind === 'error' && written.type.kind !== 'error') distrust(symbol, context);
  return value;
}

/** Keeps silent about the uses of a variable whose type and value contradict each other, since either may be wrong. */
export function distrust(symbol: VariableSymbol, { scope }: ExpressionContext): void {
  const entry = scope.entries.get(symbol.name);
  if (entry?.kind === 'variable') entry.orders.set(symbol.order, { ...symbol, type: ERROR });
}

/** The type of the k-th derivative of a variable: its unit over ms^k. */
export function derivativeType(type: ValueType, order: number): ValueType {
  if (type.kind === 'error' || order === 0) return type;
  return computedType(divideUnits(unitOf(type), powerUnit(MILLISECOND, rational(order))));
}

/** Reports derivatives whose unit is not that of the variable per time: `V_m'` in mV. */
export function checkDerivativeTypes(orders: Map<number, VariableSymbol>, context: ExpressionContext): void {
  const lowest = orders.get(0);
  if (lowest === undefined || lowest.type.kind === 'error') return;
  for (const [order, symbol] of orders) {
    if (order === 0 || symbol.type.kind === 'error') continue;
    const expected = derivativeType(lowest.type, order);
    const isContinuous = symbol.type.kind === 'real' || symbol.type.kind === 'quantity';
    if (isContinuous && agreeInDimension(symbol.type, expected)) continue;
    const related = [
      {
        message: `\`${lowest.name}\` is declared here as ${describeType(lowest.type)}`,
        span: lowest.declared,
      },
    ];
    context.model.report(
      'derivative-unit',
      symbol.declared,
      { name: symbol.writtenName, found: describeType(symbol.type), expected: describeType(expected) },
      { related, fixes: correctedType(symbol, expected, context) },
    );
    // What uses it is not to blame.
    orders.set(order, { ...symbol, type: ERROR });
  }
}

/** The fix that writes another type, and behind a number the same unit, if the line has this form. */
function correctedType(
  { declared, type }: VariableSymbol,
  expected: ValueType,
  { model }: ExpressionContext,
): readonly Fix[] {
  const [old, text] = [writtenType(type), writtenType(expected)];
  const line = /^('*\s*)([^=#\n]*?)(\s*=\s*[-+]?[\d.]+(?:e[-+]?\d+)?\s*)([^#\n]*?)\s*(?:#.*)?$/im.exec(
    model.source.text.slice(declared.end).split('\n', 1)[0]!,
  );
  if (line === null || old === undefined || line[2] !== old || text === undefined) return [];
  const [, primes = '', , between = '', unit = ''] = line;
  const start = declared.end + primes.length;
  const second = start + old.length + between.length;
  const isPlain = unit === '' && type.kind !== 'quantity';
  if (unit !== old && !isPlain) return [];
  const isQuantity = expected.kind === 'quantity';
  const edits = [
    { span: { start, end: start + old.length }, text },
    {
      span: { start: second, end: second + unit.length },
      text: `${isPlain && isQuantity ? ' ' : ''}${isQuantity ? text : ''}`,
    },
  ];
  return [{ title: `Declare it as \`${text}\``, edits }];
}
