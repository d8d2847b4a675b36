import { readFileSync } from 'node:fs';
import { type CheckedModel, type RoleOptions, synapseRoles } from '@nestml/language';
import {
  type GivenValue,
  type Recordable,
  runSynapse,
  type SynapseOutcome,
  type SynapseRun,
} from '../../src/index.ts';
import { modelOf, portOf, symbolOf, valuesOf } from '../run-text.ts';

/** What a test says about a run; times in ms on a grid of `h`, values canonical. */
export interface SynapseTextRun {
  /** Step in ms, default 0.1. */
  readonly h?: number;
  /** Delay in ms, default one step. */
  readonly delay?: number;
  readonly pre?: readonly number[];
  readonly post?: readonly number[];
  /** By port, or element of one, `mod[1]`. */
  readonly modulatory?: Readonly<Record<string, readonly number[]>>;
  /** Value at the time n·h, by port. */
  readonly signals?: Readonly<Record<string, (time: number) => number>>;
  readonly set?: Readonly<Record<string, GivenValue>>;
  /** Written names, and convolutions such as `convolve(K, pre)`. */
  readonly record?: readonly string[];
  /** Times in ms. */
  readonly recordAt?: readonly number[];
  readonly identity?: SynapseRun['identity'];
  readonly options?: RoleOptions;
}

/** The outcome with what was recorded by name. */
export interface SynapseTextOutcome extends SynapseOutcome {
  readonly trace: (name: string) => Float64Array;
}

const libraryFolder = new URL('../../../../models/synapses/', import.meta.url);

/** A synapse of the library. */
export function libraryModel(name: string): CheckedModel {
  return modelOf(readFileSync(new URL(`${name}_synapse.nestml`, libraryFolder), 'utf8'));
}

/** A time in ms as ns on the grid. */
export function toNs(time: number, h = 0.1): number {
  const stepNs = Math.round(h * 1e6);
  return Math.round((time * 1e6) / stepNs) * stepNs;
}

/** Runs a model or a text. */
export function runSynapseText(from: CheckedModel | string, run: SynapseTextRun): SynapseTextOutcome {
  const model = typeof from === 'string' ? modelOf(from) : from;
  const { roles, diagnostics } = synapseRoles(model, run.options);
  if (roles === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const h = run.h ?? 0.1;
  const ns = (times: readonly number[] = []) => times.map((time) => toNs(time, h));
  const names = run.record ?? [];
  const last = Math.max(0, ...ns([...(run.pre ?? []), ...(run.post ?? []), ...(run.recordAt ?? [])]));
  const steps = Math.round((last + toNs(run.delay ?? h, h)) / (h * 1e6)) + 2;
  const outcome = runSynapse({
    model,
    roles,
    stepNs: Math.round(h * 1e6),
    delayNs: toNs(run.delay ?? h, h),
    pre: ns(run.pre),
    post: ns(run.post),
    modulatory: Object.entries(run.modulatory ?? {}).map(([name, times]) => ({
      ...address(model, name),
      times: ns(times),
    })),
    signals: Object.entries(run.signals ?? {}).map(([name, signal]) => ({
      ...address(model, name),
      values: Float64Array.from({ length: steps }, (_, n) => signal(n * h)),
    })),
    values: valuesOf(model, run.set ?? {}),
    identity: run.identity ?? { seed: 1, connection: 'test', source: 0, target: 0, ordinal: 0 },
    record: names.map((name) => recordableOf(model, name)),
    recordAt: ns(run.recordAt),
  });
  const trace = (name: string) => {
    const recorded = outcome.recorded[names.indexOf(name)];
    if (recorded === undefined) throw new Error(`${name} was not recorded`);
    return recorded;
  };
  return { ...outcome, trace };
}

function address(model: CheckedModel, written: string) {
  const match = /^(.*)\[(\d+)\]$/.exec(written);
  const port = portOf(model, match?.[1] ?? written);
  return match === null ? { port } : { port, element: Number(match[2]) };
}

function recordableOf(model: CheckedModel, written: string): Recordable {
  const convolution = /^convolve\((.*), (.*)\)$/.exec(written);
  if (convolution === null) return { kind: 'variable', symbol: symbolOf(model, written) };
  const kernels = model.kernels.flatMap((kernel) =>
    kernel.kind === 'ode' ? kernel.components.map(({ symbol }) => symbol) : [kernel.symbol],
  );
  const kernel = kernels.find(({ name }) => name === convolution[1]);
  if (kernel === undefined) throw new Error(`${model.name} has no kernel ${convolution[1]}`);
  return { kind: 'convolution', kernel, ...address(model, convolution[2]!) };
}

/** A train of `count` spikes at multiples of `h`, with exponential distances of the given mean in ms, none at 0. */
export function randomTrain(seed: number, count: number, mean: number, h = 0.1): readonly number[] {
  const uniform = mulberry32(seed);
  const times: number[] = [];
  let step = 0;
  for (let i = 0; i < count; i += 1) {
    step += 1 + Math.floor((-Math.log(1 - uniform()) * mean) / h);
    times.push(step * h);
  }
  return times;
}

/** A small generator for test data. Source: Ettinger, mulberry32 (public domain). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
