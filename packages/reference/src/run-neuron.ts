import { createConvolutions } from './convolutions.ts';
import { findCountdowns, startCountdowns } from './countdown.ts';
import { neuronEffects, noEffects } from './effects.ts';
import { deriveInitialValues, startEnvironment } from './initial-values.ts';
import type { Neuron, Output } from './neuron.ts';
import { createPast } from './past.ts';
import { createPorts, refuseHandlersOfNothing, setContinuous } from './ports.ts';
import { createProgram } from './program.ts';
import { createRandomSource } from './random.ts';
import { KEY_KIND, neuronKey } from './random-key.ts';
import { createRecording, type Recording, recordStep } from './recording.ts';
import type { NeuronOutcome, NeuronRun, RunFailure } from './run.ts';
import { RunStop } from './run-stop.ts';
import { coefficientSignals, stageSignals, statementSignals } from './signals.ts';
import { makeStep } from './step.ts';

/** Local errors of the integrator, relative and absolute (`absoluteTolerance`), unless the run says otherwise. */
const DEFAULT_TOLERANCE = Object.freeze({ relative: 1e-12, absolute: 1e-12 });

/**
 * Runs one neuron from t = 0. This is the definition of what a model does; its rules are in `docs/semantics.md`.
 * A failure ends the run; what was recorded up to it is in the outcome.
 */
export function runNeuron(run: NeuronRun): NeuronOutcome {
  const output: Output = { spikeSteps: [], spikeWeights: [], printed: [], notices: [] };
  const recording = createRecording(run.record);
  const failure = runUntilFailure(run, output, recording);
  return {
    recorded: recording.values.map((values) => Float64Array.from(values)),
    recordedSteps: recording.steps,
    ...output,
    ...(failure === undefined ? {} : { failure }),
  };
}

function runUntilFailure(run: NeuronRun, output: Output, recording: Recording): RunFailure | undefined {
  try {
    const neuron = createNeuron(run, output);
    const { clock } = neuron;
    for (clock.step = 0; clock.step < run.steps; clock.step += 1) {
      makeStep(neuron);
      if ((clock.step + 1) % run.recordEvery === 0) recordStep(recording, neuron);
    }
    return undefined;
  } catch (problem) {
    if (problem instanceof RunStop) return problem.failure;
    throw problem;
  }
}

/** A neuron at t = 0 with its inputs. */
function createNeuron(run: NeuronRun, output: Output): Neuron {
  const clock = { stepNs: run.stepNs, step: -1 };
  const program = createProgram(run.model);
  const random = createRandomSource(neuronKey(run.identity, KEY_KIND.statements), clock);
  const start = startEnvironment(program, clock, random);
  deriveInitialValues(start, run.values);
  const devices = createRandomSource(neuronKey(run.identity, KEY_KIND.device), clock);
  const ports = createPorts(run, start.signals.portSize, devices, clock);
  const convolutions = createConvolutions(program, run.record, run.steps, start);
  const past = createPast(program, start);
  const sources = { program, ports, convolutions, past, clock };
  const stage = { theta: 0 };
  const silent = { ...start, effects: noEffects(clock) };
  const neuron: Neuron = {
    ...sources,
    store: start.store,
    countdowns: findCountdowns(program),
    tolerance: run.tolerance ?? DEFAULT_TOLERANCE,
    environment: {
      ...start,
      signals: statementSignals(sources),
      effects: neuronEffects(clock, () => neuron),
    },
    stage,
    stageEnvironment: { ...silent, signals: stageSignals(sources, stage) },
    coefficientEnvironment: { ...silent, signals: coefficientSignals(sources) },
    integratedInStep: new Set(),
    trialSteps: new Map(),
    output,
  };
  refuseHandlersOfNothing(run.model, start.signals.portSize, clock);
  startCountdowns(neuron.countdowns, neuron.store);
  setContinuous(ports, 0);
  return neuron;
}
