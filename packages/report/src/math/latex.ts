import type { Formula } from './formula.ts';
import { GREEK, splitName } from './name-parts.ts';
import { BINDING, type Notation } from './notation.ts';
import type { NumberParts } from './number-parts.ts';
import { flatTerms, printFormula, printTerms } from './print-formula.ts';
import { formulaToText } from './text-line.ts';
import { splitUnit } from './unit-parts.ts';

export interface LatexOptions {
  /**
   * A sum whose plain line is longer than this number of characters is broken in front of its terms, in an `aligned`
   * environment. Absent: never broken.
   */
  readonly width?: number;
}

/** A formula as LaTeX for math mode; needs `amsmath`. Whatever names and texts contain, no command can come from them. */
export function formulaToLatex(formula: Formula, options: LatexOptions = {}): string {
  const { width } = options;
  if (width === undefined || formula.kind !== 'sum' || formulaToText(formula).length <= width) {
    return printFormula(formula, latexNotation);
  }
  const lines: string[] = [];
  let length = 0;
  for (const term of flatTerms(formula)) {
    const added = formulaToText(term.formula).length + 3;
    const isFirst = lines.length === 0;
    const printed = printTerms([term], latexNotation, isFirst);
    if (isFirst || length + added > width) {
      lines.push(isFirst ? `&${printed}` : `&\\quad{}${printed}`);
      length = added;
    } else {
      lines[lines.length - 1] += printed;
      length += added;
    }
  }
  return `\\begin{aligned} ${lines.join(' \\\\ ')} \\end{aligned}`;
}

/** Any text as the content of `\text{…}`. */
export function latexText(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '\\': '\\textbackslash{}',
    '^': '\\textasciicircum{}',
    '~': '\\textasciitilde{}',
  };
  const escaped = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Z}\u{fffd}]+/gu, ' ')
    .replace(/[\\^~]|[{}$&#%_]/g, (character) => escapes[character] ?? `\\${character}`);
  return `\\text{${escaped}}`;
}

/** A unit expression as upright LaTeX: `\mathrm{nS}\,\mathrm{ms}^{-1}`. */
export function unitToLatex(unit: string): string {
  const factors = splitUnit(unit);
  if (factors === undefined) return latexText(unit);
  return factors
    .map(({ symbol, exponent, isBelow }, i) => {
      const glue = i === 0 ? '' : isBelow ? '/' : '\\,';
      return glue + unitSymbol(symbol) + (exponent === 1 ? '' : `^{${exponent}}`);
    })
    .join('');
}

function unitSymbol(symbol: string): string {
  const [, micro, letters, ohm] = /^([µμ]?)([A-Za-z]*)(Ω?)$/.exec(symbol) ?? [];
  if (micro === undefined) return latexText(symbol);
  const upright = letters === undefined || letters === '' ? '' : `\\mathrm{${letters}}`;
  return `${micro === '' ? '' : '\\mu'}${upright}${ohm === '' ? '' : '\\Omega'}`;
}

/** A name of a model as LaTeX: `V_{\mathrm{m}}`, `\tau_{\mathrm{syn},\mathrm{exc}}`. */
export function nameToLatex(name: string): string {
  return latexName(name, undefined);
}

function latexName(name: string, index: string | undefined): string {
  const parts = splitName(name);
  if (parts === undefined) return latexText(name) + (index === undefined ? '' : `_{${index}}`);
  const subscripts = parts.subscripts.map((part) => GREEK.get(part)?.latex ?? upright(part));
  const below = [...subscripts, ...(index === undefined ? [] : [index])];
  const base = GREEK.get(parts.base)?.latex ?? (parts.base.length === 1 ? parts.base : upright(parts.base));
  return below.length === 0 ? base : `${base}_{${below.join(',')}}`;
}

function upright(word: string): string {
  return /^\d+$/.test(word) ? word : `\\mathrm{${word}}`;
}

function latexNumber({ isNegative, mantissa, exponent }: NumberParts, unit: string | undefined): string {
  const power = exponent === undefined ? '' : `10^{${exponent}}`;
  const dot = mantissa !== '' && power !== '' ? ' \\cdot ' : '';
  const quantity = unit === undefined ? '' : `\\,${unitToLatex(unit)}`;
  return `${isNegative ? '-' : ''}${mantissa}${dot}${power}${quantity}`;
}

/** Parentheses grow only around what is higher than a line. */
function enclosed(left: string, body: string, right: string): string {
  const isHigh = /\\frac|\\begin/.test(body);
  return isHigh ? `\\left${left} ${body} \\right${right}` : `${left}${body}${right}`;
}

/** Functions that LaTeX knows by name. */
const NAMED: readonly string[] = ['exp', 'ln', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'min', 'max'];

function latexCall(name: string, operands: readonly string[]): string {
  const [first = '', second = ''] = operands;
  const isUnary = operands.length === 1;
  if (name === 'sqrt' && isUnary) return `\\sqrt{${first}}`;
  if (name === 'abs' && isUnary) return enclosed('|', first, '|');
  if (name === 'floor' && isUnary) return enclosed('\\lfloor', ` ${first}`, '\\rfloor');
  if (name === 'ceil' && isUnary) return enclosed('\\lceil', ` ${first}`, '\\rceil');
  if (name === 'pow' && operands.length === 2) return `${enclosed('(', first, ')')}^{${second}}`;
  return latexFunction(name) + enclosed('(', operands.join(', '), ')');
}

function latexFunction(name: string): string {
  if (NAMED.includes(name)) return `\\${name}`;
  if (name === 'log10') return '\\log_{10}';
  if (name === 'delta') return '\\delta';
  const parts = splitName(name);
  if (parts === undefined) return latexText(name);
  if (parts.subscripts.length > 0 || parts.base.length === 1) return latexName(name, undefined);
  return GREEK.get(name)?.latex ?? `\\operatorname{${name}}`;
}

/** LaTeX of operators that are not words of their own. */
const OPERATORS: Readonly<Record<string, string>> = {
  '%': '\\bmod',
  '//': '\\div',
  '<<': '\\ll',
  '>>': '\\gg',
  '&': '\\mathbin{\\&}',
  '|': '\\mathbin{|}',
  '^': '\\oplus',
};

/** Formulas on the line; fractions in exponents have a solidus. */
const solidusNotation: Notation = {
  name: latexName,
  derivative: (name, order) =>
    order === 1
      ? `\\frac{\\mathrm{d}${spaced(name)}}{\\mathrm{d}t}`
      : `\\frac{\\mathrm{d}^{${order}}${spaced(name)}}{\\mathrm{d}t^{${order}}}`,
  number: latexNumber,
  unit: unitToLatex,
  constant: (name) => {
    if (name === 'e') return '\\mathrm{e}';
    return name === 'inf' ? '\\infty' : `\\text{${name}}`;
  },
  parenthesis: (body) => enclosed('(', body, ')'),
  minus: '-',
  operators: {
    plus: ' + ',
    minus: ' - ',
    '=': ' = ',
    '!=': ' \\neq ',
    '<': ' < ',
    '<=': ' \\le ',
    '>': ' > ',
    '>=': ' \\ge ',
  },
  word: (word) => (word === 'not' ? '\\text{not }' : `\\;\\text{${word}}\\;`),
  times: (left, right, isDotted) => `${left}${isDotted ? ' \\cdot ' : '\\,'}${right}`,
  fraction: (numerator, denominator) => `${numerator}/${denominator}`,
  fractionBinding: { self: BINDING.product, numerator: BINDING.product, denominator: BINDING.divisor },
  perUnit: (numerator, unit) => `${numerator}/${unit}`,
  power: (base, exponent) => `${base}^{${exponent}}`,
  call: latexCall,
  convolution: (kernel, spikes) => `${kernel} \\ast ${spikes}`,
  operation: (operator, left, right) =>
    `${left} ${OPERATORS[operator] ?? `\\mathbin{${latexText(operator)}}`} ${right}`,
  cases: (branches, otherwise) => {
    const rows = branches.map(({ value, condition }) => `${value} & \\text{if } ${condition}`);
    if (otherwise !== undefined) rows.push(`${otherwise} & \\text{otherwise}`);
    return `\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`;
  },
  text: latexText,
};

const latexNotation: Notation = {
  ...solidusNotation,
  fraction: (numerator, denominator) => `\\frac{${numerator}}{${denominator}}`,
  fractionBinding: { self: BINDING.divisor, numerator: BINDING.any, denominator: BINDING.any },
  exponents: solidusNotation,
};

/** The name behind a differential: an upright word needs room, or d and word read as one; a letter is set apart by its slope. */
function spaced(name: string): string {
  if (/^\\(?:mathrm|text)\b/.test(name)) return `\\,${name}`;
  return name.startsWith('\\') ? name : ` ${name}`;
}
