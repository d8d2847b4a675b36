import { createSourceFile } from '@nestml/diagnostics';
import { type CheckedModel, check, type PortSymbol, parse, type VariableSymbol } from '@nestml/language';
import {
  type GivenValue,
  type NeuronOutcome,
  type NeuronRun,
  type PortAddress,
  type Recordable,
  runNeuron,
} from '../src/index.ts';

/** What a test says about a run; times in ms, values canonical. Ports are named `exc` or, for an element, `exc[1]`. */
export interface TextRun {
  /** Step in ms, default 0.1. */
  readonly h?: number;
  readonly steps: number;
  readonly set?: Readonly<Record<string, GivenValue>>;
  /** Spikes by port: time at which they arrive (the end of the step) and weight. */
  readonly spikes?: Readonly<Record<string, readonly (readonly [time: number, weight: number])[]>>;
  /** Currents by port: on from `from` to `to` (ms). */
  readonly currents?: Readonly<
    Record<string, readonly (readonly [value: number, from: number, to: number])[]>
  >;
  readonly poisson?: NeuronRun['poisson'];
  /** Written names, elements such as `a[0]`, and convolutions such as `convolve(K, exc)`. */
  readonly record?: readonly string[];
  readonly recordEvery?: number;
  readonly identity?: NeuronRun['identity'];
  readonly tolerance?: NonNullable<NeuronRun['tolerance']>;
}

/** The outcome with what was recorded by name. */
export interface TextOutcome extends NeuronOutcome {
  readonly trace: (name: string) => Float64Array;
}

/** The only model in a text that must be free of errors. */
export function modelOf(text: string): CheckedModel {
  const { models, diagnostics } = check(parse(createSourceFile('test.nestml', text)));
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  const [model] = models;
  if (model === undefined) throw new Error('no model was found');
  return model;
}

/** Runs the model. */
export function runModel(model: CheckedModel, run: TextRun): TextOutcome {
  const names = run.record ?? [];
  const h = run.h ?? 0.1;
  const stepNs = Math.round(h * 1e6);
  const stepAt = (time: number) => Math.round((time * 1e6) / stepNs);
  const outcome = runNeuron({
    model,
    stepNs,
    steps: run.steps,
    values: valuesOf(model, run.set ?? {}),
    spikes: Object.entries(run.spikes ?? {}).flatMap(([name, events]) =>
      events.map(([time, weight]) => ({ ...address(model, name), step: stepAt(time) - 1, weight })),
    ),
    currents: Object.entries(run.currents ?? {}).flatMap(([name, pieces]) =>
      pieces.map(([value, from, to]) => ({
        ...address(model, name),
        firstStep: stepAt(from),
        endStep: stepAt(to),
        value,
      })),
    ),
    poisson: run.poisson ?? [],
    record: names.map((name) => recordableOf(model, name)),
    recordEvery: run.recordEvery ?? 1,
    identity: run.identity ?? { seed: 1, population: 'test', index: 0 },
    ...(run.tolerance === undefined ? {} : { tolerance: run.tolerance }),
  });
  const trace = (name: string) => {
    const recorded = outcome.recorded[names.indexOf(name)];
    if (recorded === undefined) throw new Error(`${name} was not recorded`);
    return recorded;
  };
  return { ...outcome, trace };
}

/** Checks and runs a text. */
export function runText(text: string, run: TextRun): TextOutcome {
  return runModel(modelOf(text), run);
}

/** Values by symbol for values by written name. */
export function valuesOf(
  model: CheckedModel,
  values: Readonly<Record<string, GivenValue>>,
): ReadonlyMap<VariableSymbol, GivenValue> {
  return new Map(Object.entries(values).map(([name, value]) => [symbolOf(model, name), value]));
}

/** The state, parameter, internal or inline with a written name. */
export function symbolOf(model: CheckedModel, name: string): VariableSymbol {
  const declared = [...model.states, ...model.parameters, ...model.internals, ...model.inlines];
  const found = declared.find(({ symbol }) => symbol.writtenName === name);
  if (found === undefined) throw new Error(`${model.name} has no variable ${name}`);
  return found.symbol;
}

/** The port with a name. */
export function portOf(model: CheckedModel, name: string): PortSymbol {
  const found = model.ports.find((port) => port.name === name);
  if (found === undefined) throw new Error(`${model.name} has no port ${name}`);
  return found;
}

function address(model: CheckedModel, written: string): PortAddress {
  const { name, element } = splitElement(written);
  return { port: portOf(model, name), ...(element === undefined ? {} : { element }) };
}

function splitElement(written: string): { readonly name: string; readonly element?: number } {
  const match = /^(.*)\[(\d+)\]$/.exec(written);
  return match === null ? { name: written } : { name: match[1]!, element: Number(match[2]) };
}

function recordableOf(model: CheckedModel, written: string): Recordable {
  const convolution = /^convolve\((.*), (.*)\)$/.exec(written);
  if (convolution === null) {
    const { name, element } = splitElement(written);
    return { kind: 'variable', symbol: symbolOf(model, name), ...(element === undefined ? {} : { element }) };
  }
  const kernels = model.kernels.flatMap((kernel) =>
    kernel.kind === 'ode' ? kernel.components.map(({ symbol }) => symbol) : [kernel.symbol],
  );
  const kernel = kernels.find(({ name }) => name === convolution[1]);
  if (kernel === undefined) throw new Error(`${model.name} has no kernel ${convolution[1]}`);
  return { kind: 'convolution', kernel, ...address(model, convolution[2]!) };
}
