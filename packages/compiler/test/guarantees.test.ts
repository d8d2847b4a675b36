import { readdirSync, readFileSync } from 'node:fs';
import { nodesBelow } from '@nestml/dynamics';
import { describe, expect, it } from 'vitest';
import { expressionsOfModel, type SolvedModel, solveModel, symbolOf, variableOf } from '../src/index.ts';
import { checkedModel } from './models.ts';

const folders = [new URL('../../../models/neurons/', import.meta.url), new URL('./passes/', import.meta.url)];
const texts = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.nestml') && !file.includes('.after.'))
    .map((file) => [file, readFileSync(new URL(file, folder), 'utf8')] as const),
);

/** The roles of all symbols of a solved model. */
function rolesIn(model: SolvedModel): ReadonlySet<string> {
  const nodes = nodesBelow(expressionsOfModel(model));
  return new Set(nodes.flatMap((node) => (node.kind === 'symbol' ? [symbolOf(node.symbol).role] : [])));
}

describe('what a solved model guarantees', () => {
  it.each(texts)('holds for %s', (_file, text) => {
    const { model, diagnostics } = solveModel(checkedModel(text));
    expect(diagnostics).toEqual([]);
    const solved = model!;
    for (const role of ['pulse', 'convolve', 'kernelState', 'age'])
      expect(rolesIn(solved)).not.toContain(role);
    for (const variant of solved.variants) {
      const { states, countdowns, affine, numeric, solvers } = variant;
      const solvedStates = [
        ...countdowns.map(({ state }) => state),
        ...affine.flatMap(({ system, moved }) => moved.map((place) => system.states[place]!)),
        ...(numeric?.equations.map(({ state }) => state) ?? []),
      ];
      expect(solvedStates.length).toBe(states.length);
      expect(new Set(solvedStates)).toEqual(new Set(states));
      expect(solvers.map(({ state }) => state)).toEqual(states);
      expect(solvers.every(({ reason }) => reason.length > 0)).toBe(true);
    }
  });

  it.each(texts)('includes coefficients that change only when something is set: %s', (_file, text) => {
    const { model } = solveModel(checkedModel(text));
    const systems = [
      ...model!.convolutions.map(({ system }) => system),
      ...model!.variants.flatMap(({ affine, numeric }) =>
        [...affine, ...(numeric?.drivers ?? [])].map(({ system }) => system),
      ),
    ];
    for (const { coefficients, fixedBy, states, input } of systems) {
      expect(input.length).toBe(states.length);
      for (const node of nodesBelow(coefficients.map(({ value }) => value))) {
        if (node.kind !== 'symbol') continue;
        const variable = variableOf(node.symbol);
        expect(['parameter', 'internal', 'resolution']).toContain(variable.role);
        if (variable.role !== 'resolution') expect(fixedBy).toContain(variable);
      }
    }
  });

  it('includes that a convolution is the same object wherever it drives something by itself', () => {
    const [, text] = texts.find(([file]) => file.startsWith('aeif_cond_exp'))!;
    const { model } = solveModel(checkedModel(text));
    const drivers = model!.variants[1]!.numeric!.drivers.map(({ system }) => system);
    expect(drivers).toEqual(model!.convolutions.map(({ system }) => system));
    expect(drivers.every((driver, i) => driver === model!.convolutions[i]!.system)).toBe(true);
  });

  it('includes that inlines which use each other twice are not written out', () => {
    const inlines = Array.from(
      { length: 300 },
      (_, i) => `inline a${i + 1} real = a${i} * x + a${i} / (1 + a${i})`,
    );
    const lines = ['inline a0 real = x', ...inlines, "x' = -a300 / 5 ms"].map((line) => `        ${line}`);
    const text = ['model chain_neuron:', '    state:', '        x real = 1', '    equations:', ...lines];
    const { model } = solveModel(
      checkedModel([...text, '    update:', '        integrate_odes()', ''].join('\n')),
    );
    expect(nodesBelow(expressionsOfModel(model!)).length).toBeLessThan(300 * 5);
    // With the derivatives that the stiffness test is made with.
    expect(model!.pool.size).toBeLessThan(300 * 15);
    expect(model!.variants[0]!.solvers[0]!.reason.length).toBeLessThan(300);
  });
});
