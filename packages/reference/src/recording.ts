import { endOfStep } from './clock.ts';
import type { Environment } from './environment.ts';
import { evaluate } from './evaluate-expression.ts';
import { type Neuron, notFiniteStop } from './neuron.ts';
import { definitionOf } from './program.ts';
import type { Recordable } from './run.ts';
import { read } from './store.ts';
import { recordedNumber, type Value } from './values.ts';

/** What was recorded so far, one list per recordable. */
export interface Recording {
  readonly recordables: readonly Recordable[];
  readonly values: readonly number[][];
  readonly steps: number[];
}

/** An empty recording. */
export function createRecording(recordables: readonly Recordable[]): Recording {
  return { recordables, values: recordables.map(() => []), steps: [] };
}

/**
 * Adds the values at the end of the present step.
 * @throws RunStop if a value that is computed for the recording alone, such as an inline, is not a number.
 */
export function recordStep(recording: Recording, neuron: Neuron): void {
  const step = neuron.clock.step + 1;
  const row = recording.recordables.map((recordable) => recordedValue(recordable, neuron));
  row.forEach((value, position) => {
    recording.values[position]!.push(value);
  });
  recording.steps.push(step);
}

/** The value of a recordable at the present time, canonical; booleans as 0 and 1. */
export function recordedValue(
  recordable: Recordable,
  neuron: Pick<Neuron, 'environment' | 'clock' | 'store'>,
): number {
  if (recordable.kind === 'convolution') {
    const { kernel, port, element = 0 } = recordable;
    const value = neuron.environment.signals.convolution(kernel, port, element);
    return checked(value, `convolve(${kernel.name}, ${port.name})`, kernel.declared, neuron);
  }
  const { symbol } = recordable;
  const value = variableValue(recordable, neuron.environment);
  return typeof value === 'number'
    ? checked(value, symbol.writtenName, symbol.declared, neuron)
    : recordedNumber(value);
}

function variableValue(
  { symbol, element = 0 }: Extract<Recordable, { readonly kind: 'variable' }>,
  environment: Environment,
): Value {
  if (symbol.role === 'inline') {
    return evaluate(definitionOf(environment.program.inlines, symbol), environment);
  }
  const value = read(environment.store, symbol);
  return typeof value === 'object' ? value[element]! : value;
}

function checked(
  value: number,
  name: string,
  span: { start: number; end: number },
  neuron: Pick<Neuron, 'clock' | 'store'>,
): number {
  if (!Number.isNaN(value)) return value;
  throw notFiniteStop(name, value, endOfStep(neuron.clock), span, neuron.store);
}
