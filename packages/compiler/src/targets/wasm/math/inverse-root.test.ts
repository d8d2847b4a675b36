import { describe, expect, it } from 'vitest';
import { defineMap, instantiate, runMap } from '../../../../test/wasm-run.ts';
import { emitInverseRoot, emitWholePower } from './inverse-root.ts';

const degrees = [2, 3, 5, 8] as const;
const points = Array.from({ length: 4001 }, (_, i) => 10 ** (-100 + i / 20) * (1 + (i % 7) / 7));

describe.each(degrees)('the inverse root of degree %d', (degree) => {
  const run = (flavour: 'scalar' | 'pair') =>
    runMap(
      instantiate([
        defineMap('root', flavour, 1, (lanes, [x = lanes.constant(1)]) => emitInverseRoot(lanes, x, degree)),
      ]),
      'root',
      [points],
    );

  it('is right to within 1e-3 over 200 orders of magnitude', () => {
    const worst = run('scalar').reduce(
      (largest, y, i) => Math.max(largest, Math.abs(y / points[i]! ** (-1 / degree) - 1)),
      0,
    );
    expect(worst).toBeLessThan(1e-3);
  });

  it('has the same bits in one lane and in two', () => {
    expect(run('pair')).toEqual(run('scalar'));
  });
});

it('whole powers agree with the standard library', () => {
  for (const exponent of [1, 2, 3, 8, 10]) {
    const map = defineMap('power', 'pair', 1, (lanes, [x = lanes.constant(1)]) =>
      emitWholePower(lanes, x, exponent),
    );
    runMap(instantiate([map]), 'power', [[0.7, 1.3]]).forEach((power, i) => {
      expect(power / (i === 0 ? 0.7 : 1.3) ** exponent).toBeCloseTo(1, 14);
    });
  }
});
