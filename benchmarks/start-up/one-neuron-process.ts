// One repeat of one-neuron.ts: node one-neuron-process.ts NEURON prints its times as JSON. Another model is run first, so that the
// toolchain is loaded and warm, but none of the code of the neuron at hand.
import { createBlock, runBlock } from '@nestml/engine';
import { library, simulate } from '@nestml/workbench';
import { compileNeuron, solvedNeuron } from '../engine/run-engine.ts';
import { STEP_NS, STEPS } from '../engine/workloads.ts';

/** Times of one process, ms. */
export interface NeuronTimes {
  readonly simulate: number;
  readonly again: number;
  readonly compile: number;
  readonly run: number;
  readonly recording: number;
}

const CURRENTS = Object.freeze({ iaf_psc_delta: 500, iaf_psc_exp: 400, hh_psc_alpha: 650 });
const WARM_UP = 'iaf_psc_delta';
const AGAIN = 5;

function currentFor(neuron: string): number {
  const found = Object.entries(CURRENTS).find(([name]) => name === neuron);
  if (found === undefined) throw new Error(`no current is known for ${neuron}`);
  return found[1];
}

/** Time of a run through the workbench, ms. */
async function simulateOnce(neuron: string): Promise<number> {
  const model = library(neuron);
  const start = performance.now();
  const { spikes } = await simulate(model, {
    duration: (STEPS * STEP_NS) / 1e6,
    currents: [{ port: 'I_stim', amplitude: currentFor(neuron) }],
  });
  const time = performance.now() - start;
  if (spikes.length === 0) throw new Error(`${neuron} does not spike`);
  return time;
}

/** Compiles and runs on the engine alone. */
function runOnEngine(neuron: string, records: boolean): { readonly compile: number; readonly run: number } {
  const solved = solvedNeuron(neuron);
  const start = performance.now();
  const { engine, module } = compileNeuron(solved, [], records ? ['V_m'] : []);
  const creation = createBlock(engine, module, {
    instances: 1,
    stepNs: STEP_NS,
    values: new Map(),
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(`${neuron}: ${creation.failure.kind}`);
  const begin = performance.now();
  const current = { port: 'I_stim', firstStep: 0, endStep: STEPS, value: currentFor(neuron) };
  const inputs = { currents: [current], spikes: [], poisson: [] };
  const { failure } = runBlock(creation.block, {
    steps: STEPS,
    inputs,
    ...(records && { record: { every: 1 } }),
  });
  if (failure !== undefined) throw new Error(`${neuron}: ${failure.kind}`);
  return { compile: begin - start, run: performance.now() - begin };
}

async function measure(neuron: string): Promise<NeuronTimes> {
  await simulateOnce(WARM_UP);
  runOnEngine(WARM_UP, false);
  runOnEngine(WARM_UP, true);
  const first = await simulateOnce(neuron);
  // Nothing is recorded, so that it is another module than the one of `simulate`, of which V8 has no code yet.
  const { compile, run } = runOnEngine(neuron, false);
  let again = first;
  for (let i = 1; i < AGAIN; i += 1) again = await simulateOnce(neuron);
  return { simulate: first, again, compile, run, recording: runOnEngine(neuron, true).run };
}

process.stdout.write(JSON.stringify(await measure(process.argv[2] ?? '')));
