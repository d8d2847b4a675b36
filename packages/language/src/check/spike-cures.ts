import type { Fix } from '@nestml/diagnostics';
import { divideUnits, isDimensionless, isUnitInRange, multiplyUnits } from '@nestml/units';
import type { Expression, PortExpression } from '../model/expressions.ts';
import type { ValueType } from '../model/types.ts';
import type { ExpressionContext, Region } from './context.ts';
import { unitOfLiteral } from './unify.ts';
import { SPIKE_TRAIN, unitOf } from './value-types.ts';

/** What turns the value of a spike port into that of its spikes. */
export interface SpikeCure {
  readonly hint: string;
  readonly fix: Fix;
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

/** The only spike port among the factors of a product. */
function spikePortIn(value: Expression): PortExpression | undefined {
  if (value.kind === 'port') return value.port.signal === 'spike' ? value : undefined;
  if (value.kind === 'negation') return spikePortIn(value.operand);
  if (value.kind !== 'product') return undefined;
  const ports = value.factors.filter(({ operand }) => spikePortIn(operand) !== undefined);
  const only = ports.length === 1 ? ports[0]! : undefined;
  return only?.operator === '*' ? spikePortIn(only.operand) : undefined;
}
