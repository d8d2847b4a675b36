import { InternalError } from '@nestml/diagnostics';
import type { KernelSymbol, PortSymbol } from '@nestml/language';
import { lengthInMs } from '../clock.ts';
import type { Signals } from '../environment.ts';
import { MS_PER_S } from '../ports.ts';
import { definitionOf } from '../program.ts';
import type { Synapse } from './synapse.ts';
import { sumOfResponses, systemOf } from './synapse-convolutions.ts';
import type { SynapseEvent } from './synapse-run.ts';

/** What a synapse shows at present. */
export interface View {
  /** The time at which inputs are seen, in ns on the clock of the synapse. */
  nowNs: number;
  /** The spike whose handler runs. */
  event?: SynapseEvent | undefined;
  /** Whether what the postsynaptic neuron owns is seen as it was before all spikes of this instant (rule D4). */
  isBefore: boolean;
}

type Source = Pick<
  Synapse,
  'program' | 'roles' | 'delayNs' | 'clock' | 'view' | 'convolutions' | 'bound' | 'portSizes' | 'stage'
>;

/**
 * As statements see the inputs: a spike port is 1/(1 s) in the handler of one of its spikes and 0 everywhere else; a convolution has its value
 * before the spike whose handler runs.
 */
export function statementSignals(source: Source): Signals {
  const port = (symbol: PortSymbol, element: number): number => {
    const { event } = source.view;
    if (symbol.signal === 'continuous') return boundValue(source, symbol, element);
    return event?.port === symbol && event.element === element ? 1 / MS_PER_S : 0;
  };
  return {
    port,
    portSize: sizeIn(source),
    convolution: (kernel, symbol, element) =>
      isDelta(source, kernel)
        ? port(symbol, element)
        : convolution(source, kernel, symbol, element, 0, (values) => values.values),
    delayed: refuseDelayed,
  };
}

/** As the coefficient of a pulse sees them: like a statement, but spike ports and delta kernels are 0. */
export function coefficientSignals(source: Source): Signals {
  const { port, convolution: convolved, ...others } = statementSignals(source);
  return {
    ...others,
    port: (symbol, element) => (symbol.signal === 'spike' ? 0 : port(symbol, element)),
    convolution: (kernel, symbol, element) =>
      isDelta(source, kernel) ? 0 : convolved(kernel, symbol, element),
  };
}

/** As the right-hand side of an ODE sees them inside an interval: pulses act at its end, so that spike ports are 0. */
export function stageSignals(source: Source): Signals {
  return {
    port: (symbol, element) => (symbol.signal === 'spike' ? 0 : boundValue(source, symbol, element)),
    portSize: sizeIn(source),
    convolution: (kernel, symbol, element) => {
      if (isDelta(source, kernel)) return 0;
      const afterMs = source.stage.theta * lengthInMs(source.clock);
      return convolution(source, kernel, symbol, element, afterMs, (values) => values.stage);
    },
    delayed: refuseDelayed,
  };
}

function convolution(
  { convolutions, roles, view }: Source,
  kernel: KernelSymbol,
  port: PortSymbol,
  element: number,
  afterMs: number,
  valuesOf: (system: { readonly values: Float64Array; readonly stage: Float64Array }) => Float64Array,
): number {
  const found = systemOf(convolutions, kernel, port, element);
  if (found !== undefined) return valuesOf(found.system)[found.variable]!;
  const { nowNs } = view;
  const untilNs = view.isBefore && port === roles.post ? nowNs : Number.POSITIVE_INFINITY;
  return sumOfResponses(convolutions, kernel, port, element, { nowNs, untilNs, afterMs });
}

/** The last value that the postsynaptic neuron has recorded at now − d or before, the initial one before its start (rule D16). */
function boundValue({ bound, view, delayNs, clock }: Source, port: PortSymbol, element: number): number {
  const values = bound.get(port)?.[element];
  if (values === undefined) return 0;
  const value = values[Math.max(0, Math.floor((view.nowNs - delayNs) / clock.stepNs))];
  if (value === undefined) throw new InternalError(`the signal of ${port.name} ends before ${view.nowNs} ns`);
  return value;
}

function sizeIn({ portSizes }: Source): (port: PortSymbol) => number {
  return (port) => definitionOf(portSizes, port);
}

function isDelta({ program }: Source, kernel: KernelSymbol): boolean {
  return definitionOf(program.kernels, kernel).kind === 'delta';
}

/** Refused before the first event. */
function refuseDelayed(): never {
  throw new InternalError('a synapse reads no past');
}
