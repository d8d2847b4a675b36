import type { ExpressionNode, ExpressionSymbol, Factor, Term } from './nodes.ts';
import { nodesBelow } from './traverse.ts';

/** How tightly the outermost operator of a text binds; larger is tighter. */
const Binding = Object.freeze({
  select: 0,
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  bit: 5,
  sum: 6,
  product: 7,
  sign: 8,
  power: 9,
  atom: 10,
});

interface Printed {
  readonly text: string;
  readonly binding: number;
}

/** How a symbol is written; by default its name. */
export type SymbolWriter = (symbol: ExpressionSymbol) => string;

/** How to print. */
export interface PrintOptions {
  /** How a symbol is written; by default its name. */
  readonly write?: SymbolWriter;
  /** Operands whose text is longer are abbreviated to `…`; by default none. */
  readonly longest?: number;
}

/**
 * The expression as NESTML, numbers without units. Parentheses only where they are needed to read the text back as the same node; also
 * around operands that older parsers of NESTML group differently (bit operators, `and` in `or`, comparison below `not`, nested
 * ternaries). Any depth. What is shared is written out each time, so that the text can be much longer than the graph is large: for messages
 * set `longest`.
 */
export function printExpression(root: ExpressionNode, options: PrintOptions = {}): string {
  const { write = nameOf, longest = Number.POSITIVE_INFINITY } = options;
  const printed = new Map<ExpressionNode, Printed>();
  for (const node of nodesBelow([root])) {
    const whole = print(node, (operand) => printed.get(operand)!, write);
    const isTooLong = whole.text.length > longest && node !== root;
    printed.set(node, isTooLong ? { text: '…', binding: Binding.atom } : whole);
  }
  return printed.get(root)!.text;
}

function nameOf({ name }: ExpressionSymbol): string {
  return name;
}

type Lookup = (node: ExpressionNode) => Printed;

function print(node: ExpressionNode, lookup: Lookup, write: SymbolWriter): Printed {
  const text = (operand: ExpressionNode, binding: number) => atLeast(lookup(operand), binding);
  switch (node.kind) {
    case 'constant':
      return {
        text: printNumber(node.value),
        binding: isBelowZero(node.value) ? Binding.sign : Binding.atom,
      };
    case 'boolean':
      return { text: String(node.value), binding: Binding.atom };
    case 'symbol':
      return { text: write(node.symbol), binding: Binding.atom };
    case 'negation':
      return negated(node.operand, lookup);
    case 'sum':
      return {
        text: node.terms.map((term, i) => printTerm(term, i, lookup)).join(' '),
        binding: Binding.sum,
      };
    case 'product':
      return {
        text: node.factors.map((factor, i) => printFactor(factor, i, lookup)).join(' '),
        binding: Binding.product,
      };
    case 'integerQuotient':
      return {
        text: `${text(node.left, Binding.product)} // ${text(node.right, Binding.sign)}`,
        binding: Binding.product,
      };
    case 'remainder':
      return {
        text: `${text(node.left, Binding.product)} % ${text(node.right, Binding.sign)}`,
        binding: Binding.product,
      };
    case 'power':
      return {
        text: `${text(node.base, Binding.atom)}**${text(node.exponent, Binding.atom)}`,
        binding: Binding.power,
      };
    case 'bit':
      return binary(text(node.left, Binding.sum), node.operator, text(node.right, Binding.sum), Binding.bit);
    case 'bitNot':
      return { text: `~${text(node.operand, Binding.power)}`, binding: Binding.sign };
    case 'comparison':
      return binary(
        text(node.left, Binding.sum),
        node.operator,
        text(node.right, Binding.sum),
        Binding.comparison,
      );
    case 'not':
      return { text: `not ${text(node.operand, Binding.atom)}`, binding: Binding.not };
    case 'logical': {
      const operands = node.operands.map((operand) => text(operand, Binding.not));
      return { text: operands.join(` ${node.operator} `), binding: Binding[node.operator] };
    }
    case 'select': {
      const [condition, yes, no] = [node.condition, node.whenTrue, node.whenFalse].map((part) =>
        text(part, Binding.or),
      );
      return { text: `${condition} ? ${yes} : ${no}`, binding: Binding.select };
    }
    case 'function':
    case 'draw':
      return called(node.name, node.arguments, lookup);
    case 'call':
      return called(node.function.name, node.arguments, lookup, node.function.isElement);
    default:
      return node satisfies never;
  }
}

function atLeast({ text, binding }: Printed, required: number): string {
  return binding < required ? `(${text})` : text;
}

function binary(left: string, operator: string, right: string, binding: number): Printed {
  return { text: `${left} ${operator} ${right}`, binding };
}

function called(name: string, values: readonly ExpressionNode[], lookup: Lookup, isElement = false): Printed {
  const list = values.map((value) => lookup(value).text).join(', ');
  return { text: isElement ? `${name}[${list}]` : `${name}(${list})`, binding: Binding.atom };
}

/**
 * A minus before a product is read as a minus before its first factor, which is the same node; before `//` and `%` it is not, so
 * these get parentheses, also as the first factor of a product.
 */
function negated(operand: ExpressionNode, lookup: Lookup): Printed {
  const printed = lookup(operand);
  if (operand.kind === 'product' && !beginsWithInteger(operand)) {
    return { text: `-${printed.text}`, binding: Binding.product };
  }
  return { text: `-${atLeast(printed, Binding.power)}`, binding: Binding.sign };
}

function beginsWithInteger(node: ExpressionNode): boolean {
  const first = node.kind === 'product' ? node.factors[0]!.operand : node;
  return first.kind === 'integerQuotient' || first.kind === 'remainder';
}

function printTerm({ sign, operand }: Term, position: number, lookup: Lookup): string {
  if (position === 0)
    return sign === 1 ? atLeast(lookup(operand), Binding.product) : negated(operand, lookup).text;
  return `${sign === 1 ? '+' : '-'} ${atLeast(lookup(operand), Binding.product)}`;
}

function printFactor({ operator, operand }: Factor, position: number, lookup: Lookup): string {
  if (position === 0) return atLeast(lookup(operand), Binding.product);
  return `${operator} ${atLeast(lookup(operand), Binding.sign)}`;
}

/** The shortest decimal number that is read back as the same double. */
function printNumber(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return String(value).replace('Infinity', 'inf');
}

function isBelowZero(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}
