import { expect, test } from 'vitest';
import { runText } from './run-text.ts';

function withParts(equations: string, update: string, more = ''): string {
  return `model failing_neuron:
    state:
        x real = 1
        y real = 0.5
        n integer = 0
    parameters:
        k real = 0
        bound real = inf
    equations:
        x' = ${equations}
        y' = -y / (10 ms)
    output:
        spike
${more}
    update:
        integrate_odes()
        ${update}
`;
}

test('an assignment of NaN or infinity to a state ends the run with the last good values', () => {
  const { failure, recordedSteps, trace } = runText(
    withParts('0 / (1 ms)', 'x = 1 / (0.25 - t / (1 ms))').replace(
      '0.25 - t / (1 ms)',
      '(t > 0.25 ms ? 0 : 1)',
    ),
    { steps: 5, record: ['x'] },
  );
  expect(failure).toMatchObject({
    kind: 'not-finite',
    variable: 'x',
    value: Number.POSITIVE_INFINITY,
    time: 0.3,
  });
  expect(failure?.kind === 'not-finite' && Object.fromEntries(failure.lastGood)).toEqual({
    x: 1,
    y: expect.closeTo(0.5 * Math.exp(-0.03), 12),
    n: 0,
  });
  expect(recordedSteps).toEqual([1, 2]);
  expect([...trace('x')]).toEqual([1, 1]);
});

test('an infinite parameter is a value like any other', () => {
  const { failure, trace } = runText(withParts('0 / (1 ms)', 'x = min(bound, 3)'), {
    steps: 1,
    record: ['x', 'bound'],
  });
  expect(failure).toBeUndefined();
  expect([trace('x')[0], trace('bound')[0]]).toEqual([3, Number.POSITIVE_INFINITY]);
});

test('a right-hand side that is not a number names the variable, the time and the equation', () => {
  const text = withParts('ln(k - y) / (1 ms)', 'n += 0');
  const { failure } = runText(text, { steps: 5 });
  expect(failure).toMatchObject({ kind: 'not-finite', variable: 'x', time: 0 });
  expect(text.slice(failure?.kind === 'not-finite' ? failure.span.start : 0)).toMatch(/^x' = ln/);
});

test('a solution that runs away ends where no step is short enough', () => {
  const { failure } = runText(withParts('x**2 / (1 ms)', 'n += 0'), { steps: 20 });
  expect(failure).toMatchObject({ kind: 'step-too-small', variable: 'x' });
  expect(failure?.kind === 'step-too-small' && Math.abs(failure.time - 1)).toBeLessThan(1e-6);
  expect(failure?.kind === 'step-too-small' && failure.lastGood.get('x')).toBeGreaterThan(5);
});

test('an inline that is only recorded and is not a number ends the run as well', () => {
  const text = withParts('0 / (1 ms)', 'x = x').replace(
    'equations:',
    'equations:\n        recordable inline z real = k / k',
  );
  expect(runText(text, { steps: 2, record: ['z'] }).failure).toMatchObject({
    kind: 'not-finite',
    variable: 'z',
  });
  expect(runText(text, { steps: 2, record: ['x'] }).failure).toBeUndefined();
});

test('more than 1,000 sub-steps in a step give one notice', () => {
  const { notices, failure } = runText(withParts('-(x - y) * 1e5 / (1 ms)', 'n += 0'), {
    steps: 3,
    set: { x: 5 },
  });
  expect(failure).toBeUndefined();
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatchObject({ kind: 'many-substeps' });
});

test('an endless loop, a recursion without end, and an integer division by 0 end the run', () => {
  const reasonOf = (update: string, more = '') => {
    const { failure } = runText(withParts('0 / (1 ms)', update, more), { steps: 1 });
    return failure?.kind === 'execution' ? failure.reason : failure?.kind;
  };
  expect(reasonOf('while k < 1:\n            n += 1')).toContain('10,000,000');
  const recursion = '    function f(i integer) integer:\n        return f(i + 1) + 1';
  expect(reasonOf('n = f(0)', recursion)).toContain('more than 250 times');
  expect(reasonOf('n = 5 // n')).toContain('division by 0');
  expect(reasonOf('n = 5 % n')).toContain('division by 0');
});

test('a recursion of 249 calls is fine', () => {
  const recursion =
    '    function f(i integer) integer:\n        if i > 0:\n            return f(i - 1) + 1\n        return 0';
  expect(
    runText(withParts('0 / (1 ms)', 'n = f(249)', recursion), { steps: 1, record: ['n'] }).trace('n')[0],
  ).toBe(249);
});

test('a delay below the step is refused at its place', () => {
  const text = withParts('-x(t - 0.05 ms) / (1 ms)', 'n += 0');
  const { failure } = runText(text, { steps: 1 });
  expect(failure).toMatchObject({ kind: 'execution', time: 0 });
  expect(failure?.kind === 'execution' && failure.reason).toContain('less than the step');
  expect(failure?.kind === 'execution' && text.slice(failure.span.start, failure.span.end)).toBe(
    'x(t - 0.05 ms)',
  );
});

test('a solution that reaches the end of what its equation is defined for ends there, also from the start', () => {
  const run = (x: number) =>
    runText(withParts('-2 * x**0.5 / (1 ms)', 'n += 0'), { steps: 20, set: { x }, record: ['x'] });
  const { failure, trace } = run(1);
  expect(failure).toMatchObject({ kind: 'step-too-small', variable: 'x' });
  expect(failure?.kind === 'step-too-small' && Math.abs(failure.time - 1)).toBeLessThan(1e-5);
  expect(Math.abs(trace('x')[4]! - 0.25)).toBeLessThan(1e-11);
  expect([...run(0).trace('x')]).toEqual(Array.from({ length: 20 }, () => 0));
  const bounded = runText(withParts('-2 * max(x, 0)**0.5 / (1 ms)', 'n += 0'), { steps: 20, record: ['x'] });
  expect(bounded.failure).toBeUndefined();
  expect(Math.abs(bounded.trace('x')[19]!)).toBeLessThan(1e-10);
});
