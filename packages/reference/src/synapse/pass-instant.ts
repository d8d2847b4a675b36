import type { ReceiveHandler, VariableSymbol } from '@nestml/language';
import { integrateKernelSystem } from '../advance-kernel-system.ts';
import { NS_PER_MS } from '../clock.ts';
import type { Environment } from '../environment.ts';
import { evaluateBoolean } from '../evaluate-expression.ts';
import { execute } from '../execute-statement.ts';
import { applyPulses } from '../integrate.ts';
import { addSpikesToSystem } from '../kernel-system.ts';
import { read } from '../store.ts';
import type { OwnedValue } from '../values.ts';
import type { Synapse } from './synapse.ts';
import type { SynapseEvent } from './synapse-run.ts';

/** What the postsynaptic neuron owns, as it was before the spikes of an instant. */
interface Owned {
  readonly states: ReadonlyMap<VariableSymbol, OwnedValue>;
  /** By the place of the system. */
  readonly systems: ReadonlyMap<number, Float64Array>;
}

/**
 * Goes to an instant at which spikes act: `update` over the interval since the last one, then spike by spike, in the order of `instant`, its
 * pulses, its handler and its part in convolutions; then the conditions (rules D4, D6).
 * @param afterEvent called after each spike.
 */
export function passInstant(
  synapse: Synapse,
  instant: readonly SynapseEvent[],
  afterEvent: (event: SynapseEvent) => void,
): void {
  const { events, view, program } = synapse;
  advanceTo(synapse, instant[0]!.at);
  const before = ownedValues(synapse);
  for (const [position, event] of instant.entries()) {
    if (position > 0) events.step += 1;
    if (event.port === synapse.roles.post) receive(synapse, event);
    else withOwned(synapse, before, () => receive(synapse, event));
    addToConvolutions(synapse, event);
    afterEvent(event);
  }
  view.event = undefined;
  for (const { condition, body } of program.model.conditionHandlers) {
    const environment = inBlock(synapse, view.nowNs);
    if (evaluateBoolean(condition, environment)) execute(body, environment);
  }
  events.step += 1;
}

/** Runs `update` over the interval up to a later time; convolutions advance after it, whatever is integrated. An empty interval runs nothing. */
export function advanceTo(synapse: Synapse, toNs: number): void {
  const { clock, view, convolutions, program, integrated, integratedInStep } = synapse;
  const fromNs = view.nowNs;
  if (toNs === fromNs) return;
  clock.step = toNs / clock.stepNs - 1;
  clock.length = (toNs - fromNs) / clock.stepNs;
  integratedInStep.clear();
  integrated.length = 0;
  execute(program.model.update, inBlock(synapse, fromNs));
  for (const system of convolutions.systems) integrateKernelSystem(synapse, system);
  view.nowNs = toNs;
}

/** The surroundings of a block of statements in which `t` is a time in ns. */
export function inBlock({ environment }: Synapse, timeNs: number): Environment {
  return { ...environment, time: timeNs / NS_PER_MS, locals: new Map() };
}

/** The pulses of a spike in the equations that were just integrated, then its handlers. */
function receive(synapse: Synapse, event: SynapseEvent): void {
  const { program, integrated, view } = synapse;
  const { port, element } = event;
  applyPulses(synapse, integrated, [{ port, element, weight: 1 }]);
  view.event = event;
  for (const handler of program.model.receiveHandlers) {
    if (handles(handler, event)) execute(handler.body, inBlock(synapse, event.time));
  }
  view.event = undefined;
}

function handles(handler: ReceiveHandler, { port, element }: SynapseEvent): boolean {
  return handler.port === port && (handler.index === undefined || handler.index === element);
}

function addToConvolutions({ convolutions }: Synapse, { at, port, element }: SynapseEvent): void {
  convolutions.received.get(port)?.[element]?.push(at);
  for (const system of convolutions.systems) {
    if (system.port === port && system.element === element) addSpikesToSystem(system, 1);
  }
}

function ownedValues({ store, roles, convolutions }: Synapse): Owned {
  const copy = (value: OwnedValue) => (Array.isArray(value) ? [...value] : value);
  return {
    states: new Map(roles.postOwned.states.map((symbol) => [symbol, copy(read(store, symbol))])),
    systems: new Map(
      convolutions.systems.flatMap(({ port, values }, i) => (port === roles.post ? [[i, values]] : [])),
    ),
  };
}

/** Does something while all that the postsynaptic neuron owns has other values; by definition nothing of it is changed meanwhile. */
function withOwned(synapse: Synapse, shown: Owned, act: () => void): void {
  const { view } = synapse;
  const present = ownedValues(synapse);
  show(synapse, shown);
  view.isBefore = true;
  act();
  view.isBefore = false;
  show(synapse, present);
}

function show({ store, convolutions }: Synapse, { states, systems }: Owned): void {
  for (const [symbol, value] of states) store.set(symbol, value);
  for (const [i, values] of systems) convolutions.systems[i]!.values = values;
}
