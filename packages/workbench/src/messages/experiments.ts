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
  'no-response': {
    class: 'lint',
    text: (p: { model: string; record: string; port: string; weight: number }) =>
      `A spike of weight ${p.weight} at \`${p.port}\` changes nothing in \`${p.record}\` of \`${p.model}\`; another port, a longer \`--for\` or another \`--record\` may show more.`,
    page: {
      title: 'A spike changes nothing',
      explanation:
        'The run with the spike and the run without it are equal. The port is perhaps not used by what is recorded, the weight is 0, or the effect comes later than the end of the run.',
      failing: { command: `${response} --record I_syn_inh` },
      repaired: { command: `${response} --record I_syn_exc` },
    },
  },
  'not-at-rest': {
    class: 'lint',
    text: (p: { model: string; record: string; drift: string; peak: string }) =>
      `\`${p.model}\` is not at rest when the spike arrives: without it \`${p.record}\` moves by ${p.drift}, with it by up to ${p.peak} more. What is shown is the difference; a longer \`--settle\` lets the neuron come to rest.`,
    page: {
      title: 'The neuron moves while its response is measured',
      explanation:
        'A response is the difference between two runs, so that a drift common to both falls out. If the drift is more than a tenth of the response, the state changes during the measurement, and with it the response of a model that is not linear. Let the neuron settle for longer, or start it at its resting state with `--set`. A model that oscillates or draws random numbers never comes to rest.',
      failing: { command: `${response} --settle "1 ms" --set "V_m = -60 mV"` },
      repaired: { command: `${response} --settle "500 ms" --set "V_m = -60 mV"` },
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
