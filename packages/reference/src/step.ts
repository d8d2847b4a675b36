import type { ReceiveHandler } from '@nestml/language';
import { advanceKernelSystem } from './advance-kernel-system.ts';
import type { Environment } from './environment.ts';
import { evaluateBoolean } from './evaluate-expression.ts';
import { execute } from './execute-statement.ts';
import { advanceFunctionConvolution } from './function-convolution.ts';
import type { Neuron } from './neuron.ts';
import { beginStepOfPast } from './past.ts';
import { portState, receiveSpikes, setContinuous } from './ports.ts';

/**
 * One step (t, t + h] of a neuron, whose clock shows the number of the step (rule D1). Recording follows it.
 */
export function makeStep(neuron: Neuron): void {
  const { program, ports, clock } = neuron;
  const { update, receiveHandlers, conditionHandlers } = program.model;
  neuron.integratedInStep.clear();
  beginStepOfPast(neuron.past, neuron.store, clock);
  receiveSpikes(ports, clock);
  execute(update, inNewBlock(neuron));
  for (const handler of receiveHandlers) {
    if (hasReceived(neuron, handler)) execute(handler.body, inNewBlock(neuron));
  }
  advanceConvolutions(neuron);
  for (const { condition, body } of conditionHandlers) {
    if (evaluateBoolean(condition, neuron.environment)) execute(body, inNewBlock(neuron));
  }
  setContinuous(ports, clock.step + 1);
}

/** Each block of statements begins without local variables. */
function inNewBlock({ environment }: Neuron): Environment {
  return { ...environment, locals: new Map() };
}

/** Whether a spike, of whatever weight, has reached the port of the handler in this step. */
function hasReceived({ ports }: Neuron, { port, index }: ReceiveHandler): boolean {
  const { events } = portState(ports, port);
  return index === undefined ? events.some((count) => count > 0) : (events[index] ?? 0) > 0;
}

/** All convolutions go to the end of the step and receive its spikes there, whatever was integrated. */
function advanceConvolutions(neuron: Neuron): void {
  const { convolutions, ports } = neuron;
  for (const { convolution, port, element } of convolutions.functions) {
    advanceFunctionConvolution(convolution, portState(ports, port).values[element]!);
  }
  for (const system of convolutions.systems) advanceKernelSystem(neuron, system);
}
