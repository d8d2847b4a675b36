import {
  divideUnits,
  equalDimensions,
  multiplyUnits,
  sameDimension,
  type Unit,
  unitByName,
} from '@nestml/units';
import type { Expression } from '../model/expressions.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import type { ValueType } from '../model/types.ts';
import { describeUnit, hasDimension, unitOf } from './value-types.ts';

/** What parameters of these names measure in practically all models. */
const customs: readonly { readonly name: RegExp; readonly unit: string }[] = [
  { name: /^(C|c)(_?m|_?mem|ap)?$/, unit: 'pF' },
  { name: /^tau(_|$)/i, unit: 'ms' },
  { name: /^g_?[A-Z]\w*$/, unit: 'nS' },
  { name: /^(E|V)_\w+$/, unit: 'mV' },
  { name: /^I_\w+$/, unit: 'pA' },
];

/** A parameter whose declared unit is not what its name says. */
export interface DoubtfulUnit {
  readonly symbol: VariableSymbol;
  /** The unit that such a parameter usually has. */
  readonly usual: Unit;
}

/**
 * The factor of a product that is a parameter or internal with a unit of another dimension than its name says, such as a capacitance
 * `C_m` in nS, if the product would measure what `expected` does with the usual one.
 */
export function doubtfulFactor(value: Expression, expected: ValueType): DoubtfulUnit | undefined {
  if (value.kind === 'negation') return doubtfulFactor(value.operand, expected);
  if (value.kind === 'variable') return doubtfulFactor(asProduct(value), expected);
  if (value.kind !== 'product') return undefined;
  for (const { operator, operand } of value.factors) {
    if (operand.kind !== 'variable' || (operator !== '*' && operator !== '/')) continue;
    const doubt = doubtfulUnit(operand.symbol);
    if (doubt === undefined) continue;
    const correction = divideUnits(doubt.usual, unitOf(operand.type));
    const found = unitOf(value.type);
    const corrected = operator === '*' ? multiplyUnits(found, correction) : divideUnits(found, correction);
    if (sameDimension(corrected, unitOf(expected))) return doubt;
  }
  return undefined;
}

function asProduct(value: Expression): Expression {
  return {
    kind: 'product',
    factors: [{ operator: '*', operand: value }],
    type: value.type,
    span: value.span,
  };
}

/** The parameter with the unit that its name promises, if it is declared with another. */
function doubtfulUnit(symbol: VariableSymbol): DoubtfulUnit | undefined {
  if (symbol.role !== 'parameter' && symbol.role !== 'internal') return undefined;
  const custom = customs.find(({ name }) => name.test(symbol.name));
  const usual = custom === undefined ? undefined : unitByName(custom.unit);
  if (usual === undefined || !hasDimension(symbol.type)) return undefined;
  return equalDimensions(symbol.type.unit.dimension, usual.dimension) ? undefined : { symbol, usual };
}

/** The doubt as the end of a message. */
export function describeDoubt({ symbol, usual }: DoubtfulUnit): string {
  const declared = describeUnit(unitOf(symbol.type));
  return `\`${symbol.name}\` is declared as ${declared}; should it be ${describeUnit(usual)}?`;
}
