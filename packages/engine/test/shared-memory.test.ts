import { describe, expect, it } from 'vitest';
import { type Block, createBlock, type Engine, loadNeuron, readVariable, runBlock } from '../src/index.ts';
import { compileText } from './compile-text.ts';
import { testEngine } from './leaky-block.ts';
import { libraryText } from './library-models.ts';

/** A linear model, one with kernels, and two that are integrated numerically, each with a current (pA) that makes it fire. */
const MODELS = [
  ['iaf_psc_exp', 500],
  ['iaf_psc_alpha', 500],
  ['aeif_cond_exp', 800],
  ['hh_psc_alpha', 700],
] as const;
const STEPS = 400;
const PIECE = 25;

function blockOf(engine: Engine, name: string): Block {
  const artefact = compileText(libraryText(name), { recorded: ['V_m'] });
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: 3,
    stepNs: 100_000,
    values: new Map(),
    identity: { population: name, firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  return creation.block;
}

/** Runs blocks in turns, a piece of each at a time, and gives the bits of their membranes and their spikes. */
function runInTurns(blocks: readonly (readonly [Block, number])[]): readonly unknown[] {
  const spikes = blocks.map((): number[] => []);
  for (let step = 0; step < STEPS; step += PIECE) {
    blocks.forEach(([block, value], index) => {
      const currents = [{ port: 'I_stim', firstStep: 20, endStep: STEPS, value }];
      const outcome = runBlock(block, { steps: PIECE, inputs: { currents, spikes: [], poisson: [] } });
      expect(outcome.failure).toBeUndefined();
      spikes[index]!.push(...outcome.spikes.steps);
    });
  }
  return blocks.map(([block], index) => [[...readVariable(block, 'V_m')], spikes[index]]);
}

describe('blocks of several models in one memory', () => {
  it('give what each gives in a memory of its own, bit for bit, and all fire', () => {
    const engine = testEngine();
    const together = runInTurns(MODELS.map(([name, current]) => [blockOf(engine, name), current]));
    const apart = MODELS.map(([name, current]) => runInTurns([[blockOf(testEngine(), name), current]])[0]);
    expect(together).toEqual(apart);
    for (const [, spikes] of together as readonly (readonly [unknown, readonly number[]])[])
      expect(spikes.length).toBeGreaterThan(0);
  });
});
