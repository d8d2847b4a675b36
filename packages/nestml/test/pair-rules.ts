/** A rule of spike-timing dependent plasticity, as the change of the weight that a spike makes, by what the other neuron has done before. */
export interface PairRule {
  readonly post: (w: number, pre: readonly number[], post: readonly number[]) => number;
  readonly pre: (w: number, pre: readonly number[], post: readonly number[]) => number;
}

/** Sum over the ages of all earlier spikes. */
const all = (ages: readonly number[], tau: number): number =>
  ages.reduce((sum, age) => sum + Math.exp(-age / tau), 0);
/** The last spike alone. */
const last = (ages: readonly number[], tau: number): number =>
  ages.length === 0 ? 0 : Math.exp(-Math.min(...ages) / tau);

function multiplicative(trace: typeof all): PairRule {
  const [rate, most, tau] = [0.01, 100, 20];
  return {
    post: (w, pre) => Math.min(most, most * (w / most + rate * (1 - w / most) * trace(pre, tau))),
    pre: (w, _, post) => Math.max(0, most * (w / most - rate * (w / most) * trace(post, tau))),
  };
}

/** The rules of library synapses with their default parameters, from the formulas in their comments. */
export const pairRules = {
  stdp: multiplicative(all),
  stdp_nn_symm: multiplicative(last),
  stdp_triplet: {
    post: (w, pre, post) => Math.min(100, w + all(pre, 16.8) * (7.5e-10 + 9.3e-3 * all(post, 125))),
    pre: (w, pre, post) => Math.max(0, w - all(post, 33.7) * (7e-3 + 2.3e-4 * all(pre, 101))),
  },
} as const satisfies Record<string, PairRule>;

/** Weights after each presynaptic spike, and at the end, by adding up over all earlier spikes at every event. Times in ms. */
export function bruteForce(
  rule: PairRule,
  trains: { readonly pre: readonly number[]; readonly post: readonly number[] },
  delay: number,
  start: number,
): { readonly weights: readonly number[]; readonly end: number } {
  const arrivals = trains.post.map((time) => time + delay);
  const events = [
    ...arrivals.map((time) => ({ time, isPost: true })),
    ...trains.pre.map((time) => ({ time, isPost: false })),
  ].sort((a, b) =>
    Math.abs(a.time - b.time) < 1e-9 ? Number(b.isPost) - Number(a.isPost) : a.time - b.time,
  );
  const weights: number[] = [];
  let w = start;
  for (const { time, isPost } of events) {
    // Spikes of the same instant have no age yet.
    const ages = (train: readonly number[]) =>
      train.map((earlier) => time - earlier).filter((age) => age > 1e-9);
    w = (isPost ? rule.post : rule.pre)(w, ages(trains.pre), ages(arrivals));
    if (!isPost) weights.push(w);
  }
  return { weights, end: w };
}
