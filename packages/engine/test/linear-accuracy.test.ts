import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createBlock, loadNeuron, readVariable, runBlock, type SpikeInput } from '../src/index.ts';
import { compileText } from './compile-text.ts';
import { NO_INPUTS, testEngine } from './leaky-block.ts';

/** Exact solutions, recorded by `linear-accuracy/record_expected_values.py`. */
interface ExpectedValues {
  /** Numbers of steps after which values were recorded. */
  readonly steps: readonly number[];
  readonly cases: readonly Case[];
}

interface Case {
  readonly system: keyof typeof SYSTEMS;
  /** Length of a step in ms. */
  readonly width: number;
  readonly parameters: Parameters;
  /** Of the last state of the system, and its largest size over the whole course. */
  readonly values: readonly number[];
  readonly largest: number;
}

/** Ratio of time constants, or angular frequency in 1/ms and damping ratio. */
type Parameters = { readonly ratio: number } | { readonly omega: number; readonly damping: number };

const TAU = 10;

/** A model, its last state, what is set in it, and the input that it gets. */
interface System {
  readonly text: string;
  readonly state: string;
  readonly spikes?: readonly SpikeInput[];
}

const MEMBRANE = `
  parameters:
    tau ms = 10 ms
    tau_s ms = 10 ms
    tau_l ms = 10 ms
    C pF = 250 pF
    I_e pA = 100 pA
`;

const SYSTEMS = {
  'exponential current': {
    state: 'V',
    text: `model pair:
  state:
    I pA = 300 pA
    V mV = 0 mV
  equations:
    I' = -I / tau_s
    V' = -V / tau + (I + I_e) / C${MEMBRANE}  update:
    integrate_odes()
`,
  },
  cascade: {
    state: 'V',
    text: `model cascade:
  state:
    x pA = 300 pA
    y pA = 0 pA
    V mV = 0 mV
  equations:
    x' = -x / tau
    y' = (x - y) / tau_s
    V' = -V / tau_l + (y + I_e) / C${MEMBRANE}  update:
    integrate_odes()
`,
  },
  'alpha current': {
    state: 'V',
    spikes: [{ port: 'exc', step: 0, weight: 300 }],
    text: `model alpha:
  state:
    V mV = 0 mV
  equations:
    kernel K = (e / tau_s) * t * exp(-t / tau_s)
    V' = -V / tau + convolve(K, exc) * pA / C${MEMBRANE}  input:
    exc <- spike
  update:
    integrate_odes()
`,
  },
  oscillator: {
    state: 'x',
    text: `model oscillator:
  state:
    x real = 1
    x' 1/ms = 0 /ms
  equations:
    x'' = -omega**2 * x - 2 * damping * omega * x'
  parameters:
    omega 1/ms = 1 /ms
    damping real = 0
  update:
    integrate_odes()
`,
  },
} as const satisfies Readonly<Record<string, System>>;

const { steps, cases }: ExpectedValues = JSON.parse(
  readFileSync(new URL('linear-accuracy/expected-values.json', import.meta.url), 'utf8'),
);

const ARTEFACTS = new Map(Object.entries(SYSTEMS).map(([name, { text }]) => [name, compileText(text)]));

function valuesOf(parameters: Parameters): ReadonlyMap<string, number> {
  if ('omega' in parameters) return new Map(Object.entries(parameters));
  const tauS = TAU * parameters.ratio;
  return new Map([
    ['tau_s', tauS],
    ['tau_l', tauS * parameters.ratio],
  ]);
}

/** What the engine gives after the recorded numbers of steps. */
function computed({ system, width, parameters }: Case): readonly number[] {
  const { state, ...rest }: System = SYSTEMS[system];
  const engine = testEngine();
  const values = [...valuesOf(parameters)];
  const artefact = ARTEFACTS.get(system)!;
  const known = new Set(artefact.layout.variables.map(({ name }) => name));
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: 1,
    stepNs: Math.round(width * 1e6),
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
    values: new Map(values.filter(([name]) => known.has(name))),
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  let done = 0;
  return steps.map((end) => {
    const { failure } = runBlock(creation.block, {
      steps: end - done,
      inputs: { ...NO_INPUTS, spikes: rest.spikes ?? [] },
    });
    expect(failure).toBeUndefined();
    done = end;
    return readVariable(creation.block, state)[0]!;
  });
}

/** Of the fastest oscillation; 0 where nothing oscillates. */
function imaginaryRate(parameters: Parameters): number {
  if (!('omega' in parameters)) return 0;
  const { omega, damping } = parameters;
  return omega * Math.sqrt(Math.max(0, 1 - damping * damping));
}

/** Largest error up to some step in units of 1e-12 of the largest value, and of what oscillations beyond 16 periods allow. */
function worstError(each: Case): number {
  const { width, parameters, values, largest } = each;
  const errors = computed(each).map((value, i) => {
    const radians = imaginaryRate(parameters) * steps[i]! * width;
    const allowed = 1e-12 * largest * Math.max(1, radians / 100);
    const error = Math.abs(value - values[i]!) / allowed;
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
  });
  return Math.max(...errors);
}

describe.each([0.01, 0.1, 1, 10, 100, 1000])('1,000 steps of %d ms', (width) => {
  it.each(Object.keys(SYSTEMS))('are exact to 1e-12 of the largest value: %s', (system) => {
    const own = cases.filter((each) => each.system === system && each.width === width);
    const errors = own.map((each) => ({ ...each.parameters, error: worstError(each) }));
    expect(errors.filter(({ error }) => error > 1)).toEqual([]);
    expect(errors.length).toBeGreaterThanOrEqual(4);
  });
});
