// Compiled library neurons: node --no-liftoff benchmarks/engine/codegen.ts [name]
// Time to generate and to compile a module, its size, and the time per neuron and step of 0.1 ms: the shortest of repeated calls that
// advance 1,000 instances, all driven by the same current, by 100 steps.
import { libraryModel, solvedModel } from '../../packages/compiler/test/models.ts';
import { createBlock } from '../../packages/compiler/test/neuron-block.ts';

const INSTANCES = 1000;
const STEPS = 100;
const REPEATS = 30;

/** Library neurons with a current in pA that makes them spike. */
const DRIVEN = [
  ['iaf_psc_delta', 500],
  ['iaf_psc_exp', 500],
  ['iaf_psc_alpha', 500],
  ['izhikevich', 10],
  ['aeif_cond_exp', 800],
  ['iaf_cond_alpha', 400],
  ['hh_psc_alpha', 650],
] as const;

console.log('neuron            bytes  generate ms  compile ms  ns per neuron-step (pair, scalar)');
for (const [name, current] of DRIVEN) {
  if (process.argv[2] !== undefined && !name.includes(process.argv[2])) continue;
  const model = solvedModel(libraryModel(name));
  const times = (['pair', 'scalar'] as const).map((flavour) => {
    const options = { record: [], instances: INSTANCES, flavour, spikeCapacity: 200 * INSTANCES };
    const start = performance.now();
    const block = createBlock(model, options);
    const generated = performance.now() - start;
    const compileStart = performance.now();
    new WebAssembly.Module(block.bytes);
    const compiled = performance.now() - compileStart;
    let best = Number.POSITIVE_INFINITY;
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const currents = [{ port: 'I_stim', first: 0, end: Number.POSITIVE_INFINITY, value: current }];
      block.run({ steps: STEPS, currents });
      const before = performance.now();
      block.call('advance', STEPS);
      best = Math.min(best, ((performance.now() - before) * 1e6) / (INSTANCES * STEPS));
    }
    return { bytes: block.bytes.length, generated, compiled, best };
  });
  const [pair, scalar] = times;
  if (pair === undefined || scalar === undefined) continue;
  const cells = [
    name.padEnd(15),
    String(pair.bytes).padStart(7),
    pair.generated.toFixed(1).padStart(12),
    pair.compiled.toFixed(1).padStart(11),
    pair.best.toFixed(2).padStart(8),
    scalar.best.toFixed(2).padStart(8),
  ];
  console.log(cells.join(' '));
}
