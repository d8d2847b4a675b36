import { poissonRequest, poissonTable } from '@nestml/engine/interface';
import { describe, expect, it } from 'vitest';
import { philox } from '../../../../test/philox.ts';
import { instantiate } from '../../../../test/wasm-run.ts';
import { withLibrary } from '../library.ts';
import { lowerFunction } from '../ssa/lower-function.ts';
import { definePoissonSpikes } from './define-poisson-spikes.ts';
import { generateDevices } from './generate-devices.ts';
import { defineFillTable, defineSearch, TABLE } from './poisson-table.ts';

const [REQUEST, TABLE_ADDRESS, KEYS, ROWS] = [64, 1024, 16_384, 65_536];
const SITE = 3;
const FIRST_STEPS = [0, 3 * 2 ** 32 + 5] as const;

const functions = withLibrary([...definePoissonSpikes(), defineFillTable(), defineSearch()]);
const module = instantiate(functions.map(lowerFunction), 32);

interface Drawn {
  readonly instances: number;
  readonly steps: number;
  readonly mean: number;
  readonly weight?: number;
  readonly firstStep?: number;
  readonly rows?: readonly ('weight' | 'count')[];
}

function keyOf(instance: number): readonly [number, number] {
  return [Math.imul(instance + 1, 0x9e37_79b9) >>> 0, Math.imul(instance + 77, 0x85eb_ca6b) >>> 0];
}

/** What a request adds to zeros: the rows of weights and of counts, one value per step and instance. */
function draw(drawn: Drawn): { readonly weights: readonly number[]; readonly counts: readonly number[] } {
  const { instances, steps, mean, weight = 0.3, firstStep = 0, rows = ['weight', 'count'] } = drawn;
  const view = new DataView(module.memory.buffer);
  const rowBytes = 8 * instances;
  const stepBytes = 2 * rowBytes;
  new Uint8Array(module.memory.buffer).fill(0, ROWS, ROWS + steps * stepBytes + 64);
  const fields = {
    instances,
    steps,
    keyAddress: KEYS,
    tableAddress: TABLE_ADDRESS,
    weightAddress: rows.includes('weight') ? ROWS : 0,
    countAddress: rows.includes('count') ? ROWS + rowBytes : 0,
    stepBytes,
    site: SITE,
  } as const;
  for (const [field, value] of Object.entries(fields)) {
    view.setUint32(REQUEST + poissonRequest[field as keyof typeof fields], value, true);
  }
  view.setFloat64(REQUEST + poissonRequest.mean, mean, true);
  view.setFloat64(REQUEST + poissonRequest.weight, weight, true);
  view.setFloat64(REQUEST + poissonRequest.firstStep, firstStep, true);
  for (let instance = 0; instance < instances; instance += 1) {
    keyOf(instance).forEach((word, i) => {
      view.setUint32(KEYS + 8 * instance + 4 * i, word, true);
    });
  }
  module.call('addPoissonSpikes', REQUEST);
  const read = (row: number): readonly number[] =>
    Array.from({ length: steps * instances }, (_, i) => {
      const address = ROWS + Math.floor(i / instances) * stepBytes + row * rowBytes + 8 * (i % instances);
      return view.getFloat64(address, true);
    });
  expect(view.getFloat64(ROWS + steps * stepBytes, true)).toBe(0);
  return { weights: read(0), counts: read(1) };
}

/** Numbers of spikes by rule D14 for means below 10, by the definition. */
function byDefinition({ instances, steps, mean, firstStep = 0 }: Drawn): readonly number[] {
  return Array.from({ length: steps * instances }, (_, i) => {
    const step = firstStep + Math.floor(i / instances);
    const [a, b] = philox([0, SITE, step % 2 ** 32, Math.floor(step / 2 ** 32)], keyOf(i % instances));
    const uniform = ((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53;
    let k = 0;
    let probability = Math.exp(-mean);
    let sum = probability;
    while (uniform >= sum) {
      k += 1;
      probability *= mean / k;
      if (sum + probability === sum) break;
      sum += probability;
    }
    return k;
  });
}

describe('Poisson spikes of devices', () => {
  it.each([0, 0.02, 1.8, 9.999])('with mean %d are those of the definition, for all group sizes', (mean) => {
    for (const instances of [1, 2, 3, 4, 5, 67]) {
      for (const firstStep of FIRST_STEPS) {
        const drawn = { instances, steps: 12, mean, firstStep };
        const { weights, counts } = draw(drawn);
        const expected = byDefinition(drawn);
        expect(counts).toEqual(expected);
        expect(weights).toEqual(expected.map((k) => k * 0.3));
      }
    }
  });

  it.each([0.02, 3, 9.999, 10, 250, 1e7])('with mean %d have that mean and variance', (mean) => {
    const { counts } = draw({ instances: 40, steps: 500, mean });
    const average = counts.reduce((sum, k) => sum + k, 0) / counts.length;
    const variance = counts.reduce((sum, k) => sum + (k - average) ** 2, 0) / counts.length;
    // Four standard errors of the mean, five of the variance (kurtosis 3 + 1/λ).
    expect(Math.abs(average - mean)).toBeLessThanOrEqual(4 * Math.sqrt(mean / counts.length));
    expect(Math.abs(variance - mean)).toBeLessThanOrEqual(
      5 * mean * Math.sqrt((2 + 1 / mean) / counts.length),
    );
  });

  it('by rejection do not depend on the instances beside, and are not those of another instance', () => {
    const together = draw({ instances: 7, steps: 40, mean: 25 }).counts;
    const alone = draw({ instances: 1, steps: 40, mean: 25 }).counts;
    expect(together.filter((_, i) => i % 7 === 0)).toEqual(alone);
    expect(together.filter((_, i) => i % 7 === 1)).not.toEqual(alone);
  });

  it.each([2, 12])('with mean %d reach only the rows that are asked for', (mean) => {
    const drawn = { instances: 6, steps: 5, mean };
    const both = draw(drawn);
    expect(draw({ ...drawn, rows: ['weight'] })).toEqual({ ...both, counts: both.counts.map(() => 0) });
    expect(draw({ ...drawn, rows: ['count'] })).toEqual({ ...both, weights: both.weights.map(() => 0) });
  });

  it('with a weight that is not finite do not touch who gets none', () => {
    const drawn = { instances: 5, steps: 20, mean: 0.5, weight: Number.POSITIVE_INFINITY };
    const { weights, counts } = draw(drawn);
    expect(weights).toEqual(counts.map((k) => (k === 0 ? 0 : Number.POSITIVE_INFINITY)));
    expect(counts.some((k) => k === 0)).toBe(true);
  });

  it('follow the mean of each request, whatever the table held before', () => {
    const means = [1.5, 3, 1.5, 0, 30, 1.5];
    const counts = means.map((mean) => draw({ instances: 9, steps: 9, mean }).counts);
    expect(counts[2]).toEqual(counts[0]);
    expect(counts[5]).toEqual(counts[0]);
    expect(counts[3]!.every((k) => k === 0)).toBe(true);
  });

  it('need the room for their table that the interface states', () => {
    expect(TABLE.bytes).toBeLessThanOrEqual(poissonTable.bytes);
  });

  it('come as a module of a few kilobytes', () => {
    expect(generateDevices().bytes.length).toBeLessThan(9000);
  });
});
