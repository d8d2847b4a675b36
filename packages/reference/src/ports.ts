import { InternalError } from '@nestml/diagnostics';
import type { CheckedModel, PortSymbol } from '@nestml/language';
import { type Clock, NS_PER_MS } from './clock.ts';
import type { RandomSource } from './random.ts';
import type { NeuronRun, PortAddress, SpikeInput } from './run.ts';
import { executionStop } from './run-stop.ts';

/** What one port receives in the present step, by element. */
export interface PortState {
  readonly symbol: PortSymbol;
  /** Continuous port: value in canonical units. Spike port: sum of the weights. */
  readonly values: Float64Array;
  /** Number of spikes. */
  readonly events: Float64Array;
}

/** The input ports of a neuron with everything that will arrive there. */
export interface Ports {
  readonly states: ReadonlyMap<PortSymbol, PortState>;
  readonly currents: NeuronRun['currents'];
  readonly spikesByStep: ReadonlyMap<number, readonly SpikeInput[]>;
  readonly poisson: NeuronRun['poisson'];
  /** Random numbers of the devices. */
  readonly random: RandomSource;
}

/**
 * Prepares the ports; `sizeOf` gives the number of elements of each.
 * @throws RunStop if an input names an element that its port does not have.
 */
export function createPorts(
  run: NeuronRun,
  sizeOf: (port: PortSymbol) => number,
  random: RandomSource,
  clock: Clock,
): Ports {
  const states = new Map(
    run.model.ports.map((symbol) => {
      const size = sizeOf(symbol);
      return [symbol, { symbol, values: new Float64Array(size), events: new Float64Array(size) }];
    }),
  );
  for (const input of [...run.currents, ...run.spikes, ...run.poisson]) checkAddress(input, states, clock);
  return {
    states,
    currents: run.currents,
    spikesByStep: groupByStep(run.spikes),
    poisson: run.poisson,
    random,
  };
}

/** The spikes of each step, in their order. */
function groupByStep(spikes: readonly SpikeInput[]): ReadonlyMap<number, readonly SpikeInput[]> {
  const groups = new Map<number, SpikeInput[]>();
  for (const spike of spikes) {
    const group = groups.get(spike.step);
    if (group === undefined) groups.set(spike.step, [spike]);
    else group.push(spike);
  }
  return groups;
}

function checkAddress(
  { port, element = 0 }: PortAddress,
  states: ReadonlyMap<PortSymbol, PortState>,
  clock: Clock,
): void {
  const size = portState({ states }, port).values.length;
  if (Number.isInteger(element) && element >= 0 && element < size) return;
  const reason = `${port.name} has the elements 0 to ${size - 1}; there is no element ${element} to feed`;
  throw executionStop(reason, clock, port.declared);
}

/**
 * A handler of an element that its port does not have would never run.
 * @throws RunStop if there is one.
 */
export function refuseHandlersOfNothing(
  { receiveHandlers }: Pick<CheckedModel, 'receiveHandlers'>,
  sizeOf: (port: PortSymbol) => number,
  clock: Clock,
): void {
  for (const { port, index, span } of receiveHandlers) {
    const size = sizeOf(port);
    if (index === undefined || index < size) continue;
    const reason = `${port.name} has the elements 0 to ${size - 1}; there is no element ${index} to receive from`;
    throw executionStop(reason, clock, span);
  }
}

/** What a port receives in the present step. */
export function portState({ states }: Pick<Ports, 'states'>, port: PortSymbol): PortState {
  const state = states.get(port);
  if (state === undefined) throw new InternalError(`${port.name} is not a port of this model`);
  return state;
}

/**
 * Collects the spikes that arrive in the step of the clock: those of the list in its order, then each Poisson input in its
 * order, a number drawn with mean rate · h (rule D14).
 */
export function receiveSpikes(ports: Ports, clock: Clock): void {
  for (const { symbol, values, events } of ports.states.values()) {
    if (symbol.signal !== 'spike') continue;
    values.fill(0);
    events.fill(0);
  }
  for (const { port, element = 0, weight } of ports.spikesByStep.get(clock.step) ?? []) {
    addSpikes(portState(ports, port), element, 1, weight);
  }
  for (const [device, { port, element = 0, rate, weight }] of ports.poisson.entries()) {
    const count = ports.random.poisson(device, (rate * clock.stepNs) / NS_PER_MS);
    if (count > 0) addSpikes(portState(ports, port), element, count, weight);
  }
}

function addSpikes({ values, events }: PortState, element: number, count: number, weight: number): void {
  values[element]! += count * weight;
  events[element]! += count;
}

/** Sets the continuous ports to their values in step `step`: the sum of the inputs that are on. */
export function setContinuous(ports: Ports, step: number): void {
  for (const { symbol, values } of ports.states.values()) {
    if (symbol.signal === 'continuous') values.fill(0);
  }
  for (const { port, element = 0, firstStep, endStep, value } of ports.currents) {
    if (step >= firstStep && step < endStep) portState(ports, port).values[element]! += value;
  }
}

/** Weights are plain numbers; a spike port in a statement is their sum over 1 s, and canonical is 1/ms. */
export const MS_PER_S = 1000;

/** The value of an element as statements see it: (sum of the weights)/(1 s) for a spike port (rule D2). */
export function portValue(ports: Ports, port: PortSymbol, element: number): number {
  const value = portState(ports, port).values[element]!;
  return port.signal === 'spike' ? value / MS_PER_S : value;
}
