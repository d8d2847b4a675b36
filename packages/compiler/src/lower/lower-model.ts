import { createReport, type Diagnostic, InternalError } from '@nestml/diagnostics';
import { ExpressionPool } from '@nestml/dynamics';
import type {
  Declaration as CheckedDeclaration,
  CheckedModel,
  Expression,
  VariableSymbol,
} from '@nestml/language';
import { dimensionless, parseUnit } from '@nestml/units';
import { createVariable } from '../ir/create-variables.ts';
import type { Declaration, Model, Recordable } from '../ir/model.ts';
import type { ModelVariable } from '../ir/variables.ts';
import { compilerMessages } from '../messages/index.ts';
import { createDeclared, createFunction, createPort, unitOf } from './create-symbols.ts';
import { findFunctionTraits } from './function-traits.ts';
import { lowerExpression, lowerInto } from './lower-expression.ts';
import { lowerKernels } from './lower-kernels.ts';
import { lowerStatements } from './lower-statement.ts';
import { entryOf, type Lowering } from './lowering.ts';
import { reportPrinting } from './report-printing.ts';

/** A model, or why there is none: then at least one diagnostic. */
export interface LoweringResult {
  readonly model?: Model;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * From a checked neuron to the intermediate representation.
 * @throws InternalError for a synapse; the caller refuses it.
 */
export function lowerModel(checked: CheckedModel): LoweringResult {
  if (checked.kind !== 'neuron') throw new InternalError(`${checked.name} is no neuron`);
  const diagnostics: Diagnostic[] = [];
  const lowering = startLowering(checked, diagnostics);
  const model = lowerParts(lowering);
  return diagnostics.length === 0 ? { model, diagnostics } : { diagnostics: onceEach(diagnostics) };
}

/** An inline is expanded once for each view, and each expansion reports the same. */
function onceEach(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byPlace = diagnostics.map(
    (diagnostic) => [`${diagnostic.code} ${diagnostic.span?.start}`, diagnostic] as const,
  );
  return [...new Map(byPlace).values()];
}

function startLowering(checked: CheckedModel, diagnostics: Diagnostic[]): Lowering {
  const { span } = checked;
  const ms = parseUnit('ms');
  const timeUnit = ms.ok ? ms.value : dimensionless;
  return {
    checked,
    pool: new ExpressionPool(),
    report: createReport(compilerMessages, checked.source, diagnostics),
    time: createVariable('time', 't', span, timeUnit),
    age: createVariable('age', 't', span, timeUnit),
    resolution: createVariable('resolution', 'resolution()', span, timeUnit),
    variables: new Map(),
    ports: new Map(),
    inlines: new Map(checked.inlines.map(({ symbol, value }) => [symbol, value])),
    functions: new Map(),
    traits: findFunctionTraits(checked),
    kernels: new Map(),
    expanded: { statement: new Map(), equation: new Map(), kernel: new Map() },
    elements: new Map(),
    pulses: new Map(),
    convolves: [],
    delays: [],
    integrations: [],
  };
}

/** The order matters: symbols before the expressions that use them. */
function lowerParts(lowering: Lowering): Model {
  const { checked, pool } = lowering;
  createVariables(lowering);
  for (const definition of checked.functions) createFunction(definition, lowering);
  const kernels = lowerKernels(lowering);
  const [states, parameters, internals] = [checked.states, checked.parameters, checked.internals].map(
    (list) => list.map((declaration) => lowerDeclaration(declaration, lowering)),
  );
  const equations = checked.equations.map(({ variables, value, span }) => ({
    states: variables.map((variable) => entryOf(lowering.variables, variable)),
    value: computed(value, 'equation', lowering),
    order: variables.length,
    span,
  }));
  const functions = checked.functions.map(({ symbol, body, documentation }) => ({
    function: entryOf(lowering.functions, symbol),
    body: lowerStatements(body, lowering, symbol.returnType),
    documentation,
  }));
  const update = lowerStatements(checked.update, lowering);
  return {
    name: checked.name,
    source: checked.source,
    span: checked.span,
    documentation: checked.documentation,
    pool,
    time: lowering.time,
    resolution: lowering.resolution,
    states: states!,
    parameters: parameters!,
    internals: internals!,
    initialisationOrder: checked.initialisationOrder.map((symbol) => entryOf(lowering.variables, symbol)),
    equations,
    kernels,
    convolutions: [],
    pulses: [],
    delays: lowering.delays,
    integrations: lowering.integrations,
    ports: checked.ports.map((port) => ({
      variable: entryOf(lowering.ports, port),
      ...(port.qualifier === undefined ? {} : { qualifier: port.qualifier }),
      documentation: port.documentation,
    })),
    output: checked.output,
    functions,
    update,
    ...lowerHandlers(lowering),
    recordables: lowerRecordables(lowering),
  };
}

/** States, parameters, internals and ports. Those that sizes of vectors use are scalars, and come first. */
function createVariables(lowering: Lowering): void {
  const { states, parameters, internals, ports } = lowering.checked;
  const all: readonly VariableSymbol[] = [...states, ...parameters, ...internals].map(({ symbol }) => symbol);
  const create = (symbol: VariableSymbol): void => {
    const size = symbol.size === undefined ? undefined : lowerExpression(symbol.size, 'statement', lowering);
    createDeclared(symbol, declaredRole(symbol), size, lowering);
  };
  for (const symbol of all) if (symbol.size === undefined) create(symbol);
  for (const symbol of all) if (symbol.size !== undefined) create(symbol);
  for (const port of ports) {
    const size = port.size === undefined ? undefined : lowerExpression(port.size, 'statement', lowering);
    createPort(port, size, lowering);
  }
}

function declaredRole({ role }: VariableSymbol): 'state' | 'parameter' | 'internal' {
  return role === 'parameter' || role === 'internal' ? role : 'state';
}

/** An expression in which functions may only compute. */
function computed(expression: Expression, view: 'statement' | 'equation', lowering: Lowering) {
  const value = lowerExpression(expression, view, lowering);
  reportPrinting(value, expression.span, lowering);
  return value;
}

function lowerDeclaration(declaration: CheckedDeclaration, lowering: Lowering): Declaration {
  const { symbol, value, guard, decorators, documentation } = declaration;
  const variable = entryOf(lowering.variables, symbol);
  const initial = lowerInto(symbol.type, value, 'statement', lowering);
  reportPrinting(initial, value.span, lowering);
  const common = { variable, value: initial, decorators, documentation };
  if (guard === undefined) return common;
  return { ...common, guard: { condition: computed(guard, 'statement', lowering), span: guard.span } };
}

function lowerHandlers(lowering: Lowering): Pick<Model, 'receiveHandlers' | 'conditionHandlers'> {
  const { receiveHandlers, conditionHandlers } = lowering.checked;
  return {
    receiveHandlers: receiveHandlers.map(({ port, index, body, span }) => ({
      port: entryOf(lowering.ports, port),
      ...(index === undefined ? {} : { element: index }),
      body: lowerStatements(body, lowering),
      span,
    })),
    conditionHandlers: conditionHandlers.map(({ condition, body, span }) => ({
      condition: computed(condition, 'statement', lowering),
      body: lowerStatements(body, lowering),
      span,
    })),
  };
}

function lowerRecordables(lowering: Lowering): readonly Recordable[] {
  const { states, inlines, parameters, internals } = lowering.checked;
  const declared = (source: 'state' | 'parameter' | 'internal') => (declaration: CheckedDeclaration) =>
    recordableOf(entryOf(lowering.variables, declaration.symbol), source, lowering);
  return [
    ...states.map(declared('state')),
    ...inlines.map(
      ({ symbol, value }): Recordable => ({
        name: symbol.writtenName,
        source: 'inline',
        unit: unitOf(symbol.type),
        value: { scalar: computed(value, 'statement', lowering) },
        span: symbol.declared,
      }),
    ),
    ...parameters.map(declared('parameter')),
    ...internals.map(declared('internal')),
  ];
}

function recordableOf(
  variable: ModelVariable,
  source: 'state' | 'parameter' | 'internal',
  { pool }: Lowering,
): Recordable {
  const { writtenName: name, unit, span } = variable;
  const value = variable.size === undefined ? { scalar: pool.symbol(variable) } : { vector: variable };
  return { name, source, unit, value, span };
}
