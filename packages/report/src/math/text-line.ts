import { superscript } from '../number-text.ts';
import type { Formula } from './formula.ts';
import { GREEK, splitName } from './name-parts.ts';
import { BINDING, type Notation } from './notation.ts';
import type { NumberParts } from './number-parts.ts';
import { printFormula } from './print-formula.ts';
import { splitUnit } from './unit-parts.ts';

/** A formula as one line of plain text: `dV_m/dt = −(V_m − E_L)/τ_m`. Line breaks and control characters become spaces. */
export function formulaToText(formula: Formula): string {
  return printFormula(formula, textNotation);
}

/** A unit expression as it is printed in tables: `nS/ms`, `ms⁻¹`, `µS`. */
export function unitToText(unit: string): string {
  const factors = splitUnit(unit);
  if (factors === undefined) return plain(unit);
  return factors
    .map(({ symbol, exponent, isBelow }, i) => {
      const glue = i === 0 ? '' : isBelow ? '/' : '·';
      return glue + symbol + (exponent === 1 ? '' : superscript(String(exponent)));
    })
    .join('');
}

/** A decimal literal as it is printed: `−65`, `1.5·10⁻³`. Other texts stay as they are. */
export function numberToText({ isNegative, mantissa, exponent }: NumberParts): string {
  const power = exponent === undefined ? '' : `10${superscript(String(exponent))}`;
  const dot = mantissa !== '' && power !== '' ? '·' : '';
  return `${isNegative ? '−' : ''}${mantissa}${dot}${power}`;
}

function plain(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

function textName(name: string, index: string | undefined): string {
  const parts = splitName(name);
  const words =
    parts === undefined ? undefined : name.split('_').map((word) => GREEK.get(word)?.letter ?? word);
  const numbered = parts?.subscripts[0];
  const isNumbered = parts !== undefined && words?.[0] === parts.base + (numbered ?? '');
  if (words !== undefined && isNumbered)
    words[0] = (GREEK.get(parts.base)?.letter ?? parts.base) + (numbered ?? '');
  const written = words?.join('_') ?? plain(name);
  return index === undefined ? written : `${written}[${index}]`;
}

/** Formulas as plain text on one line. */
export const textNotation: Notation = {
  name: textName,
  derivative: (name, order) =>
    order === 1 ? `d${name}/dt` : `d${superscript(String(order))}${name}/dt${superscript(String(order))}`,
  number: (parts, unit) => numberToText(parts) + (unit === undefined ? '' : ` ${unitToText(unit)}`),
  unit: (unit) => (/^[A-Za-zµΩ]+$/.test(unitToText(unit)) ? unitToText(unit) : `(${unitToText(unit)})`),
  constant: (name) => (name === 'inf' ? '∞' : name),
  parenthesis: (body) => `(${body})`,
  minus: '−',
  operators: {
    plus: ' + ',
    minus: ' − ',
    '=': ' = ',
    '!=': ' ≠ ',
    '<': ' < ',
    '<=': ' ≤ ',
    '>': ' > ',
    '>=': ' ≥ ',
  },
  word: (word) => (word === 'not' ? 'not ' : ` ${word} `),
  times: (left, right) => `${left}·${right}`,
  fraction: (numerator, denominator) => `${numerator}/${denominator}`,
  fractionBinding: { self: BINDING.product, numerator: BINDING.product, denominator: BINDING.divisor },
  perUnit: (numerator, unit) => `${numerator}/${unit}`,
  power: (base, exponent) =>
    base + (/^−?\d+$/.test(exponent) ? superscript(exponent.replace('−', '-')) : `^${grouped(exponent)}`),
  call: (name, operands) => `${textName(name, undefined)}(${operands.join(', ')})`,
  convolution: (kernel, spikes) => `${kernel} ∗ ${spikes}`,
  operation: (operator, left, right) => `${left} ${plain(operator)} ${right}`,
  cases: (branches, otherwise) => {
    const parts = branches.map(({ value, condition }) => `${value} if ${condition}`);
    return [...parts, ...(otherwise === undefined ? [] : [`${otherwise} otherwise`])].join('; ');
  },
  text: plain,
};

function grouped(exponent: string): string {
  return /^[\p{L}\p{N}_.]+$/u.test(exponent) ? exponent : `(${exponent})`;
}
