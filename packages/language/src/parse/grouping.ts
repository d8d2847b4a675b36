import type { Edit, Span } from '@nestml/diagnostics';
import type { ExpressionSyntax, LogicalSyntax } from '../syntax/expressions.ts';
import type { ParserState } from './parser-state.ts';

/**
 * Texts that another NESTML tool groups differently, in its parser or in the code that it generates. We read them as
 * written in the message; parentheses make them mean the same everywhere.
 */

/** `a or b and c`: PyNESTML has one level for both, grouped from the left. */
export function checkLogicalGrouping(p: ParserState, logical: LogicalSyntax): void {
  if (logical.operator !== 'or') return;
  const [, ...later] = logical.operands;
  report(
    p,
    logical.span,
    later.filter((operand) => operand.kind === 'logical'),
  );
}

/** `not a == b`: PyNESTML parses it as we do, but generates code that negates `a`. */
export function checkNotGrouping(p: ParserState, start: number, operand: ExpressionSyntax): void {
  if (operand.kind === 'comparison') report(p, { start, end: operand.span.end }, [operand]);
}

/** `n | 2 & 1`: PyNESTML has one level for all bit operators, grouped from the left. */
export function checkBitGrouping(p: ParserState, span: Span, right: ExpressionSyntax): void {
  if (right.kind === 'bit') report(p, span, [right]);
}

/** `n & 3 == 1`: PyNESTML parses it as we do, but generates code in which the comparison binds tighter. */
export function checkComparisonGrouping(
  p: ParserState,
  span: Span,
  operands: readonly ExpressionSyntax[],
): void {
  const isLoose = (operand: ExpressionSyntax): boolean =>
    operand.kind === 'bit' && '&^|'.includes(operand.operator);
  report(p, span, operands.filter(isLoose));
}

/** `a ? b : c ? d : e`: grouped from the left, although most languages group it from the right. */
export function checkChainedConditional(p: ParserState, condition: ExpressionSyntax, end: number): void {
  if (condition.kind === 'conditional') report(p, { start: condition.span.start, end }, [condition]);
}

/** Longer expressions are not quoted in the message. */
const longestQuote = 80;

function report(p: ParserState, span: Span, groups: readonly ExpressionSyntax[]): void {
  if (groups.length === 0) return;
  const edits = groups.flatMap(parenthesise);
  const title = groups.length === 1 ? 'Add parentheses' : 'Add all parentheses';
  p.hint('ambiguous-grouping', span, { reading: quote(p, span, edits) }, { fixes: [{ title, edits }] });
}

function parenthesise(group: ExpressionSyntax): Edit[] {
  const { start, end } = group.span;
  return [
    { span: { start, end: start }, text: '(' },
    { span: { start: end, end }, text: ')' },
  ];
}

/** The text with the edits made, or undefined if it is long or runs over lines. */
function quote(p: ParserState, span: Span, insertions: readonly Edit[]): string | undefined {
  if (span.end - span.start > longestQuote) return undefined;
  let text = '';
  let offset = span.start;
  for (const insertion of insertions) {
    text += p.textOf({ start: offset, end: insertion.span.start }) + insertion.text;
    offset = insertion.span.end;
  }
  text += p.textOf({ start: offset, end: span.end });
  return /[\r\n#]/.test(text) ? undefined : text;
}
