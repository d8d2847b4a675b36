import type { Span } from '@nestml/diagnostics';
import { allUnitNames, sameDimension, unitByName } from '@nestml/units';
import { isUnitInUse } from '../check/lone-units.ts';
import { predefinedFunctions } from '../check/predefined-functions.ts';
import type { Scope, ScopeEntry } from '../check/scope.ts';
import {
  agreeInDimension,
  describeUnit,
  hasDimension,
  isNumeric,
  REAL,
  TIME,
  writtenType,
} from '../check/value-types.ts';
import type { ValueType } from '../model/types.ts';
import type { BlockSyntax } from '../syntax/tree.ts';
import type { AnalysedFile } from './analyse-file.ts';
import { type CompletionPlace, completionPlace, type Probe, wordAt } from './completion-place.ts';
import type { Definition, DefinitionKind, Expectation } from './definitions.ts';
import { expectedAt } from './expected-type.ts';
import { functionSignature } from './hover.ts';
import { derivativeItems, isEntryLegal, isFormLegal } from './legal-here.ts';

/** Something that can be written at a cursor. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: DefinitionKind | 'unit' | 'keyword' | 'decorator';
  /** Its unit, type or signature; empty without one. */
  readonly detail: string;
  /** The comment of its declaration; empty without one. */
  readonly documentation: string;
  /** Whether it has the unit or type that is wanted here. */
  readonly fits: boolean;
}

/** What can be written at a cursor, best first: what fits, then inner names before outer ones, then the alphabet. */
export interface Completion {
  /** The word that the choice replaces; empty if none has been begun. */
  readonly replaces: Span;
  readonly items: readonly CompletionItem[];
}

/**
 * What can be written at a cursor; it is not narrowed to the word that has been begun, since editors do that, each in its way.
 * Takes time linear in the text of the model around the cursor.
 */
export function completion(file: AnalysedFile, offset: number): Completion {
  const clamped = Math.max(0, Math.min(offset, file.source.text.length));
  const replaces = wordAt(file.source, clamped);
  const place = completionPlace(file, clamped);
  const isEquation = place.kind === 'line' && place.block === 'equations';
  const derivatives = isEquation ? derivativeItems(file, clamped) : [];
  return { replaces, items: [...derivatives, ...itemsAt(place, unitsIn(file))] };
}

/** The names in the units of a text. */
function unitsIn({ index }: AnalysedFile): ReadonlySet<string> {
  return new Set(index.units.flatMap(({ text }) => text.match(/[A-Za-zµμΩ]+/g) ?? []));
}

function itemsAt(place: CompletionPlace, known: ReadonlySet<string>): readonly CompletionItem[] {
  switch (place.kind) {
    case 'none':
      return [];
    case 'file':
      return keywordItems('model');
    case 'model':
      return keywordItems(...blockWords);
    case 'decorator':
      return ['homogeneous', 'heterogeneous'].map((label) => plainItem(label, 'decorator'));
    case 'signal':
      return keywordItems('spike', 'continuous', 'excitatory', 'inhibitory');
    case 'type':
      return [...unitItems(undefined, known), ...keywordItems('real', 'integer', 'boolean', 'string')];
    case 'line':
      return lineItems(place.block, place.probe);
    case 'unit': {
      const { site, offset } = place.probe;
      return unitItems(expectedAt(site, offset), known);
    }
    case 'expression':
      return expressionItems(place.probe);
    default:
      return place satisfies never;
  }
}

const blockWords = [
  'state',
  'parameters',
  'internals',
  'equations',
  'input',
  'output',
  'update',
  'function',
  'onReceive',
  'onCondition',
] as const;

function plainItem(label: string, kind: CompletionItem['kind'], detail = '', fits = false): CompletionItem {
  return { label, kind, detail, documentation: '', fits };
}

function keywordItems(...words: readonly string[]): readonly CompletionItem[] {
  return words.map((word) => plainItem(word, 'keyword'));
}

/** The units of the wanted dimension, then the usual ones; those that the text has already come first. */
function unitItems(expected: Expectation | undefined, known: ReadonlySet<string>): readonly CompletionItem[] {
  const wanted = expected?.kind === 'type' && hasDimension(expected.type) ? expected.type.unit : undefined;
  const items = allUnitNames().flatMap((name) => {
    const unit = unitByName(name);
    if (unit === undefined) return [];
    const fits = wanted !== undefined && sameDimension(unit, wanted);
    return fits || isUnitInUse(name) || known.has(name)
      ? [plainItem(name, 'unit', describeUnit(unit), fits)]
      : [];
  });
  const isNamed = wanted === undefined || items.some(({ label }) => label === wanted.text);
  const whole = isNamed ? [] : [plainItem(wanted.text, 'unit', describeUnit(wanted), true)];
  const usual = (name: string) => (known.has(name) ? 0 : isUnitInUse(name) ? 1 : 2);
  items.sort(
    (a, b) =>
      Number(b.fits) - Number(a.fits) || usual(a.label) - usual(b.label) || compareText(a.label, b.label),
  );
  return [...whole, ...items];
}

function lineItems(
  block: BlockSyntax['kind'] | 'statements',
  probe: Probe | undefined,
): readonly CompletionItem[] {
  switch (block) {
    case 'state':
    case 'parameters':
    case 'internals':
    case 'input':
      return [];
    case 'equations':
      return keywordItems('inline', 'recordable', 'kernel');
    case 'output':
      return keywordItems('spike', 'continuous');
    case 'statements':
    case 'update':
    case 'function':
    case 'onReceive':
    case 'onCondition':
      return statementItems(probe);
    default:
      return block satisfies never;
  }
}

/** What a statement can begin with: what can be assigned, what can be called for its effect, keywords. */
function statementItems(probe: Probe | undefined): readonly CompletionItem[] {
  const effects = [...predefinedFunctions].filter(([, { form }]) => form === 'statement');
  const calls = effects.map(([name, { signature }]) =>
    plainItem(name, 'predefinedFunction', signature, true),
  );
  const words = keywordItems('if', 'for', 'while', 'return', 'real', 'integer', 'boolean', 'string');
  if (probe === undefined) return [...calls, ...words];
  const functions = [...probe.site.context.model.functions.values()].map((own) =>
    plainItem(own.name, 'function', functionSignature(own), own.returnType.kind === 'void'),
  );
  const assignable: readonly DefinitionKind[] = ['state', 'local', 'functionParameter'];
  const names = nameItems(probe).filter(({ kind }) => assignable.includes(kind as DefinitionKind));
  return [...names.map((item) => ({ ...item, fits: true })), ...calls, ...functions, ...words];
}

/** What can stand in an expression. */
function expressionItems(probe: Probe): readonly CompletionItem[] {
  const { site, offset } = probe;
  const expected = expectedAt(site, offset);
  const names = nameItems(probe, expected);
  if (expected !== undefined && expected.kind !== 'type') {
    if (expected.kind === 'text') return [];
    return names.filter(({ fits }) => fits);
  }
  const wanted = expected?.type;
  const functions = [...site.context.model.functions.values()].map((own) =>
    plainItem(own.name, 'function', functionSignature(own), fitsType(own.returnType, wanted)),
  );
  const predefined = [...predefinedFunctions]
    .filter(([, { form }]) => form !== 'statement')
    .map(([name, { form, signature }]) =>
      plainItem(
        name,
        'predefinedFunction',
        signature,
        isFormLegal(form, site.context.region) && fitsForm(form, wanted),
      ),
    );
  const words = ['true', 'false', 'not', 'inf'].map((word) =>
    plainItem(word, 'keyword', '', word === 'inf' ? isNumber(wanted) : wanted?.kind === 'boolean'),
  );
  const all = [...names, ...functions, ...predefined, ...words];
  return [...all.filter(({ fits }) => fits), ...all.filter(({ fits }) => !fits)];
}

function isNumber(type: ValueType | undefined): boolean {
  return type !== undefined && isNumeric(type);
}

/** Whether the result of a predefined function can have a type. */
function fitsForm(form: string, wanted: ValueType | undefined): boolean {
  if (wanted === undefined || !isNumeric(wanted)) return false;
  const isAny = form === 'alike' || form === 'rounding' || form === 'random';
  return isAny || ((form === 'number' || form === 'special' || form === 'count') && !hasDimension(wanted));
}

function fitsType(type: ValueType, wanted: ValueType | undefined): boolean {
  if (wanted === undefined) return false;
  return isNumeric(type) && isNumeric(wanted) ? agreeInDimension(type, wanted) : type.kind === wanted.kind;
}

/** The names that are known at the cursor, inner ones first, those that fit before the others. */
function nameItems({ index, site, offset }: Probe, expected?: Expectation): readonly CompletionItem[] {
  const definitions = new Map([...index.uses.keys()].map((known) => [known.entry, known]));
  const groups: (readonly CompletionItem[])[] = [];
  const seen = new Set<string>();
  for (let scope: Scope | undefined = site.context.scope; scope !== undefined; scope = scope.parent) {
    const group: CompletionItem[] = [];
    const isBlock = scope.parent?.parent !== undefined;
    const { region, model } = site.context;
    for (const [name, entry] of scope.entries) {
      const place = definitions.get(entry)?.declarations[0];
      // A local is known behind its line, in its own value not yet.
      const isLater = isBlock && place !== undefined && place.element.end >= offset;
      if (seen.has(name) || isLater || name === '') continue;
      seen.add(name);
      const isDeclared =
        region !== 'guard' &&
        place !== undefined &&
        contains(place.element, offset) &&
        entry.kind === 'variable';
      const isValue = expected === undefined || expected.kind === 'type';
      const isLegal = !isDeclared && (!isValue || isEntryLegal(entry, region));
      const items = entryItems(name, entry, definitions.get(entry), expected, model.equationOrders);
      group.push(...items.map((item) => (isLegal ? item : { ...item, fits: false })));
    }
    groups.push(group.sort((a, b) => compareText(a.label, b.label)));
  }
  const items = groups.flat();
  return [...items.filter(({ fits }) => fits), ...items.filter(({ fits }) => !fits)];
}

/** The items of a name: one, and one for each derivative that is a variable. */
function entryItems(
  name: string,
  entry: ScopeEntry,
  definition: Definition | undefined,
  expected: Expectation | undefined,
  equations: ReadonlyMap<string, number>,
): readonly CompletionItem[] {
  const documentation = definition?.declarations[0]?.documentation ?? '';
  if (entry.kind !== 'variable') {
    const type = typeOfEntry(entry);
    const detail = entry.kind === 'port' ? `${entry.port.signal} input` : '';
    const fits = fitsEntry(entry, type, expected);
    return [{ label: name, kind: entry.kind, detail, documentation, fits }];
  }
  return [...entry.orders.values()].map(({ role, order, type }) => ({
    label: name + "'".repeat(order),
    kind: role === 'kernelState' ? 'kernel' : role,
    detail: writtenType(type) ?? '',
    documentation,
    fits:
      expected?.kind === 'integrated'
        ? role === 'state' && order === 0 && equations.has(name)
        : expected?.kind === 'type' && fitsType(type, expected.type),
  }));
}

function typeOfEntry(entry: Exclude<ScopeEntry, { readonly kind: 'variable' }>): ValueType | undefined {
  switch (entry.kind) {
    case 'port':
      return entry.port.type;
    case 'time':
      return TIME;
    case 'constant':
      return REAL;
    case 'kernel':
      return undefined;
    default:
      return entry satisfies never;
  }
}

function fitsEntry(
  entry: Exclude<ScopeEntry, { readonly kind: 'variable' }>,
  type: ValueType | undefined,
  expected: Expectation | undefined,
): boolean {
  switch (expected?.kind) {
    case undefined:
    case 'text':
    case 'integrated':
      return false;
    case 'kernel':
      return entry.kind === 'kernel';
    case 'spikePort':
      return entry.kind === 'port' && entry.port.signal === 'spike';
    case 'time':
      return entry.kind === 'time';
    case 'type':
      return type !== undefined && fitsType(type, expected.type);
    default:
      return expected satisfies never;
  }
}

function compareText(first: string, second: string): number {
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
