import type { Fix } from '@nestml/diagnostics';
import { divideUnits, isDimensionless, isUnitInRange, multiplyUnits, sameDimension } from '@nestml/units';
import type { Expression, PortExpression } from '../model/expressions.ts';
import type { ValueType } from '../model/types.ts';
import { type ExpressionContext, quote, type Region } from './context.ts';
import { unitOfLiteral } from './unify.ts';
import { MILLISECOND, SPIKE_TRAIN, unitOf } from './value-types.ts';

/** What turns the value of a spike port into that of its spikes. */
export interface SpikeCure {
  readonly hint: string;
  readonly fix: Fix;
}

/** What makes a term with a spike port a pulse of the right unit, and how, if one edit does it. */
export interface PulseCure {
  readonly hint: string;
  readonly fixes: readonly Fix[];
}

const statementRegions: readonly Region[] = ['update', 'receive', 'condition', 'function'];

/**
 * In statements a spike port is a rate, (sum of weights) / (1 s). If a product with one lacks exactly that second, or the port stands alone
 * where a quantity is needed, the cure is a factor on the port.
 */
export function spikeCure(
  value: Expression,
  expected: ValueType,
  { region, model }: ExpressionContext,
): SpikeCure | undefined {
  const port = statementRegions.includes(region) ? spikePortIn(value) : undefined;
  const [found, wanted] = [unitOf(value.type), unitOf(expected)];
  if (port === undefined || !isUnitInRange(found) || !isUnitInRange(wanted)) return undefined;
  const perSecond = unitOf(SPIKE_TRAIN);
  const lacking = multiplyUnits(divideUnits(wanted, found), perSecond);
  const isPlainCount = isDimensionless(divideUnits(found, perSecond));
  if (!isDimensionless(lacking) && !isPlainCount) return undefined;
  const factor = isDimensionless(lacking) ? ' * 1 s' : ` * 1 s * 1 ${unitOfLiteral(wanted)}`;
  const { start, end } = port.span;
  const written = `\`${model.source.text.slice(start, end)}${factor}\``;
  return {
    hint: `in statements a spike port is a number of spikes per second: write ${written}.`,
    fix: { title: `Write ${written}`, edits: [{ span: { start: end, end }, text: factor }] },
  };
}

/**
 * In equations a spike port is a train of pulses, and `u * port` makes the variable jump by u times the weight of each spike: `u` has the unit
 * of the variable, and no time. If the port stands alone, or a time too many is divided by, that is said.
 */
export function pulseCure(
  value: Expression,
  expected: ValueType,
  variable: ValueType,
  context: ExpressionContext,
): PulseCure | undefined {
  const port = spikePortIn(value);
  const [found, wanted, unit] = [unitOf(value.type), unitOf(expected), unitOf(variable)];
  if (port === undefined || !isUnitInRange(found) || !isUnitInRange(wanted)) return undefined;
  const written = quote(context.model.source, port.span);
  const law = `${written} is a train of pulses here: \`u * ${port.port.name}\` makes the variable jump by \`u\` at each spike of weight 1`;
  if (isDimensionless(divideUnits(found, unitOf(SPIKE_TRAIN))) && !isDimensionless(unit)) {
    const factor = ` * 1 ${unitOfLiteral(unit)}`;
    const { end } = port.span;
    return {
      hint: `${law}. Write ${written.slice(0, -1)}${factor}\`, or convolve it with a kernel.`,
      fixes: [
        {
          title: `Write \`${factor.trim()}\` behind it`,
          isGuess: true,
          edits: [{ span: { start: end, end }, text: factor }],
        },
      ],
    };
  }
  if (!sameDimension(divideUnits(wanted, found), MILLISECOND)) return undefined;
  return { hint: `${law}, without a division by a time.`, fixes: withoutTime(value, context) };
}

/** The fix that removes a division by a number of milliseconds, or the one in the unit of a number: `1 mV/ms` → `1 mV`. */
function withoutTime(value: Expression, { model }: Pick<ExpressionContext, 'model'>): readonly Fix[] {
  if (value.kind === 'negation') return withoutTime(value.operand, { model });
  if (value.kind !== 'product') return [];
  for (const [index, { operator, operand }] of value.factors.entries()) {
    if (operand.kind !== 'constant' || operand.type.kind !== 'quantity') continue;
    const { unit } = operand.type;
    const { span } = operand;
    if (operator === '/' && index > 0 && sameDimension(unit, MILLISECOND)) {
      const start = value.factors[index - 1]!.operand.span.end;
      const text = model.source.text.slice(start, span.end).trim();
      return [
        { title: `Remove \`${text}\``, isGuess: true, edits: [{ span: { start, end: span.end }, text: '' }] },
      ];
    }
    const [, number, name] = /^([\d.]+(?:e[+-]?\d+)?\s*)(\S+)\s*\/\s*[mun]?s$/i.exec(
      model.source.text.slice(span.start, span.end),
    ) ?? ['', '', ''];
    if (operator !== '*' || name === '') continue;
    const text = `${number}${name}`;
    return [{ title: `Write \`${text}\``, isGuess: true, edits: [{ span, text }] }];
  }
  return [];
}

/** The only spike port among the factors of a product. */
function spikePortIn(value: Expression): PortExpression | undefined {
  if (value.kind === 'port') return value.port.signal === 'spike' ? value : undefined;
  if (value.kind === 'negation') return spikePortIn(value.operand);
  if (value.kind !== 'product') return undefined;
  const ports = value.factors.filter(({ operand }) => spikePortIn(operand) !== undefined);
  const only = ports.length === 1 ? ports[0]! : undefined;
  return only?.operator === '*' ? spikePortIn(only.operand) : undefined;
}
