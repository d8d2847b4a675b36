import { createReader, type IntegrateStatement, type VariableSymbol } from '@nestml/language';
import { integrateKernelSystem } from '../advance-kernel-system.ts';
import { lengthInSteps } from '../clock.ts';
import { advanceEquations, firstIntegrated } from '../integrate.ts';
import { definitionOf, type Program } from '../program.ts';
import type { Synapse } from './synapse.ts';

/**
 * Whether an equation reads what changes from step to step: the signal of the postsynaptic neuron, or a kernel that is a function of time, which
 * may jump at multiples of the step. Then intervals are integrated step by step.
 */
export function needsEachStep(program: Program): boolean {
  const { model, kernels } = program;
  const { ports, convolutions } = createReader(model)(...model.equations.map(({ value }) => value));
  return (
    [...ports].some(({ port }) => port.signal === 'continuous') ||
    [...convolutions].some(({ kernel }) => definitionOf(kernels, kernel).kind === 'function')
  );
}

/** A part of an interval in which nothing jumps; in ns on the clock of the synapse. */
interface Piece {
  readonly from: number;
  readonly to: number;
}

/**
 * `integrate_odes(…)` over the present interval. What the postsynaptic neuron owns runs on the clock of the neuron, which at the synapse begins
 * one delay after the start: until then it has its initial values (rule D4).
 */
export function integrateInterval(synapse: Synapse, statement: IntegrateStatement): void {
  const { clock, view, roles, delayNs, convolutions } = synapse;
  const { step, stepNs } = clock;
  const length = lengthInSteps(clock);
  const start = view.nowNs;
  const owned = new Set<VariableSymbol>(roles.postOwned.states);
  const values = convolutions.systems.map((system) => system.values);
  synapse.integrated.push(...firstIntegrated(synapse, statement));
  for (const { from, to } of piecesOf(synapse, start, start + length * stepNs)) {
    clock.step = to / stepNs - 1;
    clock.length = (to - from) / stepNs;
    view.nowNs = from;
    const isBeforeStart = to <= delayNs;
    const moving = statement.variables.filter((symbol) => !(isBeforeStart && owned.has(symbol)));
    advanceEquations(synapse, statement, moving);
    for (const system of convolutions.systems) integrateKernelSystem(synapse, system);
  }
  // Statements after this one still see convolutions as they were at the start of the interval (rule D2).
  convolutions.systems.forEach((system, i) => {
    system.values = values[i]!;
  });
  Object.assign(clock, { step, length });
  view.nowNs = start;
}

/** The interval, cut where the clock of the postsynaptic neuron begins, and at each step if inputs of equations change there. */
function piecesOf({ clock, delayNs, isStepwise }: Synapse, from: number, to: number): readonly Piece[] {
  const cuts = isStepwise
    ? Array.from({ length: (to - from) / clock.stepNs - 1 }, (_, i) => from + (i + 1) * clock.stepNs)
    : [delayNs].filter((cut) => cut > from && cut < to);
  return [from, ...cuts].map((cut, i) => ({ from: cut, to: cuts[i] ?? to }));
}
