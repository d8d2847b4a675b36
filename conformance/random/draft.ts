import { type Choices, createChoices } from './choices.ts';
import type { Feature } from './features.ts';
import { declaredUnit, digits, literal, type Unit } from './quantities.ts';

/** Something that varies in a run, with a size that it has typically. */
export interface Signal {
  readonly text: string;
  readonly unit: Unit;
  readonly scale: number;
}

/** A parameter or initial state that may be set from outside, in a canonical unit. */
export interface Settable {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  readonly isParameter: boolean;
}

/** A comparison of a continuous quantity with a parameter that serves nothing else: moving it shows how near the decision was. */
export interface Decision {
  readonly parameter: string;
  /** In the canonical unit. */
  readonly value: number;
  readonly unit: Unit;
}

/** A port as declared. */
export interface DraftPort {
  readonly name: string;
  readonly kind: 'excitatory' | 'inhibitory' | 'signed' | 'continuous';
  readonly size: number | undefined;
  /** Amplitude of currents in pA, weight of spikes. */
  readonly scale: number;
}

/** A membrane: what is added to its derivative. */
export interface Membrane {
  readonly name: string;
  readonly rest: number;
  /** Terms in pA, each with its sign in front: `+ I_stim`. */
  readonly currents: string[];
  /** Terms in mV/ms. */
  readonly rates: string[];
}

const blockNames = ['state', 'parameters', 'internals', 'equations', 'input', 'update'] as const;

/** A model in the making; the modules of the generator add to it. */
export interface Draft {
  readonly choose: Choices;
  readonly isLinear: boolean;
  readonly features: Set<Feature>;
  readonly blocks: Readonly<Record<(typeof blockNames)[number], string[]>>;
  /** Functions and handlers, each a list of lines. */
  readonly further: string[][];
  readonly decisions: Decision[];
  readonly settable: Settable[];
  readonly ports: DraftPort[];
  /** What may drive an equation without making it non-linear. */
  readonly signals: Signal[];
  /** States with equations, by the name that `integrate_odes` takes. */
  readonly integrated: string[];
  readonly timeConstants: string[];
  /** Kernels that are not pulses. */
  readonly kernels: string[];
  /** Convolutions as they are recorded. */
  readonly convolutions: string[];
  /** Boolean states. */
  readonly flags: string[];
  /** Values of vectors and sizes that may be set from outside. */
  readonly vectorSettings: (readonly [name: string, value: number | readonly number[], feature: Feature])[];
  /** Statements for spikes, by port (`exc`) or element (`exc[1]`). */
  readonly handlers: Map<string, string[]>;
  /** Statements of `update` before and behind the integration. */
  readonly before: string[];
  readonly behind: string[];
  /** A name that is new: `stem`, `stem_2`, … */
  readonly fresh: (stem: string) => string;
}

/** An empty draft. */
export function createDraft(seed: number): Draft {
  const choose = createChoices(seed);
  const used = new Map<string, number>();
  return {
    choose,
    isLinear: choose.chance(0.45),
    features: new Set(),
    blocks: { state: [], parameters: [], internals: [], equations: [], input: [], update: [] },
    further: [],
    decisions: [],
    settable: [],
    ports: [],
    signals: [],
    integrated: [],
    timeConstants: [],
    kernels: [],
    convolutions: [],
    flags: [],
    vectorSettings: [],
    handlers: new Map(),
    before: [],
    behind: [],
    fresh: (stem) => {
      const count = (used.get(stem) ?? 0) + 1;
      used.set(stem, count);
      return count === 1 ? stem : `${stem}_${count}`;
    },
  };
}

/** The text of a model. */
export function textOf({ blocks, further }: Draft): string {
  const lines = blockNames.flatMap((name) => {
    const body = blocks[name];
    return body.length === 0 ? [] : [`    ${name}:`, ...body.map((line) => `        ${line}`)];
  });
  const rest = further.flatMap((block) => block.map((line) => `    ${line}`));
  return ['model random_neuron:', ...lines, '    output:', '        spike', ...rest, ''].join('\n');
}

/** Lines one level deeper. */
export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`);
}

/** A literal in some unit. */
export function quantity(draft: Draft, value: number, unit: Unit): string {
  return literal(draft.choose, value, unit);
}

/** `name unit` for a declaration. */
export function declaration(draft: Draft, name: string, unit: Unit): string {
  return `${name} ${declaredUnit(draft.choose, unit)}`;
}

/** Declares a parameter and gives its name. */
export function parameter(draft: Draft, stem: string, value: number, unit: Unit): string {
  const { choose, blocks, features, settable, fresh } = draft;
  const name = fresh(stem);
  let guard = '';
  if (value > 0 && choose.chance(0.2)) {
    features.add('guard');
    guard = ` [[${name} > ${quantity(draft, 0, unit)}]]`;
  }
  blocks.parameters.push(`${declaration(draft, name, unit)} = ${quantity(draft, value, unit)}${guard}`);
  features.add('parameter');
  settable.push({ name, value, unit, isParameter: true });
  return name;
}

/** An internal that is derived from a parameter and has the value. */
function internal(draft: Draft, stem: string, value: number, unit: Unit): string {
  const { choose, blocks, features, fresh } = draft;
  const base = parameter(draft, `${stem}_base`, value / 2, unit);
  const name = fresh(`${stem}_i`);
  const forms = [
    `2 * ${base}`,
    `${base} + ${base}`,
    value === 0 ? `2 * ${base}` : `4 * ${base}**2 / (${base} * 2)`,
    `${value < 0 ? 'min' : 'max'}(2 * ${base}, 1.5 * ${base})`,
    `(${base} >= ${quantity(draft, value / 2 - Math.abs(value) / 3, unit)} ? 2 * ${base} : 3 * ${base})`,
    `2 * clip(${base}, ${quantity(draft, Math.min(value / 9, value * 9), unit)}, ${quantity(draft, Math.max(value / 9, value * 9), unit)})`,
  ];
  blocks.internals.push(`${declaration(draft, name, unit)} = ${choose.pick(forms)}`);
  features.add('internal');
  return name;
}

/** An expression that does not change in a run: literal, parameter, internal, or call of a function. */
export function constant(draft: Draft, stem: string, value: number, unit: Unit): string {
  const { choose } = draft;
  const kind = choose.below(10);
  if (kind < 3) return quantity(draft, value, unit);
  if (kind < 7) return parameter(draft, stem, value, unit);
  if (kind < 9) return internal(draft, stem, value, unit);
  return constantByFunction(draft, stem, value, unit);
}

function constantByFunction(draft: Draft, stem: string, value: number, unit: Unit): string {
  const { choose, further, features, fresh } = draft;
  const name = fresh(`${stem}_of`);
  const type = declaredUnit(choose, unit);
  const head = `function ${name}(base ${type}, factor real) ${type}:`;
  features.add('function');
  if (choose.chance(0.4)) {
    features.add('function with loop');
    const loop = ['for k in 0 ... 3 step 1:', '    sum += base * factor'];
    further.push([head, ...indented(['k integer = 0', `sum ${type} = 0 * base`, ...loop, 'return sum / 3'])]);
  } else if (choose.chance(0.5)) {
    const body = ['if factor > 1:', '    return base * factor', 'else:', '    return factor * base'];
    further.push([head, ...indented(body)]);
  } else further.push([head, '    return factor * base']);
  const factor = choose.pick([0.5, 2, 1.25]);
  return `${name}(${quantity(draft, value / factor, unit)}, ${factor})`;
}

/** A time constant, now and then (nearly) the same as an earlier one. */
export function timeConstant(draft: Draft, stem: string, low: number, high: number): string {
  const { choose, blocks, timeConstants, features, fresh } = draft;
  if (timeConstants.length > 0 && choose.chance(0.12)) {
    features.add('equal time constants');
    return choose.pick(timeConstants);
  }
  if (timeConstants.length > 0 && choose.chance(0.1)) {
    const name = fresh(`${stem}_near`);
    const factor = 1 + 10 ** -choose.pick([4, 7, 10, 13]);
    blocks.internals.push(`${declaration(draft, name, 'ms')} = ${choose.pick(timeConstants)} * ${factor}`);
    features.add('nearly equal time constants');
    return name;
  }
  const text = constant(draft, stem, choose.between(low, high), 'ms');
  timeConstants.push(text);
  return text;
}

/** Declares a state with its initial value; the name must be fresh. */
export function state(draft: Draft, name: string, value: number, unit: Unit): void {
  const { blocks, choose, features, settable } = draft;
  const isDerived = choose.chance(0.2);
  if (isDerived) features.add('initial value from parameters');
  const text = isDerived ? internal(draft, `${name}_init`, value, unit) : quantity(draft, value, unit);
  blocks.state.push(`${declaration(draft, name, unit)} = ${text}`);
  settable.push({ name, value, unit, isParameter: false });
}

/** A signal as a plain number of the order of 1. */
export function normalised(draft: Draft, { text, unit, scale }: Signal): string {
  return unit === '1' && scale === 1 ? text : `${text} / ${quantity(draft, scale, unit)}`;
}

/** A parameter for a comparison, used nowhere else. */
export function threshold(draft: Draft, value: number, unit: Unit): string {
  const { blocks, decisions, fresh } = draft;
  const name = fresh('theta');
  const rounded = Number(digits(value));
  blocks.parameters.push(
    `${name} ${unit === '1' ? 'real' : unit} = ${rounded} ${unit === '1' ? '' : unit}`.trimEnd(),
  );
  decisions.push({ parameter: name, value: rounded, unit });
  return name;
}

/** Something to be raised to a power: behind a literal the power would belong to the unit. */
export function grouped(text: string): string {
  return /^\w+$/.test(text) ? text : `(${text})`;
}
