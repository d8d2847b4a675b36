import { defineMessages } from '@nestml/diagnostics';
import { exampleModel } from './usage.ts';

const curve = 'curve MODEL --current "I_stim = 0 pA to 300 pA" --points 3 --for "10 ms" --discard "0 ms"';
const response = 'psp iaf_psc_exp --port exc_spikes --for "10 ms"';

/** Findings of experiments with one neuron: F-I curves and post-synaptic responses. */
export const experimentMessages = defineMessages({
  'no-spike-output': {
    class: 'error',
    text: (p: { model: string }) =>
      `\`${p.model}\` emits no spikes, so it has no rate; write \`spike\` in its \`output:\` block and \`emit_spike()\` where it fires.`,
    page: {
      title: 'A rate is asked of a neuron that emits no spikes',
      explanation:
        'An F-I curve counts the spikes that the neuron emits. The `output:` block of the model names none.',
      failing: { model: exampleModel.replace('    output:\n        spike\n', ''), command: curve },
      repaired: { model: exampleModel, command: curve },
    },
  },
  'nothing-responds': {
    class: 'error',
    text: (p: { model: string }) =>
      `\`${p.model}\` has no state whose response could be shown; name what is to be looked at with \`--record\`.`,
    page: {
      title: 'There is no membrane potential to look at',
      explanation:
        'A response is shown of the first state that is a voltage, else of the first state. The model has no state; `--record` names an inline, for example.',
      failing: {
        model:
          'model relay_neuron:\n    input:\n        exc_spikes <- spike  # passed on\n    output:\n        spike\n    onReceive(exc_spikes):\n        emit_spike()\n',
        command: 'psp MODEL --port exc_spikes --for "10 ms"',
      },
      repaired: { model: exampleModel, command: 'psp MODEL --port exc_spikes --for "10 ms"' },
    },
  },
  'response-with-spike': {
    class: 'lint',
    text: (p: { model: string; time: string; weight: number; isAlone: boolean }) =>
      p.isAlone
        ? `\`${p.model}\` fires without any input, ${p.time} after the arrival; what is shown is not the response alone. Raise its threshold or set its currents to 0 with \`--set\`.`
        : `The spike of weight ${p.weight} makes \`${p.model}\` fire ${p.time} after it arrived; what is shown contains the reset. Give a smaller \`--weight\`.`,
    page: {
      title: 'The neuron fires while its response is measured',
      explanation:
        'A post-synaptic response is what one spike changes below the threshold. If the neuron fires, the reset and the refractory period become part of the picture.',
      failing: { command: `${response} --weight 20000` },
      repaired: { command: `${response} --weight 200` },
    },
  },
});
