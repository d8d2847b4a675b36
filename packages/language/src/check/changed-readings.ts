import type { NumberSyntax } from '../syntax/expressions.ts';
import { type ExpressionContext, quote } from './context.ts';
import type { FactorSyntax } from './unit-chains.ts';

const power = String.raw`\*\*\s*(?:[-+]?\s*[\d.]+|-?\s*\(\s*\d+\s*/\s*\d+\s*\))`;
const powerOfFirst = new RegExp(String.raw`^([A-Za-z_$][\w$]*)\s*(${power})`);

/**
 * Reports `3 ms**2`: since NESTML 9 the power belongs to the unit, until NESTML 8 it was that of the whole number, `(3 ms)**2`. Of 0 and 1 the power
 * is the same.
 */
export function reportPowerOfUnit(
  { text, value, unit, span }: NumberSyntax,
  context: ExpressionContext,
): void {
  if (unit === undefined || value === 0 || value === 1) return;
  const [first, name, exponent = ''] = powerOfFirst.exec(unit.text) ?? [];
  if (first === undefined) return;
  const { report, source } = context.model;
  const literal = { start: span.start, end: unit.span.start + first.length };
  const today = `${text} * (1 ${name})${exponent}`;
  const rest = factorsOfRest(unit.text.slice(first.length));
  // Behind a division, and where the unit goes on, the number needs parentheses first.
  const isBehind = /[*/%]\s*$/.test(source.text.slice(Math.max(0, span.start - 10), span.start));
  const isVerbatim = unit.span.end - unit.span.start === unit.text.length;
  const written = isBehind ? `(${today})` : `${today}${rest ?? ''}`;
  const isFixable = isVerbatim && rest !== undefined && (rest === '' || !isBehind);
  const edits = [{ span: { start: span.start, end: unit.span.end }, text: written }];
  const fixes = isFixable ? [{ title: `Write \`${written}\``, edits }] : [];
  report(
    'reading-changed',
    literal,
    { written: quote(source, literal), today: `\`${today}\``, before: `\`(${text} ${name})${exponent}\`` },
    { fixes },
  );
}

/** The factors behind the first of a unit, each with a number of its own: ` * 1 ms / (1 mV)**2`; undefined if they are not plain. */
function factorsOfRest(text: string): string | undefined {
  const factor = new RegExp(String.raw`([*/])\s*([A-Za-z_$][\w$]*)\s*(${power})?\s*`, 'gy');
  let written = '';
  let end = 0;
  for (const { 0: whole, 1: operator, 2: name, 3: exponent } of text.matchAll(factor)) {
    written += ` ${operator} ${exponent === undefined ? `1 ${name}` : `(1 ${name})${exponent}`}`;
    end += whole.length;
  }
  return end === text.length ? written : undefined;
}

/**
 * Reports `x / 2 s/ms`: since NESTML 9 the whole unit `s/ms` belongs to the number, until NESTML 8 only its first name did, and the rest was the next
 * operation.
 */
export function reportDividedChains(factors: readonly FactorSyntax[], context: ExpressionContext): void {
  factors.forEach(({ operator, operand }, index) => {
    if (index === 0 || operator === '*' || operand.kind !== 'number' || operand.unit === undefined) return;
    const rest = restOfChain(operand.unit.text);
    if (rest === undefined) return;
    const { report, source } = context.model;
    const { span } = operand;
    const before = factors[index - 1]!.operand.span;
    const left = source.text.slice(before.start, before.end);
    const first = `${operand.text} ${operand.unit.text.slice(0, -rest.length).trim()}`;
    const edits = [
      { span: { start: span.start, end: span.start }, text: '(' },
      { span: { start: span.end, end: span.end }, text: ')' },
    ];
    report(
      'reading-changed',
      { start: before.start, end: span.end },
      {
        written: quote(source, { start: before.start, end: span.end }),
        today: `\`${left} ${operator} (${operand.text} ${operand.unit.text})\``,
        before: `\`(${left} ${operator} ${first})${rest}\``,
      },
      { fixes: [{ title: 'Add parentheses', edits }] },
    );
  });
}

const firstFactor = new RegExp(String.raw`^[A-Za-z_$][\w$]*\s*(?:${power})*\s*(?=\*(?!\*)|/)`);

/** What follows the first factor of a unit; undefined if nothing does, or if NESTML 8 could not read such a unit. */
function restOfChain(unit: string): string | undefined {
  const first = firstFactor.exec(unit)?.[0];
  return first === undefined ? undefined : unit.slice(first.length);
}
