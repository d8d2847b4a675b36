/** A source of random choices that gives the same sequence for the same seed (mulberry32). */
export interface Choices {
  /** Uniform in [low, high). */
  readonly between: (low: number, high: number) => number;
  /** Whole number from 0 to count − 1. */
  readonly below: (count: number) => number;
  readonly chance: (probability: number) => boolean;
}

/** Random choices from a seed. */
export function createChoices(seed: number): Choices {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    between: (low, high) => low + (high - low) * next(),
    below: (count) => Math.floor(count * next()),
    chance: (probability) => next() < probability,
  };
}

/** A random neuron with stimuli. */
export interface RandomCase {
  readonly text: string;
  readonly isLinear: boolean;
  readonly threshold: number;
  readonly current: { readonly amplitude: number; readonly from: number; readonly to: number };
  readonly spikes: readonly {
    readonly port: 'exc' | 'inh';
    readonly time: number;
    readonly weight: number;
  }[];
  readonly resolution: number;
}

const duration = 40;
const number = (value: number): string => value.toPrecision(4);

/**
 * A membrane with leak, synaptic currents through kernels or handlers, adaptation, threshold, reset and refractory period. Time constants
 * lie between 0.3 and 30 ms; non-linear terms are bounded, so that nothing grows without limit.
 */
export function randomCase(seed: number): RandomCase {
  const choose = createChoices(seed);
  const isLinear = choose.chance(0.5);
  const kernel = [
    'kernel K = exp(-t / tau_s)',
    'kernel K = e / tau_s * t * exp(-t / tau_s)',
    'kernel K = exp(-t / tau_s) - exp(-t / tau_r)',
    "kernel K' = -K / tau_s",
  ][choose.below(4)]!;
  const isOdeKernel = kernel.includes("K'");
  const threshold = choose.between(8, 16);
  const bend = isLinear
    ? ''
    : ` + ${number(choose.between(0.5, 3))} mV * ${['tanh(V / 10 mV)', 'sin(V / 20 mV)', '(x < 0.3 ? x : 0.3)'][choose.below(3)]!} / tau_m`;
  const adaptation = choose.chance(0.7) ? ' - w / C' : '';
  const slope = isLinear ? 'a * V' : 'a * min(V, 12 mV)';
  const handler = choose.chance(0.5);
  const text = `model random_neuron:
    state:
        V mV = ${number(choose.between(-5, 5))} mV
        w pA = ${number(choose.between(-20, 20))} pA
        x real = ${number(choose.between(0, 1))}
        I pA = 0 pA
        refr ms = 0 ms
        n integer = 0
${isOdeKernel ? '        K real = 1\n' : ''}    equations:
        ${kernel}
        recordable inline I_syn pA = 1 pA * (convolve(K, exc) - ${number(choose.between(0.2, 1))} * convolve(K, inh))
        I' = -I / tau_r
        V' = -V / tau_m + (I_syn + I + I_stim) / C${adaptation}${bend}
        w' = (${slope} - w) / tau_w
        x' = (${isLinear ? '0.5' : '1 / (1 + exp(-V / 5 mV))'} - x) / tau_x
        refr' = -1
    parameters:
        tau_m ms = ${number(choose.between(3, 30))} ms
        tau_s ms = ${number(choose.between(0.3, 6))} ms
        tau_r ms = ${number(choose.between(0.3, 6))} ms
        tau_w ms = ${number(choose.between(2, 30))} ms
        tau_x ms = ${number(choose.between(1, 20))} ms
        C pF = ${number(choose.between(100, 300))} pF
        a nS = ${number(choose.between(0, 3))} nS
        theta mV = ${number(threshold)} mV
        refr_T ms = ${number(choose.between(0, 4))} ms
    input:
        exc <- excitatory spike
        inh <- inhibitory spike
        I_stim pA <- continuous
    output:
        spike
${handler ? '    onReceive(exc):\n        I += exc * 1 s * 1 pA\n        if I > 400 pA:\n            I = 400 pA\n' : ''}    update:
        if refr > 0 ms:
            integrate_odes(I, w, x, refr)
        else:
            integrate_odes(I, w, x, V)
    onCondition(refr <= 0 ms and V >= theta):
        V = ${number(choose.between(-5, 2))} mV
        w += ${number(choose.between(0, 30))} pA
        n += 1
        refr = refr_T
        emit_spike()
`;
  const resolution = [0.1, 0.05, 0.2, 0.5, 1][choose.below(5)]!;
  const onGrid = (time: number): number =>
    Number((Math.max(1, Math.round(time / resolution)) * resolution).toPrecision(10));
  const spikes = Array.from({ length: choose.below(40) }, () => ({
    port: choose.chance(0.7) ? ('exc' as const) : ('inh' as const),
    time: onGrid(choose.between(0, duration)),
    weight: Number(number(choose.between(0, 300))),
  }));
  const from = onGrid(choose.between(0, duration / 2));
  const current = {
    amplitude: Number(number(choose.between(-100, 600))),
    from,
    to: onGrid(from + choose.between(2, duration / 2)),
  };
  return { text, isLinear, threshold: Number(number(threshold)), current, spikes, resolution };
}

/** Length of the run of a random case, ms. */
export const randomDuration: number = duration;
