import { type CheckedModel, closestName, type PortSymbol, type VariableSymbol } from '@nestml/language';
import { dimensionName } from '@nestml/units';
import type { Reporter } from './reporter.ts';
import type { RecordedQuantity } from './request.ts';
import { checkElement, type PortSize, splitElement } from './resolve-stimuli.ts';

/** Sizes of the vector variables of a model with its parameters as set; undefined for a scalar. */
export type VariableSize = (symbol: VariableSymbol) => number | undefined;

/** What is recorded if nothing is asked for: the first state that is a voltage, else the first state. */
function defaultNames(model: CheckedModel, sizeOf: VariableSize): readonly string[] {
  const scalar = model.states.filter(
    (state) => sizeOf(state.symbol) === undefined && state.symbol.type.kind !== 'string',
  );
  const voltage = scalar.find(
    ({ symbol }) =>
      symbol.type.kind === 'quantity' && dimensionName(symbol.type.unit.dimension) === 'voltage',
  );
  const first = voltage ?? scalar[0];
  return first === undefined ? [] : [first.symbol.writtenName];
}

/** Binds names to what can be recorded. A vector named without index stands for all its elements. */
export function resolveRecord(
  model: CheckedModel,
  names: readonly string[] | undefined,
  variableSize: VariableSize,
  portSize: PortSize,
  report: Reporter,
): readonly RecordedQuantity[] {
  const wanted = names ?? defaultNames(model, variableSize);
  const found = wanted.flatMap((name) => {
    const convolution = /^convolve\((?<kernel>[^,]+),(?<port>[^)]+)\)$/.exec(name.trim())?.groups;
    if (convolution === undefined) return resolveVariable(model, name, variableSize, report);
    return resolveConvolution(
      model,
      name,
      convolution['kernel']!.trim(),
      convolution['port']!.trim(),
      portSize,
      report,
    );
  });
  const unique = new Map(found.map((quantity) => [quantity.name, quantity]));
  return [...unique.values()];
}

function recordableVariables(model: CheckedModel): readonly VariableSymbol[] {
  const entries = [...model.states, ...model.inlines, ...model.parameters, ...model.internals];
  return entries.map((entry) => entry.symbol).filter((symbol) => symbol.type.kind !== 'string');
}

function resolveVariable(
  model: CheckedModel,
  text: string,
  sizeOf: VariableSize,
  report: Reporter,
): readonly RecordedQuantity[] {
  const { name, element } = splitElement(text);
  const known = recordableVariables(model);
  const symbol = known.find((candidate) => candidate.writtenName === name);
  if (symbol === undefined) {
    const names = known.map((candidate) => candidate.writtenName);
    report('unknown-recordable', {
      name: text,
      model: model.name,
      suggestion: closestName(name, names),
      known: names,
    });
    return [];
  }
  const size = sizeOf(symbol);
  if (size !== undefined && element === undefined)
    return Array.from({ length: size }, (_, index) => elementOf(symbol, index));
  const index = checkElement(name, element, size, report);
  if (index === null) return [];
  return [index === undefined ? { name, what: { kind: 'variable', symbol } } : elementOf(symbol, index)];
}

function elementOf(symbol: VariableSymbol, element: number): RecordedQuantity {
  return { name: `${symbol.writtenName}[${element}]`, what: { kind: 'variable', symbol, element } };
}

function resolveConvolution(
  model: CheckedModel,
  text: string,
  kernelName: string,
  portText: string,
  portSize: PortSize,
  report: Reporter,
): readonly RecordedQuantity[] {
  const kernels = model.kernels.flatMap((kernel) => {
    if (kernel.kind === 'delta') return [];
    return kernel.kind === 'ode' ? kernel.components.map((component) => component.symbol) : [kernel.symbol];
  });
  const { name: portName, element } = splitElement(portText);
  const kernel = kernels.find((candidate) => candidate.name === kernelName);
  const port: PortSymbol | undefined = model.ports.find(
    (candidate) => candidate.signal === 'spike' && candidate.name === portName,
  );
  if (kernel === undefined || port === undefined) {
    const known = kernels.flatMap(({ name }) =>
      model.ports
        .filter((candidate) => candidate.signal === 'spike')
        .map((candidate) => `convolve(${name}, ${candidate.name})`),
    );
    report('unknown-recordable', {
      name: text,
      model: model.name,
      suggestion: closestName(text, known),
      known,
    });
    return [];
  }
  const index = checkElement(portName, element, portSize(port), report);
  if (index === null) return [];
  const name = `convolve(${kernel.name}, ${index === undefined ? portName : `${portName}[${index}]`})`;
  return [
    { name, what: { kind: 'convolution', kernel, port, ...(index === undefined ? {} : { element: index }) } },
  ];
}
