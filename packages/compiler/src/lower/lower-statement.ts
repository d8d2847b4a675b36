import { unreachable } from '@nestml/diagnostics';
import type { ExpressionNode } from '@nestml/dynamics';
import type {
  AssignStatement,
  Statement as CheckedStatement,
  DeclareStatement,
  EmitSpikeStatement,
  Expression,
  ForStatement,
  IntegrateStatement,
  PrintStatement,
  ValueType,
} from '@nestml/language';
import { isPlainNumber } from '@nestml/units';
import type { PrintedValue, Statement } from '../ir/statements.ts';
import { toNumberIn, truncated } from './convert-units.ts';
import { createLocal } from './create-symbols.ts';
import { lowerArguments, lowerExpression, lowerInto } from './lower-expression.ts';
import { entryOf, type Lowering } from './lowering.ts';

/** The statements of a body; `returns` is the type of the function's value, absent outside of functions. */
export function lowerStatements(
  statements: readonly CheckedStatement[],
  lowering: Lowering,
  returns?: ValueType,
): readonly Statement[] {
  return statements.map((statement) => lowerStatement(statement, lowering, returns));
}

function lowerStatement(statement: CheckedStatement, lowering: Lowering, returns?: ValueType): Statement {
  const { span } = statement;
  const body = (inner: readonly CheckedStatement[]) => lowerStatements(inner, lowering, returns);
  const value = (expression: Expression) => lowerExpression(expression, 'statement', lowering);
  switch (statement.kind) {
    case 'declare':
      return lowerDeclaration(statement, lowering);
    case 'assign':
      return lowerAssignment(statement, lowering);
    case 'if': {
      const branches = statement.branches.map((branch) => ({
        condition: value(branch.condition),
        body: body(branch.body),
      }));
      return { kind: 'if', branches, otherwise: body(statement.otherwise), span };
    }
    case 'for':
      return lowerFor(statement, body(statement.body), lowering);
    case 'while':
      return { kind: 'while', condition: value(statement.condition), body: body(statement.body), span };
    case 'return':
      if (statement.value === undefined || returns === undefined) return { kind: 'return', span };
      return { kind: 'return', value: lowerInto(returns, statement.value, 'statement', lowering), span };
    case 'integrate':
      return { kind: 'integrate', variant: variantOf(statement, lowering), span };
    case 'emitSpike':
      return { kind: 'emit', weight: lowerWeight(statement, lowering), span };
    case 'print':
      return lowerPrint(statement, lowering);
    case 'call': {
      const callee = entryOf(lowering.functions, statement.function);
      const values = lowerArguments(statement, 'statement', lowering);
      return { kind: 'call', function: callee, arguments: values, span };
    }
    default:
      return unreachable(statement);
  }
}

function lowerDeclaration({ symbol, value, span }: DeclareStatement, lowering: Lowering): Statement {
  const initial = value === undefined ? undefined : lowerInto(symbol.type, value, 'statement', lowering);
  const variable = createLocal(symbol, lowering);
  const { pool } = lowering;
  const start = variable.value === 'boolean' ? pool.boolean(false) : pool.constant(0);
  return { kind: 'let', variable, value: initial ?? start, span };
}

function lowerAssignment({ target, index, value, span }: AssignStatement, lowering: Lowering): Statement {
  const variable = entryOf(lowering.variables, target);
  const assigned = lowerInto(target.type, value, 'statement', lowering);
  if (index === undefined) return { kind: 'set', target: variable, value: assigned, span };
  return {
    kind: 'set',
    target: variable,
    value: assigned,
    index: lowerExpression(index, 'statement', lowering),
    span,
  };
}

function lowerFor(loop: ForStatement, body: readonly Statement[], lowering: Lowering): Statement {
  const { pool } = lowering;
  const { step, span } = loop;
  const variable = entryOf(lowering.variables, loop.variable);
  const value = pool.symbol(variable);
  const increased = pool.add(value, pool.constant(step));
  const isCut = variable.isInteger && !Number.isInteger(step);
  return {
    kind: 'for',
    variable,
    from: lowerInto(loop.variable.type, loop.from, 'statement', lowering),
    condition: pool.compare(value, step > 0 ? '<' : '>', lowerExpression(loop.to, 'statement', lowering)),
    next: isCut ? truncated(pool, increased) : increased,
    body,
    span,
  };
}

/** Calls with the same list are one variant. */
function variantOf(
  { variables, isAll, span }: IntegrateStatement,
  { integrations, ...lowering }: Lowering,
): number {
  const states = variables.map((variable) => entryOf(lowering.variables, variable));
  const known = integrations.findIndex(
    (other) => other.states.length === states.length && other.states.every((state, i) => state === states[i]),
  );
  if (known < 0) return integrations.push({ states, isAll, spans: [span] }) - 1;
  const before = integrations[known]!;
  integrations[known] = { states, isAll: before.isAll || isAll, spans: [...before.spans, span] };
  return known;
}

function lowerWeight({ weight }: EmitSpikeStatement, lowering: Lowering): ExpressionNode {
  if (weight === undefined) return lowering.pool.constant(1);
  return declaredNumber(weight, lowering);
}

/** The number that a value has in its declared unit. */
function declaredNumber(expression: Expression, lowering: Lowering): ExpressionNode {
  const value = lowerExpression(expression, 'statement', lowering);
  const { type } = expression;
  return type.kind === 'quantity' ? toNumberIn(lowering.pool, value, type.unit) : value;
}

function lowerPrint({ channel, pieces, span }: PrintStatement, lowering: Lowering): Statement {
  const lowered = pieces.flatMap((piece) =>
    typeof piece === 'string' ? [piece] : lowerPiece(piece, lowering),
  );
  return { kind: 'print', channel, pieces: lowered, span };
}

/** Texts are taken apart where they are concatenated. */
function lowerPiece(piece: Expression, lowering: Lowering): readonly (string | PrintedValue)[] {
  if (piece.kind === 'constant' && typeof piece.value === 'string') return [piece.value];
  if (piece.kind === 'sum' && piece.type.kind === 'string') {
    return piece.terms.flatMap(({ operand }) =>
      operand.type.kind === 'string'
        ? lowerPiece(operand, lowering)
        : [{ value: lowerExpression(operand, 'statement', lowering), unit: '' }],
    );
  }
  const { type } = piece;
  const unit = type.kind === 'quantity' && !isPlainNumber(type.unit) ? type.unit.text : '';
  return [{ value: declaredNumber(piece, lowering), unit }];
}
