import type { CheckedModel, SynapseRoles } from '@nestml/language';
import type { Reporter } from '../reporter.ts';
import { splitElement } from '../resolve-stimuli.ts';
import type { ConnectionRequest, PairModels } from './request.ts';

/** Inputs of one model. */
type Inputs<Kind extends 'currents' | 'spikes' | 'poisson'> = {
  readonly [K in Kind]: NonNullable<ConnectionRequest[K]>;
};

/** Inputs by the model whose ports they name. */
export interface SplitInputs {
  readonly synapse: Inputs<'currents' | 'spikes'>;
  readonly neuron: Inputs<'currents' | 'spikes' | 'poisson'>;
}

/** An input goes to the port of the synapse, if it has one of this name, else to the neuron. */
export function splitInputs(
  { synapse }: PairModels,
  { currents = [], spikes = [], poisson = [] }: ConnectionRequest,
): SplitInputs {
  const isOf = (signal: string) => {
    const names = new Set(synapse.ports.filter((port) => port.signal === signal).map(({ name }) => name));
    return ({ port }: { readonly port: string }) => names.has(splitElement(port).name);
  };
  const [isCurrent, isSpike] = [isOf('continuous'), isOf('spike')];
  return {
    synapse: { currents: currents.filter(isCurrent), spikes: spikes.filter(isSpike) },
    neuron: {
      currents: currents.filter((input) => !isCurrent(input)),
      spikes: spikes.filter((input) => !isSpike(input)),
      poisson,
    },
  };
}

/** Refuses what no input may be: spikes of the two neurons, spikes with a weight, Poisson spikes at the synapse. */
export function refuseInputs(
  models: PairModels,
  { synapse: own, neuron: others }: SplitInputs,
  { pre, post }: SynapseRoles,
  report: Reporter,
): void {
  const refuse = (port: string, reason: string): void => report('input-of-synapse', { port, reason });
  for (const { port, weight } of own.spikes) {
    const { name } = splitElement(port);
    if (name === pre.name) refuse(name, 'its spikes are those of `--pre`');
    else if (name === post?.name) refuse(name, 'its spikes are those of `--post`');
    else if (weight !== undefined)
      refuse(name, 'a spike that reaches a synapse has no weight that the synapse could see');
  }
  const names = models.synapse.ports.map(({ name }) => name);
  for (const { port } of others.poisson) {
    const { name } = splitElement(port);
    if (names.includes(name) && !models.neuron.ports.some((candidate) => candidate.name === name))
      refuse(name, 'Poisson spikes reach ports of the neuron; those of a synapse take times, `--spikes`');
  }
}

/** What is recorded of either model; undefined for the default of the neuron. */
export interface SplitRecord {
  readonly neuron: readonly string[] | undefined;
  readonly synapse: readonly string[];
}

const PREFIX = 'synapse.';

/** A name is the neuron's if it has it, else the synapse's if that has it; with `synapse.` in front it is the synapse's. */
export function splitRecord(
  { neuron, synapse }: PairModels,
  names: readonly string[] | undefined,
): SplitRecord {
  if (names === undefined) return { neuron: undefined, synapse: [] };
  const [inNeuron, inSynapse] = [wordsOf(neuron), wordsOf(synapse)];
  const split: { neuron: string[]; synapse: string[] } = { neuron: [], synapse: [] };
  for (const text of names) {
    const name = text.trim();
    if (name.startsWith(PREFIX)) split.synapse.push(name.slice(PREFIX.length));
    else if (!has(inNeuron, name) && has(inSynapse, name)) split.synapse.push(name);
    else split.neuron.push(name);
  }
  return split;
}

function wordsOf({ states, inlines, parameters, internals, kernels }: CheckedModel): ReadonlySet<string> {
  return new Set([
    ...[...states, ...inlines, ...parameters, ...internals].map(({ symbol }) => symbol.writtenName),
    ...kernels.flatMap((kernel) =>
      kernel.kind === 'ode' ? kernel.components.map(({ symbol }) => symbol.name) : [kernel.symbol.name],
    ),
  ]);
}

/** Of a convolution, the kernel decides. */
function has(words: ReadonlySet<string>, text: string): boolean {
  const kernel = /^convolve\((?<kernel>[^,]+),/.exec(text)?.groups?.['kernel']?.trim();
  return words.has(kernel ?? splitElement(text).name);
}
