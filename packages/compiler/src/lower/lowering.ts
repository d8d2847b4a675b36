import { InternalError, type Report, type Span } from '@nestml/diagnostics';
import type { ExpressionNode, ExpressionPool } from '@nestml/dynamics';
import type {
  CheckedModel,
  Expression,
  FunctionSymbol,
  KernelSymbol,
  PortSymbol,
  VariableSymbol,
} from '@nestml/language';
import { createVariable } from '../ir/create-variables.ts';
import type { ElementOf, ModelFunction } from '../ir/functions.ts';
import type { Delay, Integration, Kernel } from '../ir/model.ts';
import type { ConvolveSymbol, ElementSymbol, ModelVariable, PulseSymbol } from '../ir/variables.ts';
import type { compilerMessages } from '../messages/index.ts';
import type { FunctionTraits } from './function-traits.ts';

/**
 * From where an expression looks: spike ports are pulses in equations and numbers in statements; `t` is the end of the step, in a
 * kernel the time since the spike.
 */
export type View = 'statement' | 'equation' | 'kernel';

/** A kernel variable that can be convolved; a delta kernel has no system. */
export type KernelTarget =
  | { readonly kind: 'delta' }
  | { readonly kind: 'kernel'; readonly kernel: Kernel; readonly component: number };

/** What lowering one model knows and collects. */
export interface Lowering {
  readonly checked: CheckedModel;
  readonly pool: ExpressionPool;
  readonly report: Report<typeof compilerMessages>;
  readonly time: ModelVariable;
  readonly age: ModelVariable;
  readonly resolution: ModelVariable;
  readonly variables: Map<VariableSymbol, ModelVariable>;
  readonly ports: Map<PortSymbol, ModelVariable>;
  readonly inlines: ReadonlyMap<VariableSymbol, Expression>;
  readonly functions: Map<FunctionSymbol, ModelFunction>;
  readonly traits: ReadonlyMap<FunctionSymbol, FunctionTraits>;
  readonly kernels: Map<KernelSymbol, KernelTarget>;
  /** Expanded inlines by view. */
  readonly expanded: Record<View, Map<VariableSymbol, ExpressionNode>>;
  /** Elements, pulses and convolutions by a text that identifies them, so that each is one object. */
  readonly elements: Map<ModelVariable, Map<number, ElementSymbol>>;
  readonly pulses: Map<ModelVariable, Map<number, PulseSymbol>>;
  readonly convolves: ConvolveSymbol[];
  readonly delays: Delay[];
  readonly integrations: Integration[];
}

/** The entry of a table that a checked model cannot lack. */
export function entryOf<K extends { readonly name: string }, V>(table: ReadonlyMap<K, V>, key: K): V {
  const entry = table.get(key);
  if (entry === undefined) throw new InternalError(`${key.name} is not known`);
  return entry;
}

/** The element of a vector as a symbol, one object for each. */
export function elementSymbol({ elements }: Lowering, vector: ModelVariable, element: number): ElementSymbol {
  const known = elements.get(vector)?.get(element);
  if (known !== undefined) return known;
  const name = `${vector.writtenName}[${element}]`;
  const created: ElementSymbol = { role: 'element', name, value: vector.value, vector, element };
  elements.set(vector, new Map([...(elements.get(vector) ?? []), [element, created]]));
  return created;
}

/** The pulses at an element of a port, one object for each. */
export function pulseSymbol({ pulses }: Lowering, port: ModelVariable, element: number): PulseSymbol {
  const known = pulses.get(port)?.get(element);
  if (known !== undefined) return known;
  const created: PulseSymbol = {
    role: 'pulse',
    name: elementName(port, element),
    value: 'number',
    port,
    element,
  };
  pulses.set(port, new Map([...(pulses.get(port) ?? []), [element, created]]));
  return created;
}

/** `exc` for a scalar, `exc[1]` for an element of a vector. */
export function elementName(variable: ModelVariable, element: number): string {
  return variable.size === undefined ? variable.writtenName : `${variable.writtenName}[${element}]`;
}

/** The convolution of a kernel variable with an element of a port, one object for each. */
export function convolveSymbol(
  { convolves }: Lowering,
  { kernel, component }: KernelTarget & { readonly kind: 'kernel' },
  { port, element, span }: { readonly port: ModelVariable; readonly element: number; readonly span: Span },
): ConvolveSymbol {
  const known = convolves.find(
    (other) =>
      other.kernel === kernel.name &&
      other.component === component &&
      other.port === port &&
      other.element === element,
  );
  if (known !== undefined) return known;
  const kernelName = kernel.kind === 'function' ? kernel.name : kernel.components[component]!.name;
  const name = `convolve(${kernelName}, ${elementName(port, element)})`;
  const created: ConvolveSymbol = {
    role: 'convolve',
    name,
    value: 'number',
    kernel: kernel.name,
    component,
    port,
    element,
    span,
  };
  convolves.push(created);
  return created;
}

/** A state some time ago, one variable for each state and delay. */
export function delayedVariable(
  { delays, checked }: Lowering,
  state: ModelVariable,
  delay: ExpressionNode,
  span: Span,
): ModelVariable {
  const known = delays.find((other) => other.state === state && other.delay === delay);
  if (known !== undefined) return known.variable;
  const name = checked.source.text.slice(span.start, span.end).replace(/\s+/g, ' ');
  const variable = createVariable('delayed', name, span, state.unit);
  delays.push({ variable, state, delay, span });
  return variable;
}

/** The access to an element by a computed index. */
export function createElementOf(vector: ModelVariable, span: Span): ElementOf {
  return {
    kind: 'elementOf',
    name: vector.writtenName,
    value: vector.value,
    isPure: false,
    isElement: true,
    vector,
    span,
  };
}
