// What the engine and its C++ peers compute: the same neurons, drive and spikes that arrive.

/** A population of one library neuron with a constant current per instance and spikes that reach all instances in some steps. */
export interface Workload {
  /** Name in the library, without `_neuron`. */
  readonly neuron: string;
  readonly instances: number;
  /**
   * The constant current (pA) of the instances: from `low` up to, but not, `low + span`, in a scattered order, so that neighbours in
   * memory do not spike together. Integers, so that every program computes the same doubles.
   */
  readonly current: { readonly low: number; readonly span: number };
  readonly excitatory: Arrivals;
  readonly inhibitory: Arrivals;
  /** Largest relative difference of the number of spikes for which two programs still count as computing the same. */
  readonly margin: number;
  /** Largest ratio of the times engine / C++ that is aimed at. */
  readonly target: number;
}

/** Spikes of one weight at one port of every instance in the steps s with s mod period = phase. */
export interface Arrivals {
  readonly port: string;
  readonly weight: number;
  readonly period: number;
  readonly phase: number;
}

/** Length of a step in ns: 0.1 ms. */
export const STEP_NS = 100_000;
/** Number of steps: 1 s of biological time. */
export const STEPS = 10_000;

/** The same for all workloads: 100 and 40 spikes per second. */
const EXCITATORY = Object.freeze({ port: 'exc_spikes', period: 97, phase: 13 });
const INHIBITORY = Object.freeze({ port: 'inh_spikes', period: 251, phase: 101 });

/** Rates of the instances lie between 0 and about 40 (integrate-and-fire) or 70 (Hodgkin–Huxley) spikes per second. */
export const WORKLOADS: readonly Workload[] = Object.freeze([
  {
    neuron: 'iaf_psc_exp',
    instances: 10_000,
    current: { low: 300, span: 150 },
    excitatory: { ...EXCITATORY, weight: 40 },
    inhibitory: { ...INHIBITORY, weight: 30 },
    margin: 0,
    target: 1.5,
  },
  {
    neuron: 'aeif_cond_exp',
    instances: 1_000,
    current: { low: 500, span: 500 },
    excitatory: { ...EXCITATORY, weight: 5 },
    inhibitory: { ...INHIBITORY, weight: 3 },
    margin: 1e-3,
    target: 1,
  },
  {
    neuron: 'hh_psc_alpha',
    instances: 1_000,
    current: { low: 300, span: 600 },
    excitatory: { ...EXCITATORY, weight: 100 },
    inhibitory: { ...INHIBITORY, weight: 50 },
    margin: 1e-3,
    target: 1,
  },
]);

/** Multiplier of the scattered order; odd, so that the first 65,536 places all differ. */
export const SCATTER = 40_503;
export const PLACES = 65_536;

/** The constant current of an instance, pA. */
export function currentOf({ current: { low, span } }: Workload, instance: number): number {
  return low + span * (((instance * SCATTER) % PLACES) / PLACES);
}
