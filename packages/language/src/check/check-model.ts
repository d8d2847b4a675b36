import type { Report, SourceFile, Span } from '@nestml/diagnostics';
import type { CheckMessages } from '../messages/check-messages.ts';
import type {
  ConditionHandler,
  Declaration,
  Equation,
  FunctionDefinition,
  Inline,
  Kernel,
  ReceiveHandler,
} from '../model/checked-model.ts';
import type { Statement } from '../model/statements.ts';
import type { FunctionSymbol } from '../model/symbols.ts';
import type { ModelSyntax } from '../syntax/tree.ts';
import type { ExpressionContext, ModelContext } from './context.ts';
import { checkDeclaration, checkDerivativeTypes } from './declarations.ts';
import { documentationOf } from './documentation.ts';
import { checkEquation, checkInline } from './equations.ts';
import { checkFunction, declareFunctions } from './functions.ts';
import { checkConditionHandler, checkReceiveHandler, orderHandlers } from './handlers.ts';
import { checkKernel } from './kernels.ts';
import type { ModelDraft } from './model-draft.ts';
import { equationOrdersOf, internalValuesOf, type ModelParts, partsOf } from './model-parts.ts';
import { createPredefinedScope, createScope } from './scope.ts';
import { checkBody, type StatementContext } from './statements.ts';
import { createSuggestions } from './suggestions.ts';
import { type DeclaredVariable, declareSymbols, type ModelSymbols } from './symbols.ts';
import { createUnitReader } from './unit-reader.ts';

/** What checking one model takes. */
export interface ModelSetup {
  readonly source: SourceFile;
  readonly kind: 'neuron' | 'synapse';
  readonly report: Report<CheckMessages>;
  readonly damagedNames: ReadonlySet<string>;
  readonly isDamaged: (place: Span) => boolean;
}

/** Names, types and units of a model, whatever was found. */
export function elaborateModel(syntax: ModelSyntax, setup: ModelSetup): ModelDraft {
  const parts = partsOf(syntax);
  const functions = new Map<string, FunctionSymbol>();
  const model = createModelContext(parts, functions, setup);
  const context: ExpressionContext = { model, scope: model.scope, region: 'state' };
  const functionSymbols = declareFunctions(parts.functions, model, functions);
  const symbols = declareSymbols(parts, context);
  const declarations = checkDeclarations(symbols, context);
  checkAllDerivatives(symbols, context);
  const equations = checkEquations(parts, symbols, context);
  const equationVariables = equations.equations.map(({ variables }) => variables[0]!);
  const inside: StatementContext = { ...context, equationVariables };
  const blocks = checkExecutable(parts, functionSymbols, inside);
  const ofRole = (role: string) => declarations.filter(({ symbol }) => symbol.role === role);
  return {
    name: syntax.name.text,
    kind: setup.kind,
    source: setup.source,
    span: syntax.name.span,
    documentation: documentationOf({ before: syntax.comments.before }),
    states: ofRole('state'),
    parameters: ofRole('parameter'),
    internals: ofRole('internal'),
    ...equations,
    ports: symbols.ports,
    output: parts.outputs[0]?.signal ?? 'none',
    functions: blocks.functions,
    receiveHandlers: orderHandlers(blocks.receiveHandlers, setup.kind),
    conditionHandlers: blocks.conditionHandlers,
    update: blocks.update,
  };
}

function createModelContext(
  parts: ModelParts,
  functions: ReadonlyMap<string, FunctionSymbol>,
  { source, kind, report, damagedNames, isDamaged }: ModelSetup,
): ModelContext {
  const scope = createScope(createPredefinedScope());
  let callSites = 0;
  return {
    source,
    kind,
    report,
    damagedNames,
    isDamaged,
    scope,
    functions,
    equationOrders: equationOrdersOf(parts),
    internalValues: internalValuesOf(parts),
    units: createUnitReader(report),
    suggestions: createSuggestions(scope),
    nextCallSite: () => {
      callSites += 1;
      return callSites - 1;
    },
  };
}

/**
 * All declarations. Literal values come first: a variable whose value has another dimension than its type is declared wrongly, in one of the
 * two, and what uses it is not to blame.
 */
function checkDeclarations({ variables }: ModelSymbols, context: ExpressionContext): readonly Declaration[] {
  const checked = new Map<DeclaredVariable, Declaration>();
  const isLiteral = ({ syntax }: DeclaredVariable) =>
    syntax.value?.kind === 'number' || syntax.value?.kind === 'unary';
  const others = variables.filter((variable) => !isLiteral(variable));
  for (const variable of [...variables.filter(isLiteral), ...others])
    checked.set(variable, checkDeclaration(variable, context));
  return variables.flatMap((variable) => checked.get(variable) ?? []);
}

function checkAllDerivatives({ kernelStates }: ModelSymbols, context: ExpressionContext): void {
  for (const entry of context.scope.entries.values()) {
    if (entry.kind === 'variable') checkDerivativeTypes(entry.orders, context);
  }
  for (const orders of kernelStates.values()) {
    const symbols = new Map([...orders].map(([order, { symbol }]) => [order, symbol]));
    checkDerivativeTypes(symbols, context);
  }
}

function checkEquations(
  { equations: entries }: ModelParts,
  symbols: ModelSymbols,
  context: ExpressionContext,
): Pick<ModelDraft, 'inlines' | 'equations' | 'kernels'> {
  const inlines: Inline[] = [];
  const equations: Equation[] = [];
  const kernels: Kernel[] = [];
  const seen = new Map<string, Span>();
  for (const entry of entries) {
    switch (entry.kind) {
      case 'inline': {
        const symbol = symbols.inlines.get(entry);
        if (symbol !== undefined) inlines.push(checkInline(entry, symbol, context));
        break;
      }
      case 'ode': {
        const equation = checkEquation(entry, seen, context);
        if (equation !== undefined) equations.push(equation);
        break;
      }
      case 'kernel': {
        const kernel = checkKernel(entry, symbols, context);
        if (kernel !== undefined) kernels.push(kernel);
        break;
      }
      default:
        entry satisfies never;
    }
  }
  return { inlines, equations, kernels };
}

/** Functions, handlers and `update`, in the order of the text, in which random calls are numbered. */
function checkExecutable(
  { executable }: ModelParts,
  functionSymbols: ReadonlyMap<ModelParts['functions'][number], FunctionSymbol>,
  context: StatementContext,
) {
  const functions: FunctionDefinition[] = [];
  const receiveHandlers: ReceiveHandler[] = [];
  const conditionHandlers: ConditionHandler[] = [];
  const update: Statement[] = [];
  for (const block of executable) {
    switch (block.kind) {
      case 'function':
        functions.push(checkFunction(block, functionSymbols.get(block)!, context));
        break;
      case 'onReceive': {
        const handler = checkReceiveHandler(block, context);
        if (handler !== undefined) receiveHandlers.push(handler);
        break;
      }
      case 'onCondition':
        conditionHandlers.push(checkConditionHandler(block, context));
        break;
      case 'update':
        // Not as arguments of one call: their number is limited.
        for (const statement of checkBody(block.body, { ...context, region: 'update' }))
          update.push(statement);
        break;
      default:
        block satisfies never;
    }
  }
  return { functions, receiveHandlers, conditionHandlers, update };
}
