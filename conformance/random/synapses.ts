import {
  constant,
  type Draft,
  type DraftPort,
  type Membrane,
  normalised,
  quantity,
  state,
  timeConstant,
} from './draft.ts';
import { createConvolution } from './kernels.ts';
import { declaredUnit, digits, type Unit } from './quantities.ts';

/** A spike port or an element of one. */
interface PortElement {
  /** `exc` or `exc[1]`. */
  readonly text: string;
  /** `exc`. */
  readonly port: string;
  readonly sign: '+' | '-';
  readonly scale: number;
}

/** Declares the ports: one to three for spikes, up to two for currents. */
export function createPorts(draft: Draft): void {
  const { choose } = draft;
  const spikePorts = 1 + choose.below(3);
  for (let count = 0; count < spikePorts; count += 1) createSpikePort(draft);
  for (let count = choose.below(3); count > 0; count -= 1) {
    const name = draft.fresh('I_stim');
    draft.blocks.input.push(`${name} ${declaredUnit(choose, 'pA')} <- continuous`);
    draft.ports.push({ name, kind: 'continuous', size: undefined, scale: choose.between(200, 500) });
    draft.signals.push({ text: name, unit: 'pA', scale: 300 });
  }
}

function createSpikePort(draft: Draft): void {
  const { choose, blocks, features, ports, fresh } = draft;
  const kind = choose.pick(['excitatory', 'inhibitory', 'signed'] as const);
  features.add(`${kind} port`);
  const name = fresh(kind === 'signed' ? 'spikes' : kind.slice(0, 3));
  const size = choose.chance(0.3) ? 1 + choose.below(3) : undefined;
  const qualifier = kind === 'signed' ? '' : `${kind} `;
  blocks.input.push(`${name}${sizeText(draft, size)} <- ${qualifier}spike`);
  if (size !== undefined) features.add('vector port');
  ports.push({ name, kind, size, scale: choose.pick([1, 1, 10, 0.1]) });
}

/** The size of a vector: a number, a parameter or an internal. */
export function sizeText({ choose, blocks, fresh, vectorSettings }: Draft, size: number | undefined): string {
  if (size === undefined) return '';
  if (choose.chance(0.5)) return `[${size}]`;
  const name = fresh('count');
  const block = choose.pick(['parameters', 'internals'] as const);
  blocks[block].push(`${name} integer = ${size}`);
  if (block === 'parameters') vectorSettings.push([name, size + 1, 'size set']);
  return `[${name}]`;
}

/** Lets the spikes of each port, or of each element, act on a membrane. */
export function connectPorts(draft: Draft, membranes: readonly Membrane[]): void {
  const { choose } = draft;
  for (const port of draft.ports) {
    if (port.kind === 'continuous') connectCurrent(draft, port, choose.pick(membranes));
    else connectSpikes(draft, port, membranes);
  }
}

function connectCurrent({ choose }: Draft, { name }: DraftPort, membrane: Membrane): void {
  membrane.currents.push(choose.chance(0.8) ? `+ ${name}` : `+ ${digits(choose.between(0.5, 1))} * ${name}`);
}

function connectSpikes(draft: Draft, port: DraftPort, membranes: readonly Membrane[]): void {
  const { choose } = draft;
  const elements = Array.from({ length: port.size ?? 1 }, (_, index): PortElement => {
    const text = port.size === undefined ? port.name : `${port.name}[${index}]`;
    return { text, port: port.name, sign: port.kind === 'inhibitory' ? '-' : '+', scale: port.scale };
  });
  if (port.size !== undefined && choose.chance(0.35)) vectorHandler(draft, port, choose.pick(membranes));
  for (const element of elements) {
    const membrane = choose.pick(membranes);
    const kernels = connect(draft, element, membrane);
    if (choose.chance(0.3)) {
      const further = connect(draft, element, choose.pick(membranes));
      if (kernels && further) draft.features.add('two kernels of one port');
    }
  }
}

/** One way in which spikes act; whether a kernel was made. */
function connect(draft: Draft, element: PortElement, membrane: Membrane): boolean {
  const way = draft.choose.below(draft.isLinear ? 7 : 9);
  if (way < 4) convolvedCurrent(draft, element, membrane);
  else if (way === 4 && !draft.handlers.has(element.port)) handlerSynapse(draft, element, membrane);
  else if (way === 4) pulse(draft, element, membrane);
  else if (way < 7) pulse(draft, element, membrane);
  else conductance(draft, element, membrane);
  return way < 4;
}

/** A coefficient such that spikes of the port's scale have an effect of this size. */
function coefficient(draft: Draft, element: PortElement, value: number, unit: Unit): string {
  return constant(draft, 'J', value / element.scale, unit);
}

function convolvedCurrent(draft: Draft, element: PortElement, membrane: Membrane): void {
  const { choose, blocks, features, signals, fresh } = draft;
  const factor = coefficient(draft, element, choose.between(50, 250), 'pA');
  const current = `${factor} * ${createConvolution(draft, element.text)}`;
  if (choose.chance(0.3)) {
    features.add('convolution in an equation');
    membrane.currents.push(`${element.sign} ${current}`);
    return;
  }
  features.add('convolution in an inline');
  const name = fresh('I_syn');
  const isRecordable = choose.chance(0.5);
  features.add(isRecordable ? 'recordable inline' : 'inline');
  blocks.equations.push(
    `${isRecordable ? 'recordable ' : ''}inline ${name} ${declaredUnit(choose, 'pA')} = ${current}`,
  );
  membrane.currents.push(`${element.sign} ${name}`);
  signals.push({ text: name, unit: 'pA', scale: 150 });
}

function conductance(draft: Draft, element: PortElement, membrane: Membrane): void {
  const { choose, blocks, features, fresh } = draft;
  features.add('conductance-based synapse');
  const factor = coefficient(draft, element, choose.between(1, 6), 'nS');
  const name = fresh('g_syn');
  const reversal = membrane.rest + (element.sign === '+' ? choose.between(40, 70) : choose.between(-20, -5));
  blocks.equations.push(
    `inline ${name} ${declaredUnit(choose, 'nS')} = ${factor} * ${createConvolution(draft, element.text)}`,
  );
  const potential = constant(draft, 'E_rev', reversal, 'mV');
  // Spikes of negative weight would make a negative conductance, and the membrane grow.
  membrane.currents.push(`+ max(${quantity(draft, 0, 'nS')}, ${name}) * (${potential} - ${membrane.name})`);
}

/** A state that a handler increases and an equation lets decay. */
function handlerSynapse(draft: Draft, element: PortElement, membrane: Membrane): void {
  const { choose, blocks, features, integrated, signals, handlers, fresh } = draft;
  features.add('synapse by handler');
  const name = fresh('I_dec');
  state(draft, name, choose.pick([0, 20]), 'pA');
  blocks.equations.push(`${name}' = -${name} / ${timeConstant(draft, 'tau_dec', 0.5, 8)}`);
  integrated.push(name);
  const amount = `${element.text} * 1 s * ${coefficient(draft, element, choose.between(50, 250), 'pA')}`;
  const statement = choose.chance(0.5) ? `${name} += ${amount}` : `${name} = ${name} + ${amount}`;
  handlers.set(element.text, [...(handlers.get(element.text) ?? []), statement]);
  membrane.currents.push(`${element.sign} ${name}`);
  signals.push({ text: name, unit: 'pA', scale: 200 });
}

/** A handler of all elements of a vector port. */
function vectorHandler(draft: Draft, { name: port, size, scale, kind }: DraftPort, membrane: Membrane): void {
  const { choose, blocks, features, integrated, handlers, fresh } = draft;
  features.add('handler of a vector port');
  const [name, k] = [fresh('I_all'), fresh('k')];
  state(draft, name, 0, 'pA');
  blocks.equations.push(`${name}' = -${name} / ${timeConstant(draft, 'tau_dec', 0.5, 8)}`);
  integrated.push(name);
  const amount = constant(draft, 'J', choose.between(20, 100) / scale, 'pA');
  handlers.set(port, [
    `${k} integer = 0`,
    `for ${k} in 0 ... ${size} step 1:`,
    `    ${name} += ${port}[${k}] * 1 s * ${amount} / (1 + ${k})`,
  ]);
  membrane.currents.push(`${kind === 'inhibitory' ? '-' : '+'} ${name}`);
}

function pulse(draft: Draft, element: PortElement, membrane: Membrane): void {
  const { choose, blocks, features, signals, fresh } = draft;
  const size = coefficient(draft, element, choose.between(1, 6), 'mV');
  if (choose.chance(0.4)) {
    features.add('delta kernel');
    const name = fresh('D');
    blocks.equations.push(`kernel ${name} = delta(t)`);
    membrane.rates.push(`${element.sign} ${size} * convolve(${name}, ${element.text}) / 1 ms`);
    return;
  }
  features.add('pulse');
  const states = signals.filter(({ text }) => draft.integrated.includes(text));
  if (states.length > 0 && choose.chance(0.4)) {
    features.add('pulse with a state as factor');
    const factor = normalised(draft, choose.pick(states));
    membrane.rates.push(`${element.sign} (1 + 0.3 * ${factor}) * ${size} * ${element.text}`);
    return;
  }
  membrane.rates.push(
    choose.pick([
      `${element.sign} ${size} * ${element.text}`,
      `${element.sign} ${element.text} * ${size}`,
      `${element.sign} ${element.text} * ${size} / 2`,
    ]),
  );
}
