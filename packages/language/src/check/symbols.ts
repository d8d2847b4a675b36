import type { Span } from '@nestml/diagnostics';
import type { Expression } from '../model/expressions.ts';
import type { KernelSymbol, PortSymbol, VariableSymbol } from '../model/symbols.ts';
import type { VariableSyntax } from '../syntax/expressions.ts';
import type { DeclarationSyntax, InlineSyntax, KernelSyntax, PortSyntax } from '../syntax/tree.ts';
import type { ExpressionContext, ModelContext } from './context.ts';
import { documentationOf } from './documentation.ts';
import { readVariableType } from './locals.ts';
import { kernelStateNamesOf, type ModelParts } from './model-parts.ts';
import { addVariable, declarationOf, lookUp, type ScopeEntry } from './scope.ts';
import { removeWithBlanks } from './text-edits.ts';
import { readType } from './unit-reader.ts';
import { ERROR, SPIKE_TRAIN } from './value-types.ts';
import { checkVectorSize } from './vector-sizes.ts';

/** A variable of a block and the declaration it comes from. */
export interface DeclaredVariable {
  readonly symbol: VariableSymbol;
  readonly syntax: DeclarationSyntax;
  readonly block: 'state' | 'parameters' | 'internals';
}

/** The symbols of a model. */
export interface ModelSymbols {
  readonly variables: readonly DeclaredVariable[];
  /** The declarations in `state` that belong to kernels: name, then order. */
  readonly kernelStates: ReadonlyMap<string, ReadonlyMap<number, DeclaredVariable>>;
  readonly ports: readonly PortSymbol[];
  readonly inlines: ReadonlyMap<InlineSyntax, VariableSymbol>;
  /** By name. */
  readonly kernels: ReadonlyMap<string, KernelSymbol>;
}

/** Something to declare: the place of its name, and how to make it. A vector waits for the scalars, because its size may be one. */
interface Pending {
  readonly name: string;
  readonly place: Span;
  readonly isVector: boolean;
  readonly declare: () => void;
}

/** Declares everything that the scope of the model holds. Names that stand twice are reported at their later place. */
export function declareSymbols(parts: ModelParts, context: ExpressionContext): ModelSymbols {
  const kernelNames = kernelStateNamesOf(parts);
  const variables: DeclaredVariable[] = [];
  const kernelStates = new Map<string, Map<number, DeclaredVariable>>();
  const ports: PortSymbol[] = [];
  const inlines = new Map<InlineSyntax, VariableSymbol>();
  const kernels = new Map<string, KernelSymbol>();
  const keep = (declared: DeclaredVariable) => {
    const { name, role, order } = declared.symbol;
    if (role !== 'kernelState') variables.push(declared);
    else {
      const orders = kernelStates.get(name) ?? new Map<number, DeclaredVariable>();
      if (!refuseKernelDuplicate(declared, orders, context))
        kernelStates.set(name, orders.set(order, declared));
    }
  };
  const pending = [
    ...pendingVariables(parts, kernelNames, keep, context),
    ...parts.ports.map((port) => pendingPort(port, ports, context)),
    ...parts.equations.flatMap((entry) => {
      if (entry.kind === 'inline') return [pendingInline(entry, inlines, context)];
      return entry.kind === 'kernel' ? pendingKernels(entry, kernels, context) : [];
    }),
  ].sort((a, b) => Number(a.isVector) - Number(b.isVector) || a.place.start - b.place.start);
  for (const { declare } of pending) declare();
  const isHidden = ({ symbol }: DeclaredVariable) => kernels.has(symbol.name);
  const visible = variables.filter((variable) => !isHidden(variable));
  visible.sort((a, b) => a.symbol.declared.start - b.symbol.declared.start);
  ports.sort((a, b) => a.declared.start - b.declared.start);
  return { variables: visible, kernelStates, ports, inlines, kernels };
}

const roles = { state: 'state', parameters: 'parameter', internals: 'internal' } as const;

function pendingVariables(
  parts: ModelParts,
  kernelNames: ReadonlySet<string>,
  keep: (declared: DeclaredVariable) => void,
  context: ExpressionContext,
): readonly Pending[] {
  const blocks = ['state', 'parameters', 'internals'] as const;
  return blocks.flatMap((block) =>
    parts[block].flatMap((syntax) => {
      if (syntax.isInline) reportInline(syntax, block, context);
      const type = readVariableType(syntax, context);
      return syntax.variables.map((variable) => {
        const isKernel = block === 'state' && kernelNames.has(variable.name.text);
        const role = isKernel ? 'kernelState' : roles[block];
        return pendingVariable(variable, { role, type }, syntax, block, keep, context);
      });
    }),
  );
}

/** Reports the word `inline`; what is computed once is an internal or a parameter without it. */
export function reportInline(
  { span }: DeclarationSyntax,
  block: DeclaredVariable['block'] | 'statements',
  { model }: ExpressionContext,
): void {
  const word = /\binline\s+/.exec(model.source.text.slice(span.start, span.end));
  const start = span.start + (word?.index ?? 0);
  const edits = [{ span: { start, end: start + (word?.[0].length ?? 0) }, text: '' }];
  const isCertain = word !== null && block !== 'state';
  model.report(
    'misplaced-inline',
    span,
    {},
    { fixes: isCertain ? [{ title: 'Remove `inline`', edits }] : [] },
  );
}

function pendingVariable(
  variable: VariableSyntax,
  { role, type }: Pick<VariableSymbol, 'role' | 'type'>,
  syntax: DeclarationSyntax,
  block: DeclaredVariable['block'],
  keep: (declared: DeclaredVariable) => void,
  context: ExpressionContext,
): Pending {
  const { name, order, index } = variable;
  const declare = () => {
    const isRefused = order > 0 && block !== 'state';
    if (isRefused) {
      const primes = { start: name.span.end, end: name.span.end + order };
      const fixes =
        index === undefined ? [{ title: `Write \`${name.text}\``, edits: [{ span: primes, text: '' }] }] : [];
      const parameters = { name: name.text, block: `\`${block}\`` };
      context.model.report('misplaced-derivative', variable.span, parameters, { fixes });
    }
    const size = index === undefined ? undefined : checkVectorSize(index, context);
    const symbol: VariableSymbol = {
      kind: 'variable',
      role,
      name: name.text,
      order: isRefused ? 0 : order,
      writtenName: name.text + "'".repeat(order),
      // A refused one is declared with the error type, so that its uses stay silent.
      type: isRefused ? ERROR : type,
      ...(size === undefined ? {} : { size }),
      declared: name.span,
    };
    if (role !== 'kernelState' && refuseDuplicate(symbol, context)) return;
    if (role !== 'kernelState') addVariable(context.scope, symbol);
    keep({ symbol, syntax, block });
  };
  return { name: name.text, place: name.span, isVector: index !== undefined, declare };
}

function refuseKernelDuplicate(
  { symbol }: DeclaredVariable,
  orders: ReadonlyMap<number, DeclaredVariable>,
  context: ExpressionContext,
): boolean {
  const before = orders.get(symbol.order);
  if (before === undefined) return false;
  reportDuplicate(symbol.writtenName, symbol.declared, before.symbol.declared, context);
  return true;
}

/** The same name with another order is no duplicate, if both are states. */
function refuseDuplicate(symbol: VariableSymbol, context: ExpressionContext): boolean {
  const before = lookUp(context.scope, symbol.name);
  if (before?.kind === 'variable' && symbol.role === 'state') {
    const sameOrder = before.orders.get(symbol.order);
    const isState = [...before.orders.values()].every(({ role }) => role === 'state');
    if (sameOrder === undefined && isState) return false;
  }
  return refuseName(symbol.name, symbol.declared, before, context);
}

/** Reports a name that is taken; true if so. */
function refuseName(
  name: string,
  place: Span,
  before: ScopeEntry | undefined,
  context: ExpressionContext,
): boolean {
  if (before === undefined) return false;
  const other = declarationOf(before);
  if (other === undefined) {
    context.model.report('predefined-name', place, { name });
    // It gets the error type, so that its uses stay silent.
    const symbol = {
      kind: 'variable',
      role: 'state',
      name,
      order: 0,
      writtenName: name,
      type: ERROR,
    } as const;
    addVariable(context.scope, { ...symbol, declared: place });
  } else reportDuplicate(name, place, other, context);
  return true;
}

function reportDuplicate(name: string, place: Span, other: Span, context: ExpressionContext): void {
  const [first, second] = place.start < other.start ? [place, other] : [other, place];
  const related = [{ message: `\`${name}\` is declared here first`, span: first }];
  context.model.report('duplicate-name', second, { name }, { related });
}

function pendingPort(syntax: PortSyntax, ports: PortSymbol[], context: ExpressionContext): Pending {
  const { name, size: sizeSyntax } = syntax;
  const declare = () => {
    const size = sizeSyntax === undefined ? undefined : checkVectorSize(sizeSyntax, context);
    const port = createPort(syntax, size, context);
    if (refuseName(name.text, name.span, lookUp(context.scope, name.text), context)) return;
    context.scope.entries.set(name.text, { kind: 'port', port, declared: name.span });
    ports.push(port);
  };
  return { name: name.text, place: name.span, isVector: sizeSyntax !== undefined, declare };
}

function createPort(
  syntax: PortSyntax,
  size: Expression | undefined,
  context: ExpressionContext,
): PortSymbol {
  const { name, signal, qualifiers, type: typeSyntax } = syntax;
  const { model } = context;
  const qualifier = qualifiers[0]?.name;
  if (qualifiers.length > 1) reportQualifiers(syntax, model);
  const written = typeSyntax === undefined ? ERROR : readType(typeSyntax, model.units);
  return {
    kind: 'port',
    name: name.text,
    signal,
    ...(signal === 'spike' && qualifier !== undefined ? { qualifier } : {}),
    type: signal === 'spike' ? SPIKE_TRAIN : written,
    ...(size === undefined ? {} : { size }),
    declared: name.span,
    documentation: documentationOf(syntax.comments),
  };
}

/** Both words together mean neither; a word that stands twice is meant once. */
function reportQualifiers({ name, qualifiers }: PortSyntax, { source, report }: ModelContext): void {
  const isSame = qualifiers.every((qualifier) => qualifier.name === qualifiers[0]!.name);
  const superfluous = isSame ? qualifiers.slice(1) : qualifiers;
  const edits = superfluous.map(({ span }) => removeWithBlanks(source, span));
  const title = isSame ? 'Write it once' : 'Remove both words';
  report('port-qualifiers', qualifiers[1]!.span, { port: name.text }, { fixes: [{ title, edits }] });
}

function pendingInline(
  syntax: InlineSyntax,
  inlines: Map<InlineSyntax, VariableSymbol>,
  context: ExpressionContext,
): Pending {
  const { name } = syntax;
  const declare = () => {
    const type = readVariableType(syntax, context);
    const symbol: VariableSymbol = {
      kind: 'variable',
      role: 'inline',
      name: name.text,
      order: 0,
      writtenName: name.text,
      type,
      declared: name.span,
    };
    if (refuseDuplicate(symbol, context)) return;
    addVariable(context.scope, symbol);
    inlines.set(syntax, symbol);
  };
  return { name: name.text, place: name.span, isVector: false, declare };
}

/** Gives all orders of a variable the error type. */
function distrustName(
  { orders }: Extract<ScopeEntry, { readonly kind: 'variable' }>,
  declared: Span,
  { scope }: ExpressionContext,
): void {
  const name = [...orders.values()][0]!.name;
  const silent = new Map([...orders].map(([order, symbol]) => [order, { ...symbol, type: ERROR }]));
  scope.entries.set(name, { kind: 'variable', orders: silent, declared });
}

function pendingKernels(
  syntax: KernelSyntax,
  kernels: Map<string, KernelSymbol>,
  context: ExpressionContext,
): readonly Pending[] {
  return syntax.definitions.map(({ target }) => {
    const { name } = target;
    const declare = () => {
      const before = lookUp(context.scope, name.text);
      const isState = before?.kind === 'variable' && [...before.orders.values()][0]?.role === 'state';
      if (refuseName(name.text, name.span, before, context) && !isState) return;
      const kernel: KernelSymbol = { kind: 'kernel', name: name.text, declared: name.span };
      // Either may be meant by the uses: nothing is said about them.
      if (isState) distrustName(before, name.span, context);
      else context.scope.entries.set(name.text, { kind: 'kernel', kernel, declared: name.span });
      kernels.set(name.text, kernel);
    };
    return { name: name.text, place: name.span, isVector: false, declare };
  });
}
