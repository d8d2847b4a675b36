import type { Span } from '@nestml/diagnostics';
import { nodesBelow } from '@nestml/dynamics';
import type { FailurePlace } from '@nestml/engine/interface';
import type { Statement } from '../../../ir/statements.ts';
import { calleeOf } from '../../../ir/symbol-of.ts';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { Plan } from '../../../plan/plan.ts';
import { expressionsOfModel, statementsOfModel } from '../../../solved/expressions-of-model.ts';
import type { SolvedModel } from '../../../solved/solved-model.ts';
import { elementName, sizeOf } from './storage.ts';

/** Numbers of the places that failures name. */
export interface Places {
  readonly list: readonly FailurePlace[];
  /** Of an element of a variable. */
  readonly ofVariable: (variable: ModelVariable, element?: number) => number;
  /** Of a statement, a handler or an access to an element, by its span; place 0, the model as a whole, if it has none. */
  readonly ofSpan: (span: Span) => number;
}

/**
 * The places of a model: variables, statements, handlers, computed indices. They depend on the source, the module does not, so that
 * whoever keeps modules by the key of the plan lists the places anew.
 */
export function listPlaces({ model, usage }: Plan): Places {
  const list: FailurePlace[] = [placeAt('', model.span)];
  const variables = new Map<ModelVariable, number>();
  for (const variable of variablesOf(model)) {
    variables.set(variable, list.length);
    const size = variable.size === undefined ? 1 : sizeOf(variable, usage.sizes);
    for (let element = 0; element < size; element += 1) {
      list.push(placeAt(elementName(variable, element), variable.span));
    }
  }
  const spans = new Map<Span, number>();
  for (const { name, span } of spansOf(model)) {
    if (spans.has(span)) continue;
    spans.set(span, list.length);
    list.push(placeAt(name, span));
  }
  return {
    list,
    ofVariable: (variable, element = 0) => (variables.get(variable) ?? 0) + element,
    ofSpan: (span) => spans.get(span) ?? 0,
  };
}

function placeAt(name: string, { start, end }: Span): FailurePlace {
  return { name, start, end };
}

function variablesOf({ parameters, internals, states, convolutions }: SolvedModel): readonly ModelVariable[] {
  return [
    ...[...parameters, ...internals, ...states].map(({ variable }) => variable),
    ...convolutions.flatMap(({ system }) => system.states),
  ];
}

function spansOf(model: SolvedModel): readonly { readonly name: string; readonly span: Span }[] {
  const { conditionHandlers, recordables, guards } = model;
  const statements = statementsOfModel(model);
  const accesses = nodesBelow(expressionsOfModel(model)).flatMap((node) => {
    const callee = node.kind === 'call' ? calleeOf(node) : undefined;
    return callee?.kind === 'elementOf' ? [{ name: callee.vector.writtenName, span: callee.span }] : [];
  });
  return [
    ...statements.map((statement) => ({ name: assignedVector(statement), span: statement.span })),
    ...conditionHandlers.map(({ span }) => ({ name: '', span })),
    ...guards.map(({ variable, span }) => ({ name: variable.writtenName, span })),
    ...recordables.map(({ name, span }) => ({ name, span })),
    ...accesses,
  ];
}

/** The vector whose element a statement assigns, which an index outside of it is reported with. */
function assignedVector(statement: Statement): string {
  return statement.kind === 'set' && statement.index !== undefined ? statement.target.writtenName : '';
}
