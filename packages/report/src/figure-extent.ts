import type {
  Domain,
  Figure,
  HorizontalLine,
  Panel,
  Samples,
  Series,
  StepSeries,
  TracePanel,
} from './figure.ts';

/** Whether a number can be drawn; beyond 1e300 differences and ratios of values would overflow. */
export function isDrawable(value: number | undefined): value is number {
  return value !== undefined && Math.abs(value) <= 1e300;
}

/**
 * Checks what the types cannot say.
 * @throws RangeError if the two columns of a series differ in length, or a given domain is not ascending and finite.
 */
export function assertFigure(figure: Figure): void {
  assertDomain(figure.x.label, figure.x.domain);
  for (const panel of figure.panels) {
    if (panel.kind === 'raster') continue;
    assertDomain(panel.y.label, panel.y.domain);
    for (const series of panel.series) assertSameLength(series.name, series.x, series.y);
    for (const step of panel.steps ?? []) assertSameLength(step.name, step.starts, step.values);
  }
}

function assertSameLength(name: string, x: Samples, y: Samples): void {
  if (x.length !== y.length) {
    throw new RangeError(`'${name}' has ${x.length} positions but ${y.length} values`);
  }
}

function assertDomain(label: string, domain: Domain | undefined): void {
  if (domain === undefined) return;
  if (!(isDrawable(domain[0]) && isDrawable(domain[1]) && domain[0] < domain[1] && !isConstant(domain))) {
    throw new RangeError(
      `the domain [${domain[0]}, ${domain[1]}] of axis '${label}' is not an ascending range`,
    );
  }
}

/**
 * Below this span, relative to the magnitude, a curve counts as constant: what remains is rounding noise, and its
 * axis labels would need more digits than a double has.
 */
const NOISE = 1e-12;

/** Ticks of a smaller span would be subnormal numbers, which have few digits left. */
const LEAST_SPAN = 1e-290;

function magnitudeOf(domain: Domain): number {
  return Math.max(Math.abs(domain[0]), Math.abs(domain[1]));
}

function isConstant(domain: Domain): boolean {
  return domain[1] - domain[0] <= Math.max(LEAST_SPAN, NOISE * magnitudeOf(domain));
}

/** Smallest range that holds all values added so far; `undefined` while there is none. */
class Extent {
  #low = Infinity;
  #high = -Infinity;

  add(value: number | undefined): void {
    if (!isDrawable(value)) return;
    if (value < this.#low) this.#low = value;
    if (value > this.#high) this.#high = value;
  }

  addAll(values: Samples): void {
    for (let i = 0; i < values.length; i++) this.add(values[i]);
  }

  get domain(): Domain | undefined {
    return this.#low <= this.#high ? [this.#low, this.#high] : undefined;
  }
}

/** A range of positive width around a constant (5 % to either side, 1 around zero); 0 to 1 if there are no data. */
function widened(domain: Domain | undefined): Domain {
  if (domain === undefined) return [0, 1];
  if (!isConstant(domain)) return domain;
  const magnitude = magnitudeOf(domain);
  const margin = magnitude <= LEAST_SPAN / 0.1 ? 1 : magnitude * 0.05;
  return [domain[0] - margin, domain[1] + margin];
}

/** Where the data start within this share of their span above zero, the axis starts at zero. */
const NEARLY_ZERO = 0.02;

/** The range of the shared x axis: as given, else that of all samples, steps and spikes. */
export function xDomain(figure: Figure): Domain {
  if (figure.x.domain !== undefined) return figure.x.domain;
  const extent = new Extent();
  for (const panel of figure.panels) addPositions(extent, panel);
  const [low, high] = widened(extent.domain);
  return low > 0 && low <= NEARLY_ZERO * (high - low) ? [0, high] : [low, high];
}

function addPositions(extent: Extent, panel: Panel): void {
  if (panel.kind === 'raster') {
    for (const train of panel.trains) extent.addAll(train.times);
    return;
  }
  for (const series of panel.series) extent.addAll(series.x);
  for (const step of panel.steps ?? []) extent.addAll(step.starts);
  for (const train of panel.spikes ?? []) extent.addAll(train.times);
}

/** The range of a y axis and the reference lines that do not fit into it. */
export interface ValueRange {
  readonly domain: Domain;
  /** Lines inside the range. */
  readonly lines: readonly HorizontalLine[];
  /** Lines outside: named at the edge instead of drawn. */
  readonly offScale: readonly HorizontalLine[];
  /** Whether there is nothing to draw, nor a given range: an axis would be invented, and no line is shown. */
  readonly isEmpty: boolean;
}

/** Room left above and below the data, as a share of their span. */
export interface Padding {
  readonly below: number;
  readonly above: number;
}

/** The range of the y axis of a panel, from the data inside the x range `x` and the reference lines. */
export function valueRange(panel: TracePanel, x: Domain, padding: Padding): ValueRange {
  const lines = (panel.lines ?? []).filter((line) => isDrawable(line.value));
  if (panel.y.domain !== undefined) return split(panel.y.domain, lines);
  const extent = new Extent();
  for (const series of panel.series) addValues(extent, series, x);
  for (const step of panel.steps ?? []) addStepValues(extent, step, x);
  // A stimulus alone in its panel is seen against nothing: 500 pA reaches from 0 to 500 pA.
  if (panel.series.length === 0 && extent.domain !== undefined) extent.add(0);
  if (extent.domain === undefined) return { domain: [0, 1], lines: [], offScale: [], isEmpty: true };
  const [low, high] = widened(withLines(extent.domain, lines));
  const span = high - low;
  return split([low - span * padding.below, high + span * padding.above], lines);
}

function split(domain: Domain, lines: readonly HorizontalLine[]): ValueRange {
  const inside = (line: HorizontalLine) => line.value >= domain[0] && line.value <= domain[1];
  const offScale = lines.filter((line) => !inside(line));
  return { domain, lines: lines.filter(inside), offScale, isEmpty: false };
}

/** The smallest share of the panel height that a reference line may leave to the data. */
const DATA_SHARE = 0.25;

function withLines(data: Domain, lines: readonly HorizontalLine[]): Domain | undefined {
  const extent = new Extent();
  for (const end of data) extent.add(end);
  const span = data[1] - data[0];
  for (const line of lines) {
    const wider = new Extent();
    for (const end of extent.domain ?? []) wider.add(end);
    wider.add(line.value);
    const [low, high] = wider.domain ?? [0, 0];
    if (span === 0 || span >= DATA_SHARE * (high - low)) extent.add(line.value);
  }
  return extent.domain;
}

/** Adds the values inside the x range, and those where the curve enters and leaves it. */
function addValues(extent: Extent, series: Series, x: Domain): void {
  for (let i = 0; i < series.x.length; i++) {
    const at = series.x[i];
    const value = series.y[i];
    if (!isDrawable(at) || !isDrawable(value)) continue;
    if (at >= x[0] && at <= x[1]) extent.add(value);
    const previous = i === 0 ? undefined : series.x[i - 1];
    const before = i === 0 ? undefined : series.y[i - 1];
    if (!isDrawable(previous) || !isDrawable(before) || previous === at || series.mark === 'points') continue;
    for (const edge of x) {
      const share = (edge - previous) / (at - previous);
      if (share > 0 && share < 1) extent.add(before + share * (value - before));
    }
  }
}

function addStepValues(extent: Extent, step: StepSeries, x: Domain): void {
  for (let i = 0; i < step.starts.length; i++) {
    const start = step.starts[i];
    const end = step.starts[i + 1] ?? x[1];
    if (start !== undefined && start <= x[1] && end >= x[0]) extent.add(step.values[i]);
  }
}
