import type { Span } from '@nestml/diagnostics';
import { visitExpressions } from '../syntax/children.ts';
import type { TypeSyntax } from '../syntax/expressions.ts';
import type { BlockSyntax, ModelSyntax, StatementSyntax, SyntaxTree } from '../syntax/tree.ts';
import { declaredNames, unitChainsIn } from './unit-chains.ts';

/**
 * What a logical line is.
 * - `model`, `function`: their heads; comments above them are their documentation
 * - `block`: the head of any other block of a model
 * - `row`: a declaration or a port in a block that is a table of such; comments behind rows are aligned
 * - `line`: everything else
 */
export type LineRole = 'model' | 'function' | 'block' | 'row' | 'line';

/** What the tree knows about the layout of its text. */
export interface Roles {
  /** The role of each logical line that the parser understood, by the offset of its first token. */
  readonly lines: ReadonlyMap<number, LineRole>;
  /** Blocks `output`, whose bodies have no nodes. */
  readonly outputs: readonly Span[];
  /**
   * Stretches in whose tokens no blank stands, in the order of the text: units, and options up to the first character of their value.
   */
  readonly tight: readonly Span[];
  /** Offsets of types, which are separated from the name before them also where they begin with a parenthesis. */
  readonly types: ReadonlySet<number>;
}

/** The mutable result while it grows. */
interface Draft {
  readonly lines: Map<number, LineRole>;
  readonly outputs: Span[];
  readonly tight: Span[];
  readonly types: Set<number>;
}

/** Reads off the tree what its lines are and where it has units. */
export function readRoles(tree: SyntaxTree): Roles {
  const draft: Draft = { lines: new Map(), outputs: [], tight: [], types: new Set() };
  for (const model of tree.models) addModel(model, draft);
  draft.tight.sort((a, b) => a.start - b.start || b.end - a.end);
  return draft;
}

function addModel(model: ModelSyntax, draft: Draft): void {
  draft.lines.set(model.span.start, 'model');
  for (const block of model.blocks) addBlock(block, draft);
  const names = declaredNames(model);
  visitExpressions(model, (expression) => {
    if (expression.kind === 'number' && expression.unit !== undefined) draft.tight.push(expression.unit.span);
    else if (expression.kind === 'product') draft.tight.push(...unitChainsIn(expression, names));
  });
}

function addBlock(block: BlockSyntax, draft: Draft): void {
  draft.lines.set(block.span.start, block.kind === 'function' ? 'function' : 'block');
  switch (block.kind) {
    case 'state':
    case 'parameters':
    case 'internals':
      for (const { span, type } of block.declarations) {
        draft.lines.set(span.start, 'row');
        addType(type, draft);
      }
      return;
    case 'input':
      for (const { span, type } of block.ports) {
        draft.lines.set(span.start, 'row');
        addType(type, draft);
      }
      return;
    case 'equations':
      for (const entry of block.entries) {
        draft.lines.set(entry.span.start, 'line');
        if (entry.kind === 'inline') addType(entry.type, draft);
      }
      return;
    case 'output':
      draft.outputs.push(block.span);
      return;
    case 'function':
      for (const { type } of block.parameters) addType(type, draft);
      addType(block.returnType, draft);
      addStatements(block.body, draft);
      return;
    case 'onReceive':
    case 'onCondition':
      for (const { span, value } of block.options)
        draft.tight.push({ start: span.start, end: value.span.start + 1 });
      addStatements(block.body, draft);
      return;
    case 'update':
      addStatements(block.body, draft);
      return;
    default:
      block satisfies never;
  }
}

function addType(type: TypeSyntax | undefined, draft: Draft): void {
  if (type?.kind !== 'unit') return;
  draft.types.add(type.span.start);
  draft.tight.push(type.span);
}

function addStatements(statements: readonly StatementSyntax[], draft: Draft): void {
  for (const statement of statements) {
    draft.lines.set(statement.span.start, 'line');
    switch (statement.kind) {
      case 'declaration':
        addType(statement.type, draft);
        break;
      case 'if':
        for (const { span, body } of statement.branches) {
          draft.lines.set(span.start, 'line');
          addStatements(body, draft);
        }
        if (statement.otherwise !== undefined) {
          draft.lines.set(statement.otherwise.span.start, 'line');
          addStatements(statement.otherwise.body, draft);
        }
        break;
      case 'for':
      case 'while':
        addStatements(statement.body, draft);
        break;
      case 'assignment':
      case 'callStatement':
      case 'return':
        break;
      default:
        statement satisfies never;
    }
  }
}
