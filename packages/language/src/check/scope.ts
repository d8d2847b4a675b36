import type { Span } from '@nestml/diagnostics';
import type { KernelSymbol, PortSymbol, VariableSymbol } from '../model/symbols.ts';

/** What a name can stand for. */
export type ScopeEntry =
  | {
      readonly kind: 'variable';
      /** By differential order. */
      readonly orders: Map<number, VariableSymbol>;
      readonly declared: Span;
    }
  | { readonly kind: 'port'; readonly port: PortSymbol; readonly declared: Span }
  | { readonly kind: 'kernel'; readonly kernel: KernelSymbol; readonly declared: Span }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'time' };

/** Names and their meaning; what is not found is looked for in the parent. */
export interface Scope {
  readonly parent?: Scope;
  readonly entries: Map<string, ScopeEntry>;
  /** Locals that the block declares further down, for a message. */
  readonly upcoming: ReadonlyMap<string, Span>;
}

/** The outermost scope: `t`, `e` and `pi`. */
export function createPredefinedScope(): Scope {
  const entries = new Map<string, ScopeEntry>([
    ['t', { kind: 'time' }],
    ['e', { kind: 'constant', value: Math.E }],
    ['pi', { kind: 'constant', value: Math.PI }],
  ]);
  return { entries, upcoming: new Map() };
}

/** An empty scope inside another. */
export function createScope(parent: Scope, upcoming: ReadonlyMap<string, Span> = new Map()): Scope {
  return { parent, entries: new Map(), upcoming };
}

/** What a name means at a place, the innermost scope first. */
export function lookUp(scope: Scope, name: string): ScopeEntry | undefined {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    const entry = current.entries.get(name);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** Where a block around the place declares the name as a local further down. */
export function findUpcoming(scope: Scope, name: string): Span | undefined {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    const span = current.upcoming.get(name);
    if (span !== undefined) return span;
  }
  return undefined;
}

/** All names that can be used at a place, inner ones first. */
export function* namesIn(scope: Scope): Iterable<string> {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    yield* current.entries.keys();
  }
}

/** Adds a variable, or another differential order of one that is there already. */
export function addVariable(scope: Scope, symbol: VariableSymbol): void {
  const entry = scope.entries.get(symbol.name);
  if (entry?.kind === 'variable') entry.orders.set(symbol.order, symbol);
  else {
    const orders = new Map([[symbol.order, symbol]]);
    scope.entries.set(symbol.name, { kind: 'variable', orders, declared: symbol.declared });
  }
}

/** Where an entry was declared; undefined for what is predefined. */
export function declarationOf(entry: ScopeEntry): Span | undefined {
  return 'declared' in entry ? entry.declared : undefined;
}
