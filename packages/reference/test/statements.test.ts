import { expect, test } from 'vitest';
import { modelOf, runModel, runText } from './run-text.ts';

/** A model whose update block is the given lines; it has the states a … d (real), n, m (integer), b (boolean), V (mV). */
function withUpdate(update: readonly string[], more: readonly string[] = []): string {
  return `model statement_neuron:
    state:
        a real = 0
        c real = 0
        d real = 0
        n integer = 7
        m integer = -3
        b boolean = false
        V V = 0.25 V
    parameters:
        k real = 2.5
    output:
        spike
${more.join('\n')}
    update:
${update.map((line) => `        ${line}`).join('\n')}
`;
}

/** The values of states after one step. */
function after(
  names: readonly string[],
  update: readonly string[],
  more: readonly string[] = [],
): readonly number[] {
  const { trace, failure } = runText(withUpdate(update, more), { steps: 1, record: names });
  if (failure !== undefined) throw new Error(JSON.stringify(failure));
  return names.map((name) => trace(name)[0]!);
}

test('division is real, // truncates toward zero, an integer variable truncates what it is given', () => {
  expect(after(['a', 'c', 'd'], ['a = n / 2', 'c = n // 2', 'd = m // 2'])).toEqual([3.5, 3, -1]);
  expect(after(['n'], ['n = n / 2'])).toEqual([3]);
  expect(after(['a', 'c'], ['a = 7.5 // 2', 'c = -7.5 // 2'])).toEqual([3, -3]);
});

test('the remainder has the sign of the dividend', () => {
  expect(after(['a', 'c', 'd'], ['a = n % 4', 'c = m % 2', 'd = 7.5 % 2'])).toEqual([3, -1, 1.5]);
});

test('bit operators work on 32-bit integers', () => {
  expect(after(['a', 'c', 'd'], ['a = n & 5', 'c = n | 8', 'd = n ^ 2'])).toEqual([5, 15, 5]);
  expect(after(['a', 'c', 'd'], ['a = n << 2', 'c = m >> 1', 'd = ~n'])).toEqual([28, -2, -8]);
});

test('powers are right-associative and bind tighter than a minus', () => {
  expect(after(['a', 'c'], ['a = 2 ** 3 ** 2', 'c = -2 ** 2'])).toEqual([512, -4]);
});

test('logic stops as soon as the result is known, and not covers a comparison', () => {
  const lines = ['b = n > 5 or 1 // (n - 7) > 0', 'a = (b ? 1 : 2)', 'c = (not n == 7 ? 1 : 2)'];
  expect(after(['b', 'a', 'c'], lines)).toEqual([1, 1, 2]);
});

test('only the chosen branch of a conditional is evaluated', () => {
  expect(after(['a'], ['a = (n == 7 ? 3 : 1 // (n - 7))'])).toEqual([3]);
});

test('predefined functions give their values', () => {
  expect(after(['a', 'c', 'd'], ['a = clip(k, 0, 1)', 'c = min(k, 1)', 'd = max(k, 3)'])).toEqual([1, 1, 3]);
  expect(after(['a', 'c', 'd'], ['a = round(k)', 'c = round(-k)', 'd = abs(-k)'])).toEqual([3, -3, 2.5]);
  expect(after(['a', 'c', 'd'], ['a = exp(1)', 'c = ln(k)', 'd = erf(1)'])).toEqual([
    Math.E,
    Math.log(2.5),
    expect.closeTo(0.8427007929497149, 15),
  ]);
});

test('ceil, floor and round act on the number in the declared unit', () => {
  expect(after(['a', 'c'], ['a = ceil(V) / (1 mV)', 'c = floor(V) / (1 mV)'])).toEqual([1000, 0]);
});

test('values are canonical inside, declared units only matter for plain numbers', () => {
  const { trace } = runText(withUpdate(['V = V + 3 mV']), { steps: 1, record: ['V'] });
  expect(trace('V')[0]).toBe(253);
  expect(after(['V'], ['V += 1'])).toEqual([1250]);
});

test('a for loop steps from, from + step … below the bound, a while loop while its condition holds', () => {
  const forward = ['i integer = 0', 'for i in 0 ... 5 step 2:', '    a += 10 ** i', 'c = i'];
  expect(after(['a', 'c'], forward)).toEqual([10101, 6]);
  const backward = ['x real = 0', 'for x in 1 ... 0 step -0.25:', '    a += x', 'c = x'];
  expect(after(['a', 'c'], backward)).toEqual([2.5, 0]);
  expect(after(['a'], ['while a < 10:', '    a += 3'])).toEqual([12]);
});

test('the first branch that holds is taken', () => {
  const lines = [
    'if n > 10:',
    '    a = 1',
    'elif n > 5:',
    '    a = 2',
    'elif n > 1:',
    '    a = 3',
    'else:',
    '    a = 4',
  ];
  expect(after(['a'], lines)).toEqual([2]);
});

test('local variables live in their block and start anew each time', () => {
  const lines = ['i integer = 0', 'for i in 0 ... 3 step 1:', '    x real = 1', '    x += i', '    a += x'];
  expect(after(['a'], lines)).toEqual([6]);
});

test('functions take values, have locals of their own, return early and call themselves', () => {
  const more = [
    '    function factorial(i integer) integer:',
    '        if i <= 1:',
    '            return 1',
    '        return i * factorial(i - 1)',
    '    function half(x real) real:',
    '        y real = x / 2',
    '        x = 0',
    '        return y * k',
  ];
  expect(after(['a', 'c', 'd'], ['a = factorial(5)', 'd = 4', 'c = half(d)'], more)).toEqual([120, 5, 4]);
});

test('print puts in number and declared unit, println, info and warning have channels of their own', () => {
  const { printed } = runText(
    withUpdate([
      'V = 5 mV',
      'print("V is {V}, n is {n}")',
      'println("{b} at {t}")',
      'info("k {k}")',
      'warning("!")',
    ]),
    { steps: 1 },
  );
  expect(printed).toEqual([
    { channel: 'print', text: 'V is 0.005 V, n is 7', time: 0.1 },
    { channel: 'println', text: 'false at 0.1 ms', time: 0.1 },
    { channel: 'info', text: 'k 2.5', time: 0.1 },
    { channel: 'warning', text: '!', time: 0.1 },
  ]);
});

test('the weight of an emitted spike is the number in its declared unit', () => {
  const { spikeWeights, spikeSteps } = runText(
    withUpdate(['emit_spike()', 'emit_spike(V)', 'emit_spike(-2)']).replace('output', 'output'),
    { steps: 2 },
  );
  expect(spikeWeights).toEqual([1, 0.25, -2, 1, 0.25, -2]);
  expect(spikeSteps).toEqual([1, 1, 1, 2, 2, 2]);
});

const VECTORS = `model vector_neuron:
    state:
        x[n] real = 1
        s real = 0
        g real = 0
    parameters:
        n integer = 3
    equations:
        kernel K = exp(-t / (1 ms))
        recordable inline both real = convolve(K, p[0]) + 10 * convolve(K, p[2])
        g' = x[1] / (1 ms) + p[1]
    input:
        p[n] <- spike
    output:
        spike
    update:
        i integer = 0
        for i in 0 ... n step 1:
            x[i] = x[i] * (i + 1)
            s += p[i] * 1 s
        integrate_odes(g)
    onReceive(p):
        s += 100
`;

test('elements of vectors are read and changed, vector ports are received and convolved by element', () => {
  const { trace, failure } = runText(VECTORS, {
    steps: 3,
    spikes: { 'p[0]': [[0.1, 2]], 'p[1]': [[0.3, 5]], 'p[2]': [[0.1, 1]] },
    record: ['x[0]', 'x[1]', 'x[2]', 's', 'both', 'convolve(K, p[2])', 'g'],
  });
  expect(failure).toBeUndefined();
  expect([...trace('x[0]')]).toEqual([1, 1, 1]);
  expect([...trace('x[1]')]).toEqual([2, 4, 8]);
  expect([...trace('x[2]')]).toEqual([3, 9, 27]);
  expect([...trace('s')]).toEqual([103, 103, 208]);
  expect(trace('both')[0]).toBe(12);
  expect(trace('convolve(K, p[2])')[1]).toBeCloseTo(Math.exp(-0.1), 14);
  expect(trace('g')[0]).toBeCloseTo(0.2, 12);
  expect(trace('g')[2]).toBeCloseTo(0.2 + 0.4 + 0.8 + 5, 12);
});

test('the sizes of vectors follow a parameter set before the start', () => {
  const { trace } = runText(VECTORS, { steps: 1, set: { n: 5 }, record: ['x[4]'] });
  expect(trace('x[4]')[0]).toBe(5);
});

test.each([
  ['x[i + 1] = 0', 'x has the elements 0 to 2'],
  ['s = x[i - 1]', 'there is no element -1'],
  ['s = p[i + 1] * 1 s', 'p has the elements 0 to 2'],
])('an index outside the vector ends the run: %s', (line, reason) => {
  const { failure } = runText(VECTORS.replace('s += p[i] * 1 s', line), { steps: 1 });
  expect(failure?.kind === 'execution' && failure.reason).toContain(reason);
});

test('an element is assigned in place, and what was recorded or filled before stays as it was', () => {
  const text = `model element_neuron:
    state:
        x[3] real = 1
        y[3] real = 1
        k integer = 0
    output:
        spike
    update:
        x[k] = 5
        y = x[0]
        k += 1
        x[2] += k
        y[1] = 7
`;
  const record = ['x[0]', 'x[1]', 'x[2]', 'y[0]', 'y[1]', 'y[2]'];
  const { trace } = runText(text, { steps: 2, record });
  expect(record.map((name) => trace(name)[0])).toEqual([5, 1, 2, 5, 7, 5]);
  expect(record.map((name) => trace(name)[1])).toEqual([5, 5, 4, 5, 7, 5]);
});

test('an element that is not finite keeps its last good value', () => {
  const text = VECTORS.replace('x[i] = x[i] * (i + 1)', 'x[i] = x[i] / (1 - i)');
  const { failure } = runText(text, { steps: 1 });
  expect(failure).toMatchObject({ kind: 'not-finite', variable: 'x[1]', value: Number.POSITIVE_INFINITY });
  expect(failure?.kind === 'not-finite' && failure.lastGood.get('x[1]')).toBe(1);
});

test('two runs of one model do not share vectors', () => {
  const model = modelOf(VECTORS);
  const run = () => [...runModel(model, { steps: 3, record: ['x[2]'] }).trace('x[2]')];
  expect(run()).toEqual(run());
});

test('a large vector is filled element by element in time that grows with its size', () => {
  let text = VECTORS.replace('s += p[i] * 1 s', 's += 0').replace('p[n] <- spike', 'p[3] <- spike');
  text = text.replace('x[i] = x[i] * (i + 1)', 'x[i] = i');
  const { trace } = runText(text, { steps: 1, set: { n: 100_000 }, record: ['x[99999]'] });
  expect(trace('x[99999]')[0]).toBe(99_999);
});

test('the iterations of a loop are counted anew in each step', () => {
  const text = `model looping_neuron:
    state:
        n integer = 0
    output:
        spike
    update:
        i integer = 0
        while i < 4000000:
            i += 1
        n += 1
`;
  const { trace, failure } = runText(text, { steps: 3, record: ['n'] });
  expect(failure).toBeUndefined();
  expect(trace('n')[2]).toBe(3);
});

test.each(['onReceive(p[7]):', 'onReceive(p[3]):'])(
  'a handler of an element that its port does not have is refused: %s',
  (handler) => {
    const text = VECTORS.replace('onReceive(p):', handler);
    const { failure, recordedSteps } = runText(text, { steps: 3, record: ['s'] });
    expect(failure?.kind === 'execution' && failure.reason).toContain(
      'p has the elements 0 to 2; there is no element',
    );
    expect(recordedSteps).toEqual([]);
    expect(runText(text, { steps: 1, set: { n: 8 } }).failure).toBeUndefined();
  },
);
