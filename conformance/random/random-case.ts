import { createDraft, type Decision, type Draft, indented, normalised, textOf } from './draft.ts';
import type { Feature } from './features.ts';
import { createMembranes } from './membranes.ts';
import { createSpiking } from './spiking.ts';
import { createRegisters, registerCurrents } from './statements.ts';
import { createStimulation, type Stimulation } from './stimuli.ts';
import { connectPorts, createPorts } from './synapses.ts';
import { createSystem } from './systems.ts';

/** A random model with what is done to it. */
export interface RandomCase {
  readonly seed: number;
  readonly text: string;
  readonly stimulation: Stimulation;
  readonly decisions: readonly Decision[];
  /** What is recorded besides all states and inlines: convolutions. */
  readonly convolutions: readonly string[];
  readonly features: ReadonlySet<Feature>;
}

/**
 * A random neuron: ports, up to two further systems of equations, membranes, registers that statements change, synapses, spikes. All time
 * constants are positive, all loops stable or bounded by a saturating function, so that no solution grows without bound.
 */
export function randomCase(seed: number): RandomCase {
  const draft = createDraft(seed);
  const { choose } = draft;
  createPorts(draft);
  const membranes = createMembranes(draft);
  createRegisters(draft);
  for (let count = choose.below(3); count > 0; count -= 1) createSystem(draft);
  connectPorts(draft, membranes);
  const [soma] = membranes;
  const driving = draft.signals.filter(
    ({ text }) => !membranes.some(({ name }) => name === text) && !/^I_(stim|syn|dec)/.test(text),
  );
  soma!.currents.push(...registerCurrents(draft, choose.some(driving, 0.5).slice(0, 4)));
  createSpiking(draft, membranes);
  for (const membrane of membranes) membrane.writeEquation();
  writeInlines(draft);
  writeHandlers(draft);
  const stimulation = createStimulation(draft);
  draft.features.add(draft.isLinear ? 'linear' : 'non-linear');
  const convolutions = choose.some([...new Set(draft.convolutions)], 0.5);
  if (convolutions.length > 0) draft.features.add('convolution recorded');
  const { decisions, features } = draft;
  return { seed, text: textOf(draft), stimulation, decisions, convolutions, features };
}

/** Inlines that only statements or recordings use. */
function writeInlines(draft: Draft): void {
  const { choose, blocks, features, signals, fresh } = draft;
  for (const signal of choose.some(signals, 0.1)) {
    features.add('recordable inline');
    const other = normalised(draft, choose.pick(signals));
    blocks.equations.push(
      `recordable inline ${fresh('view')} real = ${normalised(draft, signal)} + 2 * ${other}`,
    );
  }
}

/** The handlers for spikes, with priorities now and then. */
function writeHandlers({ choose, handlers, features, further }: Draft): void {
  const hasPriorities = handlers.size > 1 && choose.chance(0.6);
  if (hasPriorities) features.add('handler with priority');
  let priority = 2;
  for (const [port, body] of handlers) {
    if (port.includes('[')) features.add('handler of an element');
    priority = (priority * 7 + 3) % 101;
    further.push([`onReceive(${port}${hasPriorities ? `, priority=${priority}` : ''}):`, ...indented(body)]);
  }
}
