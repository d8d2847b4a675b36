import { describe, expect, it } from 'vitest';
import { type ComparedRun, compareText, referenceSpikes } from './against-reference.ts';
import { checkedModel, solvedModel } from './models.ts';
import { createBlock } from './neuron-block.ts';

interface StatementCase {
  readonly what: string;
  readonly text: string;
  readonly run?: Partial<ComparedRun>;
  /** Whether instances must be advanced one by one. */
  readonly isScalar?: boolean;
  /** Largest relative difference, default 1e-14. */
  readonly tolerance?: number;
}

interface Blocks {
  readonly state: readonly string[];
  readonly parameters?: readonly string[];
  readonly internals?: readonly string[];
  readonly equations?: readonly string[];
  readonly input?: readonly string[];
  readonly update?: readonly string[];
  /** Whole blocks: functions, handlers. */
  readonly further?: readonly string[];
}

function neuron({ further = [], ...blocks }: Blocks): string {
  const names = ['state', 'parameters', 'internals', 'equations', 'input', 'update'] as const;
  const lines = names.flatMap((name) => {
    const body = blocks[name] ?? [];
    return body.length === 0 ? [] : [`    ${name}:`, ...body.map((line) => `        ${line}`)];
  });
  const extra = further.flatMap((block) => block.split('\n').map((line) => `    ${line}`));
  return ['model test_neuron:', ...lines, '    output:', '        spike', ...extra, ''].join('\n');
}

const CASES: readonly StatementCase[] = [
  {
    what: 'arithmetic, powers, remainders and bits',
    text: neuron({
      state: ['x real = 0.3', 'y real = 0', 'r real = 0', 'k integer = 7', 'm integer = 0', 'u real = 0'],
      update: [
        'x = 0.97 * x + 0.1 / (1 + x)',
        'y = x**2 + x**3 - x**4 + (1 + x)**2.5',
        'r = (5.5 + x) % 0.1 - (7.25 * x) // 2',
        'k = (k * 5 + 3) % 1021 - k // 3',
        'm = ((k & 255) | 6) ^ (k << 3) + (-k >> 1) + ~k',
        'u = clip(x, -0.2, 0.2) + min(x, y) - max(x, y) + abs(x) + floor(3 * x) + ceil(3 * x) + round(5 * x)',
      ],
    }),
  },
  {
    what: 'predefined functions',
    text: neuron({
      state: ['x real = 0.1', 'y real = 0', 'z real = 0'],
      update: [
        'x = x + 0.07',
        'y = exp(-x) + ln(1 + x) + log10(2 + x) + sin(x) - cos(x) + tan(0.1 * x) + expm1(x)',
        'z = sinh(0.1 * x) + cosh(0.1 * x) + tanh(x) + erf(x) + erfc(x)',
      ],
    }),
    tolerance: 1e-13,
  },
  {
    what: 'conditions, ternaries and logic',
    text: neuron({
      state: ['n integer = 0', 'a real = 0', 'b boolean = false', 'c real = 0'],
      update: [
        'n = n + 1',
        'if n % 3 == 0:',
        '    a += 1',
        'elif n % 3 == 1 and not b:',
        '    a -= 0.5',
        '    b = n > 20',
        'else:',
        '    a *= 1.1',
        'c = (b or n < 5) ? exp(a / 50) : (n % 2 == 0 ? -a : a + 0.5)',
        'b = b != (n > 40)',
      ],
    }),
  },
  {
    what: 'loops',
    text: neuron({
      state: ['n integer = 0', 's real = 0', 'p integer = 0'],
      update: [
        'n = n + 1',
        's = 0',
        'i integer = 0',
        'for i in 0 ... n step 2:',
        '    if i == 6:',
        '        i += 1',
        '    s += i * 0.5',
        'x real = 0.0',
        'for x in 1 ... -1 step -0.25:',
        '    s += x',
        'q integer = n',
        'while q > 1:',
        '    q = (q % 2 == 0) ? q // 2 : 3 * q + 1',
        '    p += 1',
      ],
    }),
  },
  {
    what: 'functions that return early',
    text: neuron({
      state: ['n integer = 0', 'x real = 0', 'z real = 0', 'b boolean = false'],
      further: [
        'function middle(a real, b real) real:\n    if a > b:\n        return b\n    s real = a\n    while s < b:\n        s += 0.3\n        if s > 2:\n            return s\n        a = a + s\n    return s + 0.1 * a',
        'function isLate(k integer) boolean:\n    if k < 30:\n        return false\n    return k % 2 == 0',
      ],
      update: [
        'n = n + 1',
        'x = 0.5 * x + middle(n % 4 - 1.5, 1.2)',
        'b = isLate(n)',
        'z = (n % 2 == 0) ? middle(x, 3) : middle(-x, middle(0.5, x))',
      ],
    }),
  },
  {
    what: 'functions that draw and read states',
    text: neuron({
      state: ['n integer = 0', 'x real = 1'],
      further: [
        'function jitter(k integer) real:\n    if k % 3 == 0:\n        return 0\n    return x * random_uniform(0, 1) + n',
      ],
      update: ['n = n + 1', 'x = 0.5 * jitter(n) + 0.1 * jitter(n + 1)'],
    }),
  },
  {
    what: 'functions that call themselves',
    text: neuron({
      state: ['n integer = 0', 'x real = 0', 'y integer = 0'],
      further: [
        'function fibonacci(k integer) integer:\n    if k < 2:\n        return k\n    return fibonacci(k - 1) + fibonacci(k - 2)',
        'function climb(k integer) real:\n    if k <= 0:\n        return x + random_uniform(0, 1)\n    return climb(k - 1) * 0.5 + n',
      ],
      update: ['n = n + 1', 'y = fibonacci(n % 10)', 'x = climb(n % 5)'],
    }),
    isScalar: true,
  },
  {
    what: 'vectors with computed indices',
    text: neuron({
      state: ['v[4] real = 1', 'n integer = 0', 'w real = 0'],
      parameters: ['p[4] real = 3'],
      input: ['exc[2] <- spike'],
      update: ['n = n + 1', 'v[n % 4] = v[(n + 1) % 4] + p[n % 3] * n', 'w = v[2] + exc[n % 2] * 1 s'],
    }),
    run: {
      sizes: { v: 4, p: 4, exc: 2 },
      spikes: [
        { port: 'exc[0]', step: 4, weight: 2 },
        { port: 'exc[1]', step: 5, weight: 3 },
        { port: 'exc[1]', step: 7, weight: 4 },
      ],
    },
    isScalar: true,
  },
  {
    what: 'vectors as a whole and by literal indices',
    text: neuron({
      state: ['v[3] real = 2', 'w real = 0'],
      update: ['w = v[0] + 2 * v[2] - v[1]', 'v = w * 0.3 + 1', 'v[1] = w - 1'],
    }),
    run: { sizes: { v: 3 } },
  },
  {
    what: 'countdowns of every kind',
    text: neuron({
      state: ['r ms = 0.07 ms', 'q ms = 3 ms', 'c real = 5', 'd ms = 1 ms', 'n integer = 0', 'z integer = 0'],
      equations: ["r' = -1", "q' = rate", "c' = -0.3 / ms", "d' = 1"],
      parameters: ['rate real = -1'],
      update: [
        'n = n + 1',
        'integrate_odes()',
        'if r <= 0 ms:',
        '    r = 0.35 ms',
        '    z += 1',
        'if 0 ms > q:',
        '    q = 1.0000004 ms',
        'if d == 2 ms:',
        '    d = 0.3 ms',
      ],
    }),
  },
  {
    what: 'pulses, two integrations in a step, and states that are not listed',
    text: neuron({
      state: ['V mV = 0 mV', 'u mV = 1 mV', 'n integer = 0'],
      equations: ["V' = -V / tau + 2 * u * spikes", "u' = -u / (3 * tau) + spikes * 1 mV"],
      parameters: ['tau ms = 10 ms'],
      input: ['spikes <- spike'],
      update: [
        'n = n + 1',
        'if n % 3 == 0:',
        '    integrate_odes(V)',
        '    integrate_odes(V, u)',
        'elif n % 3 == 1:',
        '    integrate_odes(u)',
      ],
    }),
    run: { spikes: [2, 3, 4, 5, 5, 8].map((step, k) => ({ port: 'spikes', step, weight: 1 + k })) },
    tolerance: 1e-11,
  },
  {
    what: 'handlers by count and weight, conditions and several spikes',
    text: neuron({
      state: ['x real = 0', 'y real = 0', 'n integer = 0'],
      input: ['a <- spike', 'b[2] <- spike', 'c <- spike', 'd[2] <- spike'],
      update: ['n = n + 1', 'y = y * 0.9'],
      further: [
        'onReceive(a):\n    x += 1',
        'onReceive(b[1]):\n    y += (b[1] * 1 s) * 0.5',
        'onReceive(b[0]):\n    x = x + 0.25',
        'onReceive(c):\n    y += 0.1 * (c * 1 s)',
        'onReceive(d):\n    y += 0.01',
        'onCondition(x > 3):\n    emit_spike(x)\n    emit_spike()\n    x = 0',
        'onCondition(y > 1):\n    y -= 1\n    emit_spike(y)',
      ],
    }),
    run: {
      sizes: { b: 2, d: 2 },
      spikes: [
        { port: 'a', step: 1, weight: 1 },
        { port: 'a', step: 2, weight: 1 },
        { port: 'a', step: 2, weight: -1 },
        { port: 'a', step: 6, weight: 0 },
        { port: 'b[1]', step: 6, weight: 4 },
        { port: 'b[0]', step: 8, weight: 4 },
        { port: 'a', step: 9, weight: 3 },
        { port: 'b[1]', step: 12, weight: 2 },
        { port: 'c', step: 12, weight: 2 },
        { port: 'c', step: 14, weight: -1 },
        { port: 'd[0]', step: 20, weight: 1 },
        { port: 'd[1]', step: 20, weight: 0 },
        { port: 'd[1]', step: 22, weight: 0 },
      ],
    },
  },
  {
    what: 'random numbers in any place',
    text: neuron({
      state: ['n integer = 0', 'u real = 0', 'g real = 0', 'p real = 0', 'q real = 0', 's real = 0'],
      update: [
        'n = n + 1',
        'u = random_uniform(2, 3)',
        'if n % 2 == 0:',
        '    g = random_normal(1, 2)',
        'i integer = 0',
        's = 0',
        'for i in 0 ... n % 4 step 1:',
        '    s += random_uniform(0, 1)',
        'p = random_poisson(0.7 * n)',
        'q = (n % 3 == 0 and random_uniform(0, 1) < 0.5) ? random_poisson(3) : 0.5',
      ],
    }),
    tolerance: 1e-13,
  },
  {
    what: 'the time, the resolution and steps',
    text: neuron({
      state: ['x ms = 0 ms', 'h ms = 0 ms', 'k integer = 0'],
      update: ['x = t', 'h = resolution()', 'k = steps(0.73 ms + t)'],
    }),
    run: { stepNs: 50_000 },
  },
  {
    what: 'an oscillator, and a non-linear equation that it drives',
    text: neuron({
      state: ['x real = 1', "x' 1/ms = 0 / ms", 'y real = 0', 'w real = 0.5', 'c ms = 1 ms'],
      equations: [
        "x'' = -x * 9 / ms**2 - x' * 0.2 / ms + I / pA / ms**2",
        "w' = (x - w) / (2 ms)",
        "y' = (x * w - y**3 + c / (1 ms)) / ms",
        "c' = -1",
      ],
      input: ['I pA <- continuous'],
      update: ['integrate_odes()'],
    }),
    run: {
      toleranceFactor: 1e-5,
      currents: [{ port: 'I', first: 20, end: 60, value: 3 }],
    },
    tolerance: 1e-9,
  },
  {
    what: 'fast and slow kernels in a non-linear equation',
    text: neuron({
      state: ['y real = 0', 'O real = 0', "O' 1/ms = 1 / ms"],
      equations: [
        'kernel K = exp(-t / (0.02 ms)) - exp(-t / (3 ms))',
        "kernel O'' = -O * 9 / ms**2 - O' * 0.4 / ms",
        "y' = (-y**3 + convolve(K, exc) + convolve(O, exc)) / ms",
      ],
      input: ['exc <- spike'],
      update: ['integrate_odes(y)'],
    }),
    run: {
      toleranceFactor: 1e-5,
      spikes: [3, 20, 21, 50].map((step) => ({ port: 'exc', step, weight: 1.5 })),
    },
    tolerance: 1e-9,
  },
];

describe('a compiled neuron does as the reference:', () => {
  for (const { what, text, run = {}, isScalar = false, tolerance = 1e-14 } of CASES) {
    it.each(isScalar ? (['scalar'] as const) : (['pair', 'scalar'] as const))(`${what} (%s)`, (flavour) => {
      const { compiled, reference, differences } = compareText(text, { steps: 80, ...run, flavour });
      expect(compiled.failure).toBeUndefined();
      expect(reference.failure).toBeUndefined();
      for (const [name, { relative }] of differences)
        expect([name, relative < tolerance ? 'close' : relative]).toEqual([name, 'close']);
      const spikes = referenceSpikes(reference);
      expect(compiled.spikes().map(({ step }) => step)).toEqual(spikes.map(({ step }) => step));
      compiled.spikes().forEach(({ weight }, i) => {
        expect(weight).toBeCloseTo(spikes[i]!.weight, 10);
      });
    });
  }
});

describe('instances side by side do not disturb each other:', () => {
  for (const { what, text, run = {}, isScalar = false } of CASES) {
    it(what, () => {
      const model = solvedModel(checkedModel(text));
      const hasNumber = model.states.some(({ variable }) => variable.name === 'n');
      const drive = (identities: readonly number[], flavour: 'pair' | 'scalar') => {
        const block = createBlock(model, {
          ...(run.sizes === undefined ? {} : { sizes: run.sizes }),
          ...(run.stepNs === undefined ? {} : { stepNs: run.stepNs }),
          ...(hasNumber ? { set: { n: identities.map((identity) => 3 * identity) } } : {}),
          instances: identities.length,
          indices: identities,
          flavour,
        });
        const result = block.run({
          steps: 60,
          spikes: identities.flatMap((identity, instance) =>
            (run.spikes ?? []).map((spike) => ({ ...spike, instance, step: spike.step + identity })),
          ),
          currents: identities.flatMap((identity, instance) =>
            (run.currents ?? []).map((current) => ({
              ...current,
              instance,
              value: current.value + identity,
            })),
          ),
        });
        expect(result.failure).toBeUndefined();
        return identities.map((_, instance) => ({
          spikes: result.spikes(instance),
          traces: block.layout.recorded.map((name) => result.trace(name, instance)),
        }));
      };
      const identities = [4, 0, 3, 1, 2];
      const together = drive(identities, isScalar ? 'scalar' : 'pair');
      identities.forEach((identity, instance) => {
        expect(together[instance]).toEqual(drive([identity], 'scalar')[0]);
      });
    });
  }
});
