import type { Formula } from './formula.ts';
import { BINDING } from './notation.ts';
import { isOneOfUnit } from './number-parts.ts';
import { flatTerms, printFormula } from './print-formula.ts';
import { textNotation } from './text-line.ts';

/** A rectangle of characters; all lines have the same length, the middle one is on the line of the text. */
interface Box {
  readonly above: string;
  readonly line: string;
  readonly below: string;
}

/**
 * An equation for a terminal: fractions of the outermost level stand on a bar, everything inside them on one line. Long sums are continued
 * on further rows of at most `columns` characters where they have a sign; a single term may be longer.
 */
export function equationToTerminal(left: Formula, right: Formula, columns: number): readonly string[] {
  const [first, ...others] = right.kind === 'sum' ? termBoxes(right) : [boxOf(right)];
  const head = inline(`${printFormula(left, textNotation)} = `);
  const indent = inline(' '.repeat(head.line.length));
  const rows: Box[] = [beside(head, first ?? inline('0'))];
  for (const term of others) {
    const row = rows.at(-1)!;
    const longer = beside(row, term);
    if (longer.line.length <= columns) rows[rows.length - 1] = longer;
    else rows.push(beside(indent, term));
  }
  return rows.flatMap(({ above, line, below }) =>
    [above, line, below].map((text) => text.trimEnd()).filter((text) => text !== ''),
  );
}

function inline(line: string): Box {
  const blank = ' '.repeat(line.length);
  return { above: blank, line, below: blank };
}

function beside(left: Box, right: Box): Box {
  return { above: left.above + right.above, line: left.line + right.line, below: left.below + right.below };
}

/** The terms with their signs. */
function termBoxes(sum: Extract<Formula, { kind: 'sum' }>): readonly Box[] {
  return flatTerms(sum).map(({ sign, formula }, i) => {
    const { minus, operators } = textNotation;
    const signText = i === 0 ? (sign === '-' ? minus : '') : sign === '-' ? operators.minus : operators.plus;
    return beside(inline(signText), boxOf(formula));
  });
}

function boxOf(formula: Formula): Box {
  switch (formula.kind) {
    case 'sum':
      return formula.terms.length === 1
        ? termBoxes(formula).reduce(beside)
        : inline(printFormula(formula, textNotation, BINDING.product));
    case 'product':
      return productBox(formula.factors);
    case 'fraction':
      return isInline(formula)
        ? inline(printFormula(formula, textNotation, BINDING.product))
        : stacked(formula);
    default:
      return inline(printFormula(formula, textNotation, BINDING.product));
  }
}

function productBox(factors: readonly Formula[]): Box {
  const hasBar = factors.some((factor) => factor.kind === 'fraction' && !isInline(factor));
  if (!hasBar) return inline(printFormula({ kind: 'product', factors }, textNotation, BINDING.product));
  return factors
    .map((factor) =>
      factor.kind === 'fraction'
        ? boxOf(factor)
        : inline(printFormula(factor, textNotation, BINDING.product)),
    )
    .reduce((left, right) => beside(beside(left, inline('·')), right));
}

/** A number per unit, or a value in a unit. */
function isInline({ denominator }: Extract<Formula, { kind: 'fraction' }>): boolean {
  return denominator.kind === 'number' && isOneOfUnit(denominator);
}

function stacked({ numerator, denominator }: Extract<Formula, { kind: 'fraction' }>): Box {
  const above = printFormula(numerator, textNotation);
  const below = printFormula(denominator, textNotation);
  const width = Math.max(above.length, below.length) + 2;
  return { above: centred(above, width), line: '─'.repeat(width), below: centred(below, width) };
}

function centred(text: string, width: number): string {
  const before = (width - text.length) >> 1;
  return text.padStart(text.length + before).padEnd(width);
}
