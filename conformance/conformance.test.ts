import {
  type Backend,
  compileForEngine,
  type EngineOptions,
  library,
  referenceBackend,
  simulateNeuron,
} from '@nestml/workbench';
import { describe, expect, it } from 'vitest';
import {
  type CaseFile,
  type ConformanceCase,
  loadCaseFiles,
  loadExpected,
  type SolverKind,
  type Tolerance,
} from './case-files.ts';
import { type Actual, compareCourses } from './compare-courses.ts';

/** A backend to be judged, and the kinds of tolerances that bind it for a model. */
interface Candidate {
  readonly name: string;
  readonly backendFor: (model: string) => Promise<Backend>;
  readonly kindsFor: (file: CaseFile) => ReadonlySet<SolverKind>;
  /** How many times larger its errors may be than those of the method that the figures of `accurate` and `default` were measured with. */
  readonly slack?: number;
  /** Whether it differs from others only where a model is not linear. */
  readonly isNumeric?: boolean;
}

const candidates: readonly Candidate[] = [
  {
    name: 'the reference interpreter',
    backendFor: async () => referenceBackend,
    // Adaptive with tolerance 1e-12.
    kindsFor: () => new Set(['accurate', 'any']),
  },
  {
    name: 'the engine',
    backendFor: (model) => engineFor(model, {}),
    kindsFor: (file) => engineKinds(file, 'default'),
  },
  {
    name: 'the engine at tolerance 1e-11',
    backendFor: (model) => engineFor(model, { toleranceFactor: 1e-5 }),
    kindsFor: (file) => engineKinds(file, 'accurate'),
    slack: 10,
  },
  ...(['runge-kutta-fehlberg', 'rosenbrock'] as const).map((solver) => ({
    name: `the engine by ${solver}`,
    backendFor: (model: string) => engineFor(model, { solver }),
    kindsFor: (file: CaseFile) => engineKinds(file, 'default'),
    slack: 2,
    isNumeric: true,
  })),
];

async function engineFor(model: string, options: EngineOptions): Promise<Backend> {
  const choice = await compileForEngine(library(model), options);
  if (!choice.ok) throw new Error(choice.diagnostics.map(({ message }) => message).join('; '));
  return choice.backend;
}

/** Linear models are solved exactly, whatever the tolerance. */
function engineKinds({ tolerances }: CaseFile, numeric: SolverKind): ReadonlySet<SolverKind> {
  return new Set(['any', isLinear({ tolerances }) ? 'propagator' : numeric]);
}

function isLinear({ tolerances }: Pick<CaseFile, 'tolerances'>): boolean {
  return tolerances.some(({ solver }) => solver === 'propagator');
}

/** Kinds of tolerances whose figures depend on the method. */
const LOOSENED: ReadonlySet<SolverKind> = new Set(['accurate', 'default']);

function loosen(tolerance: Tolerance, slack: number): Tolerance {
  const absolute = Object.entries(tolerance.absolute).map(([name, value]) => [name, value * slack] as const);
  return { ...tolerance, absolute: Object.fromEntries(absolute) };
}

function runCase(model: string, case_: ConformanceCase, stepMs: number, backend: Backend): Actual {
  const request = {
    duration: case_.stop_ms,
    resolution: stepMs,
    set: case_.set ?? {},
    currents: (case_.currents ?? []).map(({ port, value, from_ms, to_ms }) => ({
      port,
      amplitude: value,
      from: from_ms,
      to: to_ms,
    })),
    spikes: (case_.spikes ?? []).flatMap(({ port, times_ms, weights }) =>
      times_ms.map((time, index) => ({ port, times: [time], weight: weights[index]! })),
    ),
    record: case_.record,
  };
  const outcome = simulateNeuron(library(model), request, backend);
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ message }) => message).join('; '));
  const { spikes, traces, diagnostics } = outcome.result;
  expect(diagnostics).toEqual([]);
  return { stepMs, spikes, record: new Map(traces.map(({ name, values }) => [name, values])) };
}

for (const file of loadCaseFiles()) {
  const judged = candidates.filter(({ isNumeric }) => !(isNumeric && isLinear(file)));
  describe.each(judged)(`${file.model} on $name`, ({ backendFor, kindsFor, slack = 1 }) => {
    const kinds = kindsFor(file);
    const bound = file.tolerances
      .filter(({ solver }) => kinds.has(solver))
      .map((tolerance) => (LOOSENED.has(tolerance.solver) ? loosen(tolerance, slack) : tolerance));

    describe.each(file.cases)('$name', (case_) => {
      const judges = bound.filter(({ source }) => case_.expected.includes(source));

      it('is judged against the exact course', () => {
        expect(judges.map(({ source }) => source)).toContain('exact');
      });

      it.each(case_.steps_ms)('keeps to the expected course at steps of %d ms', async (stepMs) => {
        const actual = runCase(file.model, case_, stepMs, await backendFor(file.model));
        for (const tolerance of judges) {
          const expected = loadExpected(tolerance.source, file.model, case_.name, stepMs);
          expect(compareCourses(actual, expected, tolerance), `against ${tolerance.source}`).toEqual([]);
        }
      });
    });
  });
}
