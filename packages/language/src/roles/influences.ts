import type { Span } from '@nestml/diagnostics';
import type { CheckedModel, Equation } from '../model/checked-model.ts';
import { bodiesOf, walkStatements } from '../model/children.ts';
import type { Expression } from '../model/expressions.ts';
import type { Statement } from '../model/statements.ts';
import type { PortSymbol, VariableSymbol } from '../model/symbols.ts';
import { createReader, type Reader } from './reads.ts';

/** Why a state is the synapse's and not the postsynaptic neuron's. */
export type Reason =
  /** There is no port for postsynaptic spikes, or nothing leads from them to the state. */
  | { readonly kind: 'not-driven' }
  /** It is the weight or the delay, or an option names it. */
  | { readonly kind: 'stated' }
  /** Assigned by the handler of another port, by `update` or by a condition. */
  | { readonly kind: 'assigned'; readonly where: 'update' | 'condition' | PortSymbol }
  /** Assigned below an `if` or in a loop. */
  | { readonly kind: 'compound' }
  /** Its equation is not integrated once in each `update`, whatever happens. */
  | { readonly kind: 'not-integrated' }
  /** It depends on another port than that of postsynaptic spikes. */
  | { readonly kind: 'port'; readonly port: PortSymbol }
  | { readonly kind: 'time' }
  | { readonly kind: 'random' }
  /** It depends on its past. */
  | { readonly kind: 'past' }
  /** It depends on a variable that is the synapse's. */
  | { readonly kind: 'depends'; readonly on: VariableSymbol };

/** What acts on a state, or on a local variable of the handler of post spikes. */
export interface Influence {
  /** Other states and locals that it depends on, each with the place. */
  readonly dependsOn: Map<VariableSymbol, Span>;
  /** Whether post spikes act on it without the help of others. */
  isPost: boolean;
  /** The first reason for which it is the synapse's that has nothing to do with others. */
  reason?: Reason;
  span?: Span;
}

/** All influences in a model, of states and of locals of the handler of post spikes. */
export function collectInfluences(
  model: CheckedModel,
  post: PortSymbol | undefined,
  synaptic: ReadonlySet<VariableSymbol>,
): ReadonlyMap<VariableSymbol, Influence> {
  const collector = new Collector(model, post);
  for (const { symbol } of model.states) {
    collector.of(symbol);
    if (synaptic.has(symbol)) collector.keep(symbol, { kind: 'stated' }, symbol.declared);
  }
  collector.addAssignments(model.update, 'update');
  for (const { body } of model.conditionHandlers) collector.addAssignments(body, 'condition');
  for (const { port, body } of model.receiveHandlers) {
    if (port !== post) collector.addAssignments(body, port);
  }
  for (const { port, body } of model.receiveHandlers) {
    if (port === post) collector.addPostHandler(body);
  }
  const integrated = alwaysIntegratedOnce(model.update);
  for (const equation of model.equations) collector.addEquation(equation, integrated);
  return collector.influences;
}

class Collector {
  readonly influences = new Map<VariableSymbol, Influence>();
  private readonly read: Reader;
  private readonly post: PortSymbol | undefined;

  constructor(model: CheckedModel, post: PortSymbol | undefined) {
    this.read = createReader(model);
    this.post = post;
  }

  of(symbol: VariableSymbol): Influence {
    const known = this.influences.get(symbol);
    if (known !== undefined) return known;
    const influence: Influence = { dependsOn: new Map(), isPost: false };
    this.influences.set(symbol, influence);
    return influence;
  }

  keep(symbol: VariableSymbol, reason: Reason, span: Span): void {
    const influence = this.of(symbol);
    if (influence.reason !== undefined) return;
    influence.reason = reason;
    influence.span = span;
  }

  /** Assignments that are not the neuron's. */
  addAssignments(body: readonly Statement[], where: 'update' | 'condition' | PortSymbol): void {
    walkStatements(body, (statement) => {
      const target = targetOf(statement);
      if (target?.role === 'state') this.keep(target, { kind: 'assigned', where }, statement.span);
    });
  }

  addPostHandler(body: readonly Statement[]): void {
    for (const statement of body) {
      const target = targetOf(statement);
      if (statement.kind === 'assign') {
        this.addDependences(statement.target, statement.span, statement.value, statement.index);
      } else if (statement.kind === 'declare') {
        this.addDependences(statement.symbol, statement.span, statement.value);
      }
      // An assignment without any other influence, such as `x = 1`, is one of post spikes as well.
      if (target !== undefined && statement.kind !== 'for') this.of(target).isPost = true;
      const isCompound = bodiesOf(statement).length > 0;
      if (!isCompound) continue;
      walkStatements([statement], (inner) => {
        const changed = targetOf(inner);
        if (changed !== undefined) this.keep(changed, { kind: 'compound' }, inner.span);
      });
    }
  }

  addEquation({ variables, value, span }: Equation, integrated: ReadonlySet<VariableSymbol>): void {
    const isIntegrated = integrated.has(variables[0]!);
    for (const symbol of variables) {
      if (!isIntegrated) this.keep(symbol, { kind: 'not-integrated' }, span);
      for (const other of variables) if (other !== symbol) this.of(symbol).dependsOn.set(other, span);
    }
    this.addDependences(variables.at(-1)!, span, value);
  }

  private addDependences(
    symbol: VariableSymbol,
    span: Span,
    ...expressions: readonly (Expression | undefined)[]
  ): void {
    const influence = this.of(symbol);
    const reads = this.read(...expressions.filter((expression) => expression !== undefined));
    for (const other of reads.variables) {
      const canChange = other.role === 'state' || other.role === 'local';
      if (canChange && other !== symbol && !influence.dependsOn.has(other)) {
        influence.dependsOn.set(other, span);
        this.of(other);
      }
    }
    for (const { port } of [...reads.ports, ...reads.convolutions]) {
      if (port === this.post) influence.isPost = true;
      else this.keep(symbol, { kind: 'port', port }, span);
    }
    if (reads.readsTime) this.keep(symbol, { kind: 'time' }, span);
    if (reads.drawsRandom) this.keep(symbol, { kind: 'random' }, span);
    if (reads.readsPast) this.keep(symbol, { kind: 'past' }, span);
  }
}

/** The variable that a statement itself changes. */
function targetOf(statement: Statement): VariableSymbol | undefined {
  if (statement.kind === 'assign') return statement.target;
  if (statement.kind === 'declare') return statement.symbol;
  return statement.kind === 'for' ? statement.variable : undefined;
}

/** The variables of order 0 that `update` integrates in exactly one call, which stands at its top level. */
function alwaysIntegratedOnce(update: readonly Statement[]): ReadonlySet<VariableSymbol> {
  const calls = new Map<VariableSymbol, number>();
  walkStatements(update, (statement) => {
    if (statement.kind !== 'integrate') return;
    for (const symbol of statement.variables) calls.set(symbol, (calls.get(symbol) ?? 0) + 1);
  });
  const always = update.flatMap((statement) => (statement.kind === 'integrate' ? statement.variables : []));
  return new Set(always.filter((symbol) => calls.get(symbol) === 1));
}
