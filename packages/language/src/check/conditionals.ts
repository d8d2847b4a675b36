import type { Diagnostic, Fix } from '@nestml/diagnostics';
import type { Expression } from '../model/expressions.ts';
import type { ConditionalSyntax } from '../syntax/expressions.ts';
import { declarationsOf, type ExpressionContext, errorExpression, quote } from './context.ts';
import { checkExpression } from './expressions.ts';
import { requireCondition } from './logic.ts';
import { fitsEveryUnit, unify } from './unify.ts';
import { agreeInDimension, describeType, isNumeric } from './value-types.ts';

/** One `? whenTrue : whenFalse` of a chain, checked. */
interface Link {
  readonly syntax: ConditionalSyntax;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

/** `condition ? whenTrue : whenFalse`; both values must be of one type. Chains are grouped from the left (rule D9). */
export function checkConditional(syntax: ConditionalSyntax, context: ExpressionContext): Expression {
  const chain = chainOf(syntax);
  const first = checkExpression(chain[0]!.condition, context);
  const links = chain.map((link) => ({
    syntax: link,
    whenTrue: checkExpression(link.whenTrue, context),
    whenFalse: checkExpression(link.whenFalse, context),
  }));
  if (isGroupedFromRight(links)) return refuseChain(first, links, context);
  let condition = first;
  for (const link of links) condition = joinValues(condition, link, context);
  return condition;
}

/** The conditionals of a chain, the innermost first. */
function chainOf(syntax: ConditionalSyntax): readonly ConditionalSyntax[] {
  const chain = [syntax];
  for (let { condition } = syntax; condition.kind === 'conditional'; { condition } = condition)
    chain.push(condition);
  return chain.reverse();
}

/**
 * Whether a chain has no type as it is grouped, since its first value is no truth value, but conditions stand where those of the other
 * grouping are: `x > 0 ? 1 : x > 1 ? 2 : 3`.
 */
function isGroupedFromRight(links: readonly Link[]): boolean {
  const { kind } = links[0]!.whenTrue.type;
  if (links.length === 1 || kind === 'boolean' || kind === 'error') return false;
  return links.slice(0, -1).every(({ whenFalse }) => whenFalse.type.kind === 'boolean');
}

function refuseChain(first: Expression, links: readonly Link[], context: ExpressionContext): Expression {
  const { model } = context;
  const { span } = links.at(-1)!.syntax;
  requireCondition(first, 'the condition before `?`', context);
  const insertions = links.slice(0, -1).map(
    ({
      whenFalse: {
        span: { start },
      },
    }) => start,
  );
  const edits = [
    ...insertions.map((start) => ({ span: { start, end: start }, text: '(' })),
    { span: { start: span.end, end: span.end }, text: ')'.repeat(insertions.length) },
  ];
  const reading = quote(model.source, links[0]!.syntax.span);
  const fix = { title: 'Put the rest into parentheses', edits };
  const fixes: readonly Fix[] = [areAlike(links) ? fix : { ...fix, isGuess: true }];
  model.report('chained-conditional', span, { reading }, { fixes });
  return errorExpression(span);
}

/** Whether the values of all cases are of one type. */
function areAlike(links: readonly Link[]): boolean {
  const values = [...links.map(({ whenTrue }) => whenTrue), links.at(-1)!.whenFalse];
  const reference = values.find((value) => !fitsEveryUnit(value)) ?? values[0]!;
  return values.every((value) =>
    isNumeric(reference.type)
      ? isNumeric(value.type) && (fitsEveryUnit(value) || agreeInDimension(value.type, reference.type))
      : value.type.kind === reference.type.kind,
  );
}

function joinValues(condition: Expression, link: Link, context: ExpressionContext): Expression {
  const { whenTrue, whenFalse } = link;
  const { span } = link.syntax;
  const tested = requireCondition(condition, 'the condition before `?`', context);
  const { kind } = whenTrue.type;
  if ([tested, whenTrue, whenFalse].some(({ type }) => type.kind === 'error')) return errorExpression(span);
  if (isNumeric(whenTrue.type) && isNumeric(whenFalse.type)) {
    const consequence = 'the two values of a condition must measure the same thing';
    const unified = unify([whenTrue, whenFalse], { numbers: 'compat', consequence }, context);
    if (unified === undefined) return errorExpression(span);
    const [one, other] = unified.operands;
    return {
      kind: 'conditional',
      condition: tested,
      whenTrue: one!,
      whenFalse: other!,
      type: unified.type,
      span,
    };
  }
  if ((kind === 'boolean' || kind === 'string') && kind === whenFalse.type.kind) {
    return { kind: 'conditional', condition: tested, whenTrue, whenFalse, type: whenTrue.type, span };
  }
  context.model.report(
    'type-mismatch',
    whenFalse.span,
    {
      expression: quote(context.model.source, whenFalse.span),
      found: describeType(whenFalse.type),
      target: quote(context.model.source, whenTrue.span),
      expected: describeType(whenTrue.type),
    },
    declarationsOf(whenTrue, whenFalse),
  );
  return errorExpression(span);
}

/** The findings of syntax without those about the grouping of chains that are refused: `findings` has the errors of the same model. */
export function withoutGroupings(
  ofSyntax: readonly Diagnostic[],
  findings: readonly Diagnostic[],
): readonly Diagnostic[] {
  const refused = new Map<number, number>();
  for (const { code, span } of findings) {
    if (code === 'chained-conditional' && span !== undefined) refused.set(span.start, span.end);
  }
  if (refused.size === 0) return ofSyntax;
  return ofSyntax.filter(
    ({ code, span }) =>
      code !== 'ambiguous-grouping' || !((refused.get(span?.start ?? -1) ?? -1) >= (span?.end ?? 0)),
  );
}
