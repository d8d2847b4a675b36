import type {
  BitOperator,
  ComparisonOperator,
  ExpressionNode,
  ExpressionPool,
  ExpressionSymbol,
  MathFunction,
} from '../src/index.ts';
import { ARITY } from '../src/index.ts';

interface Reader {
  readonly pool: ExpressionPool;
  readonly tokens: readonly string[];
  readonly symbols: ReadonlyMap<string, ExpressionSymbol>;
  position: number;
}

/** Reads what `printExpression` writes; names are those of the symbols. Independent of the front end, for tests only. */
export function parseExpression(
  pool: ExpressionPool,
  text: string,
  symbols: readonly ExpressionSymbol[],
): ExpressionNode {
  const tokens =
    text.match(/[\d.]+(?:e[+-]?\d+)?|[A-Za-z_$][\w$']*|\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%()<>?:,&|^~]/g) ??
    [];
  const named = new Map(symbols.map((symbol) => [symbol.name, symbol]));
  const reader: Reader = { pool, tokens, symbols: named, position: 0 };
  const result = parseSelect(reader);
  if (reader.position < tokens.length) throw new SyntaxError(`left over in ${text}`);
  return result;
}

/** From `or` to `**`, loosest first. */
const LEVELS = [['or'], ['and']] as const;

function peek(reader: Reader): string {
  return reader.tokens[reader.position] ?? '';
}

function accept(reader: Reader, choices: readonly string[]): string | undefined {
  const token = peek(reader);
  if (!choices.includes(token)) return undefined;
  reader.position += 1;
  return token;
}

function parseSelect(reader: Reader): ExpressionNode {
  let result = parseLogical(reader, 0);
  while (accept(reader, ['?'])) {
    const whenTrue = parseLogical(reader, 0);
    if (!accept(reader, [':'])) throw new SyntaxError('colon expected');
    result = reader.pool.select(result, whenTrue, parseLogical(reader, 0));
  }
  return result;
}

function parseLogical(reader: Reader, level: number): ExpressionNode {
  const operators = LEVELS[level];
  if (operators === undefined) return parseNot(reader);
  const operands = [parseLogical(reader, level + 1)];
  while (accept(reader, operators)) operands.push(parseLogical(reader, level + 1));
  if (operands.length === 1) return operands[0]!;
  return level === 0 ? reader.pool.or(operands) : reader.pool.and(operands);
}

function parseNot(reader: Reader): ExpressionNode {
  if (accept(reader, ['not'])) return reader.pool.not(parseNot(reader));
  const left = parseBits(reader);
  const operator = accept(reader, ['<', '<=', '==', '!=', '>', '>=']);
  if (operator === undefined) return left;
  return reader.pool.compare(left, operator as ComparisonOperator, parseBits(reader));
}

function parseBits(reader: Reader): ExpressionNode {
  let left = parseSum(reader);
  for (;;) {
    const operator = accept(reader, ['&', '|', '^', '<<', '>>']);
    if (operator === undefined) return left;
    left = reader.pool.bit(left, operator as BitOperator, parseSum(reader));
  }
}

function parseSum(reader: Reader): ExpressionNode {
  let left = parseProduct(reader);
  for (;;) {
    if (accept(reader, ['+'])) left = reader.pool.add(left, parseProduct(reader));
    else if (accept(reader, ['-'])) left = reader.pool.subtract(left, parseProduct(reader));
    else return left;
  }
}

function parseProduct(reader: Reader): ExpressionNode {
  const { pool } = reader;
  let left = parseSign(reader);
  for (;;) {
    if (accept(reader, ['*'])) left = pool.multiply(left, parseSign(reader));
    else if (accept(reader, ['/'])) left = pool.divide(left, parseSign(reader));
    else if (accept(reader, ['//'])) left = pool.integerQuotient(left, parseSign(reader));
    else if (accept(reader, ['%'])) left = pool.remainder(left, parseSign(reader));
    else return left;
  }
}

function parseSign(reader: Reader): ExpressionNode {
  if (accept(reader, ['-'])) return reader.pool.negate(parseSign(reader));
  if (accept(reader, ['~'])) return reader.pool.bitNot(parseSign(reader));
  const base = parseAtom(reader);
  return accept(reader, ['**']) ? reader.pool.power(base, parseSign(reader)) : base;
}

function parseAtom(reader: Reader): ExpressionNode {
  const { pool, symbols } = reader;
  const token = peek(reader);
  reader.position += 1;
  if (token === '(') {
    const inner = parseSelect(reader);
    if (!accept(reader, [')'])) throw new SyntaxError('parenthesis expected');
    return inner;
  }
  if (token === 'true' || token === 'false') return pool.boolean(token === 'true');
  if (token === 'inf') return pool.constant(Number.POSITIVE_INFINITY);
  if (/^[\d.]/.test(token)) return pool.constant(Number(token));
  if (accept(reader, ['('])) return pool.apply(token as MathFunction, parseArguments(reader, token));
  const symbol = symbols.get(token);
  if (symbol === undefined) throw new SyntaxError(`unknown name ${token}`);
  return pool.symbol(symbol);
}

function parseArguments(reader: Reader, name: string): readonly ExpressionNode[] {
  if (!(name in ARITY)) throw new SyntaxError(`unknown function ${name}`);
  const values = [parseSelect(reader)];
  while (accept(reader, [','])) values.push(parseSelect(reader));
  if (!accept(reader, [')'])) throw new SyntaxError('parenthesis expected');
  return values;
}
