import { describe, expect, it } from 'vitest';
import { type SolverChoice, solveModel, wasmTarget } from '../src/index.ts';
import { checkedModel, libraryModel } from './models.ts';
import { createBlock } from './neuron-block.ts';
import { simulate } from './simulate.ts';

interface Subject {
  readonly model: string;
  /** Largest difference of adaptive runs: kinks and upstrokes make more of the sub-steps' different lengths. */
  readonly adaptive: number;
  readonly spikes: string;
  readonly weight: number;
  readonly current: number;
  readonly record: readonly string[];
}

/** Non-linear models: gates, kinks, drivers with closed forms and without. */
const SUBJECTS: readonly Subject[] = [
  {
    model: 'hh_psc_alpha',
    adaptive: 1e-3,
    spikes: 'exc_spikes',
    weight: 300,
    current: 300,
    record: ['V_m', 'Act_m', 'Inact_h', 'Act_n'],
  },
  {
    model: 'iaf_cond_beta',
    adaptive: 1e-5,
    spikes: 'exc_spikes',
    weight: 20,
    current: 300,
    record: ['V_m'],
  },
  { model: 'iaf_cond_alpha', adaptive: 1e-5, spikes: 'exc_spikes', weight: 5, current: 300, record: ['V_m'] },
  { model: 'izhikevich', adaptive: 1e-4, spikes: 'spikes', weight: 1, current: 5, record: ['V_m', 'U_m'] },
];

const ADAPTIVE = ['dormand-prince', 'runge-kutta-fehlberg', 'rosenbrock'] as const;
const FIXED = ['runge-kutta-4', 'forward-euler', 'exponential-euler'] as const;

/** Recorded values of a run of compiled code and of the same run by the scalar drivers of dynamics. */
function bothRuns(subject: Subject, solver: SolverChoice, stepNs: number) {
  const { model } = solveModel(libraryModel(subject.model), { solver });
  if (model === undefined) throw new Error(`${solver} does not suit ${subject.model}`);
  const steps = 4e6 / stepNs;
  const at = (ms: number) => Math.round((ms * 1e6) / stepNs);
  const spike = { port: subject.spikes, step: at(1), weight: subject.weight };
  const set = subject.model === 'izhikevich' ? { V_m: -55 } : {};
  const compiled = createBlock(model, { stepNs, set, record: subject.record }).run({
    steps,
    spikes: [spike],
    currents: [{ port: 'I_stim', first: at(0.5), end: at(3), value: subject.current }],
  });
  const literal = simulate(model, {
    stepNs,
    steps,
    set,
    spikes: [spike],
    currents: [{ port: 'I_stim', firstStep: at(0.5), endStep: at(3), value: subject.current }],
    record: subject.record,
    tolerance: 1e-6,
  });
  expect(compiled.failure).toBeUndefined();
  return subject.record.map((name) => ({
    name,
    compiled: compiled.trace(name),
    literal: literal.recorded.get(name)!,
  }));
}

describe.each(SUBJECTS)('compiled $model', (subject) => {
  it.each(ADAPTIVE)('moves as by the scalar driver: %s', (solver) => {
    for (const { compiled, literal } of bothRuns(subject, solver, 100_000)) {
      expect(compiled).toHaveLength(literal.length);
      const difference = Math.max(...literal.map((value, i) => Math.abs(value - compiled[i]!)));
      expect(difference).toBeLessThan(subject.adaptive);
    }
  });

  it.each(FIXED)('moves as by the scalar driver, up to rounding: %s', (solver) => {
    for (const { compiled, literal } of bothRuns(subject, solver, 10_000)) {
      expect(compiled).toHaveLength(literal.length);
      literal.forEach((value, i) => {
        expect(Math.abs(value - compiled[i]!)).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(value)));
      });
    }
  });
});

describe('the Rosenbrock method', () => {
  const text = (equation: string) => `model derived_neuron:
    state:
        x real = 1
        y real = 1
    equations:
        x' = ${equation}
        y' = -y / (1 ms)
    update:
        integrate_odes()
    function looped(x real) real:
        r real = x
        while r > 1:
            r = r / 2
        return r
`;
  const codesOf = (equation: string) =>
    solveModel(checkedModel(text(equation)), { solver: 'rosenbrock' }).diagnostics.map(({ code }) => code);

  it('is refused where a derivative is missing, at the equation', () => {
    const source = text('-x * looped(x) / (1 ms)');
    const [diagnostic, ...others] = solveModel(checkedModel(source), { solver: 'rosenbrock' }).diagnostics;
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({ code: 'no-derivative' });
    const { start, end } = diagnostic!.span!;
    expect(source.slice(start, end)).toContain("x' = -x * looped(x) / (1 ms)");
    expect(diagnostic!.message).toContain('`looped(x)`');
  });

  it('needs derivatives by exact states too', () => {
    expect(codesOf('-x * x * looped(y) / (1 ms)')).toEqual(['no-derivative']);
    expect(codesOf('-x * x * y / (1 ms)')).toEqual([]);
  });

  it('does not mind functions of what stands still during a step', () => {
    expect(codesOf('-x * x * looped(3) / (1 ms)')).toEqual([]);
  });

  it('is not tried unless it is wanted', () => {
    const { model, diagnostics } = solveModel(checkedModel(text('-x * looped(x) / (1 ms)')));
    expect(diagnostics).toEqual([]);
    expect(model?.variants[0]?.numeric?.method.name).toBe('dormand-prince');
  });

  it('is refused by the target where very many equations are closely coupled', () => {
    const coupled = (size: number) => {
      const names = Array.from({ length: size }, (_, i) => `x${i}`);
      const lines = [
        'model coupled_neuron:',
        '    state:',
        ...names.map((name) => `        ${name} real = 1`),
        '    equations:',
        `        inline sum real = ${names.join(' + ')}`,
        ...names.map((name) => `        ${name}' = -sum * ${name} / (1 ms)`),
        '    update:',
        '        integrate_odes()',
        '',
      ];
      const { model } = solveModel(checkedModel(lines.join('\n')), { solver: 'rosenbrock' });
      return wasmTarget.limitations(model!).map(({ what }) => what);
    };
    expect(coupled(20)).toEqual([]);
    expect(coupled(80)).toEqual(['couples 80 equations too closely for the Rosenbrock method']);
  });
});
