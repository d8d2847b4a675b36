import type { Fix } from '@nestml/diagnostics';
import type { Expression } from '../model/expressions.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import type { ValueType } from '../model/types.ts';
import type { VariableSyntax } from '../syntax/expressions.ts';
import type { StatementSyntax } from '../syntax/tree.ts';
import type { BodyUses, NameUses } from './body-uses.ts';
import type { ExpressionContext } from './context.ts';
import { checkExpression } from './expressions.ts';
import { addVariable, createScope, type Scope } from './scope.ts';
import { insertLineAbove } from './text-edits.ts';
import { agreeInDimension, ERROR, hasDimension, isNumeric, REAL, writtenType } from './value-types.ts';

/** The statements around one that assigns. */
export interface Surroundings {
  /** Those of its branch, loop or block. */
  readonly statements: readonly StatementSyntax[];
  /** Those of the handler, function or `update`, and their scope. */
  readonly whole: readonly StatementSyntax[];
  readonly wholeScope: Scope;
  readonly uses: () => BodyUses;
}

/** The type that a variable should have, which is assigned without being declared. */
interface LikelyType {
  readonly type: ValueType;
  /** Whether no assignment speaks against it. */
  readonly isCertain: boolean;
}

/**
 * Reports an assignment that was probably meant as the declaration of a local, whose cure is the declaration: there, or above the branches in
 * which it is used. The name is declared, so that its uses stay silent. False if the value has no type that can be written.
 */
export function reportUndeclaredLocal(
  { name: { text, span } }: VariableSyntax,
  value: Expression,
  context: ExpressionContext,
  around: Surroundings,
): boolean {
  const uses = around.uses().get(text);
  const { type, isCertain } = likelyType(text, value, uses, context);
  const written = writtenType(type);
  if (written === undefined) return false;
  const fix = declarationFix(text, span.end, written, uses, context, around);
  const fixes = fix === undefined ? [] : [isCertain ? fix : { ...fix, isGuess: true as const }];
  context.model.report('undeclared-local', span, { name: text, type: written }, { fixes });
  const symbol: VariableSymbol = {
    kind: 'variable',
    role: 'local',
    name: text,
    order: 0,
    writtenName: text,
    type: isCertain ? type : ERROR,
    declared: span,
  };
  addVariable(isInside(around, uses) ? context.scope : around.wholeScope, symbol);
  return true;
}

/** A whole number is an integer only if it counts; a quantity among the other values decides for its unit. */
function likelyType(
  name: string,
  value: Expression,
  uses: NameUses | undefined,
  context: ExpressionContext,
): LikelyType {
  const isLiteral = value.kind === 'constant' || value.kind === 'negation';
  const isWhole = value.type.kind === 'integer' && isLiteral && uses?.isCounter !== true;
  const first = isWhole ? REAL : value.type;
  const others = (uses?.assignments ?? []).map((assignment) =>
    typeOfOther(name, assignment.value, first, context),
  );
  const known = others.filter(({ kind }) => kind !== 'error');
  const quantity = known.find(hasDimension);
  if (isNumeric(first) && !hasDimension(first) && quantity !== undefined)
    return { type: quantity, isCertain: false };
  const isFraction = first.kind === 'integer' && known.some(({ kind }) => kind === 'real');
  const type = isFraction ? REAL : first;
  return { type, isCertain: known.every((other) => isAlike(type, other)) };
}

function isAlike(type: ValueType, other: ValueType): boolean {
  if (!isNumeric(type) || !isNumeric(other)) return type.kind === other.kind;
  return hasDimension(type) || hasDimension(other)
    ? agreeInDimension(type, other) || !hasDimension(other)
    : true;
}

/** The type of another value that is assigned, if the variable has the type `own`. */
function typeOfOther(
  name: string,
  value: Parameters<typeof checkExpression>[0],
  own: ValueType,
  context: ExpressionContext,
): ValueType {
  const scope = createScope(context.scope, new Map());
  const declared = value.span;
  addVariable(scope, {
    kind: 'variable',
    role: 'local',
    name,
    order: 0,
    writtenName: name,
    type: own,
    declared,
  });
  const model = { ...context.model, report: () => undefined };
  return checkExpression(value, { ...context, scope, model }).type;
}

function isInside({ statements }: Surroundings, uses: NameUses | undefined): boolean {
  const [first, last] = [statements[0], statements.at(-1)];
  if (uses === undefined || first === undefined || last === undefined) return true;
  return first.span.start <= uses.span.start && uses.span.end <= last.span.end;
}

function declarationFix(
  name: string,
  place: number,
  type: string,
  uses: NameUses | undefined,
  { model }: ExpressionContext,
  around: Surroundings,
): Fix | undefined {
  const title = `Declare \`${name} ${type}\``;
  if (isInside(around, uses))
    return { title, edits: [{ span: { start: place, end: place }, text: ` ${type}` }] };
  const outer = around.whole.find(({ span }) => span.end >= (uses?.span.start ?? 0));
  const initial = type === 'boolean' ? 'false' : type === 'string' ? '""' : '0';
  if (outer === undefined) return undefined;
  return { title, edits: [insertLineAbove(model.source, outer.span, `${name} ${type} = ${initial}`)] };
}
