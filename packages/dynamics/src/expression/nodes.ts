import type { MathFunction } from './math-functions.ts';

/** What the value of an expression is. Integers are numbers without a fraction. */
export type ValueKind = 'number' | 'boolean';

/**
 * Something that has a value from outside: a state, parameter, port, local variable, the time. The object itself is the identity;
 * two symbols may have the same name. Whoever creates symbols may extend the interface with data of its own.
 */
export interface ExpressionSymbol {
  /** For printing only. */
  readonly name: string;
  readonly value: ValueKind;
}

/** A function that the user has defined. The object itself is the identity. */
export interface UserFunction {
  /** For printing only. */
  readonly name: string;
  readonly value: ValueKind;
  /** Whether the value depends on nothing but the arguments. A call of an impure function is never shared. */
  readonly isPure: boolean;
  /** Whether it gives the element of a vector: a call is then printed as `name[argument]`. */
  readonly isElement?: boolean;
}

/** Distributions that a number can be drawn from, by the names of their functions. */
export type RandomFunction = 'random_normal' | 'random_uniform' | 'random_poisson';

/**
 * A node of a directed acyclic graph of expressions. Guarantees, kept by `ExpressionPool`:
 * - nodes of one pool that mean the same are the same object, except impure ones (draws, calls of impure functions), each of
 *   which is an object of its own, and means one evaluation wherever it is used;
 * - operands have smaller `id`s than the node, so that the order of the ids is an order of evaluation;
 * - the normal form described at the constructors of `ExpressionPool`.
 */
export type ExpressionNode =
  | ConstantNode
  | BooleanNode
  | SymbolNode
  | NegationNode
  | SumNode
  | ProductNode
  | IntegerQuotientNode
  | RemainderNode
  | PowerNode
  | BitNode
  | BitNotNode
  | ComparisonNode
  | NotNode
  | LogicalNode
  | SelectNode
  | FunctionNode
  | CallNode
  | DrawNode;

interface NodeBase {
  /** Unique in its pool; larger than the ids of the operands. */
  readonly id: number;
}

/** A number, possibly infinite, never NaN. */
export interface ConstantNode extends NodeBase {
  readonly kind: 'constant';
  readonly value: number;
}

/** A truth value. */
export interface BooleanNode extends NodeBase {
  readonly kind: 'boolean';
  readonly value: boolean;
}

/** The value of a symbol. */
export interface SymbolNode extends NodeBase {
  readonly kind: 'symbol';
  readonly symbol: ExpressionSymbol;
}

/** −operand. */
export interface NegationNode extends NodeBase {
  readonly kind: 'negation';
  readonly operand: ExpressionNode;
}

/** One summand with its sign. */
export interface Term {
  readonly sign: 1 | -1;
  readonly operand: ExpressionNode;
}

/** ± a ± b ± …, at least two terms, added from the left. */
export interface SumNode extends NodeBase {
  readonly kind: 'sum';
  readonly terms: readonly Term[];
}

/** One factor; the value so far is multiplied with it or divided by it. */
export interface Factor {
  readonly operator: '*' | '/';
  readonly operand: ExpressionNode;
}

/** a · b / c …, at least two factors, from the left; the operator of the first is `*`. */
export interface ProductNode extends NodeBase {
  readonly kind: 'product';
  readonly factors: readonly Factor[];
}

/** left / right, truncated toward zero. */
export interface IntegerQuotientNode extends NodeBase {
  readonly kind: 'integerQuotient';
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  /** Whether both are integers by their types: then a division by 0 is a failure, else its result is infinite or NaN. */
  readonly ofIntegers: boolean;
}

/** left − right · (left // right): the sign is that of left. */
export interface RemainderNode extends NodeBase {
  readonly kind: 'remainder';
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  /** As for the integer quotient. */
  readonly ofIntegers: boolean;
}

/** base to the power of exponent. */
export interface PowerNode extends NodeBase {
  readonly kind: 'power';
  readonly base: ExpressionNode;
  readonly exponent: ExpressionNode;
}

export type BitOperator = '&' | '|' | '^' | '<<' | '>>';

/** On 32-bit two's complement integers; shifts count modulo 32, `>>` keeps the sign. */
export interface BitNode extends NodeBase {
  readonly kind: 'bit';
  readonly operator: BitOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

/** All 32 bits inverted. */
export interface BitNotNode extends NodeBase {
  readonly kind: 'bitNot';
  readonly operand: ExpressionNode;
}

export type ComparisonOperator = '<' | '<=' | '==' | '!=' | '>' | '>=';

/** Compares exactly; with NaN everything is false but `!=`. */
export interface ComparisonNode extends NodeBase {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export interface NotNode extends NodeBase {
  readonly kind: 'not';
  readonly operand: ExpressionNode;
}

/** Evaluated from the left until the result is known; at least two operands. */
export interface LogicalNode extends NodeBase {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly operands: readonly ExpressionNode[];
}

/** condition ? whenTrue : whenFalse; only the chosen branch is evaluated. */
export interface SelectNode extends NodeBase {
  readonly kind: 'select';
  readonly condition: ExpressionNode;
  readonly whenTrue: ExpressionNode;
  readonly whenFalse: ExpressionNode;
}

/** A predefined function of numbers. */
export interface FunctionNode extends NodeBase {
  readonly kind: 'function';
  readonly name: MathFunction;
  readonly arguments: readonly ExpressionNode[];
}

/** A call of a function that the user has defined. */
export interface CallNode extends NodeBase {
  readonly kind: 'call';
  readonly function: UserFunction;
  readonly arguments: readonly ExpressionNode[];
}

/** One draw of a random number. `callSite` numbers the random calls of a model. */
export interface DrawNode extends NodeBase {
  readonly kind: 'draw';
  readonly name: RandomFunction;
  readonly arguments: readonly ExpressionNode[];
  readonly callSite: number;
}
