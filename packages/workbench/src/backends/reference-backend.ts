import type { CheckedModel } from '@nestml/language';
import { type NeuronRun, runNeuron } from '@nestml/reference';
import type { ResolvedRun, SolverReport } from '../simulation/request.ts';
import type { Backend } from './backend.ts';

/** The reference interpreter: slow, simple, exact to 1e-12. Random numbers belong to neuron 0 of the population `neuron`. */
export const referenceBackend: Backend = {
  name: 'reference',
  layout: (model, values, stepNs) => layoutOf(model, values, stepNs),
  run: (run) => {
    const outcome = runNeuron(toNeuronRun(run));
    return { ...outcome, printed: outcome.printed.map(({ text }) => text) };
  },
  solvers: solversOf,
};

function toNeuronRun(run: ResolvedRun): NeuronRun {
  const { seed, record, ...rest } = run;
  return {
    ...rest,
    record: record.map(({ what }) => what),
    identity: { seed, population: 'neuron', index: 0 },
  };
}

function solversOf(model: CheckedModel): readonly SolverReport[] {
  const states = model.equations.flatMap((equation) =>
    equation.variables.map((symbol) => symbol.writtenName),
  );
  if (states.length === 0) return [];
  return [
    {
      states,
      solver: 'reference',
      reason:
        'reference interpreter: Dormand-Prince 5(4) with tolerance 1e-12 within each step; timers by counting steps',
    },
  ];
}
