import { type CallNode, type ExpressionNode, isPure, mapExpressions, substitute } from '@nestml/dynamics';
import { effectsOf } from '../ir/effects.ts';
import type { FunctionDefinition, ModelFunction } from '../ir/functions.ts';
import type { Model } from '../ir/model.ts';
import { recursiveFunctions } from '../ir/recursion.ts';
import type { Statement } from '../ir/statements.ts';
import { calleeOf } from '../ir/symbol-of.ts';
import type { ModelVariable } from '../ir/variables.ts';
import { mapModel } from './map-model.ts';

/**
 * Replaces calls of functions that neither draw nor print, and that consist of local variables, `if` and `return`, by their value.
 * In: any model. Out: a model in which only other functions are called; the definitions stay. Calls with impure arguments stay too, since
 * the value might evaluate an argument in one branch only, and so do functions that call themselves, whose calls are counted (rule D9).
 */
export function inlineFunctions(model: Model): Model {
  if (model.functions.length === 0) return model;
  const inlining: Inlining = {
    model,
    definitions: new Map(model.functions.map((definition) => [definition.function, definition])),
    values: new Map([...recursiveFunctions(model.functions)].map((callee) => [callee, undefined])),
  };
  return mapModel(model, (node) => (node.kind === 'call' ? inlineCall(node, inlining) : node));
}

interface Inlining {
  readonly model: Model;
  readonly definitions: ReadonlyMap<ModelFunction, FunctionDefinition>;
  /** Values in terms of the parameters, with all calls inlined; nothing for functions that cannot be. */
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
  const definition = inlining.definitions.get(callee);
  if (definition === undefined || !onlyComputes(definition, inlining)) return undefined;
  const value = valueOfBody(definition.body, new Map(), inlining);
  inlining.values.set(callee, value);
  return value;
}

function onlyComputes({ body }: FunctionDefinition, { definitions }: Inlining): boolean {
  const bodies = new Map([...definitions].map(([callee, definition]) => [callee, definition.body]));
  const { draws, prints } = effectsOf(body, [], bodies);
  return draws.length === 0 && !prints;
}

type Locals = ReadonlyMap<ModelVariable, ExpressionNode>;

/** The value that a sequence of statements returns; nothing if it does anything else. */
function valueOfBody(
  statements: readonly Statement[],
  locals: Locals,
  inlining: Inlining,
): ExpressionNode | undefined {
  const [first, ...rest] = statements;
  switch (first?.kind) {
    case 'let': {
      const value = expanded(first.value, locals, inlining);
      return valueOfBody(rest, new Map([...locals, [first.variable, value]]), inlining);
    }
    case 'return':
      return first.value === undefined ? undefined : expanded(first.value, locals, inlining);
    case 'if': {
      // Each branch must return by itself, so that what follows belongs to `else` alone and is expanded once.
      let value = valueOfBody([...first.otherwise, ...rest], locals, inlining);
      for (const { condition, body } of first.branches.toReversed()) {
        const chosen = valueOfBody(body, locals, inlining);
        if (value === undefined || chosen === undefined) return undefined;
        value = inlining.model.pool.select(expanded(condition, locals, inlining), chosen, value);
      }
      return value;
    }
    default:
      return undefined;
  }
}

function expanded(expression: ExpressionNode, locals: Locals, inlining: Inlining): ExpressionNode {
  const { pool } = inlining.model;
  const [known] = substitute(pool, [expression], locals);
  const [value] = mapExpressions(pool, [known!], (node) =>
    node.kind === 'call' ? inlineCall(node, inlining) : node,
  );
  return value!;
}
