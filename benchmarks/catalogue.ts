// All benchmarks, in the order in which they run.
import type { Report } from './measure.ts';

/** What can be asked for beside repeats. */
export interface BenchmarkOptions {
  /** Whether `front-end` measures PyNESTML too, which it installs for that. */
  readonly withPynestml: boolean;
  /** A Python that has odetoolbox, for `ode-toolbox`. */
  readonly odetoolboxPython?: string;
}

/** A benchmark: it runs in a process of its own, so that none warms up or disturbs another. */
export interface Benchmark {
  readonly name: string;
  readonly summary: string;
  /** Options of Node. */
  readonly flags: readonly string[];
  readonly run: (repeats: number, options: BenchmarkOptions) => Promise<Report>;
}

/** Optimised code from the first call on; without it V8 changes to it while a run lasts. */
const OPTIMISED = Object.freeze(['--no-liftoff']);

export const BENCHMARKS: readonly Benchmark[] = Object.freeze<Benchmark[]>([
  {
    name: 'native',
    summary: 'compiled neurons against C++ programs that compute the same',
    flags: OPTIMISED,
    run: async (repeats) => (await import('./engine/against-native.ts')).measureAgainstNative(repeats),
  },
  {
    name: 'codegen',
    summary: 'size of the compiled neurons, time to generate them, time per step in both forms',
    flags: OPTIMISED,
    run: async (repeats) => (await import('./engine/codegen.ts')).measureGeneratedCode(repeats),
  },
  {
    name: 'front-end',
    summary: 'parser, checker and formatter on all models, cold and warm; with --pynestml beside PyNESTML',
    flags: [],
    run: async (repeats, options) =>
      (await import('./front-end/front-end.ts')).measureFrontEnd(repeats, options),
  },
  {
    name: 'commands',
    summary: 'commands in a new process',
    flags: [],
    run: async (repeats) => (await import('./start-up/commands.ts')).measureCommands(repeats),
  },
  {
    name: 'compile',
    summary: 'from text to running WebAssembly, stage by stage',
    flags: [],
    run: async (repeats) => (await import('./start-up/text-to-wasm.ts')).measureCompilation(repeats),
  },
  {
    name: 'single',
    summary: 'one neuron for 1 s of biological time in a new process',
    flags: [],
    run: async (repeats) => (await import('./start-up/one-neuron.ts')).measureOneNeuron(repeats),
  },
  {
    name: 'ode-toolbox',
    summary: 'analysis of equations; with --odetoolbox PYTHON beside ODE-toolbox',
    flags: [],
    run: async (repeats, { odetoolboxPython }) =>
      (await import('./ode-toolbox/against-odetoolbox.ts')).measureAgainstOdeToolbox(
        repeats,
        odetoolboxPython,
      ),
  },
  {
    name: 'math',
    summary: 'accuracy and speed of the inlined mathematics',
    flags: OPTIMISED,
    run: async () => (await import('./wasm-math/measure.ts')).measureMathematics(),
  },
]);
