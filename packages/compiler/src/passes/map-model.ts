import { type ExpressionNode, mapExpressions } from '@nestml/dynamics';
import type { Declaration, Kernel, Model, Recordable } from '../ir/model.ts';
import { mapStatement } from '../ir/traverse.ts';

/** What takes the place of a node whose operands have been replaced already. */
export type ReplaceNode = (rebuilt: ExpressionNode, original: ExpressionNode) => ExpressionNode;

/** The model with nodes replaced in all expressions, from the bottom up; each node once, however many expressions share it. */
export function mapModel(model: Model, replaceNode: ReplaceNode): Model {
  const roots = new Set<ExpressionNode>();
  mapRoots(model, (root) => {
    roots.add(root);
    return root;
  });
  const results = mapExpressions(model.pool, [...roots], replaceNode);
  const replaced = new Map([...roots].map((root, i) => [root, results[i]!]));
  return mapRoots(model, (root) => replaced.get(root)!);
}

function mapRoots(model: Model, replace: Replace): Model {
  const statements = (body: Model['update']) => body.map((statement) => mapStatement(statement, replace));
  const declarations = (list: readonly Declaration[]) => list.map((entry) => mapDeclaration(entry, replace));
  return {
    ...model,
    states: declarations(model.states),
    parameters: declarations(model.parameters),
    internals: declarations(model.internals),
    equations: model.equations.map((equation) => ({ ...equation, value: replace(equation.value) })),
    kernels: model.kernels.map((kernel) => mapKernel(kernel, replace)),
    convolutions: model.convolutions.map((convolution) => ({
      ...convolution,
      derivatives: convolution.derivatives.map(replace),
      increments: convolution.increments.map(replace),
    })),
    pulses: model.pulses.map((pulse) => ({ ...pulse, coefficient: replace(pulse.coefficient) })),
    delays: model.delays.map((entry) => ({ ...entry, delay: replace(entry.delay) })),
    functions: model.functions.map((entry) => ({ ...entry, body: statements(entry.body) })),
    update: statements(model.update),
    receiveHandlers: model.receiveHandlers.map((entry) => ({ ...entry, body: statements(entry.body) })),
    conditionHandlers: model.conditionHandlers.map((handler) => ({
      ...handler,
      condition: replace(handler.condition),
      body: statements(handler.body),
    })),
    recordables: model.recordables.map((recordable) => mapRecordable(recordable, replace)),
  };
}

type Replace = (root: ExpressionNode) => ExpressionNode;

function mapDeclaration(declaration: Declaration, replace: Replace): Declaration {
  const value = replace(declaration.value);
  const { guard } = declaration;
  if (guard === undefined) return { ...declaration, value };
  return { ...declaration, value, guard: { ...guard, condition: replace(guard.condition) } };
}

function mapKernel(kernel: Kernel, replace: Replace): Kernel {
  if (kernel.kind === 'function') return { ...kernel, value: replace(kernel.value) };
  const components = kernel.components.map((component) => ({
    ...component,
    value: replace(component.value),
    increments: component.increments.map(replace),
  }));
  return { ...kernel, components };
}

function mapRecordable(recordable: Recordable, replace: Replace): Recordable {
  const { value } = recordable;
  return 'scalar' in value ? { ...recordable, value: { scalar: replace(value.scalar) } } : recordable;
}
