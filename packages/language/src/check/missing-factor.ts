import type { Fix } from '@nestml/diagnostics';
import {
  type Dimension,
  divideUnits,
  equalDimensions,
  inverseDimension,
  isDimensionless,
  isUnitInRange,
  type Unit,
} from '@nestml/units';
import type { Expression } from '../model/expressions.ts';
import type { ValueType } from '../model/types.ts';
import type { ExpressionContext } from './context.ts';
import { surround } from './text-edits.ts';
import { isReadyFactor } from './unify.ts';
import { describeUnit, dimensionOf, MILLISECOND, requiredUnit, unitOf } from './value-types.ts';

/** Of more candidates than this, only the first two are named. */
const FEW_CANDIDATES = 3;

/** What may be forgotten in a right-hand side, and the names by which such parameters go. */
const forgettable: readonly { readonly dimension: Dimension; readonly usualName: RegExp }[] = [
  { dimension: MILLISECOND.dimension, usualName: /tau/i },
  { dimension: dimensionOf('pF'), usualName: /^c/i },
  { dimension: dimensionOf('nS'), usualName: /^g/i },
];

/**
 * What could be missing if the right-hand side `found` of the equation of `owner` should measure what `expected` does: a time constant, a
 * capacitance or a conductance by which to divide or multiply, as a question (``is `/ tau_m` missing?``); undefined if none fits. For other
 * dimensions there are too many ways to be wrong for a guess.
 */
export function missingFactor(
  value: Expression,
  expected: ValueType,
  owner: string,
  context: ExpressionContext,
): MissingFactor | undefined {
  const ratio = ratioOf(value.type, expected);
  if (ratio === undefined) return undefined;
  const { dimension } = ratio;
  const behindNumber = missingUnit(value, ratio, context);
  if (behindNumber !== undefined) return behindNumber;
  const factors = [
    ...candidates(dimension, owner, context).map((name) => `/ ${name}`),
    ...candidates(inverseDimension(dimension), owner, context).map((name) => `* ${name}`),
  ];
  const named = factors.length > FEW_CANDIDATES ? factors.slice(0, 2) : factors;
  if (named.length === 0) return undefined;
  return {
    hint: `is ${named.map((factor) => `\`${factor}\``).join(' or ')} missing?`,
    fixes: factors.length === 1 ? [writeFactor(value, factors[0]!, context)] : [],
  };
}

/** A factor that may have been forgotten. */
export interface MissingFactor {
  readonly hint: string;
  /** Writes the factor, if only one fits. */
  readonly fixes: readonly Fix[];
}

/** The unit that a number lacks by which the value is divided or multiplied last: `(E_L - V_m) / 10`. */
function missingUnit(
  value: Expression,
  ratio: Unit,
  { model }: ExpressionContext,
): MissingFactor | undefined {
  const { start, end } = value.span;
  const last = /([*/])\s*(\d[\d.]*(?:[eE][+-]?\d+)?)(\s*\)*)$/.exec(model.source.text.slice(start, end));
  if (value.kind !== 'product' || last === null) return undefined;
  const [, operator, number, behind] = last;
  const dimension = operator === '/' ? ratio.dimension : inverseDimension(ratio.dimension);
  const unit = simpleFactors.find((factor) => equalDimensions(factor.dimension, dimension));
  if (unit === undefined) return undefined;
  const place = end - behind!.length;
  const written = `${number} ${unit.text}`;
  return {
    hint: `is the unit of \`${number}\` missing, as in \`${written}\`?`,
    fixes: [
      {
        title: `Write \`${written}\``,
        isGuess: true,
        edits: [{ span: { start: place, end: place }, text: ` ${unit.text}` }],
      },
    ],
  };
}

/** The fix that writes a factor behind an expression. */
function writeFactor(value: Expression, factor: string, { model }: ExpressionContext): Fix {
  const { start, end } = value.span;
  const isReady =
    isReadyFactor(value) || value.kind === 'negation' || isInParentheses(model.source.text.slice(start, end));
  const edits = isReady
    ? [{ span: { start: end, end }, text: ` ${factor}` }]
    : surround(value.span, '(', `) ${factor}`);
  return { title: `Write \`${factor}\` behind it`, isGuess: true, edits };
}

/** Whether the first parenthesis closes at the end of the text. */
function isInParentheses(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '(') depth += 1;
    else if (text[index] === ')') depth -= 1;
    if (depth === 0) return index > 0 && index === text.length - 1;
  }
  return false;
}

/** The unit by which `found` would have to be divided to measure what `expected` does; undefined if they agree. */
export function ratioOf(found: ValueType, expected: ValueType): Unit | undefined {
  const [from, to] = [unitOf(found), unitOf(expected)];
  if (!isUnitInRange(from) || !isUnitInRange(to)) return undefined;
  const ratio = divideUnits(from, to);
  return isDimensionless(ratio) ? undefined : ratio;
}

/** Parameters and internals of this dimension that bear the usual name of such a thing; those named like the variable first. */
function candidates(dimension: Dimension, owner: string, { model }: ExpressionContext): readonly string[] {
  const kind = forgettable.find((entry) => equalDimensions(entry.dimension, dimension));
  if (kind === undefined) return [];
  const names = model.suggestions.constantsOf(dimension).filter((name) => kind.usualName.test(name));
  const suffix = owner.slice(owner.indexOf('_') + 1);
  const isNear = (name: string) => name.endsWith(`_${owner}`) || name.endsWith(`_${suffix}`);
  return [...names.filter(isNear), ...names.filter((name) => !isNear(name))];
}

/** Units whose dimension is worth naming as a factor: one multiplies or divides by a time, a conductance, not by a capacitance per length. */
const simpleFactors: readonly Unit[] = ['ms', 'mV', 'pA', 'nS', 'pF', 'MOhm'].map((name) =>
  requiredUnit(name),
);

/** What has to be multiplied or divided by, in words; undefined if it is not simple. `ratio` is the unit of the value over that of the target. */
export function factorInWords(ratio: Unit): string | undefined {
  const divisor = simpleFactors.find((unit) => equalDimensions(unit.dimension, ratio.dimension));
  if (divisor !== undefined) return `dividing by ${describeUnit(divisor)} would fit.`;
  const factor = simpleFactors.find((unit) =>
    equalDimensions(unit.dimension, inverseDimension(ratio.dimension)),
  );
  return factor === undefined ? undefined : `multiplying by ${describeUnit(factor)} would fit.`;
}
