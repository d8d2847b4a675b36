import { describe, expect, it } from 'vitest';
import { type Block, createBlock, loadNeuron, runBlock } from '../src/index.ts';
import { compileText } from './compile-text.ts';
import { testEngine } from './leaky-block.ts';

/** Draws in branches, loops, functions that return early, conditions and handlers, which instances side by side enter differently. */
const TEXT = `model masked:
  state:
    V mV = 0 mV
    x real = 0
    y real = 0
    z real = 0
    b boolean = false
    n integer = 0
    r ms = 0 ms
    w real = 1
  equations:
    kernel K = exp(-t / (2 ms)) * t / (1 ms)
    V' = -V / (3 ms) + (b ? f(V / (1 mV)) : convolve(K, p)) * 1 mV/ms + p * 0.1 mV * (1 + w)
    w' = -w * abs(w) / (4 ms) + (r > 0 ms ? 1 : 0) / (1 ms)
    r' = -1
  parameters:
    q real = 1
  input:
    p <- spike
  output:
    spike
  function f(u real) real:
    if u > 2:
      return exp(-u)
    elif u < -1:
      s real = max(u, -10)
      while s < 5:
        s += 1.5
        if s > 3:
          return s * u
      return 7
    return sin(u + 0.5)
  function g(k integer) real:
    a real = random_uniform(0, 1)
    if a > 0.7:
      return a
    i integer = 0
    for i in 0 ... k step 1:
      a += random_normal(0, 0.1)
      if a > 0.8:
        return a * 2
    return -a
  onReceive(p):
    y += g(2) * p * 1 s
  update:
    x = g(n % 7)
    if x > 0 and g(3) > 0 or f(x * 3) > 0.5 and random_uniform(0, 1) < q * 0.5:
      integrate_odes(V, r)
      b = not b
      n += 1
      if n % 5 == 0:
        emit_spike(x)
        integrate_odes(V)
    elif x < -0.5:
      integrate_odes(w, V)
      z = z + 1 / (n + 1)
    else:
      integrate_odes()
      j integer = 0
      while random_uniform(0, 1) < 0.6 and j < 20:
        j += 1
        z -= 0.01 * f(z - 3)
    z += b ? x : random_poisson(11.5) + random_poisson(1.5)
  onCondition(V > 1 mV and (b or w > 0.5)):
    V = V - 1 mV
    r = 0.77 ms
    emit_spike()
  onCondition(random_uniform(0, 1) > 0.9):
    w = -w + 0.1
`;

const RECORDED = ['V', 'x', 'y', 'z', 'b', 'n', 'r', 'w', 'convolve(K, p)'];
const ARTEFACT = compileText(TEXT, { recorded: RECORDED, perInstance: ['q'] });
const STEPS = 120;

function blockOf(individuals: readonly number[]): Block {
  const engine = testEngine();
  const creation = createBlock(engine, loadNeuron(engine, ARTEFACT), {
    instances: individuals.length,
    stepNs: 100_000,
    values: new Map([['q', Float64Array.from(individuals, (individual) => 0.5 + 0.2 * individual)]]),
    identity: { population: 'neuron', seed: 7, indices: individuals },
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  return creation.block;
}

/** Bits of what is recorded of each individual, step by step, and its spikes. */
function live(individuals: readonly number[]) {
  const { recorded, spikes, failure } = runBlock(blockOf(individuals), {
    steps: STEPS,
    inputs: {
      currents: [],
      spikes: [],
      poisson: [
        { port: 'p', device: 0, rate: 3, weight: 0.7 },
        { port: 'p', device: 1, rate: 0.5, weight: -2 },
      ],
    },
    record: { every: 1 },
  });
  expect(failure).toBeUndefined();
  return individuals.map((_, place) => ({
    values: recorded.values.map((values) => [
      ...new BigUint64Array(values.filter((_value, i) => i % individuals.length === place).buffer),
    ]),
    spikes: [...spikes.instances].flatMap((instance, i) =>
      instance === place ? [[spikes.steps[i], spikes.weights[i]]] : [],
    ),
  }));
}

describe('instances that draw random numbers in different branches', () => {
  it('have the same bits side by side as alone', () => {
    const individuals = [0, 1, 2, 3, 4, 5, 6];
    const together = live(individuals);
    for (const individual of individuals) {
      expect({ individual, ...live([individual])[0] }).toEqual({ individual, ...together[individual] });
    }
    const spiking = together.filter(({ spikes }) => spikes.length > 0);
    expect(spiking.length).toBe(individuals.length);
    expect(new Set(together.map(({ values }) => values.join())).size).toBe(individuals.length);
  });
});
