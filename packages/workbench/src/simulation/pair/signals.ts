import type { Diagnostic } from '@nestml/diagnostics';
import { type CheckedModel, closestName, type PortSymbol } from '@nestml/language';
import { dimensionless, sameDimension } from '@nestml/units';
import { createReporter, type Reporter } from '../reporter.ts';
import type { RecordedQuantity } from '../request.ts';
import { resolveRecord, type VariableSize } from '../resolve-record.ts';
import { findPort, type PortSize } from '../resolve-stimuli.ts';
import { unitOf } from '../values.ts';
import type { BoundSignal, PairModels } from './request.ts';

/** Sizes of the vectors of a model with its parameters as set. */
export interface Sizes {
  readonly variableSize: VariableSize;
  readonly portSize: PortSize;
}

/** Models whose continuous ports and variables are bound to each other. */
interface Sides {
  readonly models: PairModels;
  readonly synapseSizes: Sizes;
  readonly neuronSizes: Sizes;
  readonly report: Reporter;
}

/**
 * Binds continuous ports of a synapse to what the neuron calls the same, or to what is stated (rule D18).
 * @param fed names of the ports that get an input instead
 */
export function bindSignals(
  stated: Readonly<Record<string, string>>,
  fed: ReadonlySet<string>,
  sides: Sides,
): readonly BoundSignal[] {
  const { models, report } = sides;
  const explicit = Object.entries(stated).flatMap(([port, name]) => bindStated(port, name, sides));
  const boundPorts = new Set(explicit.map(({ address }) => address.port));
  const open = models.synapse.ports.filter(
    (port) => port.signal === 'continuous' && !boundPorts.has(port) && !fed.has(port.name),
  );
  for (const port of boundPorts) {
    if (fed.has(port.name)) report('bound-and-fed', { port: port.name });
  }
  return [...explicit, ...open.flatMap((port) => bindByName(port, sides))];
}

function bindStated(
  portText: string,
  name: string,
  { models, synapseSizes, neuronSizes, report }: Sides,
): readonly BoundSignal[] {
  const address = findPort(models.synapse, portText, 'continuous', synapseSizes.portSize, report);
  const found = quantities(models.neuron, name, neuronSizes);
  const [quantity, ...others] = found;
  if (quantity === undefined) {
    const known = namesOf(models.neuron);
    const suggestion = closestName(name, known);
    report('unknown-signal', { port: portText, name, neuron: models.neuron.name, suggestion, known });
    return [];
  }
  if (others.length > 0) {
    report('element-needed', { name, size: found.length, given: undefined });
    return [];
  }
  return address === undefined ? [] : fitting({ address, quantity }, report);
}

function bindByName(
  port: PortSymbol,
  { models, synapseSizes, neuronSizes, report }: Sides,
): readonly BoundSignal[] {
  const size = synapseSizes.portSize(port);
  const found = quantities(models.neuron, port.name, neuronSizes);
  if (found.length === 0 || found.length !== (size ?? 1)) {
    const place = { source: models.synapse.source, span: port.declared };
    report(
      'unbound-signal',
      { port: port.name, synapse: models.synapse.name, neuron: models.neuron.name },
      place,
    );
    return [];
  }
  return found.flatMap((quantity, element) =>
    fitting({ address: size === undefined ? { port } : { port, element }, quantity }, report),
  );
}

/** What a name of the neuron stands for; none where it has no such name. */
function quantities(
  neuron: CheckedModel,
  name: string,
  { variableSize, portSize }: Sizes,
): readonly RecordedQuantity[] {
  const ignored: Diagnostic[] = [];
  return resolveRecord(neuron, [name], variableSize, portSize, createReporter(ignored));
}

function namesOf({ states, inlines, parameters, internals }: CheckedModel): readonly string[] {
  return [...states, ...inlines, ...parameters, ...internals].map(({ symbol }) => symbol.writtenName);
}

function fitting(signal: BoundSignal, report: Reporter): readonly BoundSignal[] {
  const { address, quantity } = signal;
  const portUnit = unitOf(address.port.type) ?? dimensionless;
  const { what } = quantity;
  const unit = (what.kind === 'variable' ? unitOf(what.symbol.type) : undefined) ?? dimensionless;
  if (sameDimension(unit, portUnit)) return [signal];
  const parameters = {
    port: address.port.name,
    expected: portUnit.text,
    name: quantity.name,
    found: unit.text,
  };
  report('signal-unit-mismatch', parameters);
  return [];
}
