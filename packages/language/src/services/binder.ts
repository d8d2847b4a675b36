import type { Span } from '@nestml/diagnostics';
import type { ExpressionContext, ModelContext } from '../check/context.ts';
import { predefinedFunctions } from '../check/predefined-functions.ts';
import { lookUp, type ScopeEntry } from '../check/scope.ts';
import type { ValueType } from '../model/types.ts';
import { childrenOfSyntax, isExpression } from '../syntax/children.ts';
import type {
  CallSyntax,
  ExpressionSyntax,
  StringSyntax,
  TypeSyntax,
  UnitSyntax,
  VariableSyntax,
} from '../syntax/expressions.ts';
import type {
  BodySite,
  DeclarationPlace,
  Definition,
  DefinitionKind,
  Expectation,
  ExpressionSite,
  LooseName,
  Occurrence,
} from './definitions.ts';

/** What binding one model has found so far. Lists grow in the order of discovery. */
export interface Binder {
  readonly context: ModelContext;
  readonly occurrences: Occurrence[];
  readonly loose: LooseName[];
  readonly sites: ExpressionSite[];
  readonly bodies: BodySite[];
  /** Units as written, in types and behind numbers. */
  readonly units: UnitSyntax[];
  /** By what stands for the thing while checking: an entry of a scope, a function, a predefined function, a syntax node. */
  readonly definitions: Map<object, Definition>;
  /** The places of each definition, for adding. */
  readonly places: Map<Definition, DeclarationPlace[]>;
}

/** A binder that has found nothing. */
export function createBinder(context: ModelContext): Binder {
  return {
    context,
    occurrences: [],
    loose: [],
    sites: [],
    bodies: [],
    units: [],
    definitions: new Map(),
    places: new Map(),
  };
}

/** The expectation of a type; none if the type is unknown. */
export function typeWanted(type: ValueType): Expectation | undefined {
  return type.kind === 'error' || type.kind === 'void' ? undefined : { kind: 'type', type };
}

/** The definition of a thing, made at its first mention. */
export function define(
  binder: Binder,
  key: object,
  kind: DefinitionKind,
  name: string,
  extras: Pick<Definition, 'scope' | 'entry' | 'function' | 'predefined'> = {},
): Definition {
  const known = binder.definitions.get(key);
  if (known !== undefined) return known;
  const places: DeclarationPlace[] = [];
  const definition: Definition = { kind, name, declarations: places, ...extras };
  binder.definitions.set(key, definition);
  binder.places.set(definition, places);
  return definition;
}

/** The definition of what a scope holds. */
export function entryDefinition(
  binder: Binder,
  entry: ScopeEntry,
  name: string,
  extras: Pick<Definition, 'scope'> = {},
): Definition {
  return define(binder, entry, kindOf(entry), name, { entry, ...extras });
}

function kindOf(entry: ScopeEntry): DefinitionKind {
  if (entry.kind !== 'variable') return entry.kind;
  const role = [...entry.orders.values()][0]?.role ?? 'local';
  return role === 'kernelState' ? 'kernel' : role;
}

/** Notes a place that declares. */
export function declare(
  binder: Binder,
  definition: Definition,
  span: Span,
  place: Partial<DeclarationPlace> & Pick<DeclarationPlace, 'element'>,
): void {
  const order = place.order ?? 0;
  binder.places.get(definition)?.push({ documentation: '', isKernel: false, ...place, order, span });
  binder.occurrences.push({ span, order, access: 'declaration', definition });
}

/** Notes a type that is written. */
export function addType({ units }: Binder, type: TypeSyntax | undefined): void {
  if (type?.kind === 'unit') units.push(type.unit);
}

/** Notes an expression that is no part of another one, and the names in it. */
export function addSite(
  binder: Binder,
  syntax: ExpressionSyntax,
  context: ExpressionContext,
  expected?: Expectation,
  access: 'read' | 'write' = 'read',
): void {
  binder.sites.push({ syntax, context, ...(expected === undefined ? {} : { expected }) });
  bindNames(binder, syntax, context, access);
}

function bindNames(
  binder: Binder,
  syntax: ExpressionSyntax,
  context: ExpressionContext,
  access: 'read' | 'write' = 'read',
): void {
  if (syntax.kind === 'variable') bindVariable(binder, syntax, context, access);
  if (syntax.kind === 'number' && syntax.unit !== undefined) binder.units.push(syntax.unit);
  if (syntax.kind === 'call') bindCallee(binder, syntax, context);
  for (const child of childrenOfSyntax(syntax)) if (isExpression(child)) bindNames(binder, child, context);
}

/** Notes a use of a name as a variable, a port or a kernel. */
export function bindVariable(
  binder: Binder,
  { name, order }: Pick<VariableSyntax, 'name' | 'order'>,
  { scope }: ExpressionContext,
  access: 'read' | 'write',
): void {
  if (name.text === '') return;
  const entry = lookUp(scope, name.text);
  if (entry === undefined) binder.loose.push(name);
  else {
    const definition = entryDefinition(binder, entry, name.text);
    binder.occurrences.push({ span: name.span, order, access, definition });
  }
}

function bindCallee(binder: Binder, { callee }: CallSyntax, context: ExpressionContext): void {
  const { text, span } = callee;
  const own = context.model.functions.get(text);
  const predefined = predefinedFunctions.get(text);
  const note = (definition: Definition) =>
    binder.occurrences.push({ span, order: 0, access: 'read', definition });
  if (own !== undefined) note(define(binder, own, 'function', text, { function: own }));
  else if (predefined !== undefined)
    note(define(binder, predefined, 'predefinedFunction', text, { predefined }));
  else bindVariable(binder, { name: callee, order: 0 }, context, 'read');
}

/** Notes the names in the places of a text that is printed: `{V_m}`, `{a[i]}`. */
export function bindPrintedText(binder: Binder, text: StringSyntax, context: ExpressionContext): void {
  const first = text.span.start + 1;
  for (const match of text.value.matchAll(/\{([A-Za-z_]\w*)(?:\[(\d+|[A-Za-z_]\w*)\])?('*)\}/g)) {
    const [, name = '', index = '', primes = ''] = match;
    const start = first + match.index + 1;
    const span = { start, end: start + name.length };
    bindVariable(binder, { name: { text: name, span }, order: primes.length }, context, 'read');
    if (!/^[A-Za-z_]/.test(index)) continue;
    const place = { start: span.end + 1, end: span.end + 1 + index.length };
    bindVariable(binder, { name: { text: index, span: place }, order: 0 }, context, 'read');
  }
}
