import { defineMessages, type Example } from '@nestml/diagnostics';
import { didYouMean } from '../messages/examples.ts';

/** The text of a small synapse with these input ports, handlers and parameters. */
function synapse(parts: {
  readonly input: readonly string[];
  readonly state?: readonly string[];
  readonly parameters?: readonly string[];
  readonly pre?: string;
  readonly emit: string;
  /** What `--role` says. */
  readonly role?: string;
}): Example {
  const role = parts.role === undefined ? '' : ` --role "${parts.role}"`;
  // Put together when a page is read.
  return {
    command: `simulate MODEL --neuron iaf_psc_exp --pre "1 ms" --for "5 ms"${role}`,
    get model() {
      const block = (name: string, lines: readonly string[] = []) =>
        lines.length === 0 ? [] : [`    ${name}:`, ...lines.map((line) => `        ${line}`)];
      return [
        'model example_synapse:',
        ...block('state', parts.state),
        ...block('parameters', parts.parameters),
        ...block('input', parts.input),
        ...block('output', ['spike']),
        ...block(`onReceive(${parts.pre ?? 'pre_spikes'})`, [parts.emit]),
        '',
      ].join('\n');
    },
  };
}

const names = (list: readonly string[]) => list.map((name) => `\`${name}\``).join(', ');

/** What is found when a model is taken as a synapse: which port, which variable has which role (rule D18). */
export const roleMessages = defineMessages({
  'no-pre-port': {
    class: 'error',
    text: (p: { model: string; ports: readonly string[] }) =>
      p.ports.length === 0
        ? `\`${p.model}\` has no spike port, so no presynaptic spike can reach it.`
        : `No spike port of \`${p.model}\` is that of the presynaptic spikes: call one \`pre_spikes\`, or name it with the option \`pre_port\` (${names(p.ports)}).`,
    page: {
      title: 'A synapse without a port for presynaptic spikes',
      explanation:
        'The port of the presynaptic spikes is the only spike port of a synapse, or the one whose name begins with `pre`. If no name does, say which it is with the option `pre_port`. A port whose name begins with `post` is that of the postsynaptic spikes, and is not taken for another.',
      failing: synapse({
        input: ['axon <- spike', 'soma <- spike'],
        parameters: ['w real = 1'],
        pre: 'axon',
        emit: 'emit_spike(w)',
      }),
      repaired: synapse({
        input: ['pre_axon <- spike', 'post_soma <- spike'],
        parameters: ['w real = 1'],
        pre: 'pre_axon',
        emit: 'emit_spike(w)',
      }),
    },
  },
  'ambiguous-port': {
    class: 'error',
    text: (p: { role: 'pre' | 'post'; ports: readonly string[] }) =>
      `Several spike ports may be that of the ${p.role}synaptic spikes: ${names(p.ports)}. Name it with the option \`${p.role === 'pre' ? 'pre_port' : 'post_ports'}\`.`,
    page: {
      title: 'Several ports with names of one role',
      explanation:
        'A port whose name begins with `pre` is taken for that of the presynaptic spikes, one whose name begins with `post` for that of the postsynaptic ones; all other spike ports are modulatory. If two names begin alike, say which is meant with the option `pre_port` or `post_ports`, or rename one.',
      failing: synapse({
        input: ['pre_spikes <- spike', 'pre_cue <- spike'],
        parameters: ['w real = 1'],
        emit: 'emit_spike(w)',
      }),
      repaired: synapse({
        input: ['pre_spikes <- spike', 'cue <- spike'],
        parameters: ['w real = 1'],
        emit: 'emit_spike(w)',
      }),
    },
  },
  'vector-role-port': {
    class: 'error',
    text: (p: { role: 'pre' | 'post'; port: string }) =>
      `\`${p.port}\` is a vector, and a synapse has one ${p.role}synaptic neuron.`,
    page: {
      title: 'A vector as the port of pre- or postsynaptic spikes',
      explanation:
        'A synapse connects one neuron with one other, so that the ports of their spikes are single ports. Modulatory and continuous ports may be vectors.',
      failing: synapse({
        input: ['pre_spikes[2] <- spike'],
        parameters: ['w real = 1'],
        emit: 'emit_spike(w)',
      }),
      repaired: synapse({
        input: ['pre_spikes <- spike'],
        parameters: ['w real = 1'],
        emit: 'emit_spike(w)',
      }),
    },
  },
  'ambiguous-weight': {
    class: 'error',
    text: (p: { candidates: readonly string[] }) =>
      `Several variables may be the weight: ${names(p.candidates)}. Name it with the option \`weight_variable\`.`,
    page: {
      title: 'Several variables that may be the weight',
      explanation:
        'The weight is the state or parameter that is passed to `emit_spike` by itself, or divided by one of its unit; without such a call it is `w` or `weight`. If several fit, say which is meant with the option `weight_variable`.',
      failing: synapse({
        input: ['pre_spikes <- spike'],
        parameters: ['w real = 1', 'weight real = 2'],
        emit: 'emit_spike(w * weight)',
      }),
      repaired: synapse({
        input: ['pre_spikes <- spike'],
        parameters: ['w real = 1', 'gain real = 2'],
        emit: 'emit_spike(w * gain)',
      }),
    },
  },
  'no-weight': {
    class: 'lint',
    text: (p: { model: string }) =>
      `No variable of \`${p.model}\` is known to be its weight, so that none can be set or recorded as such. Name it with the option \`weight_variable\`.`,
    page: {
      title: 'A synapse without a weight',
      explanation:
        'The weight is the state or parameter that is passed to `emit_spike` by itself, or divided by one of its unit; without such a call it is `w` or `weight`. A synapse runs without one, but connections cannot set its weight.',
      failing: synapse({
        input: ['pre_spikes <- spike'],
        parameters: ['strength real = 2'],
        emit: 'emit_spike(3 * strength)',
      }),
      repaired: synapse({
        input: ['pre_spikes <- spike'],
        parameters: ['w real = 2'],
        emit: 'emit_spike(3 * w)',
      }),
    },
  },
  'unknown-role': {
    class: 'error',
    text: (p: {
      model: string;
      option: string;
      name: string;
      wanted: string;
      suggestion: string | undefined;
    }) =>
      `The option \`${p.option}\` names \`${p.name}\`, but \`${p.model}\` has no such ${p.wanted}.${didYouMean(p.suggestion)}`,
    page: {
      title: 'An option names what the synapse does not have',
      explanation:
        'The options `pre_port`, `post_ports` and `vt_ports` name spike ports, `weight_variable`, `delay_variable` and `strictly_synaptic_vars` variables of the synapse. A delay is a time.',
      failing: synapse({
        input: ['pre_spikes <- spike'],
        parameters: ['strength real = 1'],
        emit: 'emit_spike(strength)',
        role: 'weight_variable = w',
      }),
      repaired: synapse({
        input: ['pre_spikes <- spike'],
        parameters: ['w real = 1'],
        emit: 'emit_spike(w)',
        role: 'weight_variable = w',
      }),
    },
  },
});

export type RoleMessages = typeof roleMessages;
