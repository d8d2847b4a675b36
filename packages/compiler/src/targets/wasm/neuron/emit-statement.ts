import { InternalError, unreachable } from '@nestml/diagnostics';
import type { ExpressionNode } from '@nestml/dynamics';
import type {
  ForStatement,
  IfStatement,
  ReturnStatement,
  SetStatement,
  Statement,
  WhileStatement,
} from '../../../ir/statements.ts';
import { statementsIn } from '../../../ir/traverse.ts';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { Mask, Real } from '../ssa/lanes.ts';
import { checkFinite, checkOverwritten } from './check-states.ts';
import { addressOf, checkedIndex, emitFunctionCall, placeOfVector, roleOf } from './emit-call.ts';
import { emitCondition, emitExpression, emitNumber, startCell, writeCell } from './emit-expression.ts';
import { emitSpike, failWhere } from './emit-failure.ts';
import { emitIntegrate, emitIntegrateEither } from './emit-integration.ts';
import {
  activeWhere,
  branchWhere,
  existingLanes,
  forgetful,
  type LaneValue,
  realOf,
  type Scope,
} from './frame.ts';
import { sizeInPlan, writeVariable } from './variable-access.ts';

/** Iterations of one loop that a step may have (rule D9). */
const MOST_ITERATIONS = 1e7;

/** Executes statements in the active lanes. */
export function emitStatements(statements: readonly Statement[], scope: Scope): void {
  for (const [position, statement] of statements.entries()) {
    const place = scope.frame.setting.places.ofSpan(statement.span);
    emitStatement(statement, { ...forgetful(scope), place });
    const rest = statements.slice(position + 1);
    const live = mayReturn(statement) ? liveLanes(scope) : undefined;
    if (live === undefined || rest.length === 0) continue;
    branchWhere(scope, live, (inner) => emitStatements(rest, inner));
    return;
  }
}

function mayReturn(statement: Statement): boolean {
  return statementsIn([statement]).some(({ kind }) => kind === 'return');
}

/** Lanes that have not returned; undefined where `return` is a jump. */
function liveLanes({ frame, exit }: Scope): Mask | undefined {
  return exit?.live === undefined ? undefined : frame.lanes.asMask(frame.builder.read(exit.live));
}

function emitStatement(statement: Statement, scope: Scope): void {
  switch (statement.kind) {
    case 'set':
      emitSet(statement, scope);
      return;
    case 'let': {
      const { variable, value } = statement;
      const initial = emitExpression(value, scope);
      checkInteger(variable, initial, scope);
      scope.frame.locals.set(variable, startCell(scope, initial, roleOf(variable)));
      return;
    }
    case 'if':
      emitIf(statement, 0, scope);
      return;
    case 'for':
      assign(statement.variable, emitExpression(statement.from, scope), scope);
      emitLoop(statement, statement.condition, scope);
      return;
    case 'while':
      emitLoop(statement, statement.condition, scope);
      return;
    case 'return':
      emitReturn(statement, scope);
      return;
    case 'integrate':
      emitIntegrate(statement.variant, scope);
      return;
    case 'emit':
      emitSpike(scope, emitNumber(statement.weight, scope));
      return;
    case 'print':
      throw new InternalError('the target refuses models that print');
    case 'call':
      emitFunctionCall(
        statement.function,
        statement.arguments.map((argument) => emitExpression(argument, scope)),
        scope,
      );
      return;
    default:
      unreachable(statement);
  }
}

/** The branch from a position on; a later condition is evaluated only where the earlier ones do not hold. */
function emitIf(statement: IfStatement, position: number, scope: Scope): void {
  const { lanes, builder } = scope.frame;
  const branch = statement.branches[position];
  if (branch === undefined) {
    emitStatements(statement.otherwise, scope);
    return;
  }
  const { condition, body } = branch;
  if (position === 0 && emitEither(statement, scope)) return;
  const holds = emitCondition(condition, scope);
  const hasMore = position + 1 < statement.branches.length || statement.otherwise.length > 0;
  const otherwise = (inner: Scope): void => emitIf(statement, position + 1, inner);
  if (lanes.flavour === 'scalar') {
    builder.branch(
      lanes.any(holds),
      () => emitStatements(body, scope),
      () => (hasMore ? otherwise(forgetful(scope)) : undefined),
    );
    return;
  }
  const both = (): void => {
    branchWhere(scope, holds, (inner) => emitStatements(body, inner));
    if (hasMore) branchWhere(scope, lanes.not(holds), otherwise);
  };
  const isLast = position + 1 === statement.branches.length;
  if (isLast && scope.mask === undefined && isShort(statement.otherwise, scope)) {
    builder.branch(lanes.any(holds), both, () => otherwise(forgetful(scope)));
  } else both();
}

/** An `if` and its `else` that begin with integrations of the same: those are made together. Gives whether it is so. */
function emitEither({ branches, otherwise }: IfStatement, scope: Scope): boolean {
  const [branch, ...more] = branches;
  const [first, ...restOfFirst] = branch?.body ?? [];
  const [second, ...restOfSecond] = otherwise;
  if (branch === undefined || more.length > 0) return false;
  if (first?.kind !== 'integrate' || second?.kind !== 'integrate') return false;
  const holds = emitIntegrateEither(
    [first.variant, second.variant],
    () => emitCondition(branch.condition, scope),
    scope,
  );
  if (holds === undefined) return false;
  const outside = forgetful(scope);
  if (restOfFirst.length > 0) branchWhere(outside, holds, (inner) => emitStatements(restOfFirst, inner));
  if (restOfSecond.length > 0) {
    branchWhere(outside, scope.frame.lanes.not(holds), (inner) => emitStatements(restOfSecond, inner));
  }
  return true;
}

/** Up to this number of statements an `else` that all lanes take has code of its own, without masks. */
const SHORT = 4;

function isShort(statements: readonly Statement[], { frame }: Scope): boolean {
  const { variants } = frame.setting.plan.model;
  const isStraight = statements.every(
    (statement) =>
      statement.kind === 'set' ||
      (statement.kind === 'integrate' && variants[statement.variant]?.numeric === undefined),
  );
  return statements.length > 0 && statements.length <= SHORT && isStraight;
}

/** The element that an assignment with a literal index changes; undefined if it is computed or lies outside of the vector. */
export function literalElement({ index }: SetStatement, size: number): number | undefined {
  if (index?.kind !== 'constant') return undefined;
  const { value } = index;
  return Number.isInteger(value) && value >= 0 && value < size ? value : undefined;
}

function emitSet(statement: SetStatement, scope: Scope): void {
  const { target, index, value } = statement;
  const { frame } = scope;
  const assigned = emitExpression(value, scope);
  const element = literalElement(statement, sizeInPlan(target, frame));
  if (element !== undefined) {
    const real = realOf(frame, assigned);
    checkFinite(target, element, real, scope);
    writeVariable(target, element, real, scope);
    return;
  }
  if (index !== undefined) {
    assignElement(target, realOf(frame, assigned), emitNumber(index, scope), scope);
    return;
  }
  assign(target, assigned, scope, value);
}

/** Stores a value in a local variable or a state, all elements of a vector. */
function assign(target: ModelVariable, value: LaneValue, scope: Scope, written?: ExpressionNode): void {
  const { frame } = scope;
  if (target.role === 'local') {
    const cell = frame.locals.get(target);
    if (cell === undefined) throw new InternalError(`the local variable ${target.name} has not begun`);
    checkInteger(target, value, scope);
    writeCell(scope, cell, value);
    return;
  }
  const real = realOf(frame, value);
  if (value.role === 'real' && !isFiniteConstant(written)) checkFinite(target, 0, real, scope);
  checkOverwritten(target, scope);
  for (let element = 0; element < sizeInPlan(target, frame); element += 1) {
    writeVariable(target, element, real, scope);
  }
}

function isFiniteConstant(written: ExpressionNode | undefined): boolean {
  return written?.kind === 'constant' && Number.isFinite(written.value);
}

function assignElement(target: ModelVariable, value: Real, index: Real, scope: Scope): void {
  const { frame } = scope;
  const { builder, lanes } = frame;
  checkFinite(target, 0, value, scope);
  const chosen = checkedIndex(index, sizeInPlan(target, frame), scope.place, scope);
  builder.branch(chosen.isInside, () => {
    const { address, offset } = addressOf(placeOfVector(target, frame), chosen.index, frame);
    lanes.store(address, offset, value);
  });
}

function checkInteger(variable: ModelVariable, value: LaneValue, scope: Scope): void {
  if (!variable.isInteger || value.role === 'mask') return;
  const { lanes } = scope.frame;
  const difference = lanes.sub(value, value);
  failWhere(scope, lanes.ne(difference, difference), 'notFinite', scope.place, value);
}

/** Runs while the condition holds in a lane; the others wait. */
function emitLoop(loop: ForStatement | WhileStatement, condition: ExpressionNode, scope: Scope): void {
  const { frame } = scope;
  const { builder, lanes } = frame;
  const running = builder.variable(existingLanes(scope).value);
  builder.block((end) => {
    builder.loop(() => {
      const isPair = lanes.flavour === 'pair';
      const waiting = isPair ? lanes.asMask(builder.read(running)) : undefined;
      const round = { ...forgetful(scope), mask: waiting };
      const holds = activeWhere(round, emitCondition(condition, round));
      const goesOn = activeWhere(
        { ...round, mask: isPair ? holds : undefined },
        countIteration(loop, holds, round),
      );
      const active = isPair ? goesOn : lanes.and(holds, goesOn);
      builder.leave(end, builder.operation('i32', 'i32.eqz', [lanes.any(active)]));
      const inside = { ...forgetful(scope), mask: isPair ? active : undefined };
      emitStatements(loop.body, inside);
      const live = liveLanes(scope);
      const left = live === undefined ? active : lanes.and(active, live);
      if (isPair) builder.write(running, left.value);
      if (loop.kind === 'for') advanceVariable(loop, { ...inside, mask: isPair ? left : undefined });
      return builder.i32(1);
    });
  });
}

function advanceVariable({ variable, next, span }: ForStatement, scope: Scope): void {
  const here = { ...forgetful(scope), place: scope.frame.setting.places.ofSpan(span) };
  assign(variable, emitExpression(next, here), here);
}

/** Counts the iterations of the step in the lanes; gives those that may go on. */
function countIteration(loop: Statement, holds: Mask, scope: Scope): Mask {
  const { lanes, cells, setting } = scope.frame;
  const cell = setting.extras.loops.get(loop);
  if (cell === undefined) throw new InternalError('a loop without counter');
  const count = lanes.add(cells.read(cell), lanes.keep(holds, lanes.constant(1)));
  cells.write(cell, count);
  const isEndless = lanes.gt(count, lanes.constant(MOST_ITERATIONS));
  failWhere(
    { ...scope, mask: lanes.flavour === 'pair' ? holds : undefined },
    isEndless,
    'loop',
    scope.place,
    count,
  );
  return lanes.not(isEndless);
}

function emitReturn({ value }: ReturnStatement, scope: Scope): void {
  const { frame, exit } = scope;
  const { builder, lanes } = frame;
  if (exit === undefined) throw new InternalError('`return` outside of a body');
  if (value !== undefined && exit.result !== undefined) {
    writeCell(scope, exit.result, emitExpression(value, scope));
  }
  if (exit.label !== undefined) {
    builder.leave(exit.label);
    return;
  }
  if (exit.live === undefined) return;
  const live = lanes.asMask(builder.read(exit.live));
  const left = scope.mask === undefined ? lanes.truth(false) : lanes.and(live, lanes.not(scope.mask));
  builder.write(exit.live, left.value);
}
