import { describe, expect, it, test } from 'vitest';
import { firstDifference } from '../compare.ts';
import { libraryModel, randomTrain, runSynapseText } from './run-synapse-text.ts';

const TIGHT = { relative: 1e-10, absolute: 1e-12 };
const h = 0.1;
/** Times on the grid are compared as numbers of steps. */
const stepOf = (time: number) => Math.round(time / h);
const decay = (time: number, tau: number) => Math.exp(-time / tau);

const pre = randomTrain(11, 200, 12);
const post = randomTrain(12, 200, 12);
/** Every tenth post spike is moved so that it reaches the synapse together with a pre spike. */
const coincident = (delay: number) => {
  const steps = new Set(post.map(stepOf));
  pre.forEach((time, i) => {
    if (i % 10 === 0 && time > delay + h) steps.add(stepOf(time - delay));
  });
  return [...steps].sort((a, b) => a - b).map((step) => step * h);
};
const delays = [0.1, 0.5, 1, 3, 7.7];

/** A spike of either neuron as the synapse sees it. */
interface Spike {
  readonly isPre: boolean;
  /** On the clock of the synapse, ms. */
  readonly at: number;
}

/** The spikes of both neurons in the order in which they act: post before pre. */
function merge(preTimes: readonly number[], postTimes: readonly number[], delay: number): readonly Spike[] {
  return [
    ...postTimes.map((time) => ({ isPre: false, at: stepOf(time + delay) * h })),
    ...preTimes.map((time) => ({ isPre: true, at: stepOf(time) * h })),
  ].sort((a, b) => stepOf(a.at) - stepOf(b.at) || Number(a.isPre) - Number(b.isPre));
}

/** Sum over the spikes before `at` (at it as well, if `inclusive`) of exp(−age/τ), one after the other. */
function traceAt(times: readonly number[], at: number, tau: number, inclusive = false): number {
  let sum = 0;
  for (const time of times) {
    const age = stepOf(at) - stepOf(time);
    if (age > 0 || (inclusive && age === 0)) sum += decay(age * h, tau);
  }
  return sum;
}

describe('stdp with additive rule', () => {
  const set = {
    mu_plus: 0,
    mu_minus: 0,
    w: 50,
    alpha: 1.1,
    tau_tr_pre: 16.8,
    tau_tr_post: 33.7,
    lambda: 1e-4,
  };

  it.each(delays)('changes the weight by the double sum over all pairs, delay %f ms', (delay) => {
    const postTimes = coincident(delay);
    const { weights } = runSynapseText(libraryModel('stdp'), { pre, post: postTimes, delay, set });
    const arrivals = postTimes.map((time) => time + delay);
    const expected = pre.map((until) => {
      let w = 50;
      for (const s of arrivals) {
        // Post acts before pre at one instant, so that a pre spike then has not raised its trace yet.
        if (stepOf(s) <= stepOf(until)) w += 100 * 1e-4 * traceAt(pre, s, 16.8);
      }
      for (const s of pre) {
        if (stepOf(s) <= stepOf(until)) w -= 100 * 1.1 * 1e-4 * traceAt(arrivals, s, 33.7);
      }
      return w;
    });
    expect(firstDifference(weights, expected, TIGHT)).toBeUndefined();
  });
});

describe('rules with dependence on the weight, against a loop over spikes', () => {
  const loop = (
    postTimes: readonly number[],
    delay: number,
    isNearest: boolean,
    start: { readonly w: number; readonly y: number } = { w: 1, y: 0 },
  ) => {
    const [lambda, alpha, plus, minus, max, tauPre, tauPost] = [0.01, 0.8, 0.4, 0.7, 100, 16.8, 33.7];
    const weights: number[] = [];
    let { w } = start;
    let [x, y, xAt, yAt] = [0, start.y, 0, delay];
    // The trace of the postsynaptic neuron before the spikes of this instant.
    let [yBefore, instant] = [0, -1];
    for (const { isPre, at } of merge(pre, postTimes, delay)) {
      if (stepOf(at) !== instant) yBefore = at < delay ? start.y : y * decay(at - yAt, tauPost);
      instant = stepOf(at);
      x *= decay(at - xAt, tauPre);
      xAt = at;
      if (isPre) {
        x = isNearest ? 1 : x + 1;
        w = Math.max(0, max * (w / max - alpha * lambda * (w / max) ** minus * yBefore));
        weights.push(w);
      } else {
        y = isNearest ? 1 : yBefore + 1;
        yAt = at;
        w = Math.min(max, max * (w / max + lambda * (1 - w / max) ** plus * x));
      }
    }
    return weights;
  };
  const set = { mu_plus: 0.4, mu_minus: 0.7, alpha: 0.8, tau_tr_pre: 16.8, tau_tr_post: 33.7 };

  it.each(delays)('stdp, delay %f ms', (delay) => {
    const postTimes = coincident(delay);
    const { weights } = runSynapseText(libraryModel('stdp'), { pre, post: postTimes, delay, set });
    expect(firstDifference(weights, loop(postTimes, delay, false), TIGHT)).toBeUndefined();
  });

  it.each(delays)('stdp_nn_symm, delay %f ms', (delay) => {
    const postTimes = coincident(delay);
    const { weights } = runSynapseText(libraryModel('stdp_nn_symm'), { pre, post: postTimes, delay, set });
    expect(firstDifference(weights, loop(postTimes, delay, true), TIGHT)).toBeUndefined();
  });

  it.each([0.1, 7.7, 60])(
    'a post trace that starts at 0.7 starts on the clock of the neuron, delay %f ms',
    (delay) => {
      const start = { w: 30, y: 0.7 };
      const run = { pre, post: coincident(delay), delay, set: { ...set, w: 30, post_trace: 0.7 } };
      const { weights } = runSynapseText(libraryModel('stdp'), run);
      expect(firstDifference(weights, loop(run.post, delay, false, start), TIGHT)).toBeUndefined();
    },
  );

  it('a comparison with another delay, tie or first value fails', () => {
    const postTimes = coincident(1);
    const { weights } = runSynapseText(libraryModel('stdp'), { pre, post: postTimes, delay: 1, set });
    const wrong = [
      loop(postTimes, 1.1, false),
      loop(postTimes, 1, true),
      loop(postTimes, 1, false, { w: 1, y: 1e-6 }),
      loop(postTimes, 1, false, { w: 1 + 1e-9, y: 0 }),
    ];
    for (const weightsOfOther of wrong) {
      expect(firstDifference(weights, weightsOfOther, TIGHT)).toBeDefined();
    }
  });
});

test.each(delays)('stdp_triplet follows the sums over triplets, delay %f ms', (delay) => {
  const postTimes = coincident(delay);
  const arrivals = postTimes.map((time) => time + delay);
  const set = { w: 50, A2_plus: 5e-3 };
  const { weights } = runSynapseText(libraryModel('stdp_triplet'), { pre, post: postTimes, delay, set });
  let w = 50;
  const expected: number[] = [];
  for (const { isPre, at } of merge(pre, postTimes, delay)) {
    if (isPre) {
      w -= traceAt(arrivals, at, 33.7) * (7e-3 + 2.3e-4 * traceAt(pre, at, 101));
      expected.push(w);
    } else w += traceAt(pre, at, 16.8) * (5e-3 + 9.3e-3 * traceAt(arrivals, at, 125));
  }
  expect(Math.min(...expected)).toBeGreaterThan(0);
  expect(Math.max(...expected)).toBeLessThan(100);
  expect(firstDifference(weights, expected, TIGHT)).toBeUndefined();
});

describe('tsodyks', () => {
  it.each([0, 50])('sends the weight of the exact recovery between spikes, facilitation %f ms', (tauFac) => {
    const { emitted } = runSynapseText(libraryModel('tsodyks'), {
      pre,
      set: { tau_fac: tauFac, tau_rec: 80, U: 0.3 },
    });
    let [x, y, u, last] = [1, 0, 0.3, 0];
    const expected = pre.map((time) => {
      const dt = time - last;
      last = time;
      const inactive = 1 - x - y;
      const [psc, rec] = [decay(dt, 3), decay(dt, 80)];
      x += y * (((rec - 1) * 80 - (psc - 1) * 3) / (3 - 80)) + inactive * (1 - rec);
      y *= psc;
      u *= tauFac === 0 ? 0 : decay(dt, tauFac);
      u += 0.3 * (1 - u);
      const sent = u * x;
      x -= sent;
      y += sent;
      return sent;
    });
    expect(
      firstDifference(
        emitted.map(({ weight }) => weight),
        expected,
        TIGHT,
      ),
    ).toBeUndefined();
    expect(emitted.map(({ timeNs }) => timeNs)).toEqual(pre.map((time) => stepOf(time) * 100_000));
  });
});

test.each([0.1, 1, 3])(
  'neuromodulated_stdp follows the exact integrals between events, delay %f ms',
  (delay) => {
    const postTimes = coincident(delay);
    const mod = [...new Set([...randomTrain(13, 60, 40), ...pre.filter((_, i) => i % 25 === 0)].map(stepOf))]
      .sort((a, b) => a - b)
      .map((step) => step * h);
    const set = { w: 100, b: 1e-4, A_plus: 0.5, A_minus: 0.6 };
    const run = { pre, post: postTimes, delay, modulatory: { mod_spikes: mod }, set };
    const { weights } = runSynapseText(libraryModel('neuromodulated_stdp'), run);
    const arrivals = postTimes.map((time) => time + delay);
    const spikes = [...mod.map((at) => ({ isMod: true, isPre: false, at })), ...merge(pre, postTimes, delay)];
    const rank = (spike: (typeof spikes)[number]) => ('isMod' in spike ? 0 : spike.isPre ? 2 : 1);
    spikes.sort((a, b) => stepOf(a.at) - stepOf(b.at) || rank(a) - rank(b));
    let [w, c, n, last] = [100, 0, 0, 0];
    const expected: number[] = [];
    for (const spike of spikes) {
      const dt = spike.at - last;
      last = spike.at;
      // ∫ c(t) (n(t) − b) dt of two exponentials.
      const together = 1 / 1000 + 1 / 200;
      w += (c * n * (1 - Math.exp(-dt * together))) / together - c * 1e-4 * 1000 * (1 - decay(dt, 1000));
      w = Math.min(200, Math.max(0, w));
      c *= decay(dt, 1000);
      n *= decay(dt, 200);
      if ('isMod' in spike) n += 1 / 200;
      else if (spike.isPre) {
        c -= 0.6 * traceAt(arrivals, spike.at, 20);
        expected.push(w);
      } else c += 0.5 * traceAt(pre, spike.at, 20);
    }
    expect(firstDifference(weights, expected, TIGHT)).toBeUndefined();
  },
);

test.each([0.1, 2.5])('third_factor_stdp is gated by the current one delay ago, delay %f ms', (delay) => {
  const current = (time: number) => 0.6 + 0.8 * Math.sin(time / 9);
  const postTimes = coincident(delay);
  const run = { pre, post: postTimes, delay, signals: { I_post_dend: current }, set: { w: 0.5 } };
  const { weights } = runSynapseText(libraryModel('third_factor_stdp'), run);
  const arrivals = postTimes.map((time) => time + delay);
  let w = 0.5;
  const expected: number[] = [];
  for (const { isPre, at } of merge(pre, postTimes, delay)) {
    const gate = Math.min(1, Math.max(0, current(Math.max(0, stepOf(at - delay)) * h)));
    if (isPre) {
      w = Math.max(0, gate * (w - 0.01 * w * traceAt(arrivals, at, 20)) + (1 - gate) * w);
      expected.push(w);
    } else w = Math.min(1, gate * (w + 0.01 * (1 - w) * traceAt(pre, at, 20)) + (1 - gate) * w);
  }
  expect(firstDifference(weights, expected, TIGHT)).toBeUndefined();
});

test('who owns a trace that starts at 0 matters at coincidences and nowhere else', () => {
  const delay = 1;
  const preSteps = new Set(pre.map(stepOf));
  const apart = post.filter((time) => !preSteps.has(stepOf(time + delay)));
  const run = (postTimes: readonly number[], synaptic: readonly string[]) =>
    runSynapseText(libraryModel('stdp'), { pre, post: postTimes, delay, options: { synaptic } }).weights;
  expect(firstDifference(run(apart, ['post_trace']), run(apart, []), TIGHT)).toBeUndefined();
  expect(
    firstDifference(run(coincident(delay), ['post_trace']), run(coincident(delay), []), TIGHT),
  ).toBeDefined();
});
