import { InternalError } from '@nestml/diagnostics';
import { affineForm } from '@nestml/dynamics';
import type { Equation, Model, Pulse } from '../ir/model.ts';
import type { PulseSymbol } from '../ir/variables.ts';
import { symbolsOf } from './symbols-of.ts';

/**
 * Takes the spikes out of the equations: the integral of a train of pulses over a spike is its weight, so that each spike makes the highest
 * derivative jump by its coefficient times the weight (rule D2).
 * In: any model; the checker guarantees that pulses enter linearly. Out: no `PulseSymbol`s; `pulses` in the order in which they act.
 */
export function lowerPulses(model: Model): Model {
  const symbols = [...symbolsOf(model)].filter((symbol) => symbol.role === 'pulse');
  if (symbols.length === 0) return model;
  const place = ({ port }: PulseSymbol) => model.ports.findIndex(({ variable }) => variable === port);
  const ordered = symbols.sort(
    (first, second) => place(first) - place(second) || first.element - second.element,
  );
  const split = model.equations.map((equation) => splitEquation(equation, ordered, model));
  return {
    ...model,
    equations: split.map(({ equation }) => equation),
    pulses: split.flatMap(({ pulses }) => pulses),
  };
}

function splitEquation(
  equation: Equation,
  symbols: readonly PulseSymbol[],
  { pool, name }: Model,
): { readonly equation: Equation; readonly pulses: readonly Pulse[] } {
  const form = affineForm(pool, equation.value, new Set(symbols));
  if (form.kind === 'not-affine') throw new InternalError(`spikes do not enter ${name} linearly`);
  const pulses = symbols.flatMap((symbol): readonly Pulse[] => {
    const coefficient = form.coefficients.get(symbol);
    if (coefficient === undefined) return [];
    const { port, element } = symbol;
    return [{ state: equation.states.at(-1)!, port, element, coefficient, span: equation.span }];
  });
  return { equation: { ...equation, value: form.rest }, pulses };
}
