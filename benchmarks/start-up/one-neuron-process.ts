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
  readonly spikes: number;
}

const CURRENTS = Object.freeze({ iaf_psc_delta: 500, iaf_psc_exp: 400, hh_psc_alpha: 650 });
const WARM_UP = 'iaf_psc_delta';
const AGAIN = 5;

function currentFor(neuron: string): number {
  const found = Object.entries(CURRENTS).find(([name]) => name === neuron);
  if (found === undefined) throw new Error(`no current is known for ${neuron}`);
  return found[1];
}

async function simulateOnce(neuron: string): Promise<{ readonly time: number; readonly spikes: number }> {
  const model = library(neuron);
  const start = performance.now();
  const { spikes } = await simulate(model, {
    duration: (STEPS * STEP_NS) / 1e6,
    currents: [{ port: 'I_stim', amplitude: currentFor(neuron) }],
  });
  return { time: performance.now() - start, spikes: spikes.length };
}

/** Compiles and runs on the engine alone; the run makes the code that it has anew, so that no other run has improved it. */
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
  const { compile, run } = runOnEngine(neuron, false);
  const first = await simulateOnce(neuron);
  let again = first.time;
  for (let i = 1; i < AGAIN; i += 1) again = (await simulateOnce(neuron)).time;
  return {
    simulate: first.time,
    again,
    compile,
    run,
    recording: runOnEngine(neuron, true).run,
    spikes: first.spikes,
  };
}

process.stdout.write(JSON.stringify(await measure(process.argv[2] ?? '')));
