import { defineMessages } from '@nestml/diagnostics';
import { didYouMean, listOf } from './usage.ts';

const run = 'simulate stdp --neuron iaf_psc_exp --pre "1 ms" --for "5 ms"';
const thirdFactor = 'simulate third_factor_stdp --neuron iaf_psc_exp_dend --pre "1 ms" --for "5 ms"';

/** A neuron with these input ports that does nothing. */
const silent = (ports: readonly string[]): string =>
  [
    'model silent_neuron:',
    '    state:',
    '        x real = 0  # never changes',
    ...(ports.length === 0
      ? []
      : ['    input:', ...ports.map((port) => `        ${port} <- spike  # not used`)]),
    '    output:',
    '        spike',
    '    update:',
    '        x = x',
    '',
  ].join('\n');

/** A synapse that sends a number without a name. */
const nameless = (sent: string): string =>
  `model relay_synapse:\n    parameters:\n        strength real = 1  # what is sent\n    input:\n        pre_spikes <- spike\n    output:\n        spike\n    onReceive(pre_spikes):\n        emit_spike(${sent})\n`;

/** Findings about a synapse between two neurons (exit status 1). */
export const synapseMessages = defineMessages({
  'not-a-synapse': {
    class: 'error',
    text: (p: { name: string }) => `\`${p.name}\` is a neuron; with \`--neuron\`, the model is a synapse.`,
    page: {
      title: 'A neuron where a synapse is needed',
      explanation:
        'With `--neuron`, a synapse runs on its way to this neuron. A single neuron runs without the option, and gets its spikes by `--spikes`.',
      failing: { command: 'simulate iaf_psc_exp --neuron iaf_psc_exp --pre "1 ms" --for "5 ms"' },
      repaired: { command: run },
    },
  },
  'no-receiving-port': {
    class: 'lint',
    text: (p: { neuron: string }) =>
      `\`${p.neuron}\` has no spike port, so that nothing of what the synapse sends reaches it.`,
    page: {
      title: 'A neuron cannot receive spikes',
      explanation: 'The neuron of a pair has no spike port. The synapse runs, but what it sends is lost.',
      failing: { model: silent([]), command: 'simulate static --neuron MODEL --pre "1 ms" --for "5 ms"' },
      repaired: {
        model: silent(['spikes']),
        command: 'simulate static --neuron MODEL --pre "1 ms" --for "5 ms"',
      },
    },
  },
  'ambiguous-receiving-port': {
    class: 'error',
    text: (p: { neuron: string; candidates: readonly string[] }) =>
      `Several ports of \`${p.neuron}\` may receive what the synapse sends: ${listOf(p.candidates)}; say which with \`--port ${p.candidates[0] ?? ''}\`.`,
    page: {
      title: 'Several ports of a neuron may receive what a synapse sends',
      explanation:
        'Where a neuron has one excitatory and one inhibitory port, the sign of a weight picks the port, and the inhibitory one receives its size. An only port receives the weight as it is. Otherwise `--port` says which, `name[i]` for an element of a vector.',
      failing: {
        model: silent(['AMPA', 'GABA']),
        command: 'simulate static --neuron MODEL --pre "1 ms" --for "5 ms"',
      },
      repaired: {
        model: silent(['AMPA', 'GABA']),
        command: 'simulate static --neuron MODEL --port AMPA --pre "1 ms" --for "5 ms"',
      },
    },
  },
  'input-of-synapse': {
    class: 'error',
    text: (p: { port: string; reason: string }) => `\`${p.port}\` cannot be fed so: ${p.reason}.`,
    page: {
      title: 'A port of a synapse cannot be fed in this way',
      explanation:
        'The ports of pre- and postsynaptic spikes get those of `--pre` and `--post`. `--spikes "mod_spikes = 20 ms"` feeds any other spike port of a synapse, without a weight. Ports of the neuron are fed as in a run without synapse.',
      failing: { command: `${run} --spikes "pre_spikes = 2 ms"` },
      repaired: { command: 'simulate stdp --neuron iaf_psc_exp --pre "1 ms, 2 ms" --for "5 ms"' },
    },
  },
  'no-weight-variable': {
    class: 'error',
    text: (p: { synapse: string; what: string }) =>
      `No variable of \`${p.synapse}\` is known to be its weight, so that ${p.what}: name it with \`--role "weight_variable = NAME"\`.`,
    page: {
      title: 'A weight is needed and not known',
      explanation:
        'The weight is the state or parameter that is passed to `emit_spike` by itself, or divided by one of its unit; without such a call it is `w` or `weight`. `--role "weight_variable = NAME"` names it where the text does not.',
      failing: {
        model: nameless('2 * strength'),
        command: 'simulate MODEL --neuron iaf_psc_exp --pre "1 ms" --for "5 ms" --weight 3',
      },
      repaired: {
        model: nameless('2 * strength'),
        command:
          'simulate MODEL --neuron iaf_psc_exp --pre "1 ms" --for "5 ms" --weight 3 --role "weight_variable = strength"',
      },
    },
  },
  'unbound-signal': {
    class: 'lint',
    text: (p: { port: string; synapse: string; neuron: string }) =>
      `\`${p.port}\` of \`${p.synapse}\` is 0: nothing in \`${p.neuron}\` is called so. Bind it with \`--bind "${p.port} = NAME"\`, or feed it with \`--current\`.`,
    page: {
      title: 'A continuous port of a synapse is not bound',
      explanation:
        'A continuous port shows the synapse a variable or inline of the postsynaptic neuron: the one with the same name, or the one that `--bind` states. Without either, and without an input by `--current`, it is 0.',
      failing: { command: thirdFactor },
      repaired: { command: `${thirdFactor} --bind "I_post_dend = I_dend"` },
    },
  },
  'unknown-signal': {
    class: 'error',
    text: (p: {
      port: string;
      name: string;
      neuron: string;
      suggestion: string | undefined;
      known: readonly string[];
    }) =>
      `\`${p.port}\` cannot be bound to \`${p.name}\`: \`${p.neuron}\` has nothing of this name.${didYouMean(p.suggestion) || ` It has ${listOf(p.known)}.`}`,
    page: {
      title: 'A port is bound to what the neuron does not have',
      explanation:
        '`--bind "PORT = NAME"` names a state, inline, parameter or internal of the neuron as it is written, also `V_m\'`, `a[0]` and `convolve(K, exc_spikes)`.',
      failing: { command: `${thirdFactor} --bind "I_post_dend = I_dendr"` },
      repaired: { command: `${thirdFactor} --bind "I_post_dend = I_dend"` },
    },
  },
  'signal-unit-mismatch': {
    class: 'error',
    text: (p: { port: string; expected: string; name: string; found: string }) =>
      `\`${p.port}\` is in ${unitWords(p.expected)} and cannot be bound to \`${p.name}\`, which is in ${unitWords(p.found)}.`,
    page: {
      title: 'A port is bound to something of another dimension',
      explanation:
        'A continuous port and what it is bound to measure the same thing: both are currents, or both are voltages. Prefixes may differ; the value is converted.',
      failing: { command: `${thirdFactor} --bind "I_post_dend = V_m"` },
      repaired: { command: `${thirdFactor} --bind "I_post_dend = I_dend"` },
    },
  },
  'bound-and-fed': {
    class: 'error',
    text: (p: { port: string }) => `\`${p.port}\` is bound by \`--bind\` and fed by \`--current\`.`,
    page: {
      title: 'A continuous port is bound and fed',
      explanation:
        'A continuous port of a synapse shows a variable of the neuron, or gets an input. Leave one of the two options out.',
      failing: {
        command: `${thirdFactor} --bind "I_post_dend = I_dend" --current "I_post_dend = 1 pA"`,
      },
      repaired: { command: `${thirdFactor} --current "I_post_dend = 1 pA"` },
    },
  },
  'no-post-port': {
    class: 'error',
    text: (p: { synapse: string }) =>
      `\`${p.synapse}\` has no port for postsynaptic spikes, so that there is no plasticity window to measure.`,
    page: {
      title: 'A plasticity window is asked of a synapse without postsynaptic spikes',
      explanation:
        'A window shows how the weight depends on the time between a presynaptic and a postsynaptic spike. The port of the latter is the one whose name begins with `post`; `--role "post_ports = NAME"` names another.',
      failing: { command: 'window static --neuron iaf_psc_exp --points 3' },
      repaired: { command: 'window stdp --neuron iaf_psc_exp --points 3' },
    },
  },
});

function unitWords(unit: string): string {
  return unit === '1' ? 'plain numbers' : unit;
}
