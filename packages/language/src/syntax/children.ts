import { unreachable } from '@nestml/diagnostics';
import type { ExpressionSyntax } from './expressions.ts';
import type { BlockSyntax, EquationSyntax, ModelSyntax, PortSyntax, StatementSyntax } from './tree.ts';

/** Every node of the tree that can contain expressions or is one. Types, names and decorators have no children. */
export type SyntaxNode =
  | ModelSyntax
  | BlockSyntax
  | EquationSyntax
  | PortSyntax
  | StatementSyntax
  | ExpressionSyntax;

/** Calls `visit` for each direct child of a node, in the order of the text. The one place that knows all children. */
export function visitChildren(node: SyntaxNode, visit: (child: SyntaxNode) => void): void {
  switch (node.kind) {
    case 'model':
      return node.blocks.forEach(visit);
    case 'state':
    case 'parameters':
    case 'internals':
      return node.declarations.forEach(visit);
    case 'equations':
      return node.entries.forEach(visit);
    case 'input':
      return node.ports.forEach(visit);
    case 'output':
      return;
    case 'update':
    case 'function':
      return node.body.forEach(visit);
    case 'onReceive':
    case 'onCondition':
      visit(node.kind === 'onReceive' ? node.port : node.condition);
      for (const option of node.options) visit(option.value);
      return node.body.forEach(visit);
    case 'inline':
    case 'ode':
    case 'kernel':
      return visitChildrenOfEquation(node, visit);
    case 'port':
      return visitOptional(node.size, visit);
    case 'declaration':
    case 'assignment':
    case 'callStatement':
    case 'return':
    case 'if':
    case 'for':
    case 'while':
      return visitChildrenOfStatement(node, visit);
    default:
      return visitChildrenOfExpression(node, visit);
  }
}

function visitOptional(node: SyntaxNode | undefined, visit: (child: SyntaxNode) => void): void {
  if (node !== undefined) visit(node);
}

function visitChildrenOfEquation(node: EquationSyntax, visit: (child: SyntaxNode) => void): void {
  switch (node.kind) {
    case 'inline':
      return visit(node.value);
    case 'ode':
      visit(node.target);
      return visit(node.value);
    case 'kernel':
      for (const definition of node.definitions) {
        visit(definition.target);
        visit(definition.value);
      }
      return;
    default:
      return unreachable(node);
  }
}

function visitChildrenOfStatement(node: StatementSyntax, visit: (child: SyntaxNode) => void): void {
  switch (node.kind) {
    case 'declaration':
      node.variables.forEach(visit);
      visitOptional(node.value, visit);
      return visitOptional(node.guard, visit);
    case 'assignment':
      visit(node.target);
      return visit(node.value);
    case 'callStatement':
      return visit(node.call);
    case 'return':
      return visitOptional(node.value, visit);
    case 'if':
      for (const branch of node.branches) {
        visit(branch.condition);
        branch.body.forEach(visit);
      }
      return node.otherwise?.body.forEach(visit);
    case 'for':
      visit(node.from);
      visit(node.to);
      return node.body.forEach(visit);
    case 'while':
      visit(node.condition);
      return node.body.forEach(visit);
    default:
      return unreachable(node);
  }
}

function visitChildrenOfExpression(node: ExpressionSyntax, visit: (child: SyntaxNode) => void): void {
  switch (node.kind) {
    case 'number':
    case 'boolean':
    case 'string':
    case 'infinity':
    case 'missing':
      return;
    case 'variable':
      return visitOptional(node.index, visit);
    case 'call':
      return node.arguments.forEach(visit);
    case 'parenthesised':
      return visit(node.inner);
    case 'unary':
    case 'not':
      return visit(node.operand);
    case 'power':
      visit(node.base);
      return visit(node.exponent);
    case 'product':
    case 'sum':
      visit(node.first);
      for (const { operand } of node.rest) visit(operand);
      return;
    case 'bit':
    case 'comparison':
      visit(node.left);
      return visit(node.right);
    case 'logical':
      return node.operands.forEach(visit);
    case 'conditional':
      visit(node.condition);
      visit(node.whenTrue);
      return visit(node.whenFalse);
    default:
      return unreachable(node);
  }
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
  visitChildren(node, (child) => visitExpressions(child, visit));
}
