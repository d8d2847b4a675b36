import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Figure, type Series, type TracePanel, timeAxis } from './figure.ts';
import { layoutFigure } from './svg-layout.ts';
import { renderSvg } from './svg-plot.ts';
import { textWidth } from './svg-text.ts';

/** Coordinates are written to 1/100 px. */
const ROUNDING = 0.011;

interface Parsed {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  text: string;
}

/** All elements of an SVG document with their own text; throws unless tags are balanced. */
function parse(svg: string): readonly Parsed[] {
  const elements: Parsed[] = [];
  const open: Parsed[] = [];
  for (const [, text = '', close, name = '', rest = '', selfClosed] of svg.matchAll(
    /([^<]*)<(\/?)(\w+)([^<>]*?)(\/?)>/g,
  )) {
    const top = open.at(-1);
    if (top !== undefined) top.text += text;
    if (close === '/') {
      if (open.pop()?.name !== name) throw new Error(`unbalanced </${name}>`);
      continue;
    }
    const attributes = new Map(
      [...rest.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    );
    const element: Parsed = { name, attributes, text: '' };
    elements.push(element);
    if (selfClosed !== '/') open.push(element);
  }
  if (open.length > 0) throw new Error(`unclosed <${open[0]?.name}>`);
  return elements;
}

function number(element: Parsed | undefined, attribute: string): number {
  return Number(element?.attributes.get(attribute) ?? NaN);
}

/** The subpaths of the curves with a name, as points. */
function curve(svg: string, name: string): readonly (readonly (readonly [number, number])[])[] {
  return parse(svg)
    .filter((element) => element.attributes.get('data-name') === name)
    .flatMap((element) => (element.attributes.get('d') ?? '').split('M').slice(1))
    .map((part) =>
      [...part.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const),
    );
}

function label(svg: string, text: string): Parsed | undefined {
  return parse(svg).find((element) => element.name === 'text' && element.text === text);
}

function trace(series: readonly Series[], more: Partial<TracePanel> = {}): TracePanel {
  return { kind: 'trace', y: { label: 'V_m', unit: 'mV' }, series, ...more };
}

function figure(panel: TracePanel, domain?: readonly [number, number]): Figure {
  return { title: 'neuron', x: timeAxis(domain), panels: [panel] };
}

function plotBox(subject: Figure, width = 720) {
  const plot = layoutFigure(subject, width, undefined).panels[0]?.plot;
  if (plot === undefined) throw new Error('no panel');
  return plot;
}

/** Largest distance in px between drawn and expected points; infinite if their numbers differ. */
function distance(
  drawn: readonly (readonly [number, number])[],
  expected: readonly (readonly [number, number])[],
): number {
  if (drawn.length !== expected.length) return Infinity;
  return Math.max(
    ...drawn.map(([x, y], i) => Math.hypot(x - (expected[i]?.[0] ?? NaN), y - (expected[i]?.[1] ?? NaN))),
  );
}

test('data points stand exactly where the ticks of both axes with their values stand, and wrong data do not', () => {
  const ticks = [
    [0, 2],
    [20, 6],
    [40, 4],
    [60, 8],
    [80, 6],
  ] as const;
  const svg = renderSvg(
    figure(
      trace([{ name: 'V_m', x: ticks.map(([x]) => x), y: ticks.map(([, y]) => y) }], {
        y: { label: 'V_m', domain: [0, 10] },
      }),
      [0, 100],
    ),
  );
  const baseline = 11 * 0.36;
  const where = ([x, y]: readonly [number, number]) =>
    [number(label(svg, `${x}`.padEnd(1)), 'x'), number(label(svg, `${y}`), 'y') - baseline] as const;
  const xOnly = new Map(
    parse(svg)
      .filter((e) => e.attributes.get('text-anchor') === 'middle')
      .map((e) => [e.text, number(e, 'x')]),
  );
  const expected = ticks.map(([x, y]) => [xOnly.get(`${x}`) ?? NaN, where([x, y])[1]] as const);
  const drawn = curve(svg, 'V_m')[0] ?? [];
  expect(distance(drawn, expected)).toBeLessThan(3 * ROUNDING);
  const wrong = expected.map(([x, y], i) => [x, i === 2 ? y + 1 : y] as const);
  expect(distance(drawn, wrong)).toBeGreaterThan(0.9);
});

test('every extreme of the data is inside the plot and reaches the pixel of its value', () => {
  const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(samples, (y) => {
      const subject = figure(trace([{ name: 'V_m', x: y.map((_v, i) => i), y }]));
      const plot = plotBox(subject);
      const heights = curve(renderSvg(subject), 'V_m')
        .flat()
        .map((point) => point[1]);
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(plot.top - ROUNDING);
      expect(Math.max(...heights)).toBeLessThanOrEqual(plot.bottom + ROUNDING);
      if (Math.max(...y) - Math.min(...y) > 1e-6) {
        const margin = (0.05 / 1.1) * (plot.bottom - plot.top);
        expect(Math.abs(Math.min(...heights) - (plot.top + margin))).toBeLessThan(0.02);
        expect(Math.abs(Math.max(...heights) - (plot.bottom - margin))).toBeLessThan(0.02);
      }
    }),
    { seed: 20_261, numRuns: 100 },
  );
});

test('a curve outside a given range is cut at the border of the plot', () => {
  const subject = figure(
    trace([{ name: 'V_m', x: [-100, 200], y: [-1e9, 1e9] }], { y: { label: 'V_m', domain: [-1, 1] } }),
    [0, 100],
  );
  const plot = plotBox(subject);
  for (const [x, y] of curve(renderSvg(subject), 'V_m').flat()) {
    expect(x).toBeGreaterThanOrEqual(plot.left - ROUNDING);
    expect(x).toBeLessThanOrEqual(plot.right + ROUNDING);
    expect(y).toBeGreaterThanOrEqual(plot.top - ROUNDING);
    expect(y).toBeLessThanOrEqual(plot.bottom + ROUNDING);
  }
});

test('a value that is not a number leaves a gap, and a lone point between gaps a dot', () => {
  const svg = renderSvg(
    figure(trace([{ name: 'V_m', x: [0, 1, 2, 3, 4, 5, 6], y: [1, 2, NaN, 3, Infinity, 1, 2] }])),
  );
  const parts = curve(svg, 'V_m');
  expect(parts.map((part) => part.length).sort()).toEqual([1, 2, 2]);
});

test('a step function has upright flanks at its starts and lasts to the end of the axis', () => {
  const subject = figure(
    {
      ...trace([]),
      y: { label: 'I', domain: [0, 300] },
      steps: [{ name: 'I', starts: [0, 20, 150], values: [0, 300, 0] }],
    },
    [0, 200],
  );
  const { left, right, top, bottom } = plotBox(subject);
  const at = (share: number) => left + share * (right - left);
  const corners = [
    [left, bottom],
    [at(0.1), bottom],
    [at(0.1), top],
    [at(0.75), top],
    [at(0.75), bottom],
    [right, bottom],
  ] as const;
  expect(distance(curve(renderSvg(subject), 'I')[0] ?? [], corners)).toBeLessThan(2 * ROUNDING);
});

test('spikes stand at their times in a strip under the trace', () => {
  const spikes = [{ name: 'spikes', times: [150, 50, NaN, 400] }];
  const subject = figure(trace([{ name: 'V_m', x: [0, 200], y: [0, 1] }], { spikes }), [0, 200]);
  const { left, right, bottom } = plotBox(subject);
  const ticks = curve(renderSvg(subject), 'spikes').flat();
  expect(ticks.length).toBe(2);
  ticks.forEach(([x, y], i) => {
    expect(Math.abs(x - (left + (i === 0 ? 0.25 : 0.75) * (right - left)))).toBeLessThanOrEqual(
      0.25 + ROUNDING,
    );
    expect(y).toBeGreaterThan(bottom);
  });
});

test('spikes above the trace are inside the plot and clear of the first series', () => {
  const spikes = [{ name: 'spikes', times: [50], placement: 'above-trace' as const }];
  const subject = figure(
    trace([{ name: 'V_m', x: [0, 50, 50.1, 100], y: [-70, -55, -70, -60] }], { spikes }),
    [0, 100],
  );
  const svg = renderSvg(subject);
  const [, y = NaN] = curve(svg, 'spikes').flat()[0] ?? [];
  const peak = Math.min(
    ...curve(svg, 'V_m')
      .flat()
      .map((point) => point[1]),
  );
  expect(y).toBeGreaterThanOrEqual(plotBox(subject).top);
  expect(y + 9).toBeLessThan(peak);
});

test('a reference line that would squeeze the data is only named, with an arrow', () => {
  const near = renderSvg(
    figure(trace([{ name: 'V_m', x: [0, 1], y: [-70, -56] }], { lines: [{ value: -55, label: 'V_th' }] })),
  );
  expect(label(near, 'V_th')).toBeDefined();
  const far = renderSvg(
    figure(trace([{ name: 'V_m', x: [0, 1], y: [-70, -56] }], { lines: [{ value: 1e10, label: 'V_peak' }] })),
  );
  expect(label(far, 'V_peak ↑')).toBeDefined();
  expect(label(far, '−60')).toBeDefined();
});

test('names are escaped wherever they appear', () => {
  const evil = `<script>&"'\u0000`;
  const svg = renderSvg({
    title: evil,
    subtitle: evil,
    x: { label: evil, unit: evil },
    panels: [
      trace([{ name: evil, x: [0, 1], y: [0, 1] }], {
        y: { label: evil, unit: evil },
        lines: [{ value: 0.5, label: evil }],
        spikes: [{ name: evil, times: [0.5] }],
      }),
      { kind: 'raster', label: evil, trains: [{ name: evil, times: [0.5] }] },
    ],
  });
  expect(parse(svg).some((element) => element.name === 'script')).toBe(false);
  expect(svg).not.toContain('\u0000');
  expect(svg.match(/&(?!(amp|lt|gt|quot|#39);)/)).toBeNull();
});

test('the document names and describes itself, on a white ground unless told otherwise', () => {
  const subject = figure(
    trace([{ name: 'V_m', x: [0, 100], y: [0, 1] }], { spikes: [{ name: 'out', times: [3, 4] }] }),
  );
  const elements = parse(renderSvg(subject, { id: 'a1' }));
  expect(elements.find((e) => e.attributes.get('id') === 'a1-title')?.text).toBe('neuron');
  const description = elements.find((e) => e.attributes.get('id') === 'a1-description')?.text;
  expect(description).toBe('time, 0 to 100 ms. V_m in mV: V_m, 2 spikes (out).');
  expect(elements.find((e) => e.name === 'rect')?.attributes.get('fill')).toBe('#ffffff');
  expect(renderSvg(subject, { background: 'none' })).toContain('fill="none"');
});

test('equal figures give equal bytes, with at most two decimals', () => {
  const subject = figure(trace([{ name: 'V_m', x: [0, 1, 2], y: [Math.PI, Math.E, 1 / 3] }]));
  expect(renderSvg(subject)).toBe(renderSvg(subject));
  expect(renderSvg(subject).replace(/<(text|title|desc)[\s\S]*?<\/\1>/g, '')).not.toMatch(/\.\d{3}/);
});

const DEGENERATE: readonly (readonly [name: string, series: readonly Series[]])[] = [
  ['no series', []],
  ['no samples', [{ name: 'a', x: [], y: [] }]],
  ['one sample', [{ name: 'a', x: [3], y: [4] }]],
  ['nothing but NaN', [{ name: 'a', x: [0, 1], y: [NaN, NaN] }]],
  ['NaN positions', [{ name: 'a', x: [NaN, NaN], y: [0, 1] }]],
  ['a constant', [{ name: 'a', x: [0, 1, 2], y: [-70, -70, -70] }]],
  ['a constant zero', [{ name: 'a', x: [0, 1], y: [0, 0] }]],
  ['a constant with rounding noise', [{ name: 'a', x: [0, 1], y: [-70, -70 - 1.5e-14] }]],
  ['huge values', [{ name: 'a', x: [0, 1, 2], y: [-1e308, 1e308, 1e299] }]],
  ['tiny values', [{ name: 'a', x: [0, 1e-300], y: [0, 1e-300] }]],
];

test.each(DEGENERATE)('%s: drawn without a broken number', (_name, series) => {
  const svg = renderSvg(figure(trace(series)));
  parse(svg);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test('where there is nothing to draw the panel says so', () => {
  expect(label(renderSvg(figure(trace([{ name: 'a', x: [0, 1], y: [NaN, NaN] }]))), 'no data')).toBeDefined();
  expect(label(renderSvg(figure(trace([{ name: 'a', x: [0], y: [0] }]))), 'no data')).toBeUndefined();
});

test('a panel without data has neither ticks nor reference lines: they would be invented', () => {
  const empty = trace([{ name: 'V_m', x: [], y: [] }], { lines: [{ value: -55, label: 'V_th' }] });
  const texts = parse(renderSvg(figure(empty, [0, 1]))).filter((element) => element.name === 'text');
  const shown = texts.map((element) => element.text);
  expect(shown).toEqual(expect.arrayContaining(['no data', 'V_m (mV)', 'time (ms)']));
  expect(shown).not.toContain('V_th');
  expect(texts.filter((element) => element.attributes.get('text-anchor') === 'end')).toEqual([]);
});

test('a single curve that its axis names has no legend', () => {
  const named = (name: string) =>
    figure(trace([{ name, x: [0, 1], y: [0, 1] }], { y: { label: 'change of V_m' } }));
  expect(label(renderSvg(named('V_m')), 'V_m')).toBeUndefined();
  expect(label(renderSvg(named('V')), 'V')).toBeDefined();
});

test('a stimulus is seen against nothing', () => {
  const steps = trace([], { steps: [{ name: 'I', starts: [0], values: [500] }] });
  expect(label(renderSvg(figure(steps, [0, 1])), '0')).toBeDefined();
});

test('the heading of a figure may be left out', () => {
  const subject = figure(trace([{ name: 'V_m', x: [0, 1], y: [0, 1] }]));
  expect(label(renderSvg(subject), 'neuron')).toBeDefined();
  const bare = renderSvg(subject, { hasTitle: false });
  expect(label(bare, 'neuron')).toBeUndefined();
  expect(bare).toContain('<title id="figure-title">neuron</title>');
});

test('a figure without panels is still a document', () => {
  expect(parse(renderSvg({ title: '', x: timeAxis(), panels: [] }))[0]?.name).toBe('svg');
});

test('a million samples give a small file that shows the spike of a single sample', () => {
  const count = 1_000_000;
  const y = Float64Array.from({ length: count }, (_v, i) => -65 + ((i * 7919) % 1000) / 500);
  y[777_777] = 30;
  const subject = figure(
    trace([{ name: 'V_m', x: Float64Array.from({ length: count }, (_v, i) => i / 10), y }]),
  );
  const svg = renderSvg(subject);
  expect(svg.length).toBeLessThan(60_000);
  const plot = plotBox(subject);
  const peak = curve(svg, 'V_m')
    .flat()
    .reduce((best, point) => (point[1] < best[1] ? point : best));
  expect(Math.abs(peak[0] - (plot.left + 0.777_777 * (plot.right - plot.left)))).toBeLessThan(0.01);
});

test('a raster of ten thousand trains stays a small file', () => {
  const trains = Array.from({ length: 10_000 }, (_v, i) => ({
    name: `${i}`,
    times: [i % 100, (i * 37) % 100],
  }));
  const svg = renderSvg({
    title: '',
    x: timeAxis([0, 100]),
    panels: [{ kind: 'raster', label: 'neuron', trains }],
  });
  expect(svg.length).toBeLessThan(500_000);
});

/** A figure with long names, many entries and labels close together. */
const CROWDED: Figure = {
  title:
    'A title that is far too long for one line of a figure and also for a second one, since it goes on and on and on',
  subtitle: 'and a subtitle',
  x: timeAxis([0, 123_456]),
  panels: [
    trace(
      Array.from({ length: 9 }, (_v, i) => ({
        name: `series_number_${i}_of_the_population`,
        x: [0, 123_456],
        y: [i, -i],
      })),
      {
        y: { label: 'membrane_potential_of_the_postsynaptic_cell', unit: 'mV' },
        lines: [0, 0.1, 0.2, 1e9].map((value) => ({ value, label: `reference ${value}` })),
        spikes: ['exc', 'inhibitory_spikes_from_far_away'].map((name) => ({ name, times: [1, 2] })),
      },
    ),
    trace([{ name: 'w', x: [0, 1], y: [0, 1e-9] }], {
      y: { label: 'w', unit: 'nS', domain: [0, 1e-9] },
      weight: 0.2,
      spikes: [{ name: 's', times: [1] }],
    }),
    {
      kind: 'raster',
      label: 'neuron',
      trains: Array.from({ length: 70 }, (_v, i) => ({ name: `neuron ${i}`, times: [i] })),
    },
  ],
};

test.each([
  [720, undefined, [0, 123_456]],
  [720, undefined, [99_999.25, 100_000.25]],
  [500, undefined, [99_999.999, 100_000.001]],
  [360, undefined, [-5, 5]],
  [360, 200, [0, 2e8]],
  [1200, 1500, [0, 1e-7]],
] as const)(
  'no two texts overlap, and none leaves the page: width %s, height %s, axis %s',
  (width, height, domain) => {
    const subject = { ...CROWDED, x: timeAxis(domain) };
    const svg = renderSvg(subject, height === undefined ? { width } : { width, height });
    const page = parse(svg)[0];
    const boxes = parse(svg)
      .filter((e) => e.name === 'text')
      .map(textBox);
    for (const [i, a] of boxes.entries()) {
      expect(a.left, a.text).toBeGreaterThanOrEqual(0);
      expect(a.right, a.text).toBeLessThanOrEqual(number(page, 'width') + 0.5);
      expect(a.bottom, a.text).toBeLessThanOrEqual(number(page, 'height'));
      for (const b of boxes.slice(i + 1)) {
        const overlap =
          Math.min(a.right, b.right) > Math.max(a.left, b.left) &&
          Math.min(a.bottom, b.bottom) > Math.max(a.top, b.top);
        expect(overlap, `'${a.text}' and '${b.text}'`).toBe(false);
      }
    }
  },
);

/** The place of a text: from the height of its small letters to its baseline. */
function textBox(element: Parsed) {
  const text = element.text.replaceAll('&amp;', '&');
  const size = number(element, 'font-size');
  const width = textWidth(text, size);
  const turned = /translate\(([\d.]+) ([\d.]+)\)/.exec(element.attributes.get('transform') ?? '');
  const x = turned === null ? number(element, 'x') : Number(turned[1]);
  const y = turned === null ? number(element, 'y') : Number(turned[2]);
  if (turned !== null)
    return { text, left: x - size * 0.7, right: x, top: y - width / 2, bottom: y + width / 2 };
  const anchor = element.attributes.get('text-anchor');
  const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
  return { text, left, right: left + width, top: y - size * 0.7, bottom: y };
}

test('a series with columns of different lengths is refused by name', () => {
  expect(() => renderSvg(figure(trace([{ name: 'V_m', x: [0, 1], y: [0] }])))).toThrow(
    new RangeError("'V_m' has 2 positions but 1 values"),
  );
  expect(() => renderSvg(figure(trace([]), [5, 5]))).toThrow(RangeError);
});
