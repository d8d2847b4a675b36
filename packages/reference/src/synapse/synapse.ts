import { type Equation, findPart, type PortSymbol, type SynapseRoles } from '@nestml/language';
import { type Clock, endOfStep } from '../clock.ts';
import { findCountdowns, startCountdowns } from '../countdown.ts';
import { createLoopCounter, noEffects } from '../effects.ts';
import type { Effects, Environment } from '../environment.ts';
import { deriveInitialValues, startEnvironment } from '../initial-values.ts';
import { assignState, type Integrated, storeElement } from '../neuron.ts';
import { refuseHandlersOfNothing } from '../ports.ts';
import { createProgram, type Program } from '../program.ts';
import { createRandomSource } from '../random.ts';
import { synapseKey } from '../random-key.ts';
import type { RunNotice } from '../run.ts';
import { executionStop } from '../run-stop.ts';
import type { Store } from '../store.ts';
import { integrateInterval, needsEachStep } from './integrate-interval.ts';
import { createSynapseConvolutions, type SynapseConvolutions } from './synapse-convolutions.ts';
import type { SynapseOutcome, SynapseRun } from './synapse-run.ts';
import { coefficientSignals, stageSignals, statementSignals, type View } from './synapse-signals.ts';

/** Local errors of the integrator, relative and absolute, unless the run says otherwise. */
const DEFAULT_TOLERANCE = Object.freeze({ relative: 1e-12, absolute: 1e-12 });

/** A synapse in the middle of a run: everything that changes lies here. */
export interface Synapse extends Integrated {
  readonly run: SynapseRun;
  readonly roles: SynapseRoles;
  readonly delayNs: number;
  readonly convolutions: SynapseConvolutions & Integrated['convolutions'];
  /** What continuous ports are bound to, by element. */
  readonly bound: ReadonlyMap<PortSymbol, readonly (ArrayLike<number> | undefined)[]>;
  readonly portSizes: ReadonlyMap<PortSymbol, number>;
  /** Whether an input of the equations changes from step to step of the neuron. */
  readonly isStepwise: boolean;
  /** For statements and conditions. */
  readonly environment: Environment;
  readonly view: View;
  /** `step` is the number of the event, from 0, that random numbers are drawn for (rule D14). */
  readonly events: { step: number };
  /** The equations that the present interval has integrated. */
  readonly integrated: Equation[];
  readonly output: SynapseOutput;
}

/** What a synapse has put out so far. */
export interface SynapseOutput {
  readonly emitted: SynapseOutcome['emitted'][number][];
  readonly printed: SynapseOutcome['printed'][number][];
  readonly notices: RunNotice[];
}

/** What changes during a run. */
type Changing = Pick<
  Synapse,
  | 'store'
  | 'clock'
  | 'countdowns'
  | 'trialSteps'
  | 'convolutions'
  | 'view'
  | 'events'
  | 'integrated'
  | 'integratedInStep'
>;

/** What does not. */
type Fixed = Pick<Synapse, 'run' | 'program' | 'bound' | 'portSizes'>;

/** A synapse at t = 0. */
export function createSynapse(run: SynapseRun, output: SynapseOutput): Synapse {
  const clock = { stepNs: run.stepNs, step: -1, length: 1 };
  const program = createProgram(run.model);
  const events = { step: 0 };
  const start = startEnvironment(program, clock, createRandomSource(synapseKey(run.identity), events));
  deriveInitialValues(start, run.values);
  refuseHandlersOfNothing(run.model, start.signals.portSize, clock);
  refusePast(program, start);
  const portSizes = new Map(run.model.ports.map((port) => [port, start.signals.portSize(port)]));
  refuseElements(run, portSizes, start);
  const countdowns = findCountdowns(program);
  startCountdowns(countdowns, start.store);
  const convolutions = { ...createSynapseConvolutions(program, run.record, start), functions: [] };
  const changing: Changing = {
    store: start.store,
    clock,
    countdowns,
    trialSteps: new Map(),
    convolutions,
    view: { nowNs: 0, isBefore: false },
    events,
    integrated: [],
    integratedInStep: new Set(),
  };
  return assemble({ run, program, bound: bindSignals(run, portSizes), portSizes }, changing, output);
}

/** A synapse of its own in the same state: what happens to it changes nothing of this one, and its output is lost. */
export function copySynapse(synapse: Synapse): Synapse {
  const { clock, convolutions, view, events } = synapse;
  const systems = convolutions.systems.map((system) => ({ ...system }));
  const store: Store = new Map(
    [...synapse.store].map(([symbol, value]) => [symbol, Array.isArray(value) ? [...value] : value]),
  );
  const changing: Changing = {
    store,
    clock: { ...clock },
    countdowns: new Map([...synapse.countdowns].map(([symbol, countdown]) => [symbol, { ...countdown }])),
    trialSteps: new Map(synapse.trialSteps),
    convolutions: { ...convolutions, systems },
    view: { ...view },
    events: { ...events },
    integrated: [],
    integratedInStep: new Set(),
  };
  return assemble(synapse, changing, { emitted: [], printed: [], notices: [] });
}

function assemble(fixed: Fixed, changing: Changing, output: SynapseOutput): Synapse {
  const { run, program } = fixed;
  const { clock, store, events } = changing;
  const stage = { theta: 0 };
  const parts = { ...fixed, ...changing, stage, roles: run.roles, delayNs: run.delayNs };
  const random = createRandomSource(synapseKey(run.identity), events);
  const base = { ...startEnvironment(program, clock, random), store };
  const synapse: Synapse = {
    ...parts,
    past: { histories: new Map(), breaks: [] },
    tolerance: run.tolerance ?? DEFAULT_TOLERANCE,
    isStepwise: needsEachStep(program),
    environment: { ...base, signals: statementSignals(parts), effects: synapseEffects(clock, () => synapse) },
    stageEnvironment: { ...base, signals: stageSignals(parts) },
    coefficientEnvironment: { ...base, signals: coefficientSignals(parts) },
    output,
  };
  return synapse;
}

function synapseEffects(clock: Clock, synapse: () => Synapse): Effects {
  return {
    ...noEffects(clock),
    assignState: (symbol, value, span) => assignState(synapse(), symbol, value, span),
    assignElement: (symbol, element, value, span) => storeElement(synapse(), symbol, element, value, span),
    integrate: (statement) => integrateInterval(synapse(), statement),
    emitSpike: (weight) => {
      synapse().output.emitted.push({ timeNs: (clock.step + 1) * clock.stepNs, weight });
    },
    print: (channel, text) => {
      synapse().output.printed.push({ channel, text, time: endOfStep(clock) });
    },
    countIteration: createLoopCounter(clock),
  };
}

function bindSignals(run: SynapseRun, portSizes: ReadonlyMap<PortSymbol, number>): Synapse['bound'] {
  const bound = new Map<PortSymbol, (ArrayLike<number> | undefined)[]>();
  for (const { port, element = 0, values } of run.signals) {
    const elements = bound.get(port) ?? Array.from({ length: portSizes.get(port) ?? 1 }, () => undefined);
    elements[element] = values;
    bound.set(port, elements);
  }
  return bound;
}

/** A synapse is not integrated from step to step, so that it has no past to look up. */
function refusePast({ model }: Program, { clock }: Environment): void {
  for (const { value, span } of model.equations) {
    if (findPart(value, ({ kind }) => kind === 'delayed') !== undefined) {
      throw executionStop('an equation of a synapse cannot read the past of a variable', clock, span);
    }
  }
}

function refuseElements(
  { modulatory, signals }: SynapseRun,
  portSizes: ReadonlyMap<PortSymbol, number>,
  { clock }: Environment,
): void {
  for (const { port, element = 0 } of [...modulatory, ...signals]) {
    const size = portSizes.get(port) ?? 0;
    if (Number.isInteger(element) && element >= 0 && element < size) continue;
    const reason = `${port.name} has the elements 0 to ${size - 1}; there is no element ${element} to feed`;
    throw executionStop(reason, clock, port.declared);
  }
}
