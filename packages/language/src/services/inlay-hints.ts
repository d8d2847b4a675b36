import type { Span } from '@nestml/diagnostics';
import { checkExpression } from '../check/expressions.ts';
import { hasDimension, writtenType } from '../check/value-types.ts';
import { walkExpression } from '../model/children.ts';
import type { ValueType } from '../model/types.ts';
import { childrenOfSyntax, isExpression } from '../syntax/children.ts';
import type { ExpressionSyntax } from '../syntax/expressions.ts';
import { type AnalysedFile, modelAt } from './analyse-file.ts';
import type { ExpressionSite } from './definitions.ts';
import { overlaps } from './sorted-places.ts';
import { typeOfDefinition } from './types-of.ts';

/** A unit or type that is not written, to be shown in the text. */
export interface InlayHint {
  /** Behind which character it is shown. */
  readonly offset: number;
  /** The unit: `mV/ms`. */
  readonly label: string;
  /** `type`: of a declaration without one, where it can be written; `unit`: of an equation or a part of an expression. */
  readonly kind: 'type' | 'unit';
}

/**
 * The units that a text implies: of declarations without type, of equations, and of those parts of expressions that must measure the same as
 * others (terms of sums, sides of comparisons) or that stand in parentheses. Single names and numbers show theirs elsewhere. In the order of the text;
 * `within` limits them to a piece of it.
 */
export function inlayHints(file: AnalysedFile, within?: Span): readonly InlayHint[] {
  const { index } = file;
  const isWanted = (span: Span) => within === undefined || overlaps(span, within);
  const hints: InlayHint[] = [];
  for (const { access, definition, order, span } of index.occurrences) {
    if (access !== 'declaration' || !isWanted(span)) continue;
    const place = definition.declarations.find((declaration) => declaration.span.start === span.start);
    if (place?.type?.kind !== 'missing') continue;
    const type = typeOfDefinition(definition, order, modelAt(index, span.start));
    const label = type === undefined ? undefined : writtenType(type);
    if (label !== undefined) hints.push({ offset: span.end + order, label, kind: 'type' });
  }
  for (const site of index.sites) {
    if (!isWanted(site.span)) continue;
    const types = typesWithin(file, site);
    collectUnits(site.syntax, types, hints);
  }
  return hints.toSorted((a, b) => a.offset - b.offset);
}

type TypeAt = (span: Span) => ValueType | undefined;

/** The types of the parts of an expression by their places. Of conversions at one place, what was written is the innermost. */
function typesWithin({ source }: AnalysedFile, { syntax, context, expected }: ExpressionSite): TypeAt {
  const types = new Map<number, ValueType>();
  const keyOf = ({ start, end }: Span) => start * (source.text.length + 1) + end;
  // The left-hand side of an equation is a derivative, which is no variable.
  if (expected !== undefined || syntax.kind === 'call')
    walkExpression(checkExpression(syntax, context), ({ span, type }) => types.set(keyOf(span), type));
  return (span) => types.get(keyOf(span));
}

function collectUnits(syntax: ExpressionSyntax, types: TypeAt, hints: InlayHint[]): void {
  // Inner ones first: at one place, the hint of a parenthesis stands before that of the product.
  for (const child of childrenOfSyntax(syntax)) if (isExpression(child)) collectUnits(child, types, hints);
  for (const part of comparedParts(syntax)) {
    const type = types(part.span);
    if (type === undefined || !isCompound(part) || !hasDimension(type)) continue;
    hints.push({ offset: part.span.end, label: type.unit.text, kind: 'unit' });
  }
}

/** The parts of an expression whose unit matters to each other, and factors in parentheses. */
function comparedParts(syntax: ExpressionSyntax): readonly ExpressionSyntax[] {
  switch (syntax.kind) {
    case 'sum':
      return [syntax.first, ...syntax.rest.map(({ operand }) => operand)];
    case 'comparison':
      return [syntax.left, syntax.right];
    case 'product':
      return [syntax.first, ...syntax.rest.map(({ operand }) => operand)].filter(
        (operand) => withoutSigns(operand).kind === 'parenthesised',
      );
    default:
      return [];
  }
}

function withoutSigns(syntax: ExpressionSyntax): ExpressionSyntax {
  return syntax.kind === 'unary' ? withoutSigns(syntax.operand) : syntax;
}

/** Whether the unit of a part cannot be read off it. */
function isCompound(syntax: ExpressionSyntax): boolean {
  switch (syntax.kind) {
    case 'product':
    case 'power':
    case 'call':
    case 'conditional':
      return true;
    case 'parenthesised':
      return syntax.inner.kind === 'sum' || isCompound(syntax.inner);
    case 'unary':
      return isCompound(syntax.operand);
    default:
      return false;
  }
}
