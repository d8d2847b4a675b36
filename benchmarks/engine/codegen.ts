// Compiled library neurons: size of a module, time to generate it and V8's to optimise its step, and time per neuron and step of 0.1 ms, two instances
// at once (pair) and one by one (scalar): the shortest of repeated calls that advance 1,000 instances, all driven by the same current.
import { libraryModel, solvedModel } from '../../packages/compiler/test/models.ts';
import { createBlock } from '../../packages/compiler/test/neuron-block.ts';
import { formatNumber, minimum, type Report, timeOf } from '../measure.ts';

const INSTANCES = 1000;
const STEPS = 100;
/** Calls per repeat that was asked for. */
const CALLS = 6;

/** Library neurons with a current in pA that makes them spike. */
const DRIVEN = Object.freeze([
  ['iaf_psc_delta', 500],
  ['iaf_psc_exp', 500],
  ['iaf_psc_alpha', 500],
  ['izhikevich', 10],
  ['aeif_cond_exp', 800],
  ['iaf_cond_alpha', 400],
  ['hh_psc_alpha', 650],
] as const);

const HEAD = ['neuron', 'bytes', 'generate ms', 'optimise ms', 'pair ns', 'scalar ns'];

interface Measured {
  readonly bytes: number;
  readonly generate: number;
  readonly optimise: number;
  readonly step: number;
}

/** Modules of the driven neurons; `generate` and `optimise` are single cold times. */
export function measureGeneratedCode(repeats: number): Report {
  const figures: Record<string, number> = {};
  const rows = DRIVEN.map(([name, current]) => {
    const pair = measureNeuron(name, current, 'pair', repeats);
    const scalar = measureNeuron(name, current, 'scalar', repeats);
    figures[`${name}.bytes`] = pair.bytes;
    figures[`${name}.pair.ns`] = pair.step;
    figures[`${name}.scalar.ns`] = scalar.step;
    return [
      name,
      String(pair.bytes),
      ...[pair.generate, pair.optimise, pair.step, scalar.step].map(formatNumber),
    ];
  });
  return { title: 'Compiled neurons, all driven alike', head: HEAD, rows, notes: [], figures, problems: [] };
}

function measureNeuron(name: string, current: number, flavour: 'pair' | 'scalar', repeats: number): Measured {
  const model = solvedModel(libraryModel(name));
  const now = () => performance.now();
  const start = now();
  const block = createBlock(model, {
    record: [],
    instances: INSTANCES,
    flavour,
    spikeCapacity: 200 * INSTANCES,
  });
  const generate = now() - start;
  // V8 compiles a function when it is first called.
  const optimise = timeOf(() => void block.call('advance', 0), now);
  const currents = [{ port: 'I_stim', first: 0, end: Number.POSITIVE_INFINITY, value: current }];
  const times = Array.from({ length: CALLS * repeats }, () => {
    block.run({ steps: STEPS, currents });
    return timeOf(() => void block.call('advance', STEPS), now);
  });
  return {
    bytes: block.bytes.length,
    generate,
    optimise,
    step: (minimum(times) * 1e6) / (INSTANCES * STEPS),
  };
}
