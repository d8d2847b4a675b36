import type { Span } from '@nestml/diagnostics';
import { isUnitInUse } from '../lone-units.ts';
import type { ModelDraft } from '../model-draft.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Names that are legal here, but mean something else to readers or to other tools. */
export const namesElsewhere: Rule = {
  name: 'names-elsewhere',
  codes: ['unit-as-name', 'reserved-elsewhere'],
  yieldsToErrors: true,
  listeners: {
    model: (model, context) => {
      for (const { name, place } of namesOf(model)) {
        if (isUnitInUse(name)) context.report('unit-as-name', place, { name });
      }
      for (const { name, place } of settable(model)) checkReserved(name, place, model, context);
      const inside = [...model.internals, ...model.inlines.filter(({ isRecordable }) => !isRecordable)];
      for (const { symbol } of inside) {
        const { name, declared } = symbol;
        if (name === eulersNumber) context.report('reserved-elsewhere', declared, { name, meaning: 'euler' });
      }
    },
    declare: ({ symbol: { name, declared } }, { report }) => {
      if (isUnitInUse(name)) report('unit-as-name', declared, { name });
    },
  },
};

interface Named {
  readonly name: string;
  readonly place: Span;
}

function namesOf({ states, parameters, internals, inlines, ports, kernels, functions }: ModelDraft): Named[] {
  const symbols = [
    ...[...states, ...parameters, ...internals, ...inlines].map(({ symbol }) => symbol),
    ...ports,
    ...kernels.flatMap((kernel) =>
      kernel.kind === 'ode' ? kernel.components.map(({ symbol }) => symbol) : [kernel.symbol],
    ),
    ...functions.flatMap(({ symbol }) => symbol.parameters),
  ];
  return symbols
    .filter((symbol) => symbol.kind !== 'variable' || symbol.order === 0)
    .map(({ name, declared }) => ({ name, place: declared }));
}

/** What can be set and read by its name from outside. */
function settable({ states, parameters, inlines }: ModelDraft): Named[] {
  const symbols = [...states, ...parameters, ...inlines.filter(({ isRecordable }) => isRecordable)];
  return symbols
    .filter(({ symbol }) => symbol.order === 0)
    .map(({ symbol }) => ({ name: symbol.name, place: symbol.declared }));
}

/** The name that the analysis of equations of NESTML 9 reads as the number e. */
const eulersNumber = 'E';

/** Entries that NEST itself keeps in the status of every neuron. */
const statusOfNeurons: ReadonlySet<string> = new Set([
  ...[
    'model',
    'model_id',
    'local',
    'thread',
    'thread_local_id',
    'vp',
    'global_id',
    'frozen',
    'node_uses_wfr',
  ],
  ...['element_type', 'recordables', 'receptor_types', 'synaptic_elements', 'archiver_length', 'available'],
  ...['t_spike', 'tau_minus', 'tau_minus_triplet', 'beta_Ca', 'tau_Ca', 'Ca', 'supports_precise_spikes'],
]);

/** Entries that NEST keeps in the status of every connection; the weight and the delay belong to the model. */
const statusOfSynapses: ReadonlySet<string> = new Set([
  ...['source', 'target', 'port', 'receptor', 'synapse_id', 'synapse_model', 'target_thread'],
  ...['num_connections', 'sizeof', 'synapse_modelid', 'requires_symmetric', 'has_delay'],
]);

function checkReserved(name: string, place: Span, { kind }: ModelDraft, { report }: RuleContext): void {
  const status = kind === 'neuron' ? statusOfNeurons : statusOfSynapses;
  if (status.has(name)) report('reserved-elsewhere', place, { name, meaning: 'status' });
  else if (name === eulersNumber) report('reserved-elsewhere', place, { name, meaning: 'euler' });
}
