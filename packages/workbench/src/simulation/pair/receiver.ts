import type { CheckedModel, PortSymbol } from '@nestml/language';
import type { Reporter } from '../reporter.ts';
import type { ResolvedRun } from '../request.ts';
import { findPort, type PortSize } from '../resolve-stimuli.ts';
import type { Receiver, SentSpike } from './request.ts';

/**
 * The port of a neuron that receives what a synapse sends: the one that is named; else, by the sign of the weight, the excitatory or the inhibitory
 * one, if there is one of each; else the only spike port (rule D20). Undefined after a report.
 */
export function findReceiver(
  neuron: CheckedModel,
  named: string | undefined,
  sizeOf: PortSize,
  report: Reporter,
): Receiver | undefined {
  if (named !== undefined) {
    const address = findPort(neuron, named, 'spike', sizeOf, report);
    return address === undefined ? undefined : { kind: 'port', address };
  }
  const ports = neuron.ports.filter(({ signal }) => signal === 'spike');
  const bySign = pairOfSigns(ports.filter((port) => sizeOf(port) === undefined));
  if (bySign !== undefined) return bySign;
  const [only, ...others] = ports;
  if (only === undefined) {
    report('no-receiving-port', { neuron: neuron.name }, { source: neuron.source, span: neuron.span });
    return { kind: 'nowhere' };
  }
  const size = sizeOf(only);
  if (others.length === 0 && (size === undefined || size === 1))
    return { kind: 'port', address: size === undefined ? { port: only } : { port: only, element: 0 } };
  const candidates = ports.flatMap((port) => elementsOf(port, sizeOf(port)));
  report('ambiguous-receiving-port', { neuron: neuron.name, candidates });
  return undefined;
}

function pairOfSigns(ports: readonly PortSymbol[]): Receiver | undefined {
  const [excitatory, ...moreExcitatory] = ports.filter(({ qualifier }) => qualifier === 'excitatory');
  const [inhibitory, ...moreInhibitory] = ports.filter(({ qualifier }) => qualifier === 'inhibitory');
  if (excitatory === undefined || inhibitory === undefined) return undefined;
  if (moreExcitatory.length + moreInhibitory.length > 0) return undefined;
  return { kind: 'by-sign', excitatory: { port: excitatory }, inhibitory: { port: inhibitory } };
}

/** Longer vectors are cut short: the names are for a message. */
const MOST_ELEMENTS = 4;

function elementsOf({ name }: PortSymbol, size: number | undefined): readonly string[] {
  if (size === undefined) return [name];
  return Array.from({ length: Math.min(size, MOST_ELEMENTS) }, (_, element) => `${name}[${element}]`);
}

/** The spikes that reach the neuron one delay after they were sent, those after the end of the run left out. */
export function deliver(
  sent: readonly SentSpike[],
  receiver: Receiver,
  delaySteps: number,
  steps: number,
): ResolvedRun['spikes'] {
  if (receiver.kind === 'nowhere') return [];
  return sent
    .filter(({ step }) => step + delaySteps <= steps)
    .map(({ step, weight }) => {
      const arrival = step + delaySteps - 1;
      if (receiver.kind === 'port') return { ...receiver.address, step: arrival, weight };
      return weight < 0
        ? { ...receiver.inhibitory, step: arrival, weight: -weight }
        : { ...receiver.excitatory, step: arrival, weight };
    });
}
