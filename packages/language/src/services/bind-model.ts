import type { SourceFile, Span } from '@nestml/diagnostics';
import type { ExpressionContext, ModelContext, Region } from '../check/context.ts';
import { derivativeType } from '../check/declarations.ts';
import { documentationOf } from '../check/documentation.ts';
import { declareFunctions } from '../check/functions.ts';
import { equationOrdersOf, internalValuesOf, partsOf } from '../check/model-parts.ts';
import { createPredefinedScope, createScope, lookUp } from '../check/scope.ts';
import { createSuggestions } from '../check/suggestions.ts';
import { declareSymbols } from '../check/symbols.ts';
import { createUnitReader } from '../check/unit-reader.ts';
import { BOOLEAN, ERROR, INTEGER, REAL } from '../check/value-types.ts';
import type { FunctionSymbol } from '../model/symbols.ts';
import type { ValueType } from '../model/types.ts';
import type { NameSyntax, VariableSyntax } from '../syntax/expressions.ts';
import type {
  BlockSyntax,
  DeclarationSyntax,
  EquationSyntax,
  FunctionSyntax,
  HandlerOptionSyntax,
  ModelSyntax,
  PortSyntax,
} from '../syntax/tree.ts';
import { bindBody, bindFunctionBody } from './bind-statements.ts';
import {
  addSite,
  addType,
  type Binder,
  createBinder,
  declare,
  define,
  entryDefinition,
  typeWanted,
} from './binder.ts';
import type { BoundModel } from './definitions.ts';

/** Enters the declarations of a model and notes every use of a name and every expression. */
export function bindModel(
  syntax: ModelSyntax,
  span: Span,
  source: SourceFile,
): { readonly model: BoundModel; readonly binder: Binder } {
  const parts = partsOf(syntax);
  const functions = new Map<string, FunctionSymbol>();
  const context = createSilentContext(syntax, source, functions);
  const binder = createBinder(context);
  const outermost: ExpressionContext = { model: context, scope: context.scope, region: 'state' };
  const symbols = declareFunctions(parts.functions, context, functions);
  declareSymbols(parts, outermost);
  if (syntax.name.text !== '') {
    const model = define(binder, syntax, 'model', syntax.name.text);
    const documentation = documentationOf({ before: syntax.comments.before });
    declare(binder, model, syntax.name.span, { element: syntax.span, documentation });
  }
  // All declarations come first, so that each definition has the kind of its declaration, whatever uses stand above it.
  for (const block of syntax.blocks) declareBlock(binder, block, outermost);
  for (const block of syntax.blocks) bindBlock(binder, block, symbols, outermost);
  return { model: { syntax, span, context }, binder };
}

/** A context of the checker that reports nothing, and that trusts what could be read of a broken line. */
function createSilentContext(
  syntax: ModelSyntax,
  source: SourceFile,
  functions: ReadonlyMap<string, FunctionSymbol>,
): ModelContext {
  const parts = partsOf(syntax);
  const scope = createScope(createPredefinedScope());
  const report = () => {};
  return {
    source,
    kind: syntax.name.text.endsWith('synapse') ? 'synapse' : 'neuron',
    report,
    scope,
    functions,
    equationOrders: equationOrdersOf(parts),
    internalValues: internalValuesOf(parts),
    damagedNames: new Set(),
    isDamaged: () => false,
    units: createUnitReader(report),
    suggestions: createSuggestions(scope),
    nextCallSite: () => 0,
  };
}

function declareBlock(binder: Binder, block: BlockSyntax, context: ExpressionContext): void {
  switch (block.kind) {
    case 'state':
    case 'parameters':
    case 'internals':
      for (const declaration of block.declarations) declareVariables(binder, declaration, context);
      break;
    case 'equations':
      for (const entry of block.entries) declareEquation(binder, entry, context);
      break;
    case 'input':
      for (const port of block.ports) {
        addType(binder, port.type);
        declareEntry(binder, port.name, 0, port, context);
      }
      break;
    case 'function': {
      const { name } = block;
      const symbol = context.model.functions.get(name.text);
      if (symbol === undefined || name.text === '') break;
      const definition = define(binder, symbol, 'function', name.text, { function: symbol });
      const documentation = documentationOf(block.comments);
      declare(binder, definition, name.span, { element: block.span, documentation });
      break;
    }
    case 'output':
    case 'onReceive':
    case 'onCondition':
    case 'update':
      break;
    default:
      block satisfies never;
  }
}

function declareVariables(binder: Binder, syntax: DeclarationSyntax, context: ExpressionContext): void {
  addType(binder, syntax.type);
  for (const { name, order } of syntax.variables) declareEntry(binder, name, order, syntax, context);
}

function declareEquation(binder: Binder, entry: EquationSyntax, context: ExpressionContext): void {
  if (entry.kind === 'inline') {
    addType(binder, entry.type);
    declareEntry(binder, entry.name, 0, entry, context);
  }
  if (entry.kind !== 'kernel') return;
  for (const { target, value } of entry.definitions) {
    const element = { span: entry.span, comments: entry.comments, value };
    declareEntry(binder, target.name, target.order, element, context, true);
  }
}

function declareEntry(
  binder: Binder,
  name: NameSyntax,
  order: number,
  element: Pick<DeclarationSyntax | PortSyntax, 'span' | 'comments' | 'type'> &
    Pick<DeclarationSyntax, 'value'>,
  { scope }: ExpressionContext,
  isKernel = false,
): void {
  const entry = lookUp(scope, name.text);
  if (entry === undefined || name.text === '') return;
  const { type, value } = element;
  declare(binder, entryDefinition(binder, entry, name.text), name.span, {
    element: element.span,
    order,
    ...(type === undefined ? {} : { type }),
    ...(value === undefined ? {} : { value }),
    documentation: documentationOf(element.comments),
    isKernel,
  });
}

function bindBlock(
  binder: Binder,
  block: BlockSyntax,
  functions: ReadonlyMap<FunctionSyntax, FunctionSymbol>,
  context: ExpressionContext,
): void {
  switch (block.kind) {
    case 'state':
    case 'parameters':
    case 'internals':
      for (const declaration of block.declarations) bindDeclaration(binder, declaration, block.kind, context);
      break;
    case 'equations':
      for (const entry of block.entries) bindEquation(binder, entry, context);
      break;
    case 'input':
      for (const { size } of block.ports) {
        if (size !== undefined) addSite(binder, size, { ...context, region: 'size' }, typeWanted(INTEGER));
      }
      break;
    case 'function':
      bindFunctionBody(binder, block, functions.get(block), { ...context, region: 'function' });
      break;
    case 'onReceive':
      bindOptions(binder, block.options, { ...context, region: 'receive' });
      addSite(binder, block.port, context, { kind: 'spikePort' });
      bindBody(binder, block.body, { ...context, region: 'receive' });
      break;
    case 'onCondition':
      addSite(binder, block.condition, { ...context, region: 'trigger' }, typeWanted(BOOLEAN));
      bindOptions(binder, block.options, { ...context, region: 'condition' });
      bindBody(binder, block.body, { ...context, region: 'condition' });
      break;
    case 'update':
      bindBody(binder, block.body, { ...context, region: 'update' });
      break;
    case 'output':
      break;
    default:
      block satisfies never;
  }
}

function bindOptions(
  binder: Binder,
  options: readonly HandlerOptionSyntax[],
  context: ExpressionContext,
): void {
  for (const { value } of options) addSite(binder, value, context, typeWanted(INTEGER));
}

const regions = { state: 'state', parameters: 'parameter', internals: 'internal' } as const;

function bindDeclaration(
  binder: Binder,
  { variables, value, guard }: DeclarationSyntax,
  block: keyof typeof regions,
  context: ExpressionContext,
): void {
  for (const { index } of variables) {
    if (index !== undefined) addSite(binder, index, { ...context, region: 'size' }, typeWanted(INTEGER));
  }
  const region: Region = regions[block];
  if (value !== undefined)
    addSite(binder, value, { ...context, region }, typeWanted(typeOf(variables[0], context)));
  if (guard !== undefined) addSite(binder, guard, { ...context, region: 'guard' }, typeWanted(BOOLEAN));
}

/** The type that a variable is declared with. */
function typeOf(variable: VariableSyntax | undefined, { scope }: ExpressionContext): ValueType {
  const entry = variable === undefined ? undefined : lookUp(scope, variable.name.text);
  return (entry?.kind === 'variable' ? entry.orders.get(variable?.order ?? 0)?.type : undefined) ?? ERROR;
}

function bindEquation(binder: Binder, entry: EquationSyntax, context: ExpressionContext): void {
  switch (entry.kind) {
    case 'inline': {
      const own = lookUp(context.scope, entry.name.text);
      const type = own?.kind === 'variable' ? own.orders.get(0)?.type : undefined;
      addSite(binder, entry.value, { ...context, region: 'inline' }, typeWanted(type ?? ERROR));
      break;
    }
    case 'ode': {
      const { target, value } = entry;
      const inside: ExpressionContext = { ...context, region: 'equation' };
      addSite(binder, target, inside, undefined, 'write');
      const lowest = typeOf({ ...target, order: 0 }, context);
      addSite(binder, value, inside, typeWanted(derivativeType(lowest, target.order)));
      break;
    }
    case 'kernel':
      for (const { target, value } of entry.definitions) {
        const expected = target.order === 0 ? REAL : ERROR;
        addSite(binder, value, { ...context, region: 'kernel' }, typeWanted(expected));
      }
      break;
    default:
      entry satisfies never;
  }
}
