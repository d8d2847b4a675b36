import { InternalError, unreachable } from '@nestml/diagnostics';
import type {
  CallNode,
  ComparisonNode,
  ExpressionNode,
  LogicalNode,
  PowerNode,
  ProductNode,
  SelectNode,
  SumNode,
} from '@nestml/dynamics';
import { calleeOf, symbolOf } from '../../../ir/symbol-of.ts';
import type { Mask, Real } from '../ssa/lanes.ts';
import { emitBit, emitBitNot } from './emit-bits.ts';
import { emitElementOf, emitFunctionCall } from './emit-call.ts';
import { emitDraw } from './emit-draw.ts';
import { failWhere } from './emit-failure.ts';
import { emitPower, emitPredefined } from './emit-predefined.ts';
import { emitRemainder } from './emit-remainder.ts';
import { branchWhere, type LaneValue, type LocalCell, maskOf, realOf, type Scope } from './frame.ts';
import { canDivideByZero } from './traits.ts';
import { emitSymbol, storedCountdown } from './variable-access.ts';

/** Up to this number of operations both branches of a condition are computed; above, only those that are needed. */
const CHEAP = 24;

/** The value of an expression in the active lanes; other lanes hold anything. Without an active lane nothing happens. */
export function emitExpression(node: ExpressionNode, scope: Scope): LaneValue {
  const { uniform } = scope.frame;
  const known = uniform.values.get(node) ?? scope.memo.get(node);
  if (known !== undefined) return known;
  const isAsWritten = scope.isRightHandSide && uniform.fixed.has(node);
  const value = emitNode(node, isAsWritten ? { ...scope, isRightHandSide: false } : scope);
  scope.memo.set(node, value);
  return value;
}

/** The value of a number; truth values as 0 and 1. */
export function emitNumber(node: ExpressionNode, scope: Scope): Real {
  return realOf(scope.frame, emitExpression(node, scope));
}

/** Where a truth value is true. */
export function emitCondition(node: ExpressionNode, scope: Scope): Mask {
  return maskOf(scope.frame, emitExpression(node, scope));
}

function emitNode(node: ExpressionNode, scope: Scope): LaneValue {
  const { lanes } = scope.frame;
  const number = (operand: ExpressionNode): Real => emitNumber(operand, scope);
  switch (node.kind) {
    case 'constant':
      return lanes.constant(node.value);
    case 'boolean':
      return lanes.truth(node.value);
    case 'symbol':
      return emitSymbol(symbolOf(node.symbol), scope);
    case 'negation':
      return lanes.neg(number(node.operand));
    case 'sum':
      return emitSum(node, scope);
    case 'product':
      return emitProduct(node, scope);
    case 'integerQuotient': {
      const { left, right } = checkedOperands(node, scope);
      // An integer has no negative zero.
      return lanes.add(lanes.trunc(lanes.div(left, right)), lanes.constant(0));
    }
    case 'remainder': {
      const { left, right } = checkedOperands(node, scope);
      const remainder = emitRemainder(lanes, left, right);
      return node.ofIntegers ? lanes.add(remainder, lanes.constant(0)) : remainder;
    }
    case 'power':
      return emitPowerNode(node, scope);
    case 'bit':
      return emitBit(lanes, number(node.left), node.operator, number(node.right));
    case 'bitNot':
      return emitBitNot(lanes, number(node.operand));
    case 'comparison':
      return emitComparison(node, scope);
    case 'not':
      return lanes.not(emitCondition(node.operand, scope));
    case 'logical':
      return emitLogical(node, scope);
    case 'select':
      return emitSelect(node, scope);
    case 'function':
      return emitPredefined(lanes, node.name, node.arguments.map(number), scope.isRightHandSide);
    case 'call':
      return emitCall(node, scope);
    case 'draw':
      return emitDraw(node, node.arguments.map(number), scope);
    default:
      return unreachable(node);
  }
}

/** From the left; in right-hand sides the costly terms last, so that what is added to them does not wait for them. */
function emitSum({ terms }: SumNode, scope: Scope): Real {
  const { lanes, setting } = scope.frame;
  const costOf = ({ operand }: SumNode['terms'][number]): number => setting.traits(operand).cost;
  const ordered = scope.isRightHandSide ? terms.toSorted((a, b) => costOf(a) - costOf(b)) : terms;
  const sum = ordered.reduce<Real | undefined>((total, { sign, operand }) => {
    const term = emitNumber(operand, scope);
    if (total === undefined) return sign === 1 ? term : lanes.neg(term);
    return sign === 1 ? lanes.add(total, term) : lanes.sub(total, term);
  }, undefined);
  return sum ?? lanes.constant(0);
}

/** From the left. */
function emitProduct({ factors }: ProductNode, scope: Scope): Real {
  const { lanes } = scope.frame;
  let product: Real | undefined;
  for (const { operator, operand } of factors) {
    const reciprocal = operator === '/' ? reciprocalOf(operand, scope) : undefined;
    const factor = reciprocal ?? emitNumber(operand, scope);
    if (product === undefined) product = factor;
    else if (operator === '*' || reciprocal !== undefined) product = lanes.mul(product, factor);
    else product = lanes.div(product, factor);
  }
  return product ?? lanes.constant(1);
}

/** 1 / x, if that is to be multiplied with. */
function reciprocalOf(divisor: ExpressionNode, scope: Scope): Real | undefined {
  const { frame, isRightHandSide } = scope;
  if (!isRightHandSide) return undefined;
  if (frame.uniform.inverted.has(divisor)) {
    return frame.lanes.div(frame.lanes.constant(1), emitNumber(divisor, scope));
  }
  if (divisor.kind !== 'constant') return frame.uniform.reciprocals.get(divisor);
  const reciprocal = 1 / divisor.value;
  return Number.isFinite(reciprocal) ? frame.lanes.constant(reciprocal) : undefined;
}

function emitPowerNode({ base, exponent }: PowerNode, scope: Scope): Real {
  const constant = exponent.kind === 'constant' ? exponent.value : undefined;
  return emitPower(scope.frame.lanes, emitNumber(base, scope), constant, () => emitNumber(exponent, scope));
}

function checkedOperands(
  node: ExpressionNode & { readonly kind: 'integerQuotient' | 'remainder' },
  scope: Scope,
): { readonly left: Real; readonly right: Real } {
  const { lanes } = scope.frame;
  const left = emitNumber(node.left, scope);
  const right = emitNumber(node.right, scope);
  if (canDivideByZero(node)) {
    failWhere(scope, lanes.eq(right, lanes.constant(0)), 'integerDivision', scope.place, right);
  }
  return { left, right };
}

function emitComparison(node: ComparisonNode, scope: Scope): Mask {
  const { lanes } = scope.frame;
  const [first, second] = comparedValues(node, scope);
  if (first.role === 'mask' && second.role === 'mask') {
    const differ = lanes.xor(first, second);
    if (node.operator === '!=') return differ;
    if (node.operator === '==') return lanes.not(differ);
  }
  const [left, right] = [realOf(scope.frame, first), realOf(scope.frame, second)];
  switch (node.operator) {
    case '<':
      return lanes.lt(left, right);
    case '<=':
      return lanes.le(left, right);
    case '==':
      return lanes.eq(left, right);
    case '!=':
      return lanes.ne(left, right);
    case '>':
      return lanes.gt(left, right);
    case '>=':
      return lanes.ge(left, right);
    default:
      return unreachable(node.operator);
  }
}

/** A countdown in whole nanoseconds is compared with 0 without dividing. */
function comparedValues({ left, right }: ComparisonNode, scope: Scope): readonly [LaneValue, LaneValue] {
  const zero = scope.frame.lanes.constant(0);
  if (right.kind === 'constant' && right.value === 0) {
    const stored = storedCountdown(left, scope);
    if (stored !== undefined) return [stored, zero];
  }
  if (left.kind === 'constant' && left.value === 0) {
    const stored = storedCountdown(right, scope);
    if (stored !== undefined) return [zero, stored];
  }
  return [emitExpression(left, scope), emitExpression(right, scope)];
}

function isCheap(node: ExpressionNode, { frame }: Scope): boolean {
  const { isSafe, cost } = frame.setting.traits(node);
  return isSafe && cost <= CHEAP;
}

/** From the left, until the result is known. */
function emitLogical({ operator, operands }: LogicalNode, scope: Scope): Mask {
  const { lanes } = scope.frame;
  const [first, ...others] = operands;
  if (first === undefined) return lanes.truth(operator === 'and');
  let result = emitCondition(first, scope);
  for (const operand of others) {
    if (isCheap(operand, scope)) {
      const value = emitCondition(operand, scope);
      result = operator === 'and' ? lanes.and(result, value) : lanes.or(result, value);
    } else {
      const isOpen = operator === 'and' ? result : lanes.not(result);
      result = maskOf(
        scope.frame,
        emitWhere(scope, isOpen, result, (inner) => emitCondition(operand, inner)),
      );
    }
  }
  return result;
}

/** Computes a value where the condition holds; elsewhere it is the other one. */
function emitWhere<Kind extends LaneValue>(
  scope: Scope,
  condition: Mask,
  otherwise: Kind,
  emit: (inner: Scope) => Kind,
): LaneValue {
  const { frame } = scope;
  const { builder } = frame;
  const result: LocalCell = { role: otherwise.role, variable: builder.variable(otherwise.value) };
  branchWhere(scope, condition, (inner) => {
    const value = emit(inner);
    builder.write(result.variable, selectValue(inner, value, otherwise).value);
  });
  return readCell(scope, result);
}

/** The value in active lanes, the other elsewhere. */
function selectValue({ frame, mask }: Scope, value: LaneValue, otherwise: LaneValue): LaneValue {
  const { lanes } = frame;
  if (mask === undefined) return value;
  if (value.role === 'real' && otherwise.role === 'real') return lanes.select(mask, value, otherwise);
  const [yes, no] = [maskOf(frame, value), maskOf(frame, otherwise)];
  return lanes.or(lanes.and(mask, yes), lanes.and(lanes.not(mask), no));
}

/** What a local cell holds here. */
export function readCell({ frame }: Scope, { role, variable }: LocalCell): LaneValue {
  const { builder, lanes } = frame;
  const value = builder.read(variable);
  return role === 'real' ? lanes.asReal(value) : lanes.asMask(value);
}

/** Writes the active lanes of a local cell. */
export function writeCell(scope: Scope, cell: LocalCell, value: LaneValue): void {
  const { frame } = scope;
  const typed = cell.role === 'real' ? realOf(frame, value) : maskOf(frame, value);
  const merged = scope.mask === undefined ? typed : selectValue(scope, typed, readCell(scope, cell));
  frame.builder.write(cell.variable, merged.value);
}

/** Writes a local cell that begins here: other lanes have no use for it. */
export function startCell({ frame }: Scope, value: LaneValue, role: LocalCell['role']): LocalCell {
  const typed = role === 'real' ? realOf(frame, value) : maskOf(frame, value);
  return { role, variable: frame.builder.variable(typed.value) };
}

function emitSelect(node: SelectNode, scope: Scope): LaneValue {
  const { condition, whenTrue, whenFalse } = node;
  const { lanes } = scope.frame;
  const chosen = emitCondition(condition, scope);
  if (isCheap(whenTrue, scope) && isCheap(whenFalse, scope)) {
    const [yes, no] = [emitExpression(whenTrue, scope), emitExpression(whenFalse, scope)];
    if (yes.role === 'real' && no.role === 'real') return lanes.select(chosen, yes, no);
    return lanes.or(
      lanes.and(chosen, maskOf(scope.frame, yes)),
      lanes.and(lanes.not(chosen), maskOf(scope.frame, no)),
    );
  }
  const isTruth = isTruthValue(whenTrue) || isTruthValue(whenFalse);
  const start = isTruth ? lanes.truth(false) : lanes.constant(0);
  const emit =
    (branch: ExpressionNode) =>
    (inner: Scope): LaneValue =>
      isTruth ? emitCondition(branch, inner) : emitNumber(branch, inner);
  const first = emitWhere(scope, chosen, start, emit(whenTrue));
  return emitWhere(scope, lanes.not(chosen), first, emit(whenFalse));
}

/** Whether a node is a truth value and no number. */
export function isTruthValue(node: ExpressionNode): boolean {
  switch (node.kind) {
    case 'boolean':
    case 'comparison':
    case 'not':
    case 'logical':
      return true;
    case 'symbol':
      return node.symbol.value === 'boolean';
    case 'call':
      return node.function.value === 'boolean';
    case 'select':
      return isTruthValue(node.whenTrue);
    default:
      return false;
  }
}

function emitCall(node: CallNode, scope: Scope): LaneValue {
  const callee = calleeOf(node);
  if (callee.kind === 'function') {
    const values = node.arguments.map((argument) => emitExpression(argument, scope));
    const result = emitFunctionCall(callee, values, scope);
    if (result === undefined) throw new InternalError(`${callee.name} has no value`);
    return result;
  }
  const [index] = node.arguments;
  if (index === undefined) throw new InternalError(`no index of ${callee.vector.name}`);
  return emitElementOf(callee, emitNumber(index, scope), scope);
}
