import type { CheckedModel, PortSymbol } from '@nestml/language';
import { type NeuronOutcome, pastSteps, type Recordable, runNeuron } from '@nestml/reference';
import type { SolverChoice } from '../src/index.ts';
import type { GenerateOptions } from '../src/targets/wasm/neuron/index.ts';
import { checkedModel, solvedModel } from './models.ts';
import { type BlockOptions, createBlock, type RunInput, type RunResult } from './neuron-block.ts';

/** A run of one neuron, compiled and by the reference. */
export interface ComparedRun extends RunInput {
  readonly stepNs?: number;
  readonly set?: Readonly<Record<string, number>>;
  readonly sizes?: Readonly<Record<string, number>>;
  readonly toleranceFactor?: number;
  readonly flavour?: GenerateOptions['flavour'];
  /** What integrates the numeric part. */
  readonly solver?: SolverChoice;
  /** Names of what is compared; default: all scalar states and inlines and all elements of state vectors. */
  readonly record?: readonly string[];
}

/** What both gave. */
export interface Comparison {
  readonly compiled: RunResult;
  readonly reference: NeuronOutcome;
  /** Largest difference of each recorded value, absolute and relative to the largest value of the reference. */
  readonly differences: ReadonlyMap<string, { readonly absolute: number; readonly relative: number }>;
}

/** Runs a text both ways. */
export function compareText(text: string, run: ComparedRun): Comparison {
  return compareModel(checkedModel(text), run);
}

/** Runs a model both ways. */
export function compareModel(model: CheckedModel, run: ComparedRun): Comparison {
  const record = run.record ?? defaultNames(model, run.sizes ?? {});
  const options: BlockOptions = {
    record,
    pastSteps: pastStepsOf(model, run),
    ...(run.stepNs === undefined ? {} : { stepNs: run.stepNs }),
    ...(run.set === undefined ? {} : { set: run.set }),
    ...(run.sizes === undefined ? {} : { sizes: run.sizes }),
    ...(run.flavour === undefined ? {} : { flavour: run.flavour }),
    ...(run.toleranceFactor === undefined ? {} : { toleranceFactor: run.toleranceFactor }),
  };
  const compiled = createBlock(solvedModel(model, run.solver), options).run(run);
  const reference = runReference(model, record, run);
  const differences = new Map(
    record.map((name, i) => [name, difference(compiled.trace(name), [...(reference.recorded[i] ?? [])])]),
  );
  return { compiled, reference, differences };
}

/** Steps (1-based) at whose end the reference spiked, with weights. */
export function referenceSpikes({ spikeSteps, spikeWeights }: NeuronOutcome) {
  return spikeSteps.map((step, i) => ({ step, weight: spikeWeights[i]! }));
}

function difference(compiled: readonly number[], reference: readonly number[]) {
  let absolute = compiled.length === reference.length ? 0 : Number.POSITIVE_INFINITY;
  const size = Math.max(1e-300, ...reference.map(Math.abs));
  reference.forEach((value, i) => {
    const own = Math.abs(value - compiled[i]!);
    if (!(own <= absolute)) absolute = own;
  });
  return { absolute, relative: absolute / size };
}

function pastStepsOf(
  model: CheckedModel,
  { set = {}, stepNs = 100_000 }: ComparedRun,
): Readonly<Record<string, number>> {
  const declared = [...model.states, ...model.parameters, ...model.internals];
  const given = declared.flatMap(({ symbol }) => {
    const value = set[symbol.writtenName];
    return value === undefined ? [] : [[symbol, value] as const];
  });
  const past = pastSteps(model, new Map(given), stepNs);
  if ('failure' in past) throw new Error(JSON.stringify(past.failure));
  return Object.fromEntries([...past.steps].map(([symbol, steps]) => [symbol.writtenName, steps]));
}

function defaultNames(model: CheckedModel, sizes: Readonly<Record<string, number>>): readonly string[] {
  const states = model.states.flatMap(({ symbol }) => {
    const size = sizes[symbol.writtenName];
    if (symbol.size === undefined || size === undefined) return [symbol.writtenName];
    return Array.from({ length: size }, (_, element) => `${symbol.writtenName}[${element}]`);
  });
  return [...states, ...model.inlines.map(({ symbol }) => symbol.writtenName)];
}

function runReference(model: CheckedModel, record: readonly string[], run: ComparedRun): NeuronOutcome {
  const all = [...model.states, ...model.parameters, ...model.internals, ...model.inlines];
  const symbolNamed = (name: string) => {
    const found = all.find(({ symbol }) => symbol.writtenName === name);
    if (found === undefined) throw new Error(`no variable ${name}`);
    return found.symbol;
  };
  return runNeuron({
    model,
    stepNs: run.stepNs ?? 100_000,
    steps: run.steps,
    values: new Map(Object.entries(run.set ?? {}).map(([name, value]) => [symbolNamed(name), value])),
    currents: (run.currents ?? []).map(({ port, first, end, value }) => ({
      ...addressOf(model, port),
      firstStep: first,
      endStep: end,
      value,
    })),
    spikes: (run.spikes ?? []).map(({ port, step, weight }) => ({ ...addressOf(model, port), step, weight })),
    poisson: [],
    record: record.map((name): Recordable => {
      const { base, element } = splitElement(name);
      return { kind: 'variable', symbol: symbolNamed(base), ...(element === undefined ? {} : { element }) };
    }),
    recordEvery: 1,
    identity: { seed: 1, population: 'test', index: 0 },
  });
}

function addressOf(
  model: CheckedModel,
  name: string,
): { readonly port: PortSymbol; readonly element?: number } {
  const { base, element } = splitElement(name);
  const port = model.ports.find((candidate) => candidate.name === base);
  if (port === undefined) throw new Error(`no port ${base}`);
  return { port, ...(element === undefined ? {} : { element }) };
}

function splitElement(name: string): { readonly base: string; readonly element: number | undefined } {
  const match = /^(.*)\[(\d+)\]$/.exec(name);
  return match === null ? { base: name, element: undefined } : { base: match[1]!, element: Number(match[2]) };
}
