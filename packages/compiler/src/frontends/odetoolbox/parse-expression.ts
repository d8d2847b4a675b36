import type { ComparisonOperator, ExpressionNode, ExpressionPool, Factor, Term } from '@nestml/dynamics';
import { type Token, tokensOf } from './expression-tokens.ts';
import { KNOWN_FUNCTIONS, type OperandKind, powerOf } from './known-functions.ts';

/** A part of the text of an expression. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** What names mean; where they cannot stand, the implementation reports and gives nothing. */
export interface NameScope {
  readonly pool: ExpressionPool;
  /** The value of a name; its primes are part of it. */
  readonly valueOf: (name: string, extent: Extent) => ExpressionNode | undefined;
  /** A call of a function that is not predefined. */
  readonly call: (
    name: string,
    values: readonly ExpressionNode[],
    extent: Extent,
  ) => ExpressionNode | undefined;
}

/** The expression with the place of each node where it first occurs; or the mistake; or nothing if a name was reported. */
export type ParsedExpression =
  | {
      readonly kind: 'expression';
      readonly node: ExpressionNode;
      readonly places: ReadonlyMap<ExpressionNode, Extent>;
    }
  | { readonly kind: 'mistake'; readonly extent: Extent; readonly problem: string }
  | { readonly kind: 'reported' };

/** Deeper nested expressions are refused. */
const DEEPEST = 200;

/**
 * Reads an expression as Python and sympy write it: `+ - * / **`, comparisons, `and or not` or `& | ~` or `&& || !`, `a if c else b` or
 * `c ? a : b`, calls, `Piecewise((a, c), (b, True))`. `&` and `|` bind as loosely as `and` and `or`, since sympy's conditions need
 * parentheses around comparisons in any case.
 */
export function parseExpression(text: string, scope: NameScope): ParsedExpression {
  const parser: Parser = {
    scope,
    tokens: tokensOf(text),
    places: new Map(),
    position: 0,
    depth: 0,
    isReported: false,
  };
  try {
    const node = parseConditional(parser);
    const rest = peek(parser);
    if (rest.kind !== 'end') {
      fail(rest, `nothing can follow here, but \`${rest.text}\` does; is an operator missing?`);
    }
    requireKind(parser, node, 'number', { start: 0, end: text.length });
    return parser.isReported ? { kind: 'reported' } : { kind: 'expression', node, places: parser.places };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { kind: 'mistake', extent: error.extent, problem: error.message };
  }
}

interface Parser {
  readonly scope: NameScope;
  readonly tokens: readonly Token[];
  readonly places: Map<ExpressionNode, Extent>;
  position: number;
  depth: number;
  isReported: boolean;
}

/** Leaves the recursion; never leaves this file. */
class Mistake extends Error {
  readonly extent: Extent;

  constructor(extent: Extent, problem: string) {
    super(problem);
    this.extent = extent;
  }
}

function fail(extent: Extent, problem: string): never {
  throw new Mistake({ start: extent.start, end: extent.end }, problem);
}

function peek({ tokens, position }: Parser): Token {
  return tokens[Math.min(position, tokens.length - 1)]!;
}

function take(parser: Parser): Token {
  const token = peek(parser);
  parser.position += 1;
  return token;
}

function accept(parser: Parser, choices: readonly string[]): string | undefined {
  const { text } = peek(parser);
  if (!choices.includes(text)) return undefined;
  parser.position += 1;
  return text;
}

function expect(parser: Parser, sign: string, where: string): void {
  if (accept(parser, [sign]) === undefined) fail(peek(parser), `a \`${sign}\` is missing ${where}`);
}

/** From the start of an operand to the last token that was taken. */
function extentFrom(parser: Parser, start: number): Extent {
  return { start, end: parser.tokens[parser.position - 1]?.end ?? start };
}

function place(parser: Parser, start: number, node: ExpressionNode): ExpressionNode {
  if (!parser.places.has(node)) parser.places.set(node, extentFrom(parser, start));
  return node;
}

function kindOf(node: ExpressionNode): OperandKind {
  switch (node.kind) {
    case 'boolean':
    case 'comparison':
    case 'not':
    case 'logical':
      return 'boolean';
    case 'select':
      return kindOf(node.whenTrue);
    default:
      return 'number';
  }
}

function requireKind(
  parser: Parser,
  node: ExpressionNode,
  kind: OperandKind,
  extent: Extent,
): ExpressionNode {
  if (kindOf(node) === kind) return node;
  const at = parser.places.get(node) ?? extent;
  return fail(
    at,
    kind === 'number'
      ? 'a truth value stands where a number is needed; `Piecewise((a, condition), (b, True))` chooses between numbers'
      : 'a number stands where a condition is needed; compare it, such as `x > 0`',
  );
}

/** Parses an operand and requires its kind. */
function operand(
  parser: Parser,
  parse: (parser: Parser) => ExpressionNode,
  kind: OperandKind,
): ExpressionNode {
  const { start } = peek(parser);
  const node = parse(parser);
  return requireKind(parser, node, kind, extentFrom(parser, start));
}

function parseConditional(parser: Parser): ExpressionNode {
  const { start } = peek(parser);
  parser.depth += 1;
  if (parser.depth > DEEPEST) fail(peek(parser), `the expression is nested more than ${DEEPEST} times`);
  const first = parseOr(parser);
  const result = parseChoice(parser, first, start);
  parser.depth -= 1;
  return place(parser, start, result);
}

/** What follows the first operand of `a if c else b` or `c ? a : b`. */
function parseChoice(parser: Parser, first: ExpressionNode, start: number): ExpressionNode {
  const { pool } = parser.scope;
  if (accept(parser, ['if']) !== undefined) {
    const condition = operand(parser, parseOr, 'boolean');
    expect(parser, 'else', 'behind the condition of `a if condition else b`');
    return choose(parser, condition, first, parseConditional(parser), start);
  }
  if (accept(parser, ['?']) === undefined) return first;
  requireKind(parser, first, 'boolean', extentFrom(parser, start));
  const whenTrue = parseConditional(parser);
  expect(parser, ':', 'between the two values of a ternary');
  const whenFalse = parseConditional(parser);
  return pool.select(
    first,
    whenTrue,
    requireKind(parser, whenFalse, kindOf(whenTrue), extentFrom(parser, start)),
  );
}

function choose(
  parser: Parser,
  condition: ExpressionNode,
  whenTrue: ExpressionNode,
  whenFalse: ExpressionNode,
  start: number,
): ExpressionNode {
  requireKind(parser, whenFalse, kindOf(whenTrue), extentFrom(parser, start));
  return parser.scope.pool.select(condition, whenTrue, whenFalse);
}

function parseOr(parser: Parser): ExpressionNode {
  return parseLogical(parser, ['or', '||', '|'], parseAnd, (operands) => parser.scope.pool.or(operands));
}

function parseAnd(parser: Parser): ExpressionNode {
  return parseLogical(parser, ['and', '&&', '&'], parseNot, (operands) => parser.scope.pool.and(operands));
}

function parseLogical(
  parser: Parser,
  operators: readonly string[],
  parseOperand: (parser: Parser) => ExpressionNode,
  join: (operands: readonly ExpressionNode[]) => ExpressionNode,
): ExpressionNode {
  const { start } = peek(parser);
  const operands = [parseOperand(parser)];
  while (accept(parser, operators) !== undefined) {
    requireKind(parser, operands[0]!, 'boolean', extentFrom(parser, start));
    operands.push(operand(parser, parseOperand, 'boolean'));
  }
  return operands.length === 1 ? operands[0]! : place(parser, start, join(operands));
}

function parseNot(parser: Parser): ExpressionNode {
  const { start } = peek(parser);
  if (accept(parser, ['not', '!', '~']) === undefined) return parseComparison(parser);
  parser.depth += 1;
  if (parser.depth > DEEPEST) fail(peek(parser), `the expression is nested more than ${DEEPEST} times`);
  const inner = operand(parser, parseNot, 'boolean');
  parser.depth -= 1;
  return place(parser, start, parser.scope.pool.not(inner));
}

const COMPARISONS: readonly string[] = ['<', '<=', '==', '!=', '>', '>='] satisfies ComparisonOperator[];

function isComparison(text: string): text is ComparisonOperator {
  return COMPARISONS.includes(text);
}

function parseComparison(parser: Parser): ExpressionNode {
  const { start } = peek(parser);
  const left = parseSum(parser);
  const { text: operator } = peek(parser);
  if (!isComparison(operator)) return left;
  requireKind(parser, left, 'number', extentFrom(parser, start));
  take(parser);
  const right = operand(parser, parseSum, 'number');
  if (isComparison(peek(parser).text)) {
    fail(peek(parser), 'comparisons cannot be chained; join two of them by `and`');
  }
  return place(parser, start, parser.scope.pool.compare(left, operator, right));
}

function parseSum(parser: Parser): ExpressionNode {
  const { start } = peek(parser);
  const first = parseProduct(parser);
  const terms: Term[] = [{ sign: 1, operand: first }];
  for (let sign = accept(parser, ['+', '-']); sign !== undefined; sign = accept(parser, ['+', '-'])) {
    requireKind(parser, first, 'number', extentFrom(parser, start));
    terms.push({ sign: sign === '+' ? 1 : -1, operand: operand(parser, parseProduct, 'number') });
  }
  return terms.length === 1 ? first : place(parser, start, parser.scope.pool.sum(terms));
}

function parseProduct(parser: Parser): ExpressionNode {
  const { start } = peek(parser);
  const first = parseSign(parser);
  const factors: Factor[] = [{ operator: '*', operand: first }];
  for (let sign = accept(parser, ['*', '/']); sign !== undefined; sign = accept(parser, ['*', '/'])) {
    requireKind(parser, first, 'number', extentFrom(parser, start));
    factors.push({ operator: sign === '*' ? '*' : '/', operand: operand(parser, parseSign, 'number') });
  }
  return factors.length === 1 ? first : place(parser, start, parser.scope.pool.product(factors));
}

function parseSign(parser: Parser): ExpressionNode {
  const { start } = peek(parser);
  const sign = accept(parser, ['-', '+']);
  if (sign === undefined) return parsePower(parser);
  parser.depth += 1;
  if (parser.depth > DEEPEST) fail(peek(parser), `the expression is nested more than ${DEEPEST} times`);
  const inner = operand(parser, parseSign, 'number');
  parser.depth -= 1;
  return place(parser, start, sign === '-' ? parser.scope.pool.negate(inner) : inner);
}

function parsePower(parser: Parser): ExpressionNode {
  const { start } = peek(parser);
  const base = parseAtom(parser);
  if (accept(parser, ['**']) === undefined) return base;
  requireKind(parser, base, 'number', extentFrom(parser, start));
  const exponent = operand(parser, parseSign, 'number');
  return place(parser, start, powerOf(parser.scope.pool, base, exponent));
}

function parseAtom(parser: Parser): ExpressionNode {
  const { pool } = parser.scope;
  const token = take(parser);
  if (token.text === '(') {
    const inner = parseConditional(parser);
    expect(parser, ')', 'here');
    return inner;
  }
  if (token.kind === 'number') return place(parser, token.start, pool.constant(Number(token.text)));
  if (token.kind === 'name') return parseName(parser, token);
  if (token.kind === 'end') return fail(token, 'the expression ends where a value is needed');
  const hint = token.text === '^' ? '; a power is written `**`' : '';
  return fail(token, `a value is needed here, not \`${token.text}\`${hint}`);
}

const TRUTH_VALUES: readonly string[] = ['True', 'False', 'true', 'false'];

function parseName(parser: Parser, token: Token): ExpressionNode {
  const { pool } = parser.scope;
  if (peek(parser).text === '(') return parseCall(parser, token);
  if (TRUTH_VALUES.includes(token.text)) {
    return place(parser, token.start, pool.boolean(token.text.toLowerCase() === 'true'));
  }
  const value = parser.scope.valueOf(token.text, token);
  if (value === undefined) parser.isReported = true;
  return place(parser, token.start, value ?? pool.constant(1));
}

function parseCall(parser: Parser, { text: name, start }: Token): ExpressionNode {
  const { pool } = parser.scope;
  take(parser);
  if (name === 'Piecewise') return place(parser, start, parsePieces(parser, start));
  const values = [parseConditional(parser)];
  while (accept(parser, [',']) !== undefined) values.push(parseConditional(parser));
  expect(parser, ')', `behind the arguments of \`${name}\``);
  const extent = extentFrom(parser, start);
  const known = KNOWN_FUNCTIONS.get(name);
  if (known === undefined) {
    const node = parser.scope.call(name, values, extent);
    if (node === undefined) parser.isReported = true;
    return place(parser, start, node ?? pool.constant(1));
  }
  const [fewest, most] = known.arity;
  if (values.length < fewest || values.length > most) {
    const needed = fewest === most ? `${fewest}` : most === 2 ? `${fewest} or 2` : `at least ${fewest}`;
    fail(extent, `\`${name}\` takes ${needed} argument${needed === '1' ? '' : 's'}, not ${values.length}`);
  }
  for (const value of values) requireKind(parser, value, known.takes, extent);
  return place(parser, start, known.build(pool, values));
}

/** `Piecewise((a, c), (b, d), …)`: the first value whose condition holds; the last condition is taken as true. */
function parsePieces(parser: Parser, start: number): ExpressionNode {
  const pieces: { readonly value: ExpressionNode; readonly condition: ExpressionNode }[] = [];
  do {
    expect(parser, '(', 'before a value and its condition');
    const value = operand(parser, parseConditional, 'number');
    expect(parser, ',', 'between a value and its condition');
    const condition = operand(parser, parseConditional, 'boolean');
    expect(parser, ')', 'behind a value and its condition');
    pieces.push({ value, condition });
  } while (accept(parser, [',']) !== undefined);
  expect(parser, ')', 'behind the pieces of `Piecewise`');
  const last = pieces.at(-1)!;
  if (last.condition.kind !== 'boolean' || !last.condition.value) {
    fail(
      extentFrom(parser, start),
      'the last condition of `Piecewise` must be `True`, so that there is always a value',
    );
  }
  return pieces
    .slice(0, -1)
    .reduceRight(
      (rest, { value, condition }) => parser.scope.pool.select(condition, value, rest),
      last.value,
    );
}
