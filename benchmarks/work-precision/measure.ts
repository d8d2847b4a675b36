// Work-precision diagrams of docs/numerics/work-precision.md, against scipy's solvers:
//   node benchmarks/work-precision/measure.ts [PYTHON]
// PYTHON is a Python that has scipy (default: python3). Writes docs/images/work-precision-*.svg and prints the tables of the page.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type AdaptiveResult,
  DORMAND_PRINCE,
  type ImplicitProblem,
  integrateAdaptive,
  integrateRosenbrock,
  ROSENBROCK,
  RUNGE_KUTTA_FEHLBERG,
  STEP_SIZE_CONTROL,
} from '@nestml/dynamics';
import { type Figure, renderSvg } from '@nestml/report';
import { prepare, WORK_PROBLEMS, type WorkProblem } from '../../packages/dynamics/test/work-problems.ts';

const NAMES = ['hodgkinHuxley', 'adex', 'vanDerPol', 'robertson'] as const;
type Name = (typeof NAMES)[number];

/** One run of a solver. */
interface Entry {
  readonly problem: Name;
  readonly method: string;
  readonly tolerance: number;
  readonly states: readonly number[];
  readonly isDone: boolean;
  readonly evaluations: number;
  readonly ms: number;
}

interface Measured extends Entry {
  /** Largest error of a state at the end, relative to its magnitude plus its size. */
  readonly error: number;
}

interface Reference {
  readonly states: readonly number[];
  readonly difference: number;
}

const ROOT = new URL('../../', import.meta.url);
const references: Readonly<Record<Name, Reference>> = JSON.parse(
  readFileSync(new URL('packages/dynamics/test/reference/work-problems.json', ROOT), 'utf8'),
);

const methods: Readonly<Record<string, (problem: ImplicitProblem) => AdaptiveResult>> = {
  'Dormand–Prince': (problem) => integrateAdaptive(problem, DORMAND_PRINCE, STEP_SIZE_CONTROL),
  'Runge–Kutta–Fehlberg': (problem) => integrateAdaptive(problem, RUNGE_KUTTA_FEHLBERG, STEP_SIZE_CONTROL),
  Rosenbrock: (problem) => integrateRosenbrock(problem, ROSENBROCK, STEP_SIZE_CONTROL),
};
const STIFF: readonly Name[] = ['vanDerPol', 'robertson'];
const REPEATS = 5;

function measureOwn(name: Name): readonly Entry[] {
  return Object.entries(methods)
    .filter(([method]) => method === 'Rosenbrock' || !STIFF.includes(name))
    .flatMap(([method, run]) =>
      [3, 4, 5, 6, 7, 8, 9, 10].map((digits) => measureRun(name, method, run, 10 ** -digits)),
    );
}

function measureRun(
  name: Name,
  method: string,
  run: (problem: ImplicitProblem) => AdaptiveResult,
  tolerance: number,
): Entry {
  const problem = prepare(WORK_PROBLEMS[name], tolerance);
  let evaluations = 0;
  const counted: ImplicitProblem = {
    ...problem,
    derivative: (time, states, exact, slopes) => {
      evaluations += 1;
      problem.derivative(time, states, exact, slopes);
    },
  };
  const result = run(counted);
  let best = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const begin = performance.now();
    run(problem);
    best = Math.min(best, performance.now() - begin);
  }
  const isDone = result.kind === 'done';
  return { problem: name, method, tolerance, states: [...result.states], isDone, evaluations, ms: best };
}

function measureScipy(python: string): { readonly version: string; readonly entries: readonly Entry[] } {
  const script = fileURLToPath(new URL('measure_scipy.py', import.meta.url));
  const child = spawnSync(python, [script, ...NAMES], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  });
  if (child.status !== 0) throw new Error(`${python} failed; is scipy installed there?`);
  return JSON.parse(child.stdout);
}

function withError(entry: Entry): Measured {
  const { sizes }: WorkProblem = WORK_PROBLEMS[entry.problem];
  const errors = references[entry.problem].states.map(
    (state, i) => Math.abs(entry.states[i]! - state) / (sizes[i]! + Math.abs(state)),
  );
  return { ...entry, error: Math.max(...errors) };
}

function figureOf(name: Name, entries: readonly Measured[]): Figure {
  const shown = entries.filter(({ isDone, error }) => isDone && error > references[name].difference / 10);
  const series = [...new Set(entries.map(({ method }) => method))].map((method) => {
    const own = shown.filter((entry) => entry.method === method);
    return {
      name: method in methods ? method : `scipy ${method}`,
      x: own.map(({ error }) => -Math.log10(error)),
      y: own.map(({ evaluations }) => Math.log10(evaluations)),
      mark: 'line-and-points' as const,
    };
  });
  return {
    title: WORK_PROBLEMS[name].name,
    subtitle: 'work against precision, one point per tolerance',
    x: { label: 'correct digits, −log₁₀ error at the end' },
    panels: [{ kind: 'trace', y: { label: 'log₁₀ evaluations' }, series }],
  };
}

/** A quantity at an error, on the line between the two runs around it (in logarithms); undefined if no two are. */
function atError(
  entries: readonly Measured[],
  error: number,
  quantity: (entry: Measured) => number,
): number | undefined {
  const sorted = entries.filter(({ isDone }) => isDone).toSorted((a, b) => b.tolerance - a.tolerance);
  const place = sorted.findIndex((entry) => entry.error <= error);
  const [before, after] = [sorted[place - 1], sorted[place]];
  if (after === undefined) return undefined;
  if (before === undefined) return quantity(after);
  const share = Math.log(error / before.error) / Math.log(after.error / before.error);
  return quantity(before) ** (1 - share) * quantity(after) ** share;
}

function rowsOf(all: readonly Measured[], name: Name): readonly string[] {
  const entries = all.filter(({ problem }) => problem === name);
  const threeDigits = (value: number | undefined) =>
    value === undefined ? '–' : `${Number(value.toPrecision(3))}`;
  return [...new Set(entries.map(({ method }) => method))].map((method) => {
    const own = entries.filter((entry) => entry.method === method);
    const cells = [1e-4, 1e-6, 1e-8].flatMap((error) => [
      threeDigits(atError(own, error, ({ evaluations }) => evaluations)),
      threeDigits(atError(own, error, ({ ms }) => ms)),
    ]);
    const title = method in methods ? method : `scipy ${method}`;
    return `| ${WORK_PROBLEMS[name].name} | ${title} | ${cells.join(' | ')} |`;
  });
}

const scipy = measureScipy(process.argv[2] ?? 'python3');
for (const name of NAMES)
  for (const run of Object.values(methods)) run(prepare({ ...WORK_PROBLEMS[name], end: 1 }, 1e-4));
const all = [...NAMES.flatMap(measureOwn), ...scipy.entries].map(withError);
for (const name of NAMES) {
  const figure = figureOf(
    name,
    all.filter(({ problem }) => problem === name),
  );
  const svg = renderSvg(figure, { width: 720, height: 440, id: `work-precision-${name}` });
  writeFileSync(new URL(`docs/images/work-precision-${name}.svg`, ROOT), svg);
}
console.log(`scipy ${scipy.version}, Node ${process.version}`);
console.log(
  '| problem | method | evaluations, error 1e-4 | ms | evaluations, 1e-6 | ms | evaluations, 1e-8 | ms |',
);
console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const name of NAMES) for (const row of rowsOf(all, name)) console.log(row);
