import { derivativeType } from '../check/declarations.ts';
import { checkExpression } from '../check/expressions.ts';
import { ERROR, REAL, TIME } from '../check/value-types.ts';
import type { ValueType } from '../model/types.ts';
import { childrenOfSyntax, isExpression } from '../syntax/children.ts';
import type { ExpressionSyntax } from '../syntax/expressions.ts';
import type { BoundModel, Definition, ExpressionSite } from './definitions.ts';

/** The type of an expression in its scope; the error type if a message would be given for it. */
export function typeOfExpression(
  syntax: ExpressionSyntax,
  { context }: Pick<ExpressionSite, 'context'>,
): ValueType {
  return checkExpression(syntax, context).type;
}

/** The type of a name, with its primes; undefined for what has none: a model, a kernel, a function without value. */
export function typeOfDefinition(
  { kind, entry, function: called, declarations }: Definition,
  order: number,
  model?: BoundModel,
): ValueType | undefined {
  if (kind === 'function') return called?.returnType;
  if (kind === 'constant') return REAL;
  if (kind === 'time') return TIME;
  if (entry?.kind === 'port') return entry.port.type;
  if (entry?.kind !== 'variable') return undefined;
  const lowest = entry.orders.get(0);
  // The highest derivative is no variable, but what its equation gives.
  if (lowest?.role === 'state' && order === entry.orders.size) return derivativeType(lowest.type, order);
  const type = entry.orders.get(order)?.type ?? ERROR;
  const place = declarations.find((declaration) => declaration.order === order);
  const isMissing = type.kind === 'error' && place?.type?.kind === 'missing';
  if (!isMissing || place.value === undefined || model === undefined) return type;
  const { context } = model;
  return checkExpression(place.value, { model: context, scope: context.scope, region: 'state' }).type;
}

/** The expressions that contain an offset, from the outermost to the innermost. */
export function pathTo(syntax: ExpressionSyntax, offset: number): readonly ExpressionSyntax[] {
  const path: ExpressionSyntax[] = [];
  let current: ExpressionSyntax | undefined = syntax;
  while (current !== undefined) {
    path.push(current);
    current = childrenOfSyntax(current)
      .filter(isExpression)
      .find(({ span }) => span.start <= offset && offset < span.end);
  }
  return path;
}
