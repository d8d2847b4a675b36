import type { Region } from '../check/context.ts';
import { derivativeType } from '../check/declarations.ts';
import type { PredefinedFunction } from '../check/predefined-functions.ts';
import type { ScopeEntry } from '../check/scope.ts';
import { writtenType } from '../check/value-types.ts';
import { type AnalysedFile, modelAt } from './analyse-file.ts';
import type { CompletionItem } from './completion.ts';

const statements: ReadonlySet<Region> = new Set(['update', 'receive', 'trigger', 'condition', 'function']);
const beforeTheStart: ReadonlySet<Region> = new Set([
  'state',
  'parameter',
  'internal',
  'size',
  'guard',
  'increment',
]);

/** Whether a predefined function of a form may stand in a region: draws in statements, convolutions in equations. */
export function isFormLegal(form: PredefinedFunction['form'], region: Region): boolean {
  switch (form) {
    case 'random':
    case 'count':
      return statements.has(region);
    case 'special':
      return region === 'equation' || region === 'inline';
    default:
      return true;
  }
}

/** Whether a name may stand in a region: there is no input before the start, and equations do not know the time. */
export function isEntryLegal(entry: ScopeEntry, region: Region): boolean {
  switch (entry.kind) {
    case 'time':
      return region === 'kernel' || statements.has(region);
    case 'port':
      return !beforeTheStart.has(region) && region !== 'kernel';
    case 'variable':
    case 'constant':
    case 'kernel':
      return true;
    default:
      return entry satisfies never;
  }
}

/** What an equation can begin with: the highest derivative of each state, those without equation first. */
export function derivativeItems({ index }: AnalysedFile, offset: number): readonly CompletionItem[] {
  const model = modelAt(index, offset);
  if (model === undefined) return [];
  const items = [...index.uses.keys()].flatMap(({ kind, name, entry, declarations }) => {
    const isHere = declarations.some(
      ({ span }) => model.span.start <= span.start && span.start < model.span.end,
    );
    if (kind !== 'state' || entry?.kind !== 'variable' || !isHere) return [];
    const order = entry.orders.size;
    const lowest = entry.orders.get(0)?.type;
    const type = lowest === undefined ? undefined : derivativeType(lowest, order);
    const item: CompletionItem = {
      label: name + "'".repeat(order),
      kind,
      detail: (type === undefined ? undefined : writtenType(type)) ?? '',
      documentation: declarations[0]?.documentation ?? '',
      fits: !model.context.equationOrders.has(name),
    };
    return [item];
  });
  return [...items.filter(({ fits }) => fits), ...items.filter(({ fits }) => !fits)];
}
