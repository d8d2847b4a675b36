import type { Span } from '@nestml/diagnostics';
import type { Statement } from '@nestml/language';
import { type Clock, endOfStep } from './clock.ts';
import type { Effects } from './environment.ts';
import { integrateOdes } from './integrate.ts';
import { assignState, type Neuron, storeElement } from './neuron.ts';
import { executionStop } from './run-stop.ts';

/** Iterations of one loop that a step may have. */
const MOST_ITERATIONS = 1e7;

/**
 * Counts the iterations of each loop in the present step.
 * @returns what is to be called before each iteration; it throws RunStop for a loop that seems endless.
 */
export function createLoopCounter(clock: Clock): (loop: Statement) => void {
  let countedStep = clock.step;
  const iterations = new Map<Statement, number>();
  return (loop) => {
    if (clock.step !== countedStep) {
      iterations.clear();
      countedStep = clock.step;
    }
    const count = (iterations.get(loop) ?? 0) + 1;
    if (count > MOST_ITERATIONS) {
      throw executionStop('the loop had 10,000,000 iterations in one step without an end', clock, loop.span);
    }
    iterations.set(loop, count);
  };
}

/** Equations, kernels, guards and initial values only compute: a function that they call may not act on the neuron. */
export function noEffects(clock: Clock): Effects {
  const refuse = (span: Span): never => {
    const reason = 'a function that is called by an equation, a guard or an initial value may only compute';
    throw executionStop(reason, clock, span);
  };
  return {
    assignState: (_symbol, _value, span) => refuse(span),
    assignElement: (_symbol, _element, _value, span) => refuse(span),
    integrate: ({ span }) => refuse(span),
    emitSpike: (_weight, span) => refuse(span),
    print: (_channel, _text, span) => refuse(span),
    countIteration: createLoopCounter(clock),
  };
}

/** Statements act on the neuron, which is asked for when they do. */
export function neuronEffects(clock: Clock, neuron: () => Neuron): Effects {
  return {
    assignState: (symbol, value, span) => assignState(neuron(), symbol, value, span),
    assignElement: (symbol, element, value, span) => storeElement(neuron(), symbol, element, value, span),
    integrate: (statement) => integrateOdes(neuron(), statement),
    emitSpike: (weight) => {
      const { output } = neuron();
      output.spikeSteps.push(clock.step + 1);
      output.spikeWeights.push(weight);
    },
    print: (channel, text) => {
      neuron().output.printed.push({ channel, text, time: endOfStep(clock) });
    },
    countIteration: createLoopCounter(clock),
  };
}
