import type { Span } from '@nestml/diagnostics';
import type { Statement } from '../model/statements.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import type { VariableSyntax } from '../syntax/expressions.ts';
import type { DeclarationSyntax } from '../syntax/tree.ts';
import { coerce } from './coerce.ts';
import type { ExpressionContext } from './context.ts';
import { checkExpression } from './expressions.ts';
import { addVariable, declarationOf, lookUp, type ScopeEntry } from './scope.ts';
import { reportInline } from './symbols.ts';
import { removeWithBlanks } from './text-edits.ts';
import { readType } from './unit-reader.ts';
import { ERROR } from './value-types.ts';

/** A declaration in a block of statements: it comes into being where it stands. */
export function checkLocal(syntax: DeclarationSyntax, context: ExpressionContext): readonly Statement[] {
  if (syntax.isInline) reportInline(syntax, 'statements', context);
  if (syntax.guard !== undefined) reportGuard(syntax.guard.span, context);
  const type = readVariableType(syntax, context);
  const value = syntax.value === undefined ? undefined : checkExpression(syntax.value, context);
  return syntax.variables.flatMap((variable): readonly Statement[] => {
    const { name, span } = variable;
    const isRefused = refuseForm(variable, context);
    const symbol: VariableSymbol = {
      kind: 'variable',
      role: 'local',
      name: name.text,
      order: 0,
      writtenName: name.text,
      // A refused one is declared with the error type, so that its uses stay silent.
      type: isRefused ? ERROR : type,
      declared: name.span,
    };
    if (!declareLocal(symbol, context)) return [];
    const target = { type, name: `\`${name.text}\``, declared: name.span };
    const initial = value === undefined ? undefined : coerce(value, target, context);
    // Either the type or the value is wrong: the uses of the local are not to blame.
    if (initial?.type.kind === 'error' && value?.type.kind !== 'error')
      context.scope.entries.set(name.text, silentEntry(symbol));
    return [{ kind: 'declare', symbol, ...(initial === undefined ? {} : { value: initial }), span }];
  });
}

function reportGuard(guard: Span, { model }: ExpressionContext): void {
  const { text } = model.source;
  const start = text.lastIndexOf('[[', guard.start);
  const end = text.indexOf(']]', guard.end) + 2;
  const edits = [removeWithBlanks(model.source, { start, end })];
  const fixes = start < 0 || end < 2 ? [] : [{ title: 'Remove the guard', edits }];
  model.report('guard-on-local', guard, {}, { fixes });
}

/** The type of a variable: not `void`. */
export function readVariableType(syntax: Pick<DeclarationSyntax, 'type'>, context: ExpressionContext) {
  if (context.model.isDamaged(syntax.type.span)) return ERROR;
  const type = readType(syntax.type, context.model.units);
  if (type.kind !== 'void') return type;
  context.model.report('void-variable', syntax.type.span, {});
  return ERROR;
}

function silentEntry(symbol: VariableSymbol): ScopeEntry {
  const orders = new Map([[symbol.order, { ...symbol, type: ERROR }]]);
  return { kind: 'variable', orders, declared: symbol.declared };
}

function refuseForm({ name, span, order, index }: VariableSyntax, context: ExpressionContext): boolean {
  if (order > 0) context.model.report('misplaced-derivative', span, { name: name.text, block: 'a local' });
  if (index !== undefined) context.model.report('misplaced-vector', span, { name: name.text });
  return order > 0 || index !== undefined;
}

/**
 * Declares a local or a parameter of a function; false after a message about its name, which may stand once in a block. One that
 * hides a variable of the model is doubtful.
 */
export function declareLocal(symbol: VariableSymbol, { model, scope }: ExpressionContext): boolean {
  const { name, declared } = symbol;
  const before = scope.entries.get(name);
  const outer = before ?? lookUp(scope, name);
  const place = outer === undefined ? undefined : declarationOf(outer);
  if (outer !== undefined && place === undefined) {
    model.report('predefined-name', declared, { name });
    addVariable(scope, { ...symbol, type: ERROR });
    return false;
  }
  const related = place === undefined ? [] : [{ message: `\`${name}\` is declared here`, span: place }];
  if (before !== undefined) {
    model.report('duplicate-name', declared, { name }, { related });
    return false;
  }
  if (outer !== undefined) model.report('shadowed-variable', declared, { name }, { related });
  addVariable(scope, symbol);
  return true;
}
