import { type ExpressionNode, nodesBelow } from '@nestml/dynamics';
import type { Declaration, Model } from '../ir/model.ts';
import { symbolOf } from '../ir/symbol-of.ts';
import { expressionsOf, statementsIn } from '../ir/traverse.ts';
import type { ModelSymbol } from '../ir/variables.ts';

/** All symbols in the expressions of a model, in the order in which they were lowered. */
export function symbolsOf(model: Model): ReadonlySet<ModelSymbol> {
  const nodes = nodesBelow(rootsOf(model));
  return new Set(nodes.flatMap((node) => (node.kind === 'symbol' ? [symbolOf(node.symbol)] : [])));
}

function rootsOf(model: Model): readonly ExpressionNode[] {
  const { states, parameters, internals, functions, receiveHandlers, conditionHandlers } = model;
  const bodies = [...functions, ...receiveHandlers, ...conditionHandlers].map(({ body }) => body);
  return [
    ...[...states, ...parameters, ...internals].flatMap(rootsOfDeclaration),
    ...model.equations.map(({ value }) => value),
    ...[model.update, ...bodies].flatMap(statementsIn).flatMap(expressionsOf),
    ...conditionHandlers.map(({ condition }) => condition),
    ...model.recordables.flatMap(({ value }) => ('scalar' in value ? [value.scalar] : [])),
  ];
}

function rootsOfDeclaration({ value, guard }: Declaration): readonly ExpressionNode[] {
  return guard === undefined ? [value] : [value, guard.condition];
}
