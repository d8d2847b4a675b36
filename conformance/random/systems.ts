import { boundedExpression } from './bounded-expressions.ts';
import {
  constant,
  type Draft,
  grouped,
  normalised,
  quantity,
  type Signal,
  state,
  timeConstant,
} from './draft.ts';
import { declaredUnit, digits, type Unit } from './quantities.ts';

const scales = { '1': 1, mV: 10, pA: 100, nS: 5 } as const satisfies Partial<Record<Unit, number>>;
type SystemUnit = keyof typeof scales;
const systemUnits: readonly SystemUnit[] = ['1', 'mV', 'pA', 'nS'];

/** Adds a system of equations of one to six states; each becomes a signal. */
export function createSystem(draft: Draft): void {
  const { choose } = draft;
  const unit = choose.pick(systemUnits);
  const kinds: readonly ((draft: Draft, unit: SystemUnit) => void)[] = [
    chain,
    oscillator,
    coupled,
    secondOrder,
    thirdOrder,
    clock,
    ...(draft.isLinear ? [] : [limitCycle, slowing]),
  ];
  choose.pick(kinds)(draft, unit);
}

function newStates(draft: Draft, count: number, unit: SystemUnit): readonly Signal[] {
  const scale = scales[unit];
  return Array.from({ length: count }, () => {
    const name = draft.fresh('y');
    state(draft, name, scale * draft.choose.between(-1, 1), unit);
    draft.integrated.push(name);
    return { text: name, unit, scale };
  });
}

/** What drives a system, in its unit and of its scale; ` + …` or nothing. */
function drive(draft: Draft, unit: SystemUnit, own: readonly Signal[]): string {
  const { choose, signals, features } = draft;
  const amount = constant(draft, 'gain', scales[unit] * choose.between(0.3, 1.5), unit);
  if (!draft.isLinear && choose.chance(0.6)) {
    features.add('bounded coupling');
    return ` + ${amount} * ${boundedExpression(draft, [...signals, ...own])}`;
  }
  if (signals.length > 0 && choose.chance(0.7))
    return ` + ${amount} * ${normalised(draft, choose.pick(signals))}`;
  return choose.chance(0.7) ? ` + ${amount}` : '';
}

/** Each state follows the one before it. */
function chain(draft: Draft, unit: SystemUnit): void {
  const { choose, blocks, features, signals } = draft;
  features.add('chain');
  const states = newStates(draft, 1 + choose.below(6), unit);
  const first = drive(draft, unit, states);
  states.forEach(({ text }, index) => {
    const tau = timeConstant(draft, 'tau_y', 0.5, 20);
    const before = states[index - 1];
    const input = before === undefined ? first : ` + ${before.text}`;
    blocks.equations.push(
      choose.chance(0.5)
        ? `${text}' = (-${text}${input}) / ${tau}`
        : `${text}' = 1 / ${tau} * (0 * ${text}${input}) - ${text} / ${tau}`,
    );
  });
  signals.push(...states);
}

/** A damped, driven, or free oscillator of two states, by its frequency. */
function oscillator(draft: Draft, unit: SystemUnit): void {
  const { choose, blocks, features, signals } = draft;
  features.add('oscillator');
  const [first, second] = newStates(draft, 2, unit) as [Signal, Signal];
  const omega = constant(draft, 'omega', choose.between(0.1, 2), '1/ms');
  const damping = choose.chance(0.7) ? constant(draft, 'tau_d', choose.between(5, 40), 'ms') : undefined;
  const leak = (text: string): string => (damping === undefined ? '' : ` - ${text} / ${damping}`);
  const input =
    damping === undefined ? '' : `(0 * ${first.text}${drive(draft, unit, [first, second])}) / ${damping} `;
  blocks.equations.push(
    `${first.text}' = ${input}- ${omega} * ${second.text}${leak(first.text)}`,
    `${second.text}' = ${omega} * ${first.text}${leak(second.text)}`,
  );
  signals.push(first, second);
}

/** States that act on each other; the leak of each outweighs what it receives, so that the system is stable. */
function coupled(draft: Draft, unit: SystemUnit): void {
  const { choose, blocks, features, signals } = draft;
  features.add('coupled system');
  const states = newStates(draft, 2 + choose.below(5), unit);
  for (const { text } of states) {
    const tau = timeConstant(draft, 'tau_y', 0.5, 20);
    const others = choose.some(
      states.filter((other) => other.text !== text),
      0.6,
    );
    const terms = others.map((other) => {
      const size = digits(choose.between(0.1, 0.9) / others.length);
      return ` ${choose.pick(['+', '-'])} ${size} * ${other.text}`;
    });
    const input = choose.chance(0.4) ? drive(draft, unit, states) : '';
    blocks.equations.push(`${text}' = (-${text}${terms.join('')}${input}) / ${tau}`);
  }
  signals.push(...states);
}

function secondOrder(draft: Draft, unit: SystemUnit): void {
  const { choose, blocks, features, signals } = draft;
  features.add('second order');
  const [only] = newStates(draft, 1, unit) as [Signal];
  const { text, scale } = only;
  declareDerivative(draft, `${text}'`, scale * 0.1, unit, 1);
  const omega = constant(draft, 'omega', choose.between(0.1, 2), '1/ms');
  const damping = constant(draft, 'damping', choose.pick([0.05, 0.4, 1, 1.5]), '1');
  const input = drive(draft, unit, [only]);
  blocks.equations.push(
    `${text}'' = -2 * ${damping} * ${omega} * ${text}' - ${grouped(omega)}**2 * (${text} - (0 * ${text}${input}))`,
  );
  signals.push(only);
  if (!choose.chance(0.5)) return;
  features.add('derivative as signal');
  signals.push({ text: `(${text}' * 2 ms)`, unit, scale });
}

/** The derivatives of an equation of higher order have units such as mV/ms². */
function declareDerivative(draft: Draft, name: string, value: number, unit: SystemUnit, order: number): void {
  const { choose, blocks } = draft;
  const base = unit === '1' ? '1' : declaredUnit(choose, unit);
  const type = `${base}/ms${order === 1 ? '' : `**${order}`}`;
  const size = quantity(draft, value, unit);
  blocks.state.push(`${name} ${type} = ${size} / (1 ms)${order === 1 ? '' : `**${order}`}`);
}

/** Three equal relaxations, one behind the other, written as one equation: (τ d/dt + 1)³ x = input. */
function thirdOrder(draft: Draft, unit: SystemUnit): void {
  const { choose, blocks, features, signals } = draft;
  features.add('third order');
  const [only] = newStates(draft, 1, unit) as [Signal];
  const { text } = only;
  declareDerivative(draft, `${text}'`, 0, unit, 1);
  declareDerivative(draft, `${text}''`, 0, unit, 2);
  const tau = constant(draft, 'tau_y', choose.between(1, 8), 'ms');
  const input = drive(draft, unit, [only]);
  blocks.equations.push(
    `${text}''' = -3 * ${text}'' / ${tau} - 3 * ${text}' / ${grouped(tau)}**2 - (${text} - (0 * ${text}${input})) / ${grouped(tau)}**3`,
  );
  signals.push(only);
}

/** Time as a state, which drives an equation. */
function clock(draft: Draft): void {
  const { choose, blocks, features, fresh, integrated, signals } = draft;
  features.add('clock in equations');
  const [phase, text] = [fresh('phase'), fresh('y')];
  blocks.state.push(
    `${phase} ${declaredUnit(choose, 'ms')} = ${quantity(draft, choose.between(0, 5), 'ms')}`,
  );
  state(draft, text, choose.between(-1, 1), '1');
  blocks.equations.push(`${phase}' = ${choose.pick([1, 1, 2, -0.5])}`);
  integrated.push(phase, text);
  const period = quantity(draft, choose.between(2, 15), 'ms');
  const form = draft.isLinear
    ? `${phase} / 50 ms`
    : choose.pick([`sin(2 * pi * ${phase} / ${period})`, `exp(-(${phase} / ${period})**2)`]);
  blocks.equations.push(`${text}' = (${form} - ${text}) / ${timeConstant(draft, 'tau_y', 0.5, 20)}`);
  signals.push({ text, unit: '1', scale: 1 });
}

/** A relaxation whose time constant depends on another state. */
function slowing(draft: Draft, unit: SystemUnit): void {
  const { choose, blocks, features, signals } = draft;
  features.add('time constant that varies');
  const states = newStates(draft, 2, unit);
  const [one, other] = states as [Signal, Signal];
  const tau = constant(draft, 'tau_y', choose.between(1, 8), 'ms');
  blocks.equations.push(
    `${one.text}' = -${one.text} / ${tau}`,
    `${other.text}' = (0 * ${other.text}${drive(draft, unit, [one])} - ${other.text}) / (${tau} * (1.2 + ${boundedExpression(draft, [one])}))`,
  );
  signals.push(...states);
}

/** Two states after FitzHugh (1961) and Nagumo (1962): a cubic one that excites and a slow one that recovers. */
function limitCycle(draft: Draft): void {
  const { choose, blocks, features, signals } = draft;
  features.add('limit cycle');
  const [fast, slow] = newStates(draft, 2, '1') as [Signal, Signal];
  const input = drive(draft, '1', [fast, slow]);
  const cube = choose.pick([
    `${fast.text}**3 / 3`,
    `${fast.text} * ${fast.text}**2 / 3`,
    `pow(${fast.text}, 3) / 3`,
  ]);
  features.add('power');
  blocks.equations.push(
    `${fast.text}' = (${fast.text} - ${cube} - ${slow.text}${input}) / ${constant(draft, 'tau_f', choose.between(0.5, 3), 'ms')}`,
    `${slow.text}' = (${fast.text} + 0.7 - 0.8 * ${slow.text}) / ${constant(draft, 'tau_s', choose.between(5, 20), 'ms')}`,
  );
  signals.push(fast, slow);
}
