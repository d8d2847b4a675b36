import type { Span } from '@nestml/diagnostics';
import type { CheckedModel, Equation } from '../model/checked-model.ts';
import type { Statement } from '../model/statements.ts';
import type { KernelSymbol, PortSymbol, VariableSymbol } from '../model/symbols.ts';
import { collectInfluences, type Influence, type Reason } from './influences.ts';
import { createReader } from './reads.ts';

/** What the spikes of the postsynaptic neuron alone decide: it is the neuron's, whether it is kept there or in the synapse (rule D4). */
export interface PostOwned {
  /** All orders, in the order of the text. */
  readonly states: readonly VariableSymbol[];
  /** Convolutions with the port of the postsynaptic spikes. */
  readonly convolutions: readonly { readonly kernel: KernelSymbol; readonly port: PortSymbol }[];
  /** The equations of the states. */
  readonly equations: readonly Equation[];
  /** The statements of the handler of postsynaptic spikes that assign the states, and locals for them, in their order. */
  readonly statements: readonly Statement[];
  /** Parameters and internals on which the states depend, initial values included, in the order of the text (rule D19). */
  readonly uses: readonly VariableSymbol[];
  /** All other states, each with the first reason found. */
  readonly kept: readonly KeptState[];
}

/** A state that stays with the synapse. */
export interface KeptState {
  readonly symbol: VariableSymbol;
  readonly reason: Reason;
  /** The place of the reason. */
  readonly span: Span;
}

/**
 * The states and convolutions that the postsynaptic neuron owns. A state is the synapse's if anything but spikes of the port `post` may act on
 * it: an assignment outside the handler of that port or below an `if` or loop, an equation that `update` does not always integrate, another
 * port, the time, a random number, or a variable that is the synapse's. This is closed under dependence. What is left and depends on post
 * spikes is owned, and so is what it reads.
 * @param synaptic variables that are the synapse's in any case: the weight, the delay, and what options name.
 */
export function findPostOwned(
  model: CheckedModel,
  post: PortSymbol | undefined,
  synaptic: ReadonlySet<VariableSymbol>,
): PostOwned {
  const influences = collectInfluences(model, post, synaptic);
  const kept = spread(influences);
  const driven = drivenBy(influences, kept);
  const states = model.states.map(({ symbol }) => symbol);
  const owned = new Set(states.filter((symbol) => driven.has(symbol)));
  for (const symbol of states) {
    if (!owned.has(symbol) && !kept.has(symbol))
      kept.set(symbol, { symbol, reason: { kind: 'not-driven' }, span: symbol.declared });
  }
  return {
    states: [...owned],
    convolutions: post === undefined ? [] : convolutionsWith(model, post),
    equations: model.equations.filter(({ variables }) => owned.has(variables[0]!)),
    statements: ownedStatements(model, post, driven),
    uses: usedBy(model, post, owned, driven),
    kept: states.flatMap((symbol) => kept.get(symbol) ?? []),
  };
}

/** Everything that is the synapse's, by dependence on what is. */
function spread(influences: ReadonlyMap<VariableSymbol, Influence>): Map<VariableSymbol, KeptState> {
  const kept = new Map<VariableSymbol, KeptState>();
  for (const [symbol, { reason, span }] of influences) {
    if (reason !== undefined) kept.set(symbol, { symbol, reason, span: span ?? symbol.declared });
  }
  for (let before = -1; before !== kept.size; ) {
    before = kept.size;
    for (const [symbol, { dependsOn }] of influences) {
      if (kept.has(symbol)) continue;
      const cause = [...dependsOn].find(([other]) => kept.has(other));
      if (cause === undefined) continue;
      kept.set(symbol, { symbol, reason: { kind: 'depends', on: cause[0] }, span: cause[1] });
    }
  }
  return kept;
}

/** What depends on post spikes and is not the synapse's, and all that it depends on. */
function drivenBy(
  influences: ReadonlyMap<VariableSymbol, Influence>,
  kept: ReadonlyMap<VariableSymbol, KeptState>,
): ReadonlySet<VariableSymbol> {
  const free = [...influences].filter(([symbol]) => !kept.has(symbol));
  const driven = new Set(free.filter(([, { isPost }]) => isPost).map(([symbol]) => symbol));
  for (let before = -1; before !== driven.size; ) {
    before = driven.size;
    for (const [symbol, { dependsOn }] of free) {
      if ([...dependsOn.keys()].some((other) => driven.has(other))) driven.add(symbol);
    }
  }
  for (const symbol of driven) {
    for (const other of influences.get(symbol)?.dependsOn.keys() ?? []) driven.add(other);
  }
  return driven;
}

function convolutionsWith(model: CheckedModel, post: PortSymbol): PostOwned['convolutions'] {
  const read = createReader(model);
  const { convolutions } = read(
    ...model.inlines.map(({ value }) => value),
    ...model.equations.map(({ value }) => value),
  );
  const kernels = [...convolutions].filter(({ port }) => port === post).map(({ kernel }) => kernel);
  return [...new Set(kernels)].map((kernel) => ({ kernel, port: post }));
}

/** Only top-level statements act on what is owned. */
function ownedStatements(
  { receiveHandlers }: CheckedModel,
  post: PortSymbol | undefined,
  driven: ReadonlySet<VariableSymbol>,
): readonly Statement[] {
  return receiveHandlers
    .filter(({ port }) => port === post)
    .flatMap(({ body }) => body)
    .filter(
      (statement) =>
        (statement.kind === 'assign' && driven.has(statement.target)) ||
        (statement.kind === 'declare' && driven.has(statement.symbol)),
    );
}

function usedBy(
  model: CheckedModel,
  post: PortSymbol | undefined,
  owned: ReadonlySet<VariableSymbol>,
  driven: ReadonlySet<VariableSymbol>,
): readonly VariableSymbol[] {
  const read = createReader(model);
  const declarations = [...model.parameters, ...model.internals];
  const values = new Map(declarations.map(({ symbol, value }) => [symbol, value]));
  const used = new Set<VariableSymbol>();
  const add = (symbols: Iterable<VariableSymbol>): void => {
    for (const symbol of symbols) {
      const value = values.get(symbol);
      if (value === undefined || used.has(symbol)) continue;
      used.add(symbol);
      add(read(value).variables);
    }
  };
  const kernels = new Set(convolutionKernels(model, post));
  add(
    read(
      ...model.states.filter(({ symbol }) => owned.has(symbol)).map(({ value }) => value),
      ...model.equations.filter(({ variables }) => owned.has(variables[0]!)).map(({ value }) => value),
      ...ownedStatements(model, post, driven).flatMap((statement) => {
        if (statement.kind === 'declare') return statement.value ?? [];
        return statement.kind === 'assign'
          ? [statement.value, ...(statement.index === undefined ? [] : [statement.index])]
          : [];
      }),
      ...model.kernels.flatMap((kernel) => {
        if (kernel.kind === 'function') return kernels.has(kernel.symbol) ? [kernel.value] : [];
        if (kernel.kind === 'delta' || !kernel.components.some(({ symbol }) => kernels.has(symbol)))
          return [];
        return kernel.components.flatMap(({ value, increments }) => [value, ...increments]);
      }),
    ).variables,
  );
  return declarations.map(({ symbol }) => symbol).filter((symbol) => used.has(symbol));
}

function convolutionKernels(model: CheckedModel, post: PortSymbol | undefined): readonly KernelSymbol[] {
  return post === undefined ? [] : convolutionsWith(model, post).map(({ kernel }) => kernel);
}
