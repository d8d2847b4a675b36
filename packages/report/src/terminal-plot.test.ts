import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Figure, type TracePanel, timeAxis } from './figure.ts';
import { renderTerminal, type TerminalOptions } from './terminal-plot.ts';
import { displayWidth } from './terminal-text.ts';

const PLAIN: TerminalOptions = { columns: 60, rows: 16, colour: false, unicode: true };

function trace(
  x: readonly number[] | Float64Array,
  y: readonly number[] | Float64Array,
  more: Partial<TracePanel> = {},
): Figure {
  return {
    title: 'neuron',
    x: timeAxis([0, 100]),
    panels: [{ kind: 'trace', y: { label: 'V_m', unit: 'mV' }, series: [{ name: 'V_m', x, y }], ...more }],
  };
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** Rows of the plot without what is left of its border. */
function plotRows(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => /^[^│┤|+]*[│┤|+]/.test(line) && !line.includes('└') && !/\+-/.test(line))
    .map((line) => line.replace(/^[^│┤|+]*[│┤|+]/, ''));
}

const number = fc.oneof(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.constantFrom(NaN, Infinity, 0));
const name = fc.oneof(
  fc.string({ maxLength: 40, unit: 'grapheme' }),
  fc.constantFrom('V_m', '膜電位', 'e\u0301', '\u001b[2J'),
);
const panel = fc.oneof(
  fc.record({
    kind: fc.constant('trace' as const),
    y: fc.record({ label: name, unit: name }),
    series: fc.array(
      fc.array(fc.tuple(number, number), { maxLength: 30 }).map((points) => ({
        name: 's',
        x: points.map(([x]) => x),
        y: points.map(([, y]) => y),
      })),
      { maxLength: 3 },
    ),
    spikes: fc.array(fc.record({ name, times: fc.array(number, { maxLength: 9 }) }), { maxLength: 4 }),
    lines: fc.array(fc.record({ value: number, label: name }), { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('raster' as const),
    label: name,
    trains: fc.array(fc.record({ name, times: fc.array(number, { maxLength: 9 }) }), { maxLength: 30 }),
  }),
);
const anyFigure: fc.Arbitrary<Figure> = fc.record({
  title: name,
  subtitle: name,
  x: fc.record({ label: name, unit: name }),
  panels: fc.array(panel, { maxLength: 4 }),
});

test('whatever the figure, the text has exactly the rows and columns asked for', () => {
  const size = fc.record({
    columns: fc.integer({ min: 30, max: 170 }),
    rows: fc.integer({ min: 8, max: 60 }),
  });
  fc.assert(
    fc.property(anyFigure, size, fc.boolean(), fc.boolean(), (figure, { columns, rows }, colour, unicode) => {
      const text = renderTerminal(figure, { columns, rows, colour, unicode });
      const lines = text.replace(ESCAPES, '').split('\n');
      expect(lines.length).toBe(rows);
      for (const line of lines) expect(displayWidth(line), JSON.stringify(line)).toBe(columns);
      if (!unicode) expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/);
      if (!colour) expect(text).not.toContain('\u001b');
    }),
    { seed: 20_271, numRuns: 300 },
  );
});

test('a spike of one sample in a million reaches the top of the plot in its column', () => {
  const count = 1_000_000;
  const x = Float64Array.from({ length: count }, (_v, i) => i / 10_000);
  const y = new Float64Array(count).fill(-70);
  y[500_000] = 30;
  for (const columns of [60, 80, 160]) {
    for (const unicode of [true, false]) {
      const text = renderTerminal(trace(x, y, { y: { label: 'V_m', domain: [-70, 30] } }), {
        ...PLAIN,
        columns,
        unicode,
      });
      const rows = plotRows(text);
      const column = rows[0]?.search(/[^ ]/) ?? -1;
      expect(Math.abs(column - ((rows[0]?.length ?? 0) - 1) / 2)).toBeLessThanOrEqual(1);
      for (const row of rows.slice(0, -1)) expect(row.charAt(column)).not.toBe(' ');
    }
  }
});

test('points stand in the cells of their values, and other values in other cells', () => {
  const at = (y: number) => {
    const figure = trace([0, 50, 100], [0, y, 8], { y: { label: 'V_m', domain: [0, 8] } });
    const text = renderTerminal(
      {
        ...figure,
        panels: figure.panels.map((p) =>
          p.kind === 'trace' ? { ...p, series: p.series.map((s) => ({ ...s, mark: 'points' as const })) } : p,
        ),
      },
      { columns: 44, rows: 14, colour: false, unicode: false },
    );
    const rows = plotRows(text).map((row) => row.trimEnd());
    const middle = Math.round(((text.split('\n')[0]?.length ?? 0) - 5 - 1) / 2);
    return rows.findIndex((row) => row.charAt(middle) === '*');
  };
  const lowest = 14 - 5 - 1;
  expect([at(0), at(4), at(8)]).toEqual([lowest, lowest / 2, 0]);
});

test('a tick label stands in the row of the line with that value', () => {
  const text = renderTerminal(trace([0, 100], [-50, -50], { y: { label: 'V_m', domain: [-80, 0] } }), {
    ...PLAIN,
    unicode: false,
  });
  expect(text.split('\n').filter((line) => line.includes('****'))).toEqual([
    expect.stringMatching(/^ *-50 \+\*+$/),
  ]);
});

test('spikes are ticks under the trace, in the column of the trace at that time', () => {
  const spikes = [{ name: 'spikes', times: [50] }];
  const figure = trace([0, 50, 50, 50, 100], [0, 0, 1, 0, 0], { spikes });
  for (const unicode of [true, false]) {
    const lines = renderTerminal(figure, { ...PLAIN, unicode }).split('\n');
    const strip = lines.find((line) => line.startsWith('spikes')) ?? '';
    const firstPlotRow = lines[2] ?? '';
    expect(strip.trimEnd().at(-1)).toBe(unicode ? '│' : '|');
    expect(strip.trimEnd().length - 1).toBe(firstPlotRow.search(/[\u2801-\u28ff*]/));
  }
});

test('the time axis has its ticks above their labels, and its title', () => {
  const lines = renderTerminal(trace([0, 100], [0, 1]), PLAIN).split('\n');
  const axis = lines.findIndex((line) => line.includes('└'));
  const label = lines[axis + 1]?.indexOf('40') ?? -1;
  expect(lines[axis]?.slice(label, label + 2)).toContain('┬');
  expect(lines[axis + 2]?.trim()).toBe('time (ms)');
});

test('without colour two series differ by pattern, with colour by escape sequence', () => {
  const figure: Figure = {
    title: 'two',
    x: timeAxis([0, 10]),
    panels: [
      {
        kind: 'trace',
        y: { label: 'g' },
        series: [
          { name: 'a', x: [0, 10], y: [1, 1] },
          { name: 'b', x: [0, 10], y: [0, 0] },
        ],
      },
    ],
  };
  const rows = plotRows(renderTerminal(figure, PLAIN)).filter((row) => /[\u2801-\u28ff]/.test(row));
  expect(rows.length).toBe(2);
  const kinds = rows.map((row) => [...row].filter((cell) => cell > '\u2800').length);
  expect(kinds[0]).toBe(rows[0]?.length);
  expect(kinds[1]).toBeLessThan((rows[1]?.length ?? 0) * 0.6);
  const colours = new Set(renderTerminal(figure, { ...PLAIN, colour: true }).match(/38;5;\d+/g));
  expect(colours.size).toBe(2);
  const ascii = renderTerminal(figure, { ...PLAIN, unicode: false });
  expect(ascii).toContain('** a  .. b');
});

test('where rows are too few the bottom line says so', () => {
  const figure = trace([0, 1], [0, 1]);
  const tall: Figure = { ...figure, panels: [...figure.panels, ...figure.panels, ...figure.panels] };
  expect(
    renderTerminal(tall, { ...PLAIN, rows: 10 })
      .split('\n')
      .at(-1)
      ?.trim(),
  ).toBe('(more rows needed to show all)');
  expect(renderTerminal(tall, { ...PLAIN, rows: 30 })).not.toContain('more rows');
});

test('empty, single, constant and undefined data are drawn', () => {
  const empty = renderTerminal(trace([], []), PLAIN);
  expect(empty).toContain('no data');
  expect(empty).not.toMatch(/^ *[\d.]+ *[┤+]/m);
  expect(renderTerminal(trace([0, 1], [NaN, NaN]), PLAIN)).toContain('no data');
  expect(renderTerminal(trace([50], [3]), PLAIN)).toMatch(/[\u2801-\u28ff]/);
  expect(
    plotRows(renderTerminal(trace([0, 100], [-70, -70]), PLAIN)).filter((row) => /[\u2801-\u28ff]/.test(row))
      .length,
  ).toBe(1);
});

test('more trains than rows share rows as dots, and every spike is a dot', () => {
  const trains = Array.from({ length: 24 }, (_v, i) => ({ name: `${i}`, times: [i * 4] }));
  const text = renderTerminal(
    { title: '', x: timeAxis([0, 100]), panels: [{ kind: 'raster', label: 'neuron', trains }] },
    { ...PLAIN, rows: 10 },
  );
  const dots = [...text]
    .filter((c) => c > '\u2800' && c < '\u2900')
    .map((c) => (c.codePointAt(0) ?? 0) - 0x2800);
  const count = dots.reduce((sum, bits) => sum + bits.toString(2).replaceAll('0', '').length, 0);
  expect(count).toBe(24);
});
