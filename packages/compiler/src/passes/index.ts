import { inlineFunctions } from './inline-functions.ts';
import { lowerConvolutions } from './lower-convolutions.ts';
import { lowerPulses } from './lower-pulses.ts';
import { lowerToFirstOrder } from './lower-to-first-order.ts';
import type { Pass } from './pass.ts';

/** All passes from model to model, in the order in which they run. After them comes `solve`. */
export const passes: readonly Pass[] = [
  {
    name: 'inline-functions',
    reason: 'A call hides whether an equation or a kernel is linear, so calls go before anything asks.',
    run: inlineFunctions,
  },
  {
    name: 'lower-convolutions',
    reason: 'Convolutions are states with equations of their own; the solver must see them as such.',
    run: lowerConvolutions,
  },
  {
    name: 'lower-pulses',
    reason:
      'Spikes act after the integration, so the equations that are solved contain none. Coefficients may contain convolutions.',
    run: lowerPulses,
  },
  {
    name: 'lower-to-first-order',
    reason:
      'Solvers know systems of order 1. Pulses go before, since they act on the highest derivative of an equation.',
    run: lowerToFirstOrder,
  },
];
