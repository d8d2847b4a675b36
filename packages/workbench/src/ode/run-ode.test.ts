import { readOdeProblem, solveOdeProblem } from '@nestml/compiler';
import { createSourceFile } from '@nestml/diagnostics';
import { describe, expect, it } from 'vitest';
import { assessOde } from './assess-ode.ts';
import { integrateOde, type OdeCourse } from './integrate-ode.ts';
import { type MixedSystem, mixedSystem } from './mixed-system.ts';
import { analyseOde } from './run-ode.ts';
import { eventsOf, type StimulusEvent } from './stimulus-events.ts';

const MEMBRANE = {
  dynamics: [
    { expression: "V' = -V/tau_m + I/C", initial_value: '0.5' },
    { expression: 'I = e/tau_s*t*exp(-t/tau_s)' },
  ],
  parameters: { tau_m: '0.01', tau_s: '0.002', C: '0.1' },
  stimuli: [
    { type: 'list', list: '0.02 0.05', variables: ["I'"] },
    { type: 'regular', rate: '30', variables: ['V', "I'"] },
  ],
  options: { integration_accuracy_abs: 1e-10, integration_accuracy_rel: 1e-10 },
};

interface Prepared {
  readonly system: MixedSystem;
  readonly events: readonly StimulusEvent[];
  readonly course: OdeCourse;
  readonly isImplicit: boolean;
}

/** Integrates a problem; `disableAnalytic` makes all states numeric. */
function integrate(problem: object, disableAnalytic = false, isStiff = false): Prepared {
  const read = readOdeProblem(createSourceFile('p.json', JSON.stringify(problem)));
  if (!read.ok) throw new Error(read.diagnostics.map(({ message }) => message).join('\n'));
  const mixed = mixedSystem(solveOdeProblem(read.problem, { disableAnalytic }));
  if (!mixed.ok) throw new Error(mixed.missing.join(' '));
  const { options, stimuli } = read.problem;
  const events = eventsOf(stimuli, options.simulationTime);
  const result = integrateOde(mixed.system, events, options, isStiff);
  if (!result.ok) throw new Error(`${result.state}: ${result.problem}`);
  const verdict = mixed.system.numeric.length > 0 && assessOde(mixed.system, events, options)?.verdict;
  return { system: mixed.system, events, course: result.course, isImplicit: verdict === 'implicit' };
}

function valuesOf({ system, course }: Prepared, name: string): Float64Array {
  const states = [...system.exact, ...system.numeric];
  return course.values[states.findIndex((state) => state.name === name)]!;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

describe('mixed integration over stimuli', () => {
  const exact = integrate(MEMBRANE);

  it('has events at the given times, each for its variables', () => {
    expect(exact.events.map(({ time }) => time)).toEqual([0.02, 1 / 30, 0.05, 2 / 30]);
    expect(exact.events[1]!.targets.size).toBe(2);
  });

  it.each([false, true])('gives the same by propagators and by steps (implicit: %s)', (isStiff) => {
    const numeric = integrate(MEMBRANE, true, isStiff);
    expect(numeric.system.exact).toEqual([]);
    expect(numeric.course.times).toEqual(exact.course.times);
    for (const name of ['V', 'I', 'I__d']) {
      const expected = valuesOf(exact, name);
      const size = Math.max(...expected.map(Math.abs));
      expect(largestDifference(valuesOf(numeric, name), expected)).toBeLessThan(1e-7 * size);
    }
  });

  it('lets numeric states read exact ones within a step', () => {
    const problem = {
      dynamics: [
        { expression: "x' = -x/tau", initial_value: '1' },
        { expression: "y' = x*x", initial_value: '0' },
      ],
      parameters: { tau: '0.02' },
      options: MEMBRANE.options,
    };
    const run = integrate(problem);
    expect(run.system.numeric.map(({ name }) => name)).toEqual(['y']);
    const expected = run.course.times.map((time) => 0.01 * (1 - Math.exp(-time / 0.01)));
    expect(largestDifference(valuesOf(run, 'y'), expected)).toBeLessThan(1e-9);
  });

  it('puts a numeric state beyond its bounds back to its initial value', () => {
    const problem = {
      dynamics: [{ expression: "V' = (2 + V**2)/tau", initial_value: '0', upper_bound: '5' }],
      parameters: { tau: '0.01' },
    };
    const values = valuesOf(integrate(problem), 'V');
    expect(Math.max(...values)).toBeGreaterThan(4);
    expect(Math.max(...values)).toBeLessThanOrEqual(5);
    expect(values.filter((value, i) => i > 0 && value < values[i - 1]!).length).toBeGreaterThan(3);
  });

  it('ends with the state and the time where a solution has no end, or needs too many steps', async () => {
    const failing = async (expression: string, sim_time: number) => {
      const text = JSON.stringify({
        dynamics: [{ expression, initial_value: '1' }],
        options: { sim_time },
      });
      const source = createSourceFile('p.json', text);
      const outcome = await analyseOde(source, { plots: true, disableStiffnessCheck: true });
      return outcome.ok ? [] : outcome.diagnostics.map(({ code, message }) => `${code} ${message}`);
    };
    expect((await failing("x' = x**2", 2))[0]).toMatch(/^ode-integration-failed `x`.* time 1, .* pole/);
    expect((await failing("x' = -1e9*x**3 + 2e9", 2))[0]).toMatch(/^ode-integration-failed .*too many steps/);
  });

  it('draws the same Poisson spikes in every run, at about the rate', () => {
    const problem = {
      dynamics: [{ expression: "x' = -x", initial_value: '1' }],
      stimuli: [{ type: 'poisson_generator', rate: '2000', variables: ['x'] }],
      options: { sim_time: 1 },
    };
    const [first, second] = [integrate(problem).events, integrate(problem).events];
    expect(second).toEqual(first);
    expect(Math.abs(first.length - 2000)).toBeLessThan(5 * Math.sqrt(2000));
  });
});

describe('the stiffness test', () => {
  it('finds a fast gate under a slow membrane stiff, and a slow one not', () => {
    const problem = (tau: string) => ({
      dynamics: [{ expression: "m' = (1/(1 + exp(-m)) - m**3)/tau", initial_value: '0' }],
      parameters: { tau },
      options: { sim_time: 1 },
    });
    expect(integrate(problem('1e-5')).isImplicit).toBe(true);
    expect(integrate(problem('0.1')).isImplicit).toBe(false);
  });

  it('is left out, and says so, where a function has no derivative', async () => {
    const text = JSON.stringify({ dynamics: [{ expression: "x' = -asin(x)", initial_value: '0.5' }] });
    const outcome = await analyseOde(createSourceFile('p.json', text), { plots: true });
    expect(outcome.ok && outcome.analysis.result[0]).toMatchObject({ solver: 'numeric' });
    expect(outcome.ok && outcome.analysis.result[0]?.solver_reason).toContain('without derivative');
    expect(outcome.ok && outcome.analysis.svg).toContain('<svg');
  });
});
