import { describe, expect, it } from 'vitest';
import {
  casesOf,
  casesThatHold,
  closedSystem,
  mismatch,
  mismatchAt,
  printCases,
  valuesOfCase,
  valuesOfSolution,
} from '../../test/closed-form-mismatch.ts';
import { printExpression } from '../expression/print.ts';

/** Relative to the largest entry of P and of R. */
const TOLERANCE = 1e-12;

describe('the text of a closed form', () => {
  it('of decay with a constant input', () => {
    expect(printCases(closedSystem({ x: '-x/tau + b' }))).toEqual([
      'if ',
      'P 0 0 = exp(-h / tau)',
      'R 0 0 = -tau * expm1(-h / tau)',
    ]);
  });

  it('of growth at a constant rate that another state reads', () => {
    expect(printCases(closedSystem({ x: '-1e3', y: 'x - y' }))).toEqual([
      'if ',
      'P 0 0 = 1',
      'P 1 0 = -expm1(-h)',
      'P 1 1 = exp(-h)',
      'R 0 0 = h',
      'R 1 0 = -(-expm1(-h) - h)',
    ]);
  });

  it('of an undamped oscillator', () => {
    expect(printCases(closedSystem({ x: 'y', y: '-x' }))).toEqual([
      'if ',
      'P 0 0 = cos(h)',
      'P 0 1 = sin(h)',
      'P 1 0 = -sin(h)',
      'P 1 1 = cos(h)',
    ]);
  });

  it('of a square of the time', () => {
    expect(printCases(closedSystem({ B: '0*A', A: 'B', K: 'A' }))).toContain('P 2 0 = h**2 / 2');
  });

  it('of a rate that may be 0 has a case for it', () => {
    expect(printCases(closedSystem({ x: '-a*x + b' }))).toEqual([
      'if a != 0',
      'P 0 0 = exp(-a * h)',
      'R 0 0 = -expm1(-a * h) / a',
      'if a == 0',
      'P 0 0 = exp(-a * h)',
      'R 0 0 = h',
    ]);
  });

  it('of two exponentials is free of 0/0 and of 0 times infinity', () => {
    expect(printCases(closedSystem({ I: '-I/tau_syn', V: '-V/tau_m + I/C' }))).toEqual([
      'if tau_m != tau_syn',
      'P 0 0 = exp(-h / tau_syn)',
      'P 1 0 = -exp(h * max(-1 / tau_syn, -1 / tau_m)) * expm1(-h * abs((tau_m - tau_syn) / (tau_syn * tau_m))) / ' +
        'abs((tau_m - tau_syn) / (tau_syn * tau_m)) / C',
      'P 1 1 = exp(-h / tau_m)',
      'if tau_m == tau_syn',
      'P 0 0 = exp(-h / tau_syn)',
      'P 1 0 = h * exp(-h / tau_syn) / C',
      'P 1 1 = exp(-h / tau_m)',
    ]);
  });

  it('of a damped oscillator has one case for each sign of the discriminant', () => {
    const cases = printCases(closedSystem({ x: 'y', y: '-k*x - 2*d*y' }));
    expect(cases.filter((line) => line.startsWith('if'))).toEqual([
      'if d**2 > k',
      'if d**2 < k',
      'if d**2 == k',
    ]);
    expect(cases.filter((line) => line.startsWith('P 0 1')).slice(1)).toEqual([
      'P 0 1 = exp(-d * h) * sin(h * (k - d**2)**0.5) / (k - d**2)**0.5',
      'P 0 1 = h * exp(-d * h)',
    ]);
  });

  it('knows the sign where parameters do not decide', () => {
    expect(casesOf(closedSystem({ x: 'y', y: '-x/tau**2 - y/tau' }))).toHaveLength(1);
    expect(casesOf(closedSystem({ x: 'y', y: '-x/tau**2 - 2*y/tau' }))).toHaveLength(1);
    expect(casesOf(closedSystem({ x: 'y', y: '-x/tau**2 - 3*y/tau' }))).toHaveLength(1);
  });
});

describe('worked results', () => {
  it('an alpha-shaped current into a membrane', () => {
    const system = closedSystem({ I: 'J', J: '-I/tau**2 - 2*J/tau', V: '-V/tau_m + I/C + I_e/C' });
    const values = { tau: 2, tau_m: 10, C: 250, I_e: 3, h: 0.1 };
    const { tau, tau_m, C, h } = values;
    expect(system.group.states.map(({ name }) => name)).toEqual(['I', 'J', 'V']);
    const [u, v, D] = [Math.exp(-h / tau), Math.exp(-h / tau_m), 1 / tau - 1 / tau_m];
    const fromSlope = ((v - u) / D ** 2 - (h * u) / D) / C;
    const expected = [
      [(1 + h / tau) * u, h * u, 0],
      [(-h * u) / tau ** 2, (1 - h / tau) * u, 0],
      [(v - u) / D / C + fromSlope / tau, fromSlope, v],
    ].flat();
    const { propagator, response } = valuesOfCase(system, casesThatHold(system, values)[0]!, values);
    // The expected values cancel to about 12 digits.
    for (const [i, entry] of expected.entries()) expect(Math.abs(propagator[i]! - entry)).toBeLessThan(1e-15);
    expect(Math.abs(response[8]! - tau_m * (1 - v))).toBeLessThan(1e-15);
  });

  it('a difference of exponentials as an equation of second order', () => {
    const system = closedSystem({ K: 'L', L: '-K/(t1*t2) - L*(1/t1 + 1/t2)' });
    const values = { t1: 0.5, t2: 3, h: 0.7 };
    const { propagator } = valuesOfCase(system, casesThatHold(system, values)[0]!, values);
    const kernel = (time: number) => Math.exp(-time / values.t1) - Math.exp(-time / values.t2);
    const slope = 1 / values.t2 - 1 / values.t1;
    expect(Math.abs(propagator[1]! * slope - kernel(values.h))).toBeLessThan(1e-15);
  });
});

describe('blocks of several states', () => {
  const third = { x: 'y', y: 'z', z: '-a*x - b*y - c*z' };

  it('of three and more have none if their eigenvalues are not known', () => {
    const { form, group } = closedSystem(third);
    expect(form).toEqual({ kind: 'none', because: 'unknown-eigenvalues', states: group.states });
  });

  const equation = { x: 'y', y: 'z', z: '-p*q*r*x - (p*q + q*r + r*p)*y - (p + q + r)*z + u' };
  const known = { x: [{ rate: '-p' }, { rate: '-q' }, { rate: '-r' }] };

  it('have one if their factors are given', () => {
    const system = closedSystem(equation, known);
    expect(mismatchAt(system, { p: 1, q: 2.5, r: 0.3, u: 1, h: 0.4 })).toBeLessThan(TOLERANCE);
    expect(mismatchAt(system, { p: 1, q: 1, r: 0.3, u: 1, h: 0.4 })).toBeLessThan(TOLERANCE);
    expect(mismatchAt(system, { p: 1, q: 1, r: 0, u: 1, h: 0.4 })).toBeLessThan(TOLERANCE);
  });

  it('do not trust factors that are not those of the block', () => {
    const wrong = closedSystem({ ...third, z: '-a*x - b*y - c*z - r*z' }, known0('r'));
    expect(wrong.form.kind).toBe('none');
  });

  it('take a given pair', () => {
    const system = closedSystem(
      { x: 'y', y: 'z', z: '-k*s*x - (k + g*s)*y - (g + s)*z' },
      { x: [{ rate: '-s' }, { centre: '-g/2', square: 'g**2/4 - k' }] },
    );
    for (const k of [0.2, 0.5 ** 2, 3]) {
      expect(mismatchAt(system, { k, g: 1, s: 0.3, h: 0.9 })).toBeLessThan(TOLERANCE);
    }
  });

  it('of numbers use their eigenvalues in double precision', () => {
    const system = closedSystem({ x: 'y', y: 'z', z: '-x - y - 3*z + b' });
    expect(mismatchAt(system, { b: 1, h: 0.5 })).toBeLessThan(TOLERANCE);
  });

  it('of numbers whose eigenvalues are nearly equal have none', () => {
    const { form } = closedSystem({ x: 'y', y: 'z', z: '-1.0001*x - 3*y - 3*z', w: 'x-w' });
    expect(form.kind).toBe('closed');
    expect(closedSystem({ x: 'y', y: 'z', z: '-1.0000000001*x - 3*y - 3*z' }).form.kind).toBe('none');
  });
});

function known0(rate: string) {
  return { x: [{ rate: `-${rate}` }, { rate: '-a' }, { rate: '-b' }] };
}

describe('limits', () => {
  const names = Array.from({ length: 8 }, (_, i) => i);
  const receptors = (equations: (i: number) => Readonly<Record<string, string>>) =>
    closedSystem({
      ...Object.assign({}, ...names.map(equations)),
      V: `-V/tau_m${names.map((i) => ` + I${i}`).join('')}`,
      W: 'V - W/tau_w',
    });
  const taus = Object.fromEntries(names.map((i) => [`tau${i}`, 1 + i / 4]));

  it('equalities that would make too many cases are decided within the entries', () => {
    const system = receptors((i) => ({ [`I${i}`]: `-I${i}/tau${i}` }));
    expect(system.form.kind === 'closed' && [system.form.cases.length, system.form.excluded.length]).toEqual([
      1, 0,
    ]);
    expect(mismatchAt(system, { ...taus, tau_m: 2, tau_w: 2, h: 0.1 })).toBeLessThan(TOLERANCE);
  });

  it('or named where they cannot be', () => {
    const system = receptors((i) => ({ [`J${i}`]: `-J${i}/tau${i}`, [`I${i}`]: `J${i} - I${i}/tau${i}` }));
    if (system.form.kind === 'none') throw new Error(system.form.because);
    expect(system.form.cases).toHaveLength(1);
    const texts = system.form.excluded.map((equality) => printExpression(equality));
    expect(texts).toContain('tau_w == tau_m');
    expect(texts).toContain('tau_m == tau7');
    expect(mismatchAt(system, { ...taus, tau_m: 2.1, tau_w: 5, h: 0.1 })).toBeLessThan(TOLERANCE);
  });

  it('long chains of different rates are too long', () => {
    const chain = Array.from({ length: 14 }, (_, i) => [
      `x${i}`,
      i === 0 ? '-x0/t0' : `x${i - 1} - x${i}/t${i}`,
    ]);
    const { form } = closedSystem(Object.fromEntries(chain));
    expect(form.kind === 'none' && form.because).toBe('too-long');
  });

  it('blocks with many different entries are given up before their polynomials are multiplied out', () => {
    const names = Array.from({ length: 8 }, (_, i) => i);
    const row = (i: number) => names.map((j) => `a${i}_${j}*x${j}`).join(' + ');
    const { form } = closedSystem(Object.fromEntries(names.map((i) => [`x${i}`, row(i)])));
    expect(form.kind === 'none' && form.because).toBe('unknown-eigenvalues');
  });

  it('many damped oscillators are too many cases', () => {
    const chain = Array.from({ length: 5 }, (_, i): [string, string][] => [
      [`x${i}`, `y${i}`],
      [`y${i}`, `-k${i}*x${i} - d${i}*y${i}${i === 0 ? '' : ` + x${i - 1}`}`],
    ]);
    const { form } = closedSystem(Object.fromEntries(chain.flat()));
    expect(form.kind === 'none' && form.because).toBe('too-long');
  });
});

describe('the comparison with the numeric solution', () => {
  const system = closedSystem({ I: '-I/tau_syn', V: '-V/tau_m + I/C + I_e/C' });
  const values = { tau_syn: 1, tau_m: 2, C: 1, I_e: 1, h: 0.5 };
  const right = valuesOfCase(system, casesThatHold(system, values)[0]!, values);
  const expected = valuesOfSolution(system, values);

  it('accepts what is right', () => {
    expect(mismatch(right, expected)).toBeLessThan(1e-15);
  });

  it.each([0, 1, 2, 3])(
    'rejects an entry %d of P that is wrong, has the wrong sign or is not a number',
    (i) => {
      const change = (by: (entry: number) => number) => ({
        ...right,
        propagator: right.propagator.map((entry, j) => (i === j ? by(entry) : entry)),
      });
      expect(
        mismatch(
          change((entry) => entry + 1e-10),
          expected,
        ),
      ).toBeGreaterThan(TOLERANCE);
      expect(
        mismatch(
          change((entry) => (i === 1 ? 1e-9 : -entry)),
          expected,
        ),
      ).toBeGreaterThan(TOLERANCE);
      expect(
        mismatch(
          change(() => Number.NaN),
          expected,
        ),
      ).toBe(Number.POSITIVE_INFINITY);
      expect(
        mismatch(
          change(() => Number.POSITIVE_INFINITY),
          expected,
        ),
      ).toBe(Number.POSITIVE_INFINITY);
    },
  );

  it('rejects a wrong entry of R, also where the expected one is 0, and missing entries', () => {
    const wrong = right.response.map((entry, j) => (j === 1 ? (entry ?? 0) + 1e-10 : entry));
    expect(mismatch({ ...right, response: wrong }, expected)).toBeGreaterThan(TOLERANCE);
    expect(mismatch({ ...right, propagator: right.propagator.slice(1) }, expected)).toBe(
      Number.POSITIVE_INFINITY,
    );
    const zeros = { propagator: [0], response: [0] };
    expect(mismatch({ propagator: [1e-300], response: [0] }, zeros)).toBe(Number.POSITIVE_INFINITY);
  });

  it('rejects parameters for which no case or several cases hold', () => {
    const damped = closedSystem({ x: 'y', y: '-k*x - y' });
    expect(mismatchAt(damped, { k: Number.NaN, h: 1 })).toBe(Number.POSITIVE_INFINITY);
  });
});
