import type { Diagnostic } from '@nestml/diagnostics';
import {
  type ConnectionRequest,
  readBinding,
  readCurrent,
  readPoisson,
  readRole,
  readSpikes,
} from '@nestml/workbench';
import {
  createPhraseReader,
  findOutputContradiction,
  findSettingContradiction,
  type OutputOptions,
  readSettings,
} from './outputs.ts';

/** Options of every run of a synapse on its way to a neuron, as typed. */
export interface ConnectionOptions {
  readonly neuron: string;
  readonly delay?: string;
  readonly weight?: string;
  readonly step: string;
  readonly set: readonly string[];
  readonly setNeuron: readonly string[];
  readonly current: readonly string[];
  readonly spikes: readonly string[];
  readonly poisson: readonly string[];
  readonly port?: string;
  readonly bind: readonly string[];
  readonly role: readonly string[];
  readonly seed: string;
  readonly round?: boolean;
  /** The version in which the texts are written; recognised if undefined. */
  readonly from?: string;
}

/** Why the options contradict each other, as a sentence; undefined if they do not. */
export function findConnectionContradiction(
  model: string,
  options: ConnectionOptions & OutputOptions & { readonly solver?: string },
): string | undefined {
  const isInput = (name: string): boolean => /^(-|<stdin>)(#|$)/.test(name);
  if (isInput(model) && isInput(options.neuron))
    return 'synapse and neuron cannot both be read from the standard input';
  if (options.solver !== undefined)
    return '--solver chooses a method of compiled models; a synapse and its neuron run on the reference interpreter, which has one of its own, Dormand–Prince with a tolerance of 1e-12';
  return (
    findOutputContradiction(options) ??
    findSettingContradiction(options.set, options.seed) ??
    findSettingContradiction(options.setNeuron, options.seed)
  );
}

/** What the options ask for; what cannot be read goes to the findings. */
export function readConnection(options: ConnectionOptions, findings: Diagnostic[]): ConnectionRequest {
  const take = createPhraseReader(findings);
  const { delay, weight, port } = options;
  const bindings = options.bind.flatMap((text) => take(readBinding(text)));
  return {
    resolution: options.step,
    set: readSettings(options.set, findings),
    setNeuron: readSettings(options.setNeuron, findings),
    currents: options.current.flatMap((text) => take(readCurrent(text))),
    spikes: options.spikes.flatMap((text) => take(readSpikes(text))),
    poisson: options.poisson.flatMap((text) => take(readPoisson(text))),
    bind: Object.fromEntries(bindings.map(({ port: bound, name }) => [bound, name])),
    roles: Object.assign({}, ...options.role.flatMap((text) => take(readRole(text)))),
    seed: Number(options.seed),
    round: options.round ?? false,
    ...(delay === undefined ? {} : { delay }),
    ...(weight === undefined ? {} : { weight }),
    ...(port === undefined ? {} : { port }),
  };
}
