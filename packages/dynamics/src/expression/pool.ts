import { createNumbering, keyOf, type NodeContent } from './interning.ts';
import { ARITY, applyMathFunction, isExactFunction, type MathFunction } from './math-functions.ts';
import type {
  BitOperator,
  ComparisonOperator,
  ExpressionNode,
  ExpressionSymbol,
  Factor,
  RandomFunction,
  Term,
  UserFunction,
} from './nodes.ts';
import { normalFactors } from './normal-product.ts';
import { normalTerms } from './normal-sum.ts';
import { applyBits, compareValues, integerQuotient } from './scalar-operations.ts';
import { isPure } from './traverse.ts';

/**
 * Creates the nodes of one graph of expressions. Equal pure nodes are one object, so that `===` compares meaning.
 *
 * The constructors simplify only where the value stays the same for all finite numbers, down to the last bit (the sign of a zero
 * aside): x·1, x + 0, −(−x), constants whose result is exact or correctly rounded. Nothing is reordered, so the roundings happen
 * from the left as written. Transcendental functions of constants are not folded, since targets compute them themselves.
 *
 * Normal form: no negation of a negation, of a constant or of a product that begins with a constant; the sign of a term is in its
 * `sign`; a sum does not begin with a sum, a product not with a product; a product contains no negation, no factor 1 except a
 * leading one before `/`.
 */
export class ExpressionPool {
  readonly #shared = new Map<string, ExpressionNode>();
  readonly #numbering = createNumbering();
  #size = 0;

  /** The number of nodes that have been created; all ids are from 1 to this. */
  get size(): number {
    return this.#size;
  }

  /** @throws RangeError for NaN, which no expression means. */
  constant(value: number): ExpressionNode {
    if (Number.isNaN(value)) throw new RangeError('NaN is not the value of a constant');
    return this.#intern({ kind: 'constant', value });
  }

  boolean(value: boolean): ExpressionNode {
    return this.#intern({ kind: 'boolean', value });
  }

  symbol(symbol: ExpressionSymbol): ExpressionNode {
    return this.#intern({ kind: 'symbol', symbol });
  }

  /** −operand. */
  negate(operand: ExpressionNode): ExpressionNode {
    if (operand.kind === 'negation') return operand.operand;
    if (operand.kind === 'constant') return this.constant(-operand.value);
    const first = operand.kind === 'product' ? operand.factors[0]!.operand : undefined;
    if (operand.kind === 'product' && first?.kind === 'constant') {
      const factor: Factor = { operator: '*', operand: this.constant(-first.value) };
      return this.product([factor, ...operand.factors.slice(1)]);
    }
    return this.#intern({ kind: 'negation', operand });
  }

  /** The terms added from the left; 0 if there are none. */
  sum(terms: readonly Term[]): ExpressionNode {
    const normal = normalTerms(terms, this);
    const [first] = normal;
    if (first === undefined) return this.constant(0);
    if (normal.length > 1) return this.#intern({ kind: 'sum', terms: normal });
    return first.sign === 1 ? first.operand : this.negate(first.operand);
  }

  /** left + right. A long sum is made with `sum` at once, which takes time in proportion to its length. */
  add(left: ExpressionNode, right: ExpressionNode): ExpressionNode {
    return this.sum([
      { sign: 1, operand: left },
      { sign: 1, operand: right },
    ]);
  }

  /** left − right. */
  subtract(left: ExpressionNode, right: ExpressionNode): ExpressionNode {
    return this.sum([
      { sign: 1, operand: left },
      { sign: -1, operand: right },
    ]);
  }

  /** The factors multiplied and divided from the left; 1 if there are none; `/ x` in first place is 1 / x. */
  product(factors: readonly Factor[]): ExpressionNode {
    const { isNegative, factors: normal } = normalFactors(factors, this);
    const first = normal[0]!.operand;
    if (normal.length === 1) return isNegative ? this.negate(first) : first;
    if (!isNegative) return this.#intern({ kind: 'product', factors: normal });
    if (first.kind !== 'constant') {
      return this.#intern({
        kind: 'negation',
        operand: this.#intern({ kind: 'product', factors: normal }),
      });
    }
    const negated: Factor = { operator: '*', operand: this.constant(-first.value) };
    return this.#intern({ kind: 'product', factors: [negated, ...normal.slice(1)] });
  }

  /** left · right. */
  multiply(left: ExpressionNode, right: ExpressionNode): ExpressionNode {
    return this.product([
      { operator: '*', operand: left },
      { operator: '*', operand: right },
    ]);
  }

  /** left / right. */
  divide(left: ExpressionNode, right: ExpressionNode): ExpressionNode {
    return this.product([
      { operator: '*', operand: left },
      { operator: '/', operand: right },
    ]);
  }

  /** left / right, truncated toward zero. */
  integerQuotient(left: ExpressionNode, right: ExpressionNode, ofIntegers = false): ExpressionNode {
    const value = this.#folded(left, right, integerQuotient);
    return value ?? this.#intern({ kind: 'integerQuotient', left, right, ofIntegers });
  }

  /** The remainder of the integer quotient; its sign is that of left. */
  remainder(left: ExpressionNode, right: ExpressionNode, ofIntegers = false): ExpressionNode {
    const value = this.#folded(left, right, (a, b) => (ofIntegers ? (a % b) + 0 : a % b));
    return value ?? this.#intern({ kind: 'remainder', left, right, ofIntegers });
  }

  /** base to the power of exponent. Constants are folded if base and result are integers that a double holds exactly. */
  power(base: ExpressionNode, exponent: ExpressionNode): ExpressionNode {
    if (exponent.kind === 'constant') {
      if (exponent.value === 1) return base;
      if (exponent.value === 0 && isPure(base)) return this.constant(1);
      const isWhole = Number.isInteger(exponent.value) && exponent.value > 0;
      if (base.kind === 'constant' && Number.isSafeInteger(base.value) && isWhole) {
        const value = base.value ** exponent.value;
        if (Number.isSafeInteger(value)) return this.constant(value);
      }
    }
    return this.#intern({ kind: 'power', base, exponent });
  }

  bit(left: ExpressionNode, operator: BitOperator, right: ExpressionNode): ExpressionNode {
    const value = this.#folded(left, right, (a, b) => applyBits(a, operator, b));
    return value ?? this.#intern({ kind: 'bit', operator, left, right });
  }

  bitNot(operand: ExpressionNode): ExpressionNode {
    if (operand.kind === 'constant') return this.constant(~operand.value);
    return this.#intern({ kind: 'bitNot', operand });
  }

  compare(left: ExpressionNode, operator: ComparisonOperator, right: ExpressionNode): ExpressionNode {
    if (left.kind === 'constant' && right.kind === 'constant') {
      return this.boolean(compareValues(left.value, operator, right.value));
    }
    if (left.kind === 'boolean' && right.kind === 'boolean') {
      return this.boolean(compareValues(left.value, operator, right.value));
    }
    return this.#intern({ kind: 'comparison', operator, left, right });
  }

  not(operand: ExpressionNode): ExpressionNode {
    if (operand.kind === 'not') return operand.operand;
    if (operand.kind === 'boolean') return this.boolean(!operand.value);
    return this.#intern({ kind: 'not', operand });
  }

  /** Whether all hold; true if there are none. */
  and(operands: readonly ExpressionNode[]): ExpressionNode {
    return this.#logical('and', operands);
  }

  /** Whether one holds; false if there are none. */
  or(operands: readonly ExpressionNode[]): ExpressionNode {
    return this.#logical('or', operands);
  }

  /** condition ? whenTrue : whenFalse. */
  select(condition: ExpressionNode, whenTrue: ExpressionNode, whenFalse: ExpressionNode): ExpressionNode {
    if (condition.kind === 'boolean') return condition.value ? whenTrue : whenFalse;
    if (whenTrue === whenFalse && isPure(condition)) return whenTrue;
    return this.#intern({ kind: 'select', condition, whenTrue, whenFalse });
  }

  /** @throws RangeError if the number of arguments is not that of the function. */
  apply(name: MathFunction, values: readonly ExpressionNode[]): ExpressionNode {
    if (values.length !== ARITY[name]) throw new RangeError(`${name} takes ${ARITY[name]} arguments`);
    const numbers = values.flatMap((value) => (value.kind === 'constant' ? [value.value] : []));
    if (isExactFunction(name) && numbers.length === values.length) {
      return this.constant(applyMathFunction(name, numbers));
    }
    return this.#intern({ kind: 'function', name, arguments: values });
  }

  /** A call of an impure function is a new node each time. */
  call(callee: UserFunction, values: readonly ExpressionNode[]): ExpressionNode {
    return this.#intern({ kind: 'call', function: callee, arguments: values });
  }

  /** A new draw each time; `callSite` numbers the random calls of a model. */
  draw(name: RandomFunction, values: readonly ExpressionNode[], callSite: number): ExpressionNode {
    return this.#intern({ kind: 'draw', name, arguments: values, callSite });
  }

  #logical(operator: 'and' | 'or', given: readonly ExpressionNode[]): ExpressionNode {
    const neutral = operator === 'and';
    const operands: ExpressionNode[] = [];
    for (const operand of given) {
      if (operand.kind === 'boolean' && operand.value === neutral) continue;
      const isNested = operands.length === 0 && operand.kind === 'logical' && operand.operator === operator;
      operands.push(...(isNested ? operand.operands : [operand]));
      if (operands.at(-1)?.kind === 'boolean') break;
    }
    if (operands.length === 0) return this.boolean(neutral);
    return operands.length === 1 ? operands[0]! : this.#intern({ kind: 'logical', operator, operands });
  }

  /** The result for two constants, if it is finite; otherwise the place of the mistake is kept. */
  #folded(
    left: ExpressionNode,
    right: ExpressionNode,
    operation: (left: number, right: number) => number,
  ): ExpressionNode | undefined {
    if (left.kind !== 'constant' || right.kind !== 'constant') return undefined;
    const value = operation(left.value, right.value);
    return Number.isFinite(value) ? this.constant(value) : undefined;
  }

  #intern(content: NodeContent): ExpressionNode {
    const key = keyOf(content, this.#numbering);
    const known = key === undefined ? undefined : this.#shared.get(key);
    if (known !== undefined) return known;
    this.#size += 1;
    const node: ExpressionNode = Object.freeze({ id: this.#size, ...content });
    if (key !== undefined) this.#shared.set(key, node);
    return node;
  }
}
