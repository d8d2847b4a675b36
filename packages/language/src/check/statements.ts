import { type Span, unreachable } from '@nestml/diagnostics';
import type { Expression } from '../model/expressions.ts';
import type { Statement } from '../model/statements.ts';
import type { FunctionSymbol, VariableSymbol } from '../model/symbols.ts';
import type { ForSyntax, IfSyntax, ReturnSyntax, StatementSyntax } from '../syntax/tree.ts';
import { checkAssignment, refuseStateInFunction } from './assignments.ts';
import { createBodyUses } from './body-uses.ts';
import { checkCallStatement } from './call-statements.ts';
import { coerce } from './coerce.ts';
import { declarationsOf, type ExpressionContext, errorExpression, quote } from './context.ts';
import { checkExpression } from './expressions.ts';
import { checkLocal } from './locals.ts';
import { checkCondition } from './logic.ts';
import { createScope, lookUp, type Scope } from './scope.ts';
import type { Surroundings } from './undeclared-locals.ts';
import { describeType, INTEGER } from './value-types.ts';

/** Where statements are checked. */
export interface StatementContext extends ExpressionContext {
  /** The function whose body it is. */
  readonly function?: FunctionSymbol;
  /** Variables with an ODE, in the order of the equations. */
  readonly equationVariables: readonly VariableSymbol[];
  /** The statements of the block of the model. */
  readonly whole?: Omit<Surroundings, 'statements'>;
  /** How deep the statements are in branches and loops. */
  readonly nesting?: number;
}

/** The statements of a block, in a scope of their own. */
export function checkBody(
  statements: readonly StatementSyntax[],
  context: StatementContext,
): readonly Statement[] {
  const scope = createScope(context.scope, localsOf(statements));
  return checkStatements(statements, { ...context, scope, nesting: (context.nesting ?? -1) + 1 });
}

/** The statements of a block whose scope exists already (that of the parameters of a function). */
export function checkStatements(
  statements: readonly StatementSyntax[],
  context: StatementContext,
): readonly Statement[] {
  const whole = context.whole ?? {
    whole: statements,
    wholeScope: context.scope,
    uses: createBodyUses(statements),
  };
  const inside: StatementContext = { ...context, whole };
  const around: Surroundings = { ...whole, statements };
  return statements.flatMap((statement, index) => {
    if (statement.kind !== 'assignment') return checkStatement(statement, inside);
    const isNested = (context.nesting ?? 0) > 0;
    const following = () => statements.slice(index + 1);
    return checkAssignment(statement, { ...inside, around, ...(isNested ? {} : { following }) });
  });
}

/** The names that a block declares itself, so that an earlier use can be explained. */
export function localsOf(statements: readonly StatementSyntax[]): ReadonlyMap<string, Span> {
  const locals = new Map<string, Span>();
  for (const statement of statements) {
    if (statement.kind !== 'declaration') continue;
    for (const { name } of statement.variables) if (!locals.has(name.text)) locals.set(name.text, name.span);
  }
  return locals;
}

function checkStatement(syntax: StatementSyntax, context: StatementContext): readonly Statement[] {
  switch (syntax.kind) {
    case 'assignment':
      return checkAssignment(syntax, context);
    case 'callStatement':
      return checkCallStatement(syntax, context);
    case 'declaration':
      return checkLocal(syntax, context);
    case 'return':
      return checkReturn(syntax, context);
    case 'if':
      return [checkIf(syntax, context)];
    case 'for':
      return checkFor(syntax, context);
    case 'while': {
      const condition = checkCondition(syntax.condition, 'the condition of `while`', context);
      return [{ kind: 'while', condition, body: checkBody(syntax.body, context), span: syntax.span }];
    }
    default:
      return unreachable(syntax);
  }
}

function checkIf(syntax: IfSyntax, context: StatementContext): Statement {
  return {
    kind: 'if',
    branches: syntax.branches.map((branch, index) => ({
      condition: checkCondition(
        branch.condition,
        `the condition of \`${index === 0 ? 'if' : 'elif'}\``,
        context,
      ),
      body: checkBody(branch.body, context),
    })),
    otherwise: syntax.otherwise === undefined ? [] : checkBody(syntax.otherwise.body, context),
    span: syntax.span,
  };
}

function checkReturn(syntax: ReturnSyntax, context: StatementContext): readonly Statement[] {
  const { span } = syntax;
  const { function: owner, model } = context;
  const value = syntax.value === undefined ? undefined : checkExpression(syntax.value, context);
  if (owner === undefined) {
    model.report('return-outside-function', span, {});
    return [];
  }
  const { returnType: type, name, declared } = owner;
  if (value === undefined) {
    if (type.kind !== 'void' && type.kind !== 'error') {
      const related = [{ message: `\`${name}\` is declared here`, span: declared }];
      model.report('return-without-value', span, { function: name, type: describeType(type) }, { related });
    }
    return [{ kind: 'return', span }];
  }
  if (type.kind === 'void') {
    const related = [{ message: `\`${name}\` is declared here without a type`, span: declared }];
    model.report('return-of-value', value.span, { function: name }, { related });
    return [{ kind: 'return', span }];
  }
  return [
    {
      kind: 'return',
      value: coerce(value, { type, name: `the result of \`${name}\``, declared }, context),
      span,
    },
  ];
}

function checkFor(syntax: ForSyntax, context: StatementContext): readonly Statement[] {
  const { span, step } = syntax;
  const variable = loopVariable(syntax, context);
  const from = checkBound(checkExpression(syntax.from, context), variable, context);
  const to = checkBound(checkExpression(syntax.to, context), variable, context);
  if (step.value === 0) context.model.report('zero-step', step.span, {});
  if (variable?.type.kind === 'integer' && !Number.isInteger(step.value)) {
    context.model.report('real-to-integer', step.span, {
      value: `\`${step.value}\``,
      target: `\`${variable.name}\``,
    });
  }
  const body = checkBody(syntax.body, context);
  return variable === undefined ? [] : [{ kind: 'for', variable, from, to, step: step.value, body, span }];
}

function checkBound(
  bound: Expression,
  variable: VariableSymbol | undefined,
  context: StatementContext,
): Expression {
  if (variable === undefined || bound.type.kind === 'error') return bound;
  const { type, span } = bound;
  if (type.kind === 'integer' || type.kind === 'real') return bound;
  context.model.report(
    'type-mismatch',
    span,
    {
      expression: quote(context.model.source, span),
      found: describeType(type),
      target: 'a bound of `for`',
      expected: 'a number',
    },
    declarationsOf(bound),
  );
  return errorExpression(span);
}

/** The variable of a loop: a local, or a state, that is a number. */
function loopVariable(syntax: ForSyntax, context: StatementContext): VariableSymbol | undefined {
  const { variable: name } = syntax;
  const entry = lookUp(context.scope, name.text);
  const { model } = context;
  const symbol = entry?.kind === 'variable' ? entry.orders.get(0) : undefined;
  if (symbol?.type.kind === 'error' || (entry === undefined && model.damagedNames.has(name.text)))
    return undefined;
  if (symbol === undefined) {
    reportUndeclaredLoopVariable(syntax, entry !== undefined, context);
    // The body is checked as if the declaration that the message asks for existed.
    if (entry === undefined) declareLoopVariable(syntax, context.scope);
    return undefined;
  }
  if (refuseStateInFunction(symbol, name.span, context)) return undefined;
  const isAssignable =
    symbol.role === 'local' || symbol.role === 'state' || symbol.role === 'functionParameter';
  const isNumber = symbol.type.kind === 'integer' || symbol.type.kind === 'real';
  if (isAssignable && isNumber && symbol.size === undefined) return symbol;
  const related = [{ message: `\`${name.text}\` is declared here`, span: symbol.declared }];
  const type = symbol.size === undefined ? describeType(symbol.type) : 'a vector';
  model.report('loop-variable', name.span, { name: name.text, isAssignable, type }, { related });
  return undefined;
}

function declareLoopVariable({ variable: name }: ForSyntax, scope: Scope): void {
  const symbol: VariableSymbol = {
    kind: 'variable',
    role: 'local',
    name: name.text,
    order: 0,
    writtenName: name.text,
    type: INTEGER,
    declared: name.span,
  };
  scope.entries.set(name.text, { kind: 'variable', orders: new Map([[0, symbol]]), declared: name.span });
}

function reportUndeclaredLoopVariable(syntax: ForSyntax, isOther: boolean, context: StatementContext): void {
  const { variable: name, span } = syntax;
  const { source, report } = context.model;
  const lineStart = source.text.lastIndexOf('\n', span.start - 1) + 1;
  const indentation = source.text.slice(lineStart, span.start);
  const fixes =
    isOther || indentation.trim() !== ''
      ? []
      : [
          {
            title: `Declare \`${name.text} integer\``,
            edits: [
              {
                span: { start: span.start, end: span.start },
                text: `${name.text} integer = 0\n${indentation}`,
              },
            ],
          },
        ];
  report('undeclared-loop-variable', name.span, { name: name.text, isOther }, { fixes });
}
