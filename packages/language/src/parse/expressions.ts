import { joinSpans } from '@nestml/diagnostics';
import type {
  BitSyntax,
  ComparisonSyntax,
  ExpressionSyntax,
  LogicalSyntax,
  ProductSyntax,
  SumSyntax,
  UnarySyntax,
} from '../syntax/expressions.ts';
import {
  checkBitGrouping,
  checkChainedConditional,
  checkComparisonGrouping,
  checkLogicalGrouping,
  checkNotGrouping,
} from './grouping.ts';
import { missingExpression, parsePrimary } from './operands.ts';
import { deepestNesting, type ParserState } from './parser-state.ts';
import { failExpected, nextSpan, spanOf } from './recovery.ts';

/** How tightly operators bind; larger is tighter. The conditional is looser than all of them. */
export const bindingPower = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  bitOr: 5,
  bitXor: 6,
  bitAnd: 7,
  shift: 8,
  sum: 9,
  product: 10,
  sign: 11,
  power: 12,
} as const;

const comparisonOperators: ReadonlyMap<string, ComparisonSyntax['operator']> = new Map([
  ['<', '<'],
  ['<=', '<='],
  ['==', '=='],
  ['!=', '!='],
  ['<>', '!='],
  ['>', '>'],
  ['>=', '>='],
]);

const bitOperators: ReadonlyMap<
  string,
  { readonly operator: BitSyntax['operator']; readonly power: number }
> = new Map([
  ['|', { operator: '|', power: bindingPower.bitOr }],
  ['^', { operator: '^', power: bindingPower.bitXor }],
  ['&', { operator: '&', power: bindingPower.bitAnd }],
  ['<<', { operator: '<<', power: bindingPower.shift }],
  ['>>', { operator: '>>', power: bindingPower.shift }],
]);

const binaryOperators: ReadonlyMap<string, number> = new Map([
  ['or', bindingPower.or],
  ['and', bindingPower.and],
  ...[...comparisonOperators.keys()].map((text) => [text, bindingPower.comparison] as const),
  ...[...bitOperators].map(([text, { power }]) => [text, power] as const),
  ['+', bindingPower.sum],
  ['-', bindingPower.sum],
  ...['*', '/', '//', '%'].map((text) => [text, bindingPower.product] as const),
  ['**', bindingPower.power],
]);

/**
 * An expression. Where none can be read, an error is reported and a missing expression stands for it. The functions on
 * the way down have few local variables and few frames per level: a thousand levels must fit into the stack.
 */
export function parseExpression(p: ParserState): ExpressionSyntax {
  const first = parseOperators(p, bindingPower.or);
  return p.is('?') ? parseConditional(p, first) : first;
}

/** `first ? a : b ? c : d …`, grouped from the left. */
function parseConditional(p: ParserState, first: ExpressionSyntax): ExpressionSyntax {
  let condition = first;
  let { height } = p;
  while (p.accept('?')) {
    const whenTrue = parseWhenTrue(p);
    height = Math.max(height, p.height);
    if (!p.accept(':')) {
      failExpected(p, '`:` and the value for the other case');
      return condition;
    }
    const whenFalse = parseOperators(p, bindingPower.or);
    height = Math.max(height, p.height) + 1;
    const span = joinSpans(condition.span, whenFalse.span);
    checkChainedConditional(p, condition, span.end);
    condition = { kind: 'conditional', span, condition, whenTrue, whenFalse };
    if (height > deepestNesting) return refuseDepth(p);
  }
  p.height = height;
  return condition;
}

/** The value between `?` and `:`, which may be a conditional itself. */
function parseWhenTrue(p: ParserState): ExpressionSyntax {
  if (p.depth >= deepestNesting) return refuseDepth(p);
  p.depth += 1;
  const expression = parseExpression(p);
  p.depth -= 1;
  return expression;
}

/**
 * Operators that bind at least as tightly as `minimum`, and their operands. Every recursion of the grammar of expressions
 * passes here (or through the branch of a conditional), so that nesting is counted in one place.
 */
function parseOperators(p: ParserState, minimum: number): ExpressionSyntax {
  if (p.depth >= deepestNesting) return refuseDepth(p);
  p.depth += 1;
  let left = parsePrefix(p);
  for (;;) {
    const power = powerOfNext(p);
    if (power === 0 || power < minimum) break;
    left = parseBinary(p, left, power);
    if (p.height > deepestNesting) {
      left = refuseDepth(p);
      break;
    }
  }
  p.depth -= 1;
  return left;
}

function parsePrefix(p: ParserState): ExpressionSyntax {
  switch (p.word) {
    case 'not':
      return parseNot(p);
    case '-':
    case '+':
    case '~':
      return parseUnary(p, p.word);
    default:
      return parsePrimary(p);
  }
}

function parseNot(p: ParserState): ExpressionSyntax {
  const { start } = p.advance();
  const operand = parseOperators(p, bindingPower.comparison);
  p.height += 1;
  checkNotGrouping(p, start, operand);
  return { kind: 'not', span: { start, end: operand.span.end }, operand };
}

function parseUnary(p: ParserState, operator: UnarySyntax['operator']): ExpressionSyntax {
  const { start } = p.advance();
  const operand = parseOperators(p, bindingPower.sign);
  p.height += 1;
  return { kind: 'unary', span: { start, end: operand.span.end }, operator, operand };
}

function parseBinary(p: ParserState, left: ExpressionSyntax, power: number): ExpressionSyntax {
  switch (power) {
    case bindingPower.or:
      return parseLogical(p, left, 'or', power);
    case bindingPower.and:
      return parseLogical(p, left, 'and', power);
    case bindingPower.comparison:
      return parseComparison(p, left);
    case bindingPower.sum:
      return parseSum(p, left);
    case bindingPower.product:
      return parseProduct(p, left);
    case bindingPower.power:
      return parsePower(p, left);
    default:
      return parseBits(p, left, power);
  }
}

/** The operand of a left-associative operator of this power; `height` grows to that of the higher operand. */
function parseRight(p: ParserState, power: number): ExpressionSyntax {
  const height = p.height;
  const right = parseOperators(p, power + 1);
  p.height = Math.max(height, p.height);
  return right;
}

function parseLogical(
  p: ParserState,
  first: ExpressionSyntax,
  operator: LogicalSyntax['operator'],
  power: number,
): ExpressionSyntax {
  const operands = [first];
  while (acceptLogical(p, operator)) operands.push(parseRight(p, power));
  p.height += 1;
  const logical = {
    kind: 'logical',
    span: joinSpans(first.span, operands.at(-1)!.span),
    operator,
    operands,
  } as const;
  checkLogicalGrouping(p, logical);
  return logical;
}

function parseSum(p: ParserState, first: ExpressionSyntax): ExpressionSyntax {
  const rest: SumSyntax['rest'][number][] = [];
  while (p.word === '+' || p.word === '-') {
    const operator = p.word;
    const operatorSpan = spanOf(p.advance());
    rest.push({ operator, operatorSpan, operand: parseRight(p, bindingPower.sum) });
  }
  p.height += 1;
  return { kind: 'sum', span: joinSpans(first.span, rest.at(-1)!.operand.span), first, rest };
}

function parseProduct(p: ParserState, first: ExpressionSyntax): ExpressionSyntax {
  const rest: ProductSyntax['rest'][number][] = [];
  while (p.word === '*' || p.word === '/' || p.word === '//' || p.word === '%') {
    const operator = p.word;
    const operatorSpan = spanOf(p.advance());
    rest.push({ operator, operatorSpan, operand: parseRight(p, bindingPower.product) });
  }
  p.height += 1;
  return { kind: 'product', span: joinSpans(first.span, rest.at(-1)!.operand.span), first, rest };
}

/** Right associative: the exponent takes further `**`, and may have a sign. */
function parsePower(p: ParserState, base: ExpressionSyntax): ExpressionSyntax {
  p.advance();
  const exponent = parseRight(p, bindingPower.power - 1);
  p.height += 1;
  return { kind: 'power', span: joinSpans(base.span, exponent.span), base, exponent };
}

function parseComparison(p: ParserState, left: ExpressionSyntax): ExpressionSyntax {
  const operator = isForeignComparison(p) ? failForeignComparison(p) : comparisonOperators.get(p.word)!;
  const operatorSpan = spanOf(p.advance());
  const right = parseRight(p, bindingPower.comparison);
  p.height += 1;
  const span = joinSpans(left.span, right.span);
  checkComparisonGrouping(p, span, [left, right]);
  return { kind: 'comparison', span, operator, operatorSpan, left, right };
}

function parseBits(p: ParserState, left: ExpressionSyntax, power: number): ExpressionSyntax {
  const { operator } = bitOperators.get(p.word)!;
  const operatorSpan = spanOf(p.advance());
  const right = parseRight(p, power);
  p.height += 1;
  const span = joinSpans(left.span, right.span);
  checkBitGrouping(p, span, right);
  return { kind: 'bit', span, operator, operatorSpan, left, right };
}

/** The power of the binary operator here, or 0. `&&` and `||` are reported and read as `and` and `or`. */
function powerOfNext(p: ParserState): number {
  const { word } = p;
  const power = binaryOperators.get(word) ?? 0;
  if (word !== '&' && word !== '|' && word !== '=') return power;
  if (isForeignComparison(p)) return bindingPower.comparison;
  const foreign = foreignLogical(p);
  if (foreign === undefined) return power;
  const span = { start: p.token.start, end: p.peek(1).end };
  const what = `\`${word}${word}\``;
  const fixes = [{ title: `Write \`${foreign}\``, edits: [{ span, text: foreign }] }];
  p.fail('foreign-notation', span, { what, instead: `\`${foreign}\`` }, { fixes });
  return bindingPower[foreign];
}

/** `=>` and `=<` of other notations. */
function isForeignComparison(p: ParserState): boolean {
  const next = p.peekWord(1);
  return p.word === '=' && (next === '>' || next === '<') && p.peek(1).start === p.token.end;
}

/** Reports `=>` or `=<`, and consumes the `=`. */
function failForeignComparison(p: ParserState): ComparisonSyntax['operator'] {
  const span = { start: p.token.start, end: p.peek(1).end };
  const operator = p.peekWord(1) === '>' ? '>=' : '<=';
  const fixes = [{ title: `Write \`${operator}\``, edits: [{ span, text: operator }] }];
  const what = `\`=${p.peekWord(1)}\``;
  p.fail('foreign-notation', span, { what, instead: `\`${operator}\`` }, { fixes });
  p.advance();
  return operator;
}

function foreignLogical(p: ParserState): LogicalSyntax['operator'] | undefined {
  const { word, token } = p;
  if ((word !== '&' && word !== '|') || p.peekWord(1) !== word || p.peek(1).start !== token.end)
    return undefined;
  return word === '&' ? 'and' : 'or';
}

/** Consumes `and` or `or`, however it is written. */
function acceptLogical(p: ParserState, operator: LogicalSyntax['operator']): boolean {
  if (p.accept(operator)) return true;
  if (foreignLogical(p) !== operator) return false;
  p.advance();
  p.advance();
  return true;
}

/**
 * Reports too deep nesting, gives up the line, and leaves a missing expression. The tree may not be higher than the
 * recursion is deep: chains of `<`, `&` or `?` grow to the left without recursion.
 */
function refuseDepth(p: ParserState): ExpressionSyntax {
  p.fail('nesting-too-deep', nextSpan(p), { what: 'Operators and parentheses', deepest: deepestNesting });
  p.skipLine();
  p.height = 1;
  return missingExpression(p);
}
