import { superscript } from './number-text.ts';

/** The labels of the ticks of an axis: tick = label · 10^exponent + offset. */
export interface TickLabels {
  /** Written with the ASCII minus sign. */
  readonly labels: readonly string[];
  /** 0 for ordinary magnitudes. */
  readonly exponent: number;
  /** 0 unless the labels would need more than 7 digits. */
  readonly offset: number;
}

/** Labels of ticks at round numbers, ascending, with as many decimals as they need. */
export function labelTicks(values: readonly number[]): TickLabels {
  const offset = commonOffset(values);
  const shown = values.map((value) => value - offset);
  const exponent = commonExponent(shown);
  const scaled = shown.map((value) => value / 10 ** exponent);
  const decimals = decimalsOf(scaled);
  const labels = scaled.map((value) => value.toFixed(decimals).replace(/^-(?=[0.]*$)/, ''));
  return { labels, exponent, offset };
}

/** What stands beside the labels: `×10⁻⁶`, `×10⁻¹² + 1`; empty for labels that are the values. */
export function scaleNote({ exponent, offset }: Pick<TickLabels, 'exponent' | 'offset'>): string {
  const power = exponent === 0 ? '' : `×10${superscript(String(exponent))}`;
  const sum = offset === 0 ? '' : `${offset < 0 ? '−' : '+'} ${Math.abs(offset)}`;
  return [power, sum].filter((part) => part !== '').join(' ');
}

/** Distance of the first two values, without rounding noise. */
function stepOf(values: readonly number[]): number {
  const [first = 0, second = first] = values;
  return Number(Math.abs(second - first).toPrecision(6));
}

const MOST_DIGITS = 7;

function orderOf(value: number): number {
  return Math.floor(Math.log10(value));
}

/** A round number near the ticks, on the side of zero, if their labels would have too many digits. */
function commonOffset(values: readonly number[]): number {
  const step = stepOf(values);
  const largest = Math.max(0, ...values.map(Math.abs));
  if (step === 0 || orderOf(largest) - orderOf(step) < MOST_DIGITS) return 0;
  const span = Math.max(...values) - Math.min(...values);
  const nearest = values.reduce((least, value) => (Math.abs(value) < Math.abs(least) ? value : least));
  const unit = 10 ** (orderOf(span) + 1);
  return Number((Math.trunc(nearest / unit + Math.sign(nearest) * 1e-6) * unit).toPrecision(15));
}

/** Largest tick that is still written out in full, and smallest largest tick that is. */
const WRITTEN_OUT = [1e-3, 1e6] as const;

/** A multiple of 3, so that labels stay within the prefixes of units; 0 where the ticks are short anyway. */
function commonExponent(values: readonly number[]): number {
  const largest = Math.max(0, ...values.map(Math.abs));
  if (largest === 0 || (largest >= WRITTEN_OUT[0] && largest < WRITTEN_OUT[1])) return 0;
  return Math.floor(orderOf(largest) / 3) * 3;
}

/** Decimals by which the step between the values is exact, at most 2 more than its first digit needs. */
function decimalsOf(values: readonly number[]): number {
  const step = stepOf(values);
  if (step === 0) return 0;
  const first = Math.max(0, -orderOf(step));
  const exact = [0, 1, 2].find(
    (more) => Math.abs(Number(step.toFixed(Math.min(100, first + more))) - step) <= 1e-4 * step,
  );
  return Math.min(100, first + (exact ?? 0));
}
