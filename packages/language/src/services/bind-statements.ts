import type { ExpressionContext } from '../check/context.ts';
import { documentationOf } from '../check/documentation.ts';
import { readVariableType } from '../check/locals.ts';
import { addVariable, createScope, lookUp } from '../check/scope.ts';
import { localsOf } from '../check/statements.ts';
import { BOOLEAN, ERROR, REAL } from '../check/value-types.ts';
import type { FunctionSymbol, VariableSymbol } from '../model/symbols.ts';
import type { ValueType } from '../model/types.ts';
import type { CallSyntax } from '../syntax/expressions.ts';
import type { AssignmentSyntax, DeclarationSyntax, FunctionSyntax, StatementSyntax } from '../syntax/tree.ts';
import {
  addSite,
  addType,
  type Binder,
  bindPrintedText,
  bindVariable,
  declare,
  entryDefinition,
  typeWanted,
} from './binder.ts';
import type { DeclarationPlace } from './definitions.ts';

/** What a statement is bound in: `returns` is the type of the function around it. */
interface BodyContext extends ExpressionContext {
  readonly returns?: ValueType;
}

/** A block of statements in a scope of its own. */
export function bindBody(binder: Binder, statements: readonly StatementSyntax[], context: BodyContext): void {
  bindStatements(binder, statements, {
    ...context,
    scope: createScope(context.scope, localsOf(statements)),
  });
}

/** The body of a function, whose parameters and locals share a scope. */
export function bindFunctionBody(
  binder: Binder,
  syntax: FunctionSyntax,
  symbol: FunctionSymbol | undefined,
  context: ExpressionContext,
): void {
  const inside: BodyContext = {
    ...context,
    scope: createScope(context.scope, localsOf(syntax.body)),
    returns: symbol?.returnType ?? ERROR,
  };
  addType(binder, syntax.returnType);
  syntax.parameters.forEach(({ name, type, span }, index) => {
    const parameter = symbol?.parameters[index];
    addType(binder, type);
    if (parameter !== undefined) declareInBlock(binder, parameter, { element: span, type }, inside);
    else if (name.text !== '') binder.loose.push(name);
  });
  bindStatements(binder, syntax.body, inside);
}

function bindStatements(binder: Binder, statements: readonly StatementSyntax[], context: BodyContext): void {
  binder.bodies.push({ statements, context });
  for (const statement of statements) bindStatement(binder, statement, context);
}

function bindStatement(binder: Binder, syntax: StatementSyntax, context: BodyContext): void {
  switch (syntax.kind) {
    case 'assignment':
      bindAssignment(binder, syntax, context);
      break;
    case 'callStatement':
      bindCallStatement(binder, syntax.call, context);
      break;
    case 'declaration':
      bindLocal(binder, syntax, context);
      break;
    case 'return':
      if (syntax.value !== undefined)
        addSite(binder, syntax.value, context, typeWanted(context.returns ?? ERROR));
      break;
    case 'if':
      for (const { condition, body } of syntax.branches) {
        addSite(binder, condition, context, typeWanted(BOOLEAN));
        bindBody(binder, body, context);
      }
      if (syntax.otherwise !== undefined) bindBody(binder, syntax.otherwise.body, context);
      break;
    case 'for':
      bindVariable(binder, { name: syntax.variable, order: 0 }, context, 'write');
      addSite(binder, syntax.from, context, typeWanted(REAL));
      addSite(binder, syntax.to, context, typeWanted(REAL));
      bindBody(binder, syntax.body, context);
      break;
    case 'while':
      addSite(binder, syntax.condition, context, typeWanted(BOOLEAN));
      bindBody(binder, syntax.body, context);
      break;
    default:
      syntax satisfies never;
  }
}

function bindAssignment(
  binder: Binder,
  { target, operator, value }: AssignmentSyntax,
  context: BodyContext,
): void {
  addSite(binder, target, context, undefined, 'write');
  const entry = lookUp(context.scope, target.name.text);
  const type = entry?.kind === 'variable' ? entry.orders.get(target.order)?.type : undefined;
  const isFactor = operator === '*=' || operator === '/=' || operator === '//=';
  addSite(binder, value, context, typeWanted(isFactor ? REAL : (type ?? ERROR)));
}

const printing: ReadonlySet<string> = new Set(['print', 'println', 'info', 'warning']);

function bindCallStatement(binder: Binder, call: CallSyntax, context: BodyContext): void {
  addSite(binder, call, context);
  const text = call.arguments[0];
  if (printing.has(call.callee.text) && text?.kind === 'string') bindPrintedText(binder, text, context);
}

/** A local is known from its line on, to its own value not yet. */
function bindLocal(binder: Binder, syntax: DeclarationSyntax, context: BodyContext): void {
  const type = readVariableType(syntax, context);
  addType(binder, syntax.type);
  for (const { index } of syntax.variables) if (index !== undefined) addSite(binder, index, context);
  if (syntax.value !== undefined) addSite(binder, syntax.value, context, typeWanted(type));
  if (syntax.guard !== undefined) addSite(binder, syntax.guard, context, typeWanted(BOOLEAN));
  for (const { name } of syntax.variables) {
    const local = {
      kind: 'variable',
      role: 'local',
      name: name.text,
      order: 0,
      writtenName: name.text,
      type,
      declared: name.span,
    } as const;
    const { value } = syntax;
    const place = {
      element: syntax.span,
      type: syntax.type,
      ...(value === undefined ? {} : { value }),
      documentation: documentationOf(syntax.comments),
    };
    declareInBlock(binder, local, place, context);
  }
}

/** Of a name that stands twice in a block, the first is meant; the second place declares it once more. */
function declareInBlock(
  binder: Binder,
  symbol: VariableSymbol,
  place: Partial<DeclarationPlace> & Pick<DeclarationPlace, 'element'>,
  { scope }: BodyContext,
): void {
  const { name, declared } = symbol;
  if (name === '') return;
  if (!scope.entries.has(name)) addVariable(scope, symbol);
  const entry = scope.entries.get(name);
  if (entry === undefined) return;
  declare(binder, entryDefinition(binder, entry, name, { scope }), declared, place);
}
