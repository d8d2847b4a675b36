import {
  constant,
  type Draft,
  indented,
  parameter,
  quantity,
  state,
  threshold,
  timeConstant,
} from './draft.ts';
import { createAdaptation, type DraftMembrane } from './membranes.ts';
import { declaredUnit, digits } from './quantities.ts';

/** How a membrane is kept from being integrated after a spike. */
interface Refractoriness {
  /** True while the membrane is integrated; undefined if it always is. */
  readonly isFree: string | undefined;
  /** What is integrated in every step: the timer. */
  readonly timer: readonly string[];
  /** What `update` does while the membrane stands still. */
  readonly whileHeld: readonly string[];
  /** What a spike does. */
  readonly atSpike: readonly string[];
}

const always: Refractoriness = { isFree: undefined, timer: [], whileHeld: [], atSpike: [] };

function countdown(draft: Draft): Refractoriness {
  const { choose, blocks, features, fresh } = draft;
  features.add('countdown');
  const timer = fresh('refr');
  const rate = choose.pick([-1, -1, -1, -0.5, -2]);
  if (rate !== -1) features.add('countdown with other rate');
  blocks.state.push(
    `${timer} ${declaredUnit(choose, 'ms')} = ${choose.pick(['0 ms', '1.5 ms', '0.0007 s'])}`,
  );
  blocks.equations.push(`${timer}' = ${rate}`);
  const length = constant(draft, 'refr_T', choose.between(0, 4), 'ms');
  const zero = quantity(draft, 0, 'ms');
  return {
    isFree: choose.pick([`${timer} <= ${zero}`, `not (${timer} > ${zero})`]),
    timer: [timer],
    whileHeld: [],
    atSpike: [`${timer} = ${length}`],
  };
}

function counter(draft: Draft): Refractoriness {
  const { choose, blocks, features, fresh } = draft;
  features.add('counter of steps');
  const [left, total] = [fresh('refr_count'), fresh('refr_steps')];
  blocks.state.push(`${left} integer = 0`);
  const length = parameter(draft, 'refr_T', choose.between(0, 4), 'ms');
  if (choose.chance(0.5)) {
    features.add('steps');
    blocks.internals.push(`${total} integer = steps(${length})`);
  } else {
    features.add('resolution');
    blocks.internals.push(`${total} integer = floor(${length} / resolution())`);
  }
  return {
    isFree: `${left} == 0`,
    timer: [],
    whileHeld: [`${left} -= 1`],
    atSpike: [`${left} = ${total}`],
  };
}

/** Adaptation, refractoriness, the handler of the spike, and the `update` block with its calls of `integrate_odes`. */
export function createSpiking(draft: Draft, membranes: readonly DraftMembrane[]): void {
  const { choose } = draft;
  const [soma] = membranes as readonly [DraftMembrane, ...DraftMembrane[]];
  const adaptation = choose.chance(0.5) ? createAdaptation(draft, soma) : [];
  const raised = choose.chance(0.3) ? adaptiveThreshold(draft) : undefined;
  const refractoriness = choose.pick([always, always, countdown, countdown, counter]);
  const refractory = typeof refractoriness === 'function' ? refractoriness(draft) : refractoriness;
  spikeHandler(draft, soma, raised, refractory, adaptation);
  const second = membranes[1];
  if (second !== undefined && choose.chance(0.6)) furtherCondition(draft, second);
  writeUpdate(draft, soma, refractory);
}

/** A part of the threshold that spikes raise. */
function adaptiveThreshold(draft: Draft): { readonly name: string; readonly statement: string } {
  const { choose, blocks, features, fresh, integrated } = draft;
  features.add('adaptive threshold');
  const name = fresh('theta_a');
  state(draft, name, 0, 'mV');
  integrated.push(name);
  blocks.equations.push(`${name}' = -${name} / ${timeConstant(draft, 'tau_theta', 5, 40)}`);
  return { name, statement: `${name} += ${constant(draft, 'theta_step', choose.between(1, 4), 'mV')}` };
}

function spikeHandler(
  draft: Draft,
  membrane: DraftMembrane,
  raised: { readonly name: string; readonly statement: string } | undefined,
  { isFree, atSpike }: Refractoriness,
  adaptation: readonly string[],
): void {
  const { choose, blocks, features, further, fresh, behind } = draft;
  const { name, rest } = membrane;
  const border = `${threshold(draft, membrane.threshold, 'mV')}${raised === undefined ? '' : ` + ${raised.name}`}`;
  const compare = choose.pick([`${name} >= ${border}`, `${name} > ${border}`, `${border} <= ${name}`]);
  const conditions = [compare, ...(isFree === undefined ? [] : [isFree])];
  const body = [...atSpike, ...adaptation, ...(raised === undefined ? [] : [raised.statement])];
  if (membrane.upstroke === 'self-resetting') {
    // One spike for each passage: a flag tells whether the potential was above in the step before.
    features.add('boolean state');
    const above = fresh('was_above');
    blocks.state.push(`${above} boolean = false`);
    conditions.push(`not ${above}`);
    body.push(`${above} = true`);
    behind.push(`if ${name} < ${threshold(draft, rest + 20, 'mV')}:`, `    ${above} = false`);
  } else if (membrane.upstroke === 'none' && choose.chance(0.35)) {
    // After a rise that feeds on itself, the overshoot would remain and the errors of each cycle grow in the next.
    features.add('reset by subtraction');
    body.push(`${name} -= ${constant(draft, 'V_step', choose.between(10, 20), 'mV')}`);
  } else body.push(`${name} = ${constant(draft, 'V_reset', rest + choose.between(-6, 2), 'mV')}`);
  body.push(emission(draft));
  if (conditions.length > 1) features.add('several conditions');
  const ordered = choose.chance(0.5) ? conditions : conditions.toReversed();
  further.push([`onCondition(${ordered.join(' and ')}):`, ...indented(body)]);
}

function emission(draft: Draft): string {
  const { choose, features } = draft;
  if (choose.chance(0.7)) return 'emit_spike()';
  features.add('emission with weight');
  return choose.pick([
    `emit_spike(${digits(choose.between(0.5, 3))})`,
    `emit_spike(${parameter(draft, 'w_out', choose.between(1, 5), 'nS')})`,
  ]);
}

/** A second compartment that is reset, or bounded, by a handler of its own. */
function furtherCondition(draft: Draft, { name, rest }: DraftMembrane): void {
  const { choose, features, further } = draft;
  features.add('several conditions');
  const border = threshold(draft, rest + choose.between(3, 12), 'mV');
  const other = threshold(draft, rest - choose.between(3, 12), 'mV');
  const reset = `${name} = ${quantity(draft, rest + choose.between(-2, 2), 'mV')}`;
  const condition = choose.chance(0.5) ? `${name} > ${border}` : `${name} > ${border} or ${name} < ${other}`;
  further.push([
    `onCondition(${condition}):`,
    ...indented(choose.chance(0.5) ? [reset] : [reset, 'emit_spike(0.5)']),
  ]);
}

function writeUpdate(draft: Draft, soma: DraftMembrane, refractory: Refractoriness): void {
  const { choose, blocks, before, behind, features, integrated, fresh } = draft;
  const { isFree, timer, whileHeld } = refractory;
  const all = [...integrated, ...timer];
  const rest = all.filter((name) => name !== soma.name);
  let middle: readonly string[];
  if (isFree !== undefined) {
    features.add('partial integration');
    features.add('if');
    middle = heldMembrane(draft, { isFree, whileHeld, all, rest });
  } else if (choose.chance(0.4) || all.length < 2) middle = ['integrate_odes()'];
  else if (choose.chance(0.1)) {
    features.add('integrated twice');
    features.add('partial integration');
    middle = ['integrate_odes()', call([choose.pick(all)])];
  } else if (choose.chance(0.5)) {
    features.add('partial integration');
    const cut = 1 + choose.below(all.length - 1);
    middle = [call(all.slice(0, cut)), call(all.slice(cut))];
  } else {
    features.add('several variants');
    features.add('partial integration');
    const cycle = fresh('cycle');
    blocks.state.push(`${cycle} integer = 0`);
    const shorter = choose.some(all, 0.6);
    middle = [
      `${cycle} = (${cycle} + 1) % 7`,
      `if ${cycle} == ${choose.below(7)}:`,
      `    ${call(shorter.length === 0 ? all.slice(1) : shorter)}`,
      `elif ${cycle} == ${choose.below(7)}:`,
      `    ${call(all.toReversed())}`,
      'else:',
      '    integrate_odes()',
    ];
  }
  if (soma.upstroke !== 'self-resetting' && choose.chance(0.15)) {
    features.add('min, max or clip');
    behind.unshift(
      `${soma.name} = max(${soma.name}, ${quantity(draft, soma.rest - choose.between(5, 20), 'mV')})`,
    );
  }
  blocks.update.push(...before, ...middle, ...behind);
}

function call(names: readonly string[]): string {
  return `integrate_odes(${names.join(', ')})`;
}

/** An `if` with or without the membrane in the list. */
function heldMembrane(
  draft: Draft,
  {
    isFree,
    whileHeld,
    all,
    rest,
  }: {
    readonly isFree: string;
    readonly whileHeld: readonly string[];
    readonly all: readonly string[];
    readonly rest: readonly string[];
  },
): readonly string[] {
  const { choose } = draft;
  const held = [...(rest.length === 0 ? [] : [call(rest)]), ...whileHeld];
  if (held.length === 0) return [`if ${isFree}:`, '    integrate_odes()'];
  const free = choose.chance(0.5) ? 'integrate_odes()' : call(all);
  return choose.chance(0.5)
    ? [`if ${isFree}:`, `    ${free}`, 'else:', ...indented(held)]
    : [`if not (${isFree}):`, ...indented(held), 'else:', `    ${free}`];
}
