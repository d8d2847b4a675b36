import { boundedExpression } from './bounded-expressions.ts';
import { constant, type Draft, grouped, type Membrane, quantity, state, timeConstant } from './draft.ts';
import { declaredUnit, digits } from './quantities.ts';

/** A membrane whose equation is still to be written, when all that acts on it is known. */
export interface DraftMembrane extends Membrane {
  /** Potential at which it fires. */
  readonly threshold: number;
  /** Whether spikes are made by the threshold alone, by a rise that feeds on itself, or with a fall of their own as well. */
  readonly upstroke: 'none' | 'regenerative' | 'self-resetting';
  readonly writeEquation: () => void;
}

type Shape = (draft: Draft, name: string, rest: number) => Omit<DraftMembrane, 'name' | 'rest'>;

/** One to three membranes, coupled one to the next. */
export function createMembranes(draft: Draft): readonly DraftMembrane[] {
  const { choose, features } = draft;
  const count = choose.pick([1, 1, 1, 2, 2, 3]);
  if (count === 2) features.add('two compartments');
  if (count === 3) features.add('three compartments');
  const rest = choose.pick([0, 0, -65, -70]);
  const membranes = Array.from({ length: count }, () => createMembrane(draft, rest));
  for (const [index, membrane] of membranes.entries()) {
    const next = membranes[index + 1];
    if (next === undefined) continue;
    const coupling = constant(draft, 'g_c', choose.between(1, 8), 'nS');
    membrane.currents.push(`+ ${coupling} * (${next.name} - ${membrane.name})`);
    next.currents.push(`+ ${coupling} * (${membrane.name} - ${next.name})`);
  }
  return membranes;
}

function createMembrane(draft: Draft, rest: number): DraftMembrane {
  const { choose, fresh, integrated, signals } = draft;
  const name = fresh(choose.pick(['V_m', 'V_m', 'U_m', 'V']));
  const shape = choose.pick(draft.isLinear ? linearShapes : allShapes);
  const parts = shape(draft, name, rest);
  state(draft, name, rest + choose.between(-4, 4), 'mV');
  integrated.push(name);
  signals.push({ text: name, unit: 'mV', scale: rest === 0 ? 12 : 60 });
  return { name, rest, ...parts };
}

/** All terms in a row, or 0 of the unit. */
function sumOf(draft: Draft, terms: readonly string[], zero: 'pA' | 'mV/ms'): string {
  const joined = terms.join(' ').replace(/^\+ /, '');
  return joined === '' ? quantity(draft, 0, zero === 'pA' ? 'pA' : 'mV/ms') : joined;
}

function ratesOf(rates: readonly string[]): string {
  return rates.length === 0 ? '' : ` ${rates.join(' ')}`;
}

/** The total current, as an inline or in place. */
function totalCurrent(draft: Draft, currents: readonly string[]): string {
  const { choose, blocks, features, fresh } = draft;
  const sum = sumOf(draft, currents, 'pA');
  if (choose.chance(0.6)) return `(${sum})`;
  const name = fresh('I_total');
  const isRecordable = choose.chance(0.4);
  features.add(isRecordable ? 'recordable inline' : 'inline');
  blocks.equations.push(
    `${isRecordable ? 'recordable ' : ''}inline ${name} ${declaredUnit(choose, 'pA')} = ${sum}`,
  );
  return name;
}

const leaky: Shape = (draft, name, rest) => {
  const { choose, blocks, features } = draft;
  features.add('leaky membrane');
  const [currents, rates]: [string[], string[]] = [[], []];
  const leak = constant(draft, 'E_L', rest, 'mV');
  const tau = timeConstant(draft, 'tau_m', 3, 25);
  const capacitance = constant(draft, 'C_m', choose.between(100, 300), 'pF');
  const writeEquation = (): void => {
    const total = totalCurrent(draft, currents);
    const form = choose.pick([
      `-(${name} - ${leak}) / ${tau} + ${total} / ${capacitance}`,
      `(${leak} - ${name}) / ${tau} + ${total} / ${capacitance}`,
      `${total} / ${capacitance} - (${name} - ${leak}) / ${tau}`,
    ]);
    blocks.equations.push(`${name}' = ${form}${ratesOf(rates)}`);
  };
  return { currents, rates, threshold: rest + choose.between(5, 14), upstroke: 'none', writeEquation };
};

/** Leak through a conductance, and perhaps a further current of the given terms. */
function conductanceShape(
  draft: Draft,
  name: string,
  rest: number,
  extra: (leakConductance: string) => string,
): Omit<DraftMembrane, 'name' | 'rest'> {
  const { choose, blocks } = draft;
  const [currents, rates]: [string[], string[]] = [[], []];
  const leak = constant(draft, 'E_L', rest, 'mV');
  const conductance = constant(draft, 'g_L', choose.between(8, 25), 'nS');
  const capacitance = constant(draft, 'C_m', choose.between(100, 300), 'pF');
  const further = extra(conductance);
  const writeEquation = (): void => {
    const total = totalCurrent(draft, currents);
    blocks.equations.push(
      `${name}' = (-${conductance} * (${name} - ${leak})${further} + ${total}) / ${capacitance}${ratesOf(rates)}`,
    );
  };
  return { currents, rates, threshold: rest + choose.between(5, 14), upstroke: 'none', writeEquation };
}

const conductanceMembrane: Shape = (draft, name, rest) => {
  draft.features.add('conductance membrane');
  return conductanceShape(draft, name, rest, () => '');
};

/** Two states: the potential and its derivative, a damped resonance. */
const resonant: Shape = (draft, name, rest) => {
  const { choose, blocks, features } = draft;
  features.add('resonant membrane');
  features.add('second order');
  const [currents, rates]: [string[], string[]] = [[], []];
  blocks.state.push(`${name}' ${choose.pick(['mV/ms', 'V/s'])} = ${digits(choose.between(-1, 1))} mV / 1 ms`);
  const omega = constant(draft, 'omega', choose.between(0.1, 0.8), '1/ms');
  const damping = constant(draft, 'damping', choose.between(0.2, 1.2), '1');
  const resistance = `${digits(choose.between(20, 80))} MOhm`;
  const leak = constant(draft, 'E_L', rest, 'mV');
  const writeEquation = (): void => {
    const total = totalCurrent(draft, currents);
    const jumps = rates.length === 0 ? '' : ` + ${omega} * (0 mV/ms${ratesOf(rates)})`;
    blocks.equations.push(
      `${name}'' = -2 * ${damping} * ${omega} * ${name}' - ${grouped(omega)}**2 * (${name} - ${leak} - ${resistance} * ${total})${jumps}`,
    );
  };
  return { currents, rates, threshold: rest + choose.between(5, 14), upstroke: 'none', writeEquation };
};

/** Initiation of spikes after Fourcaud-Trocmé et al. (2003), bounded at the peak. */
const exponential: Shape = (draft, name, rest) => {
  const { choose, features } = draft;
  features.add('exponential spike');
  features.add('min, max or clip');
  const slope = choose.between(1, 3);
  const foot = rest + choose.between(8, 14);
  const peak = foot + 4.5 * slope;
  const steepness = constant(draft, 'Delta_T', slope, 'mV');
  const shape = conductanceShape(draft, name, rest, (conductance) => {
    const bounded = `min(${name}, ${quantity(draft, peak + 1, 'mV')})`;
    return ` + ${conductance} * ${steepness} * exp((${bounded} - ${constant(draft, 'V_T', foot, 'mV')}) / ${steepness})`;
  });
  return { ...shape, threshold: peak, upstroke: 'regenerative' };
};

/** A parabola between rest and threshold, bounded at the peak, with a leak beyond. */
const quadratic: Shape = (draft, name, rest) => {
  const { choose, blocks, features } = draft;
  features.add('quadratic spike');
  features.add('min, max or clip');
  const [currents, rates]: [string[], string[]] = [[], []];
  const peak = rest + choose.between(25, 40);
  const bounded = draft.fresh('V_bounded');
  features.add('inline');
  blocks.equations.push(
    `inline ${bounded} ${declaredUnit(choose, 'mV')} = clip(${name}, ${quantity(draft, rest - 100, 'mV')}, ${quantity(draft, peak + 1, 'mV')})`,
  );
  const low = constant(draft, 'V_r', rest, 'mV');
  const high = constant(draft, 'V_t', rest + choose.between(8, 14), 'mV');
  const steepness = digits(choose.between(0.01, 0.04));
  const capacitance = constant(draft, 'C_m', choose.between(100, 300), 'pF');
  const writeEquation = (): void => {
    const total = totalCurrent(draft, currents);
    blocks.equations.push(
      `${name}' = ${steepness} kHz / 1 mV * (${bounded} - ${low}) * (${bounded} - ${high}) + (${bounded} - ${name}) / 5 ms + ${total} / ${capacitance}${ratesOf(rates)}`,
    );
  };
  return { currents, rates, threshold: peak, upstroke: 'regenerative', writeEquation };
};

/** Gating variables that relax to Boltzmann functions, in the form of Hodgkin and Huxley (1952): g m³ h (V − E). */
const gated: Shape = (draft, name, rest) => {
  const { choose, blocks, features, fresh, integrated } = draft;
  features.add('gating variables');
  features.add('power');
  const gate = (stem: string, initial: number, middle: number, width: number, slow: number): string => {
    const own = fresh(stem);
    state(draft, own, initial, '1');
    integrated.push(own);
    const half = constant(draft, `V_${stem}`, rest + middle, 'mV');
    const [steady, tau] = [fresh(`${stem}_inf`), fresh(`tau_${stem}`)];
    const x = `(${name} - ${half}) / ${quantity(draft, width, 'mV')}`;
    blocks.equations.push(
      `inline ${steady} real = 1 / (1 + exp(-${grouped(x)}))`,
      `inline ${tau} ${declaredUnit(choose, 'ms')} = ${quantity(draft, 0.1 * slow, 'ms')} + ${quantity(draft, slow, 'ms')} * exp(-${grouped(x)}**2 / 9)`,
      `${own}' = (${steady} - ${own}) / ${tau}`,
    );
    return own;
  };
  features.add('inline');
  const [m, h, n] = [gate('m', 0.05, 28, 7, 0.4), gate('h', 0.6, 8, -7, 5), gate('n', 0.3, 18, 12, 4)];
  const [sodium, potassium] = [choose.between(20, 60) * 100, choose.between(8, 20) * 100];
  const shape = conductanceShape(draft, name, rest, () => {
    const [fast, slow] = [constant(draft, 'g_Na', sodium, 'nS'), constant(draft, 'g_K', potassium, 'nS')];
    const [above, below] = [
      constant(draft, 'E_Na', rest + 115, 'mV'),
      constant(draft, 'E_K', rest - 12, 'mV'),
    ];
    const power = choose.pick([`${m}**3 * ${h}`, `${m}**2.5 * ${h}`, `pow(${m}, 3) * ${h}`]);
    return ` - ${fast} * ${power} * (${name} - ${above}) - ${slow} * ${n}**4 * (${name} - ${below})`;
  });
  return { ...shape, threshold: rest + 50, upstroke: 'self-resetting' };
};

/** A bounded non-linear current. */
const bent: Shape = (draft, name, rest) => {
  const { choose, features } = draft;
  features.add('bounded coupling');
  return conductanceShape(draft, name, rest, () => {
    const amount = constant(draft, 'I_b', choose.between(20, 150), 'pA');
    const own = {
      text: `(${name} - ${constant(draft, 'V_b', rest + 5, 'mV')})`,
      unit: 'mV',
      scale: 10,
    } as const;
    return ` ${choose.pick(['+', '-'])} ${amount} * ${boundedExpression(draft, [...draft.signals, own])}`;
  });
};

/** A current that switches on above a potential, and so helps the membrane to stay there. */
const switched: Shape = (draft, name, rest) => {
  const { choose, features } = draft;
  features.add('conditional expression');
  return conductanceShape(draft, name, rest, () => {
    const [above, below] = [choose.between(50, 120), choose.between(-50, 30)];
    const border = constant(draft, 'V_s', rest + choose.between(2, 8), 'mV');
    return ` + (${name} > ${border} ? ${quantity(draft, above, 'pA')} : ${quantity(draft, below, 'pA')})`;
  });
};

const linearShapes: readonly Shape[] = [leaky, leaky, conductanceMembrane, conductanceMembrane, resonant];
const allShapes: readonly Shape[] = [
  leaky,
  conductanceMembrane,
  resonant,
  exponential,
  exponential,
  quadratic,
  gated,
  bent,
  bent,
  switched,
];

/** Currents and thresholds that adapt; each returns what the spike handler must do. */
export function createAdaptation(draft: Draft, membrane: DraftMembrane): readonly string[] {
  const { choose, blocks, features, fresh, integrated, signals } = draft;
  features.add('adaptation');
  const name = fresh('w_a');
  state(draft, name, choose.between(-20, 20), 'pA');
  integrated.push(name);
  const tau = timeConstant(draft, 'tau_w', 3, 60);
  const slope = constant(draft, 'a_w', choose.between(0, 4), 'nS');
  const leak = constant(draft, 'E_w', membrane.rest, 'mV');
  const potential = draft.isLinear
    ? membrane.name
    : `min(${membrane.name}, ${quantity(draft, membrane.rest + 40, 'mV')})`;
  blocks.equations.push(`${name}' = (${slope} * (${potential} - ${leak}) - ${name}) / ${tau}`);
  membrane.currents.push(`- ${name}`);
  signals.push({ text: name, unit: 'pA', scale: 50 });
  return [`${name} += ${constant(draft, 'b_w', choose.between(5, 60), 'pA')}`];
}
