import { describe, expect, it } from 'vitest';
import { compareModel, referenceSpikes } from './against-reference.ts';
import { libraryModel, solvedModel } from './models.ts';
import { createBlock } from './neuron-block.ts';

interface LibraryCase {
  readonly name: string;
  readonly current: number;
  readonly weight: number;
  readonly steps: number;
  /** Largest difference from the reference at default tolerance, and at 1e-5 of it; mV. */
  readonly tolerance: readonly [number, number];
}

const CASES: readonly LibraryCase[] = [
  { name: 'iaf_psc_delta', current: 500, weight: 2, steps: 1500, tolerance: [1e-10, 1e-10] },
  { name: 'iaf_psc_exp', current: 500, weight: 50, steps: 1500, tolerance: [1e-10, 1e-10] },
  { name: 'iaf_psc_alpha', current: 500, weight: 50, steps: 1500, tolerance: [1e-10, 1e-10] },
  { name: 'izhikevich', current: 10, weight: 2, steps: 1000, tolerance: [1e-3, 1e-7] },
  { name: 'aeif_cond_exp', current: 800, weight: 5, steps: 1000, tolerance: [1e-3, 1e-7] },
  { name: 'iaf_cond_alpha', current: 400, weight: 2, steps: 1000, tolerance: [1e-3, 1e-7] },
  { name: 'hh_psc_alpha', current: 650, weight: 50, steps: 500, tolerance: [1e-3, 1e-7] },
];

function inputOf({ name, current, weight, steps }: LibraryCase) {
  const ports = libraryModel(name).ports.filter(({ signal }) => signal === 'spike');
  const spikes = ports.flatMap((port, k) =>
    [30, 31, 60, 200 + k, 300, 301, 302].map((step) => ({ port: port.name, step, weight })),
  );
  const currents = [{ port: 'I_stim', first: 100, end: steps - 100, value: current }];
  return { steps, spikes, currents };
}

describe.each(CASES)('$name as a module', (library) => {
  it.each([
    [0, 1],
    [1, 1e-5],
  ] as const)('follows the reference with its spikes (tolerance %i)', (column, toleranceFactor) => {
    const run = { ...inputOf(library), toleranceFactor, record: ['V_m'] };
    const { compiled, reference, differences } = compareModel(libraryModel(library.name), run);
    expect(compiled.failure).toBeUndefined();
    expect(compiled.spikes()).toEqual(referenceSpikes(reference));
    expect(compiled.spikes().length).toBeGreaterThan(1);
    expect(differences.get('V_m')?.absolute).toBeLessThan(library.tolerance[column]);
  });

  it('gives the same bits in vectors and one by one', () => {
    const traces = (['pair', 'scalar'] as const).map((flavour) => {
      const block = createBlock(solvedModel(libraryModel(library.name)), { flavour, instances: 1 });
      const result = block.run(inputOf(library));
      return block.layout.recorded.map((name) => result.trace(name));
    });
    expect(traces[0]).toEqual(traces[1]);
  });

  it('gives an instance the same bits whatever its neighbours, its place and the slices of the run', () => {
    const model = solvedModel(libraryModel(library.name));
    const { steps, currents, spikes } = inputOf(library);
    const drive = (count: number, order: readonly number[], slice: number) => {
      const block = createBlock(model, { instances: count, record: [] });
      const own = order.map((identity, instance) => ({
        instance,
        factor: 1 + identity / 50,
        delay: identity,
      }));
      const result = block.run({
        steps,
        slice,
        spikes: own.flatMap(({ instance, delay }) =>
          spikes.map((spike) => ({ ...spike, instance, step: spike.step + delay })),
        ),
        currents: own.flatMap(({ instance, factor }) =>
          currents.map((current) => ({ ...current, instance, value: current.value * factor })),
        ),
      });
      const names = block.layout.variables.map(({ name }) => name);
      return order.map((identity, instance) => ({
        identity,
        spikes: result.spikes(instance),
        values: names.map((name) => block.read(name, instance)),
      }));
    };
    const alone = new Map(
      [0, 1, 2, 3, 4, 5, 6].map((identity) => [identity, drive(1, [identity], steps)[0]]),
    );
    for (const order of [
      [0, 1],
      [1, 0],
      [3, 4, 5, 6, 0, 1, 2],
      [6, 2, 5],
    ]) {
      for (const entry of drive(order.length, order, 97)) {
        expect(entry).toEqual(alone.get(entry.identity));
      }
    }
  });
});
