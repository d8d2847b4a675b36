import { library, simulate } from '@nestml/workbench';
import { describe, expect, it } from 'vitest';
import { type ConformanceCase, loadCaseFiles, loadExpected, type SolverKind } from './case-files.ts';
import { type Actual, compareCourses } from './compare-courses.ts';

/** The reference interpreter is adaptive with tolerance 1e-12. */
const referenceKinds: ReadonlySet<SolverKind> = new Set(['accurate', 'any']);

function runCase(model: string, case_: ConformanceCase, stepMs: number): Actual {
  const result = simulate(library(model), {
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
  });
  const record = new Map(result.traces.map(({ name, values }) => [name, values]));
  return { stepMs, spikes: result.spikes, record };
}

for (const { model, cases, tolerances } of loadCaseFiles()) {
  const bound = tolerances.filter(({ solver }) => referenceKinds.has(solver));

  describe(`${model} in the reference interpreter`, () => {
    it('is bound by a tolerance against the exact course', () => {
      expect(bound.some(({ source }) => source === 'exact')).toBe(true);
    });

    for (const case_ of cases) {
      it.each(case_.steps_ms)(`keeps to the expected course of ${case_.name} at steps of %d ms`, (stepMs) => {
        const actual = runCase(model, case_, stepMs);
        for (const tolerance of bound.filter(({ source }) => case_.expected.includes(source))) {
          const expected = loadExpected(tolerance.source, model, case_.name, stepMs);
          expect(compareCourses(actual, expected, tolerance), `against ${tolerance.source}`).toEqual([]);
        }
      });
    }
  });
}
