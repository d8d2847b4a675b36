import type { NumericMethodName } from '@nestml/dynamics';
import { describe, expect, it } from 'vitest';
import {
  type Block,
  type BlockInputs,
  createBlock,
  loadNeuron,
  type NeuronArtefact,
  readVariable,
  runBlock,
} from '../src/index.ts';
import { compileText } from './compile-text.ts';
import { testEngine } from './leaky-block.ts';
import { libraryText } from './library-models.ts';

/** Random numbers of all kinds in statements, a quadratic membrane with conductances, vectors, and loops that emit. */
const NOISY = `model noisy:
  state:
    V mV = E
    t_ref ms = 0 ms
    noise[2] real = 0
    bursts integer = 0
  equations:
    kernel K = exp(-t / tau_syn)
    t_ref' = -1
    V' = (V - E) * (V - crit) * slope + (convolve(K, exc) * nS * (0 mV - V) + I_e + I + noise[1] * pA) / C
  parameters:
    E mV = -70 mV
    crit mV = -50 mV
    slope 1/(mV*ms) = 0.002 /(mV*ms)
    C pF = 100 pF
    I_e pA = 0 pA
    tau_syn ms = 2 ms
  input:
    exc <- spike
    I pA <- continuous
  output:
    spike
  update:
    noise[0] = random_uniform(0, 1)
    if noise[0] > 0.5:
      noise[1] = random_normal(0, 20)
    if t_ref > 0 ms:
      integrate_odes(t_ref)
    else:
      integrate_odes(V)
  onCondition(V > 0 mV and t_ref <= 0 ms):
    V = E
    t_ref = 1.05 ms
    bursts = random_poisson(1.5)
    while bursts > 0:
      emit_spike(bursts)
      bursts -= 1
    emit_spike()
`;

/** A model, where its inputs go, what drives it to spike, and which parameters its individuals have for themselves. */
interface Species {
  readonly name: string;
  readonly text: string;
  readonly port: string;
  readonly current: string;
  readonly weight: number;
  /** In pA. */
  readonly drive: number;
  readonly parameters: Readonly<Record<string, readonly [least: number, most: number]>>;
  readonly recorded: readonly string[];
  readonly sizes?: Readonly<Record<string, number>>;
  /** What integrates equations without exact solution; absent: what suits them. */
  readonly solver?: NumericMethodName;
}

const CURRENT = { current: 'I_stim', recorded: ['V_m'] } as const;
const CURRENT_BASED = { ...CURRENT, port: 'exc_spikes', weight: 40, drive: 350 } as const;

const SPECIES: readonly Species[] = [
  {
    ...CURRENT_BASED,
    name: 'iaf_psc_alpha',
    text: libraryText('iaf_psc_alpha'),
    parameters: { C_m: [200, 300], tau_m: [8, 20], tau_syn_exc: [1, 3] },
    recorded: ['V_m', 'I_syn'],
  },
  {
    ...CURRENT_BASED,
    name: 'iaf_psc_exp',
    text: libraryText('iaf_psc_exp'),
    parameters: { tau_m: [8, 20], I_e: [0, 200] },
  },
  {
    ...CURRENT,
    name: 'iaf_psc_delta',
    text: libraryText('iaf_psc_delta'),
    port: 'spikes',
    weight: 0.5,
    drive: 350,
    parameters: { tau_m: [8, 20], refr_T: [0.5, 3] },
  },
  {
    ...CURRENT,
    name: 'iaf_cond_alpha',
    text: libraryText('iaf_cond_alpha'),
    port: 'exc_spikes',
    weight: 2,
    drive: 300,
    parameters: { C_m: [200, 300], tau_syn_exc: [0.2, 1] },
    recorded: ['V_m', 'g_syn_exc'],
  },
  {
    ...CURRENT,
    name: 'aeif_cond_exp',
    text: libraryText('aeif_cond_exp'),
    port: 'exc_spikes',
    weight: 5,
    drive: 600,
    parameters: { C_m: [200, 300], a: [1, 6] },
  },
  {
    ...CURRENT_BASED,
    name: 'hh_psc_alpha',
    text: libraryText('hh_psc_alpha'),
    parameters: { g_L: [20, 40], tau_syn_exc: [0.2, 1] },
  },
  {
    ...CURRENT,
    name: 'izhikevich',
    text: libraryText('izhikevich'),
    port: 'spikes',
    weight: 0.5,
    drive: 8,
    parameters: { a: [0.02, 0.1], d: [2, 8] },
  },
  {
    name: 'noisy',
    text: NOISY,
    port: 'exc',
    current: 'I',
    weight: 1.5,
    drive: 200,
    parameters: { C: [80, 120], tau_syn: [1, 3] },
    recorded: ['V', 'noise[1]'],
    sizes: { noise: 2 },
  },
];

/** Every method with a model that it suits; short and long right-hand sides, closed and other drivers, drawn numbers. */
const SOLVERS: Readonly<Record<string, readonly NumericMethodName[]>> = {
  hh_psc_alpha: ['rosenbrock', 'exponential-euler'],
  aeif_cond_exp: ['rosenbrock', 'runge-kutta-fehlberg'],
  iaf_cond_alpha: ['rosenbrock', 'runge-kutta-4'],
  izhikevich: ['forward-euler'],
  noisy: ['rosenbrock'],
};

const SOLVED: readonly Species[] = SPECIES.flatMap((species) =>
  (SOLVERS[species.name] ?? []).map((solver) => ({
    ...species,
    name: `${species.name} by ${solver}`,
    solver,
  })),
);

const STEPS = 240;
const STEP_NS = 100_000;

/** A number in [0, 1) that belongs to an individual. */
function fraction(individual: number, what: number): number {
  return (Math.imul(individual + 1, 0x9e37_79b1) ^ Math.imul(what + 1, 0x85eb_ca6b)) / 2 ** 32 + 0.5;
}

/** What each individual receives, addressed to its place among these. */
function inputsOf({ port, current, weight, drive }: Species, individuals: readonly number[]): BlockInputs {
  const at = (divisor: number) =>
    individuals.flatMap((individual, instance) =>
      individual % divisor === 0 ? [{ individual, instance }] : [],
    );
  const currents = at(5).map(({ individual, instance }) => ({
    port: current,
    instance,
    firstStep: individual % 50,
    endStep: 90,
    value: drive * fraction(individual, 7),
  }));
  const spikes = at(2).map(({ individual, instance }) => ({
    port,
    instance,
    step: individual % STEPS,
    weight: weight * fraction(individual, 8),
  }));
  const own = at(100).map(({ instance }) => ({ port, instance, device: 1, rate: 120, weight: weight / 8 }));
  return {
    currents: [{ port: current, firstStep: 10, endStep: 230, value: drive }, ...currents],
    spikes: [{ port, step: 77, weight }, ...spikes],
    poisson: [{ port, device: 0, rate: 8, weight, firstStep: 5 }, ...own],
  };
}

/** How a population is made and run; nothing of it may change an individual. */
interface Manner {
  readonly individuals: readonly number[];
  /** Interval of recording in steps; absent: compiled to record nothing. */
  readonly every?: number;
  readonly pieces: readonly number[];
}

/** What became of an individual: bits of its states, its spikes, and bits of what was recorded by step. */
interface Fate {
  readonly states: readonly bigint[];
  readonly spikes: readonly (readonly [step: number, weight: number])[];
  readonly recorded: ReadonlyMap<number, readonly bigint[]>;
}

function bitsOf(values: readonly number[]): readonly bigint[] {
  return [...new BigUint64Array(Float64Array.from(values).buffer)];
}

function createPopulation(
  artefact: NeuronArtefact,
  individuals: readonly number[],
  values: ReadonlyMap<string, number | Float64Array>,
): Block {
  const engine = testEngine();
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: individuals.length,
    stepNs: STEP_NS,
    values,
    identity: { population: 'crowd', seed: 3, indices: individuals },
  });
  if (!creation.ok) throw new Error(`no block: ${creation.failure.kind} ${creation.failure.variable}`);
  return creation.block;
}

function runPieces(
  block: Block,
  inputs: BlockInputs,
  { individuals, every, pieces }: Manner,
): readonly Fate[] {
  const fates = individuals.map(() => ({
    spikes: [] as (readonly [number, number])[],
    recorded: new Map<number, readonly bigint[]>(),
  }));
  for (const steps of pieces) {
    const outcome = runBlock(block, { steps, inputs, ...(every && { record: { every } }) });
    expect(outcome.failure).toBeUndefined();
    const { spikes, recorded } = outcome;
    spikes.instances.forEach((instance, i) => {
      fates[instance]!.spikes.push([spikes.steps[i]!, spikes.weights[i]!]);
    });
    recorded.steps.forEach((step, time) => {
      fates.forEach((fate, instance) => {
        const at = time * individuals.length + instance;
        fate.recorded.set(step, bitsOf(recorded.values.map((values) => values[at]!)));
      });
    });
  }
  const names = block.module.layout.variables.flatMap(({ name, role }) =>
    role === 'state' || role === 'convolution' ? [name] : [],
  );
  const columns = names.map((name) => readVariable(block, name));
  return fates.map((fate, instance) => ({
    ...fate,
    states: bitsOf(columns.map((values) => values[instance]!)),
  }));
}

/** The fates of individuals, each with its own parameters and inputs, by individual. */
function live(species: Species, artefact: NeuronArtefact, manner: Manner): ReadonlyMap<number, Fate> {
  const { individuals } = manner;
  const values = Object.entries(species.parameters).map(([name, [least, most]], what) => {
    const own = individuals.map((individual) => least + (most - least) * fraction(individual, what));
    return [name, Float64Array.from(own)] as const;
  });
  const block = createPopulation(artefact, individuals, new Map(values));
  const fates = runPieces(block, inputsOf(species, individuals), manner);
  return new Map(individuals.map((individual, instance) => [individual, fates[instance]!]));
}

const EVERYBODY = Array.from({ length: 1000 }, (_, i) => i);
/** 389 and 1,000 have no common divisor. */
const SHUFFLED = EVERYBODY.map((i) => (i * 389 + 111) % 1000);
const WHOLE = [STEPS];
const UNEVEN = [1, 100, 0, 138, 1];

describe.each([...SPECIES, ...SOLVED])('an instance of $name', (species) => {
  const { text, recorded, parameters, sizes = {}, solver } = species;
  const perInstance = Object.keys(parameters);
  const silent = compileText(text, { perInstance, sizes }, solver);
  const observed = compileText(text, { perInstance, recorded, sizes }, solver);

  it('has the same bits in any company, order and number of pieces, recorded or not', () => {
    const expected = live(species, silent, { individuals: EVERYBODY, pieces: WHOLE });
    const shuffled = live(species, observed, { individuals: SHUFFLED, every: 7, pieces: UNEVEN });
    const others: readonly ReadonlyMap<number, Fate>[] = [
      live(species, observed, { individuals: [999, 3, 500, 0, 77, 998, 41], every: 1, pieces: WHOLE }),
      live(species, silent, { individuals: [998, 5], pieces: UNEVEN }),
      live(species, observed, { individuals: [999], every: 3, pieces: UNEVEN }),
      live(species, silent, { individuals: [500], pieces: WHOLE }),
    ];
    for (const fates of [shuffled, ...others]) {
      for (const [individual, { states, spikes, recorded: values }] of fates) {
        const other = expected.get(individual)!;
        expect({ individual, states, spikes }).toEqual({
          individual,
          states: other.states,
          spikes: other.spikes,
        });
        const common = [...shuffled.get(individual)!.recorded].filter(([step]) => values.has(step));
        expect(common.map(([step]) => values.get(step))).toEqual(common.map(([, bits]) => bits));
      }
    }
    const spiking = [...expected.values()].filter(({ spikes }) => spikes.length > 0);
    expect(spiking.length).toBeGreaterThan(100);
    expect(new Set([...expected.values()].map(({ states }) => states.join())).size).toBe(1000);
    expect(others[0]!.get(3)!.recorded.size).toBe(STEPS);
  });

  it('has the same bits with parameters in common as with its own of the same values', () => {
    const individuals = [9, 4, 500];
    const middle = Object.entries(parameters).map(
      ([name, [least, most]]) => [name, (2 * least + most) / 3] as const,
    );
    const shared = compileText(text, { sizes }, solver);
    const all = shared.layout.variables.flatMap(({ name, role }) => (role === 'parameter' ? [name] : []));
    const [common, own] = [shared, compileText(text, { sizes, perInstance: all }, solver)].map((artefact) => {
      const block = createPopulation(artefact, individuals, new Map(middle));
      return runPieces(block, inputsOf(species, individuals), { individuals, pieces: WHOLE });
    });
    expect(common).toEqual(own);
    expect(common!.some(({ spikes }) => spikes.length > 0)).toBe(true);
  });
});
