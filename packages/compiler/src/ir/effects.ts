import { type ExpressionNode, nodesBelow } from '@nestml/dynamics';
import type { Effects, FunctionDefinition, ModelFunction } from './functions.ts';
import type { Statement } from './statements.ts';
import { calleeOf, symbolOf } from './symbol-of.ts';
import { expressionsOf, statementsIn } from './traverse.ts';
import type { ModelSymbol, ModelVariable } from './variables.ts';

type Bodies = ReadonlyMap<ModelFunction, FunctionDefinition['body']>;

interface Collected {
  readonly reads: Set<ModelVariable>;
  readonly writes: Set<ModelVariable>;
  readonly integrates: Set<number>;
  readonly draws: Set<number>;
  readonly called: Set<ModelFunction>;
  emits: boolean;
  prints: boolean;
}

/** What statements and further expressions do, the functions that they call included. Locals are left out. */
export function effectsOf(
  statements: readonly Statement[],
  expressions: readonly ExpressionNode[],
  functions: Bodies,
): Effects {
  const collected: Collected = {
    reads: new Set(),
    writes: new Set(),
    integrates: new Set(),
    draws: new Set(),
    called: new Set(),
    emits: false,
    prints: false,
  };
  collectExpressions(expressions, collected, functions);
  collectStatements(statements, collected, functions);
  const { called, reads, writes, integrates, draws, ...flags } = collected;
  return {
    ...flags,
    reads: [...reads],
    writes: [...writes],
    integrates: [...integrates],
    draws: [...draws].sort((first, second) => first - second),
  };
}

function collectStatements(statements: readonly Statement[], into: Collected, functions: Bodies): void {
  for (const statement of statementsIn(statements)) {
    collectExpressions(expressionsOf(statement), into, functions);
    switch (statement.kind) {
      case 'set':
        if (statement.target.role !== 'local') into.writes.add(statement.target);
        break;
      case 'for':
        if (statement.variable.role !== 'local') into.writes.add(statement.variable);
        break;
      case 'integrate':
        into.integrates.add(statement.variant);
        break;
      case 'emit':
        into.emits = true;
        break;
      case 'print':
        into.prints = true;
        break;
      case 'call':
        collectFunction(statement.function, into, functions);
        break;
      case 'let':
      case 'if':
      case 'while':
      case 'return':
        break;
      default:
        statement satisfies never;
    }
  }
}

function collectExpressions(roots: readonly ExpressionNode[], into: Collected, functions: Bodies): void {
  for (const node of nodesBelow(roots)) {
    if (node.kind === 'symbol') collectSymbol(symbolOf(node.symbol), into);
    if (node.kind === 'draw') into.draws.add(node.callSite);
    if (node.kind !== 'call') continue;
    const callee = calleeOf(node);
    if (callee.kind === 'elementOf') collectSymbol(callee.vector, into);
    else collectFunction(callee, into, functions);
  }
}

function collectSymbol(symbol: ModelSymbol, { reads }: Collected): void {
  switch (symbol.role) {
    case 'local':
    case 'pulse':
    case 'convolve':
      return;
    case 'element':
      reads.add(symbol.vector);
      return;
    default:
      reads.add(symbol);
  }
}

function collectFunction(called: ModelFunction, into: Collected, functions: Bodies): void {
  if (into.called.has(called)) return;
  into.called.add(called);
  collectStatements(functions.get(called) ?? [], into, functions);
}
