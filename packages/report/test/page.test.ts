import { describe, expect, it } from 'vitest';
import { curvesToCsv, spikesToCsv } from '../page/csv.ts';
import {
  type Curve,
  countBelow,
  decodeColumn,
  digitsWithin,
  nearestIndex,
  readable,
  valueAt,
} from '../page/samples.ts';
import { encodeColumn, encodePositions } from '../src/html/column-encoding.ts';

describe('columns', () => {
  it('are exact when short', () => {
    const values = [0.1, -65.123456789012, Number.NaN, 1e-300, Infinity, 3];
    expect([...decodeColumn(encodeColumn(values))]).toEqual(values);
  });

  it('of times on a grid are kept as a rule', () => {
    const times = Array.from({ length: 2000 }, (_, k) => Number(((k + 1) * 0.1).toPrecision(12)));
    const column = encodePositions(times);
    expect(column).toEqual({ kind: 'grid', first: 0.1, step: 0.1, count: 2000 });
    const decoded = decodeColumn(column);
    expect(times.every((time, k) => Number(decoded[k]?.toPrecision(12)) === time)).toBe(true);
  });

  it('that are nearly a grid are not taken for one', () => {
    expect(encodePositions([0, 1, 2.001, 3]).kind).toBe('float64');
    expect(encodePositions([1, 1, 1]).kind).toBe('float64');
    expect(encodePositions([0, 1, Number.NaN, 3]).kind).toBe('float64');
  });

  it('of values on a grid keep the digits of each value', () => {
    const values = Array.from({ length: 10 }, (_, k) => Number((k * 0.1).toPrecision(12)));
    expect([...decodeColumn(encodeColumn(values))]).toEqual(values);
  });

  it('of positions are exact however long', () => {
    const spikes = Array.from({ length: 30_000 }, (_, k) => k * k + 0.123456789);
    expect([...decodeColumn(encodePositions(spikes))]).toEqual(spikes);
  });

  it('have 7 digits when long, all digits where single precision would lose the value', () => {
    const wave = Float64Array.from({ length: 30_000 }, (_, k) => Math.sin(k));
    const column = encodeColumn(wave);
    expect(column.kind).toBe('float32');
    const decoded = decodeColumn(column);
    expect(decoded).toHaveLength(wave.length);
    expect(wave.every((value, k) => Math.abs((decoded[k] ?? 0) - value) <= 6e-8 * Math.abs(value))).toBe(
      true,
    );
    expect(encodeColumn(wave.map((value) => value * 1e-60)).kind).toBe('float64');
  });

  it('may be empty', () => {
    expect(decodeColumn(encodeColumn([]))).toHaveLength(0);
  });
});

const line: Curve = {
  name: 'V_m',
  mark: 'line',
  digits: 17,
  x: Float64Array.of(1, 2, 3, 4),
  y: Float64Array.of(-65, -64, Number.NaN, -62),
};
const steps: Curve = {
  name: 'I',
  mark: 'steps',
  digits: 17,
  x: Float64Array.of(0, 2.5),
  y: Float64Array.of(0, 300),
};

describe('values at the pointer', () => {
  it('are those of the nearest sample', () => {
    expect(valueAt(line, 1.4)).toBe(-65);
    expect(valueAt(line, 1.6)).toBe(-64);
    expect(valueAt(line, 9)).toBeUndefined();
    expect(nearestIndex([], 1)).toBe(-1);
  });

  it('of a step hold until the next one begins', () => {
    expect([-1, 0, 2.4, 2.5, 100].map((x) => valueAt(steps, x))).toEqual([undefined, 0, 0, 300, 300]);
  });

  it('are found by bisection', () => {
    expect([0, 1, 1.5, 5].map((x) => countBelow([1, 1, 2], x))).toEqual([0, 0, 2, 3]);
    expect(countBelow([1, 1, 2], 1, true)).toBe(2);
  });

  it('have the digits that set them apart on their axis', () => {
    expect([digitsWithin([-80, 40]), digitsWithin([0, 1]), digitsWithin([1, 1 + 2e-6])]).toEqual([6, 6, 12]);
    expect(digitsWithin([1, 1 + 2e-12])).toBe(15);
  });

  it('are written with a minus sign, and as a dash where there is none', () => {
    expect([-54.30000001, Number.NaN, undefined, 1e-9].map((value) => readable(value))).toEqual([
      '−54.3',
      '–',
      '–',
      '10⁻⁹',
    ]);
  });
});

describe('downloads', () => {
  it('hold the samples in view, gaps as empty cells, steps at the times of the samples', () => {
    const curves = [
      { title: 'V_m (mV)', curve: line },
      { title: 'I (pA)', curve: steps },
    ];
    expect(curvesToCsv('time (ms)', curves, 1.5, 3)).toBe('time (ms),V_m (mV),I (pA)\n2,-64,0\n3,,300\n');
  });

  it('merge the times of curves that were sampled differently', () => {
    const other: Curve = { ...line, x: Float64Array.of(1.5, 2), y: Float64Array.of(7, 8), digits: 7 };
    const csv = curvesToCsv(
      't',
      [line, other].map((curve, i) => ({ title: `c${i}`, curve })),
      1,
      2,
    );
    expect(csv).toBe('t,c0,c1\n1,-65,\n1.5,,7\n2,-64,8\n');
  });

  it('round positions to 12 digits and long columns to 7', () => {
    const curve: Curve = {
      ...line,
      x: Float64Array.of(0.1 + 0.2),
      y: Float64Array.of(Math.fround(0.1)),
      digits: 7,
    };
    expect(curvesToCsv('t', [{ title: 'y', curve }], 0, 1)).toBe('t,y\n0.3,0.1\n');
  });

  it('name the train of each spike and quote what a table would misread', () => {
    const trains = [
      { name: '=cmd()', times: Float64Array.of(1, 2, 3) },
      { name: 'a "b", c', times: Float64Array.of(2.5) },
    ];
    expect(spikesToCsv('time (ms)', trains, 2, 3)).toBe(
      'train,time (ms)\n\'=cmd(),2\n\'=cmd(),3\n"a ""b"", c",2.5\n',
    );
  });
});
