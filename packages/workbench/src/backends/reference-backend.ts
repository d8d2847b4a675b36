import type { CheckedModel, Expression } from '@nestml/language';
import { initialValues, type NeuronRun, pastSteps, runNeuron, type StoredValue } from '@nestml/reference';
import type { ResolvedRun, SolverReport } from '../simulation/request.ts';
import type { Backend, Layout } from './backend.ts';

/** The reference interpreter: slow, simple, with a tolerance of 1e-12 for each sub-step. Random numbers belong to neurons of the population `neuron`. */
export const referenceBackend: Backend = {
  name: 'reference',
  layout: layoutOf,
  runEach: (run, inputs) => inputs.map((own, index) => runNeuron(toNeuronRun({ ...run, ...own }, index))),
  solvers: solversOf,
};

function layoutOf(model: CheckedModel, values: ResolvedRun['values'], stepNs: number): Layout {
  const initial = initialValues(model, values, stepNs);
  if ('failure' in initial) return { ok: false, failure: initial.failure };
  const past = pastSteps(model, values, stepNs);
  if ('failure' in past) return { ok: false, failure: past.failure };
  const sizeOfValue = (value: StoredValue | undefined): number | undefined =>
    typeof value === 'object' ? value.length : undefined;
  return {
    ok: true,
    variableSize: (symbol) => {
      const own = sizeOfValue(initial.values.get(symbol));
      return own ?? (symbol.size === undefined ? undefined : sizeOf(symbol.size, initial.values));
    },
    pastSteps: new Map([...past.steps].map(([symbol, steps]) => [symbol.writtenName, steps])),
    portSize: (port) => (port.size === undefined ? undefined : sizeOf(port.size, initial.values)),
  };
}

/** A size is a literal, or a parameter or internal. */
function sizeOf(size: Expression, values: ReadonlyMap<unknown, StoredValue>): number | undefined {
  if (size.kind === 'constant') return Number(size.value);
  return size.kind === 'variable' ? Number(values.get(size.symbol)) : undefined;
}

function toNeuronRun(run: ResolvedRun, index: number): NeuronRun {
  const { seed, record, ...rest } = run;
  return {
    ...rest,
    record: record.map(({ what }) => what),
    identity: { seed, population: 'neuron', index },
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
      method: 'dormand-prince',
      reason:
        'reference interpreter: Dormand-Prince 5(4) with tolerance 1e-12 within each step; timers by counting steps',
    },
  ];
}
