import type { Span } from '@nestml/diagnostics';
import type { FunctionDefinition } from '../model/checked-model.ts';
import { walkStatements } from '../model/children.ts';
import type { Statement } from '../model/statements.ts';
import type { FunctionSymbol, VariableSymbol } from '../model/symbols.ts';
import type { ValueType } from '../model/types.ts';
import type { FunctionSyntax, StatementSyntax } from '../syntax/tree.ts';
import type { ModelContext } from './context.ts';
import { documentationOf } from './documentation.ts';
import { declareLocal, readVariableType } from './locals.ts';
import { predefinedFunctions } from './predefined-functions.ts';
import { createScope } from './scope.ts';
import { checkStatements, localsOf, type StatementContext } from './statements.ts';
import { readType } from './unit-reader.ts';
import { ERROR, VOID, writtenType } from './value-types.ts';

/** The functions of a model by name; the first of several with one name. */
export function declareFunctions(
  functions: readonly FunctionSyntax[],
  context: ModelContext,
  into: Map<string, FunctionSymbol>,
): ReadonlyMap<FunctionSyntax, FunctionSymbol> {
  const symbols = new Map<FunctionSyntax, FunctionSymbol>();
  for (const syntax of functions) {
    const symbol = createFunction(syntax, context);
    symbols.set(syntax, symbol);
    const { name, declared } = symbol;
    const before = into.get(name);
    if (predefinedFunctions.has(name)) context.report('predefined-name', declared, { name });
    else if (before !== undefined) {
      const related = [{ message: `\`${name}\` is declared here first`, span: before.declared }];
      context.report('duplicate-name', declared, { name }, { related });
    } else into.set(name, symbol);
  }
  return symbols;
}

function createFunction(syntax: FunctionSyntax, context: ModelContext): FunctionSymbol {
  const { name, returnType } = syntax;
  const region = { model: context, scope: context.scope, region: 'function' } as const;
  return {
    kind: 'function',
    name: name.text,
    parameters: syntax.parameters.map(
      (parameter): VariableSymbol => ({
        kind: 'variable',
        role: 'functionParameter',
        name: parameter.name.text,
        order: 0,
        writtenName: parameter.name.text,
        type: readVariableType(parameter, region),
        declared: parameter.name.span,
      }),
    ),
    returnType: returnType === undefined ? missingType(syntax) : readType(returnType, context.units),
    declared: name.span,
  };
}

/** Without a type a function is void; if it returns a value, the type was forgotten, and its uses are not to blame. */
function missingType({ body }: FunctionSyntax): ValueType {
  return returnedValue(body) === undefined ? VOID : ERROR;
}

/** Reports a function that returns a value and has no type, and proposes that of the value. */
function reportMissingType(
  { name, body: statements, parameters }: FunctionSyntax,
  body: readonly Statement[],
  { model }: StatementContext,
): void {
  const place = returnedValue(statements);
  if (place === undefined) return;
  let type: ValueType = ERROR;
  walkStatements(body, (statement) => {
    if (statement.kind === 'return' && statement.value?.span === place) type = statement.value.type;
  });
  const written = writtenType(type);
  const end = model.source.text.indexOf(')', (parameters.at(-1)?.span ?? name.span).end) + 1;
  const edits = [{ span: { start: end, end }, text: ` ${written}` }];
  const fixes =
    written === undefined || end === 0 ? [] : [{ title: `Declare the result as \`${written}\``, edits }];
  const related = [{ message: `\`${name.text}\` is declared here without a type`, span: name.span }];
  model.report('return-of-value', place, { function: name.text }, { related, fixes });
}

/** The place of the first value that is returned. */
function returnedValue(statements: readonly StatementSyntax[]): Span | undefined {
  for (const statement of statements) {
    if (statement.kind === 'return' && statement.value !== undefined) return statement.value.span;
    const inside = bodiesIn(statement).map(returnedValue);
    const found = inside.find((span) => span !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function bodiesIn(statement: StatementSyntax): readonly (readonly StatementSyntax[])[] {
  switch (statement.kind) {
    case 'if':
      return [...statement.branches.map(({ body }) => body), statement.otherwise?.body ?? []];
    case 'for':
    case 'while':
      return [statement.body];
    default:
      return [];
  }
}

/** The body of a function. Its parameters and locals share a scope. */
export function checkFunction(
  syntax: FunctionSyntax,
  symbol: FunctionSymbol,
  context: StatementContext,
): FunctionDefinition {
  const scope = createScope(context.scope, localsOf(syntax.body));
  const inside: StatementContext = { ...context, scope, region: 'function', function: symbol };
  for (const parameter of symbol.parameters) declareLocal(parameter, inside);
  const body = checkStatements(syntax.body, inside);
  if (syntax.returnType === undefined && symbol.returnType.kind === 'error')
    reportMissingType(syntax, body, inside);
  return { symbol, body, documentation: documentationOf(syntax.comments) };
}
