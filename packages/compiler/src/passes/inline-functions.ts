import { type CallNode, type ExpressionNode, isPure, mapExpressions, substitute } from '@nestml/dynamics';
import type { FunctionDefinition, ModelFunction } from '../ir/functions.ts';
import type { Model } from '../ir/model.ts';
import { calleeOf } from '../ir/symbol-of.ts';
import type { ModelVariable } from '../ir/variables.ts';
import { mapModel } from './map-model.ts';

/**
 * Replaces calls of pure functions whose body is a sequence of local variables and a `return` by the value.
 * In: any model. Out: a model in which only other functions are called; the definitions stay. Calls with impure arguments stay too, since
 * the value might evaluate an argument in one branch only.
 */
export function inlineFunctions(model: Model): Model {
  const inlining: Inlining = {
    model,
    definitions: new Map(model.functions.map((definition) => [definition.function, definition])),
    values: new Map(),
  };
  return mapModel(model, (node) => (node.kind === 'call' ? inlineCall(node, inlining) : node));
}

interface Inlining {
  readonly model: Model;
  readonly definitions: ReadonlyMap<ModelFunction, FunctionDefinition>;
  /** Values in terms of the parameters, with all calls inlined; nothing for functions that cannot be, or are being expanded. */
  readonly values: Map<ModelFunction, ExpressionNode | undefined>;
}

function inlineCall(call: CallNode, inlining: Inlining): ExpressionNode {
  const callee = calleeOf(call);
  if (callee.kind === 'elementOf' || !call.arguments.every(isPure)) return call;
  const value = valueOfFunction(callee, inlining);
  if (value === undefined) return call;
  const given = new Map(callee.parameters.map((parameter, i) => [parameter, call.arguments[i]!]));
  return substitute(inlining.model.pool, [value], given)[0]!;
}

function valueOfFunction(callee: ModelFunction, inlining: Inlining): ExpressionNode | undefined {
  if (inlining.values.has(callee)) return inlining.values.get(callee);
  inlining.values.set(callee, undefined);
  const definition = inlining.definitions.get(callee);
  const value = callee.isPure && definition !== undefined ? valueOfBody(definition, inlining) : undefined;
  inlining.values.set(callee, value);
  return value;
}

function valueOfBody({ body }: FunctionDefinition, inlining: Inlining): ExpressionNode | undefined {
  const { pool } = inlining.model;
  const locals = new Map<ModelVariable, ExpressionNode>();
  for (const statement of body) {
    if (statement.kind !== 'let' && statement.kind !== 'return') return undefined;
    if (statement.value === undefined) return undefined;
    const [known] = substitute(pool, [statement.value], locals);
    const [value] = mapExpressions(pool, [known!], (node) =>
      node.kind === 'call' ? inlineCall(node, inlining) : node,
    );
    if (statement.kind === 'return') return value;
    locals.set(statement.variable, value!);
  }
  return undefined;
}
