import { unreachable } from '@nestml/diagnostics';
import type { ExpressionSyntax } from './expressions.ts';
import type { BlockSyntax, EquationSyntax, ModelSyntax, PortSyntax, StatementSyntax } from './tree.ts';

/** Every node of the tree that is an expression or can contain some. Types, names and decorators are none. */
export type SyntaxNode =
  | ModelSyntax
  | BlockSyntax
  | EquationSyntax
  | PortSyntax
  | StatementSyntax
  | ExpressionSyntax;

/** The direct children of a node, in the order of the text. The one place that knows the children of every kind. */
export function childrenOfSyntax(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'model':
      return node.blocks;
    case 'state':
    case 'parameters':
    case 'internals':
      return node.declarations;
    case 'equations':
      return node.entries;
    case 'input':
      return node.ports;
    case 'output':
      return [];
    case 'update':
    case 'function':
      return node.body;
    case 'onReceive':
      return [node.port, ...node.options.map((option) => option.value), ...node.body];
    case 'onCondition':
      return [node.condition, ...node.options.map((option) => option.value), ...node.body];
    case 'port':
      return present(node.size);
    case 'inline':
      return [node.value];
    case 'ode':
      return [node.target, node.value];
    case 'kernel':
      return node.definitions.flatMap(({ target, value }) => [target, value]);
    case 'declaration':
    case 'assignment':
    case 'callStatement':
    case 'return':
    case 'if':
    case 'for':
    case 'while':
      return childrenOfStatement(node);
    default:
      return childrenOfExpression(node);
  }
}

function present(...nodes: (SyntaxNode | undefined)[]): readonly SyntaxNode[] {
  return nodes.filter((node) => node !== undefined);
}

function childrenOfStatement(node: StatementSyntax): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'declaration':
      return [...node.variables, ...present(node.value, node.guard)];
    case 'assignment':
      return [node.target, node.value];
    case 'callStatement':
      return [node.call];
    case 'return':
      return present(node.value);
    case 'if': {
      const branches = node.branches.flatMap(({ condition, body }): SyntaxNode[] => [condition, ...body]);
      return [...branches, ...(node.otherwise?.body ?? [])];
    }
    case 'for':
      return [node.from, node.to, ...node.body];
    case 'while':
      return [node.condition, ...node.body];
    default:
      return unreachable(node);
  }
}

function childrenOfExpression(node: ExpressionSyntax): readonly ExpressionSyntax[] {
  switch (node.kind) {
    case 'number':
    case 'boolean':
    case 'string':
    case 'infinity':
    case 'missing':
      return [];
    case 'variable':
      return node.index === undefined ? [] : [node.index];
    case 'call':
      return node.arguments;
    case 'parenthesised':
      return [node.inner];
    case 'unary':
    case 'not':
      return [node.operand];
    case 'power':
      return [node.base, node.exponent];
    case 'product':
    case 'sum':
      return [node.first, ...node.rest.map(({ operand }) => operand)];
    case 'bit':
    case 'comparison':
      return [node.left, node.right];
    case 'logical':
      return node.operands;
    case 'conditional':
      return [node.condition, node.whenTrue, node.whenFalse];
    default:
      return unreachable(node);
  }
}

/** Calls `visit` for each direct child of a node, in the order of the text. */
export function visitChildren(node: SyntaxNode, visit: (child: SyntaxNode) => void): void {
  for (const child of childrenOfSyntax(node)) visit(child);
}

/** Whether a node is an expression. */
export function isExpression(node: SyntaxNode): node is ExpressionSyntax {
  switch (node.kind) {
    case 'number':
    case 'boolean':
    case 'string':
    case 'infinity':
    case 'missing':
    case 'variable':
    case 'call':
    case 'parenthesised':
    case 'unary':
    case 'not':
    case 'power':
    case 'product':
    case 'sum':
    case 'bit':
    case 'comparison':
    case 'logical':
    case 'conditional':
      return true;
    default:
      return false;
  }
}

/**
 * Calls `visit` for every expression in a node and for the node itself if it is one: parents before children, in the
 * order of the text.
 */
export function visitExpressions(node: SyntaxNode, visit: (expression: ExpressionSyntax) => void): void {
  if (isExpression(node)) visit(node);
  for (const child of childrenOfSyntax(node)) visitExpressions(child, visit);
}
