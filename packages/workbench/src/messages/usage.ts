import { defineMessages } from '@nestml/diagnostics';

const tinyModel = `# A leaky membrane.
model leak_neuron:
    state:
        V_m mV = -70 mV  # membrane potential
    equations:
        V_m' = -(V_m - E_L) / tau_m + I_stim / C_m + J * exc_spikes
    parameters:
        E_L mV = -70 mV  # resting potential
        tau_m ms = 10 ms  # membrane time constant
        C_m pF = 250 pF  # membrane capacitance
        J mV = 0.5 mV  # jump of the membrane potential at a spike of weight 1
    input:
        I_stim pA <- continuous  # injected current
        exc_spikes <- excitatory spike  # excitatory input
    output:
        spike
    update:
        integrate_odes()
`;

/** The model of the examples below. */
export const exampleModel: string = tinyModel;

/** Mistakes in how a command or a function is called (exit status 2). */
export const usageMessages = defineMessages({
  'file-not-found': {
    class: 'error',
    text: (p: { path: string; suggestion: string | undefined }) =>
      `There is no file or folder \`${p.path}\`.${didYouMean(p.suggestion)}`,
    page: {
      title: 'A file is not there',
      explanation:
        'The path names nothing. Check the spelling and the folder in which the command runs; a relative path starts there.',
      failing: { command: 'check no_such_file.nestml' },
      repaired: { model: tinyModel, command: 'check MODEL' },
    },
  },
  'folder-as-model': {
    class: 'error',
    text: (p: { path: string }) => `\`${p.path}\` is a folder; one model is needed here, in a file.`,
    page: {
      title: 'A folder stands where a model is needed',
      explanation:
        '`check` takes folders; `simulate` and `analyse` take one model: a file, `file#model`, or a name of the library.',
      failing: { command: 'simulate EMPTY_FOLDER --for "1 ms"' },
      repaired: { model: tinyModel, command: 'simulate MODEL --for "1 ms"' },
    },
  },
  'no-model-files': {
    class: 'error',
    text: (p: { path: string }) => `The folder \`${p.path}\` contains no file that ends in \`.nestml\`.`,
    page: {
      title: 'A folder has no models in it',
      explanation:
        'A folder stands for all files below it whose names end in `.nestml`. This one has none: name another folder, or give the files the suffix.',
      failing: { command: 'check EMPTY_FOLDER' },
      repaired: { model: tinyModel, command: 'check MODEL' },
    },
  },
  'unknown-model': {
    class: 'error',
    text: (p: { name: string; suggestion: string | undefined }) =>
      `\`${p.name}\` is neither a file nor a model of the library.${didYouMean(p.suggestion) || ' `nestml list` names the models of the library.'}`,
    page: {
      title: 'A model is not known by this name',
      explanation:
        'A model is named by a file (`my.nestml`), by a file and the model in it (`my.nestml#my_neuron`), or by a name of the library, with or without `_neuron` or `_synapse` at its end (`iaf_psc_exp`). `nestml list` prints the names of the library.',
      failing: { command: 'simulate iaf_psc_epx --for "1 ms"' },
      repaired: { command: 'simulate iaf_psc_exp --for "1 ms"' },
    },
  },
  'model-not-in-file': {
    class: 'error',
    text: (p: { name: string; path: string; models: readonly string[] }) =>
      `\`${p.path}\` has no model \`${p.name}\`; it defines ${listOf(p.models)}.`,
    page: {
      title: 'A file does not define this model',
      explanation:
        'In `file.nestml#name`, the name after `#` must be one of the models that the file defines.',
      failing: { model: tinyModel, command: 'simulate MODEL#leaky --for "1 ms"' },
      repaired: { model: tinyModel, command: 'simulate MODEL#leak_neuron --for "1 ms"' },
    },
  },
  'several-models': {
    class: 'error',
    text: (p: { path: string; models: readonly string[] }) =>
      `\`${p.path}\` defines several models: ${listOf(p.models)}; say which, as \`${p.path}#${p.models[0] ?? ''}\`.`,
    page: {
      title: 'A file defines several models',
      explanation:
        'Where one model is needed, a file with several must be followed by `#` and the name of one.',
      failing: {
        model: `${tinyModel}\n${tinyModel.replace('leak_neuron', 'leaky_neuron')}`,
        command: 'simulate MODEL --for "1 ms"',
      },
      repaired: {
        model: `${tinyModel}\n${tinyModel.replace('leak_neuron', 'leaky_neuron')}`,
        command: 'simulate MODEL#leaky_neuron --for "1 ms"',
      },
    },
  },
  'option-form': {
    class: 'error',
    text: (p: { option: string; found: string; form: string }) =>
      `${capital(p.option)} cannot be read: ${closed(p.found)} It is written as \`${p.form}\`.`,
    page: {
      title: 'The value of an option cannot be read',
      explanation:
        'Stimuli and settings are short phrases with units:\n\n- `--set "tau_m = 15 ms"`\n- `--current "I_stim = 300 pA from 20 ms to 150 ms"`\n- `--spikes "exc_spikes = 10 ms, 12.5 ms weight 500"`\n- `--poisson "exc_spikes = 8000 Hz weight 20"`\n- `--record V_m,I_syn`',
      failing: { model: tinyModel, command: 'simulate MODEL --for "1 ms" --current "I_stim 300 pA"' },
      repaired: { model: tinyModel, command: 'simulate MODEL --for "1 ms" --current "I_stim = 300 pA"' },
    },
  },
  'no-code': {
    class: 'error',
    text: (p: { code: string; suggestion: string | undefined }) =>
      `There is no message with the code \`${p.code}\`.${didYouMean(p.suggestion)}`,
    page: {
      title: 'There is no message with this code',
      explanation:
        'The code of a message stands in brackets behind `error` or `warning`, for example `error[unit-mismatch]`. `docs/reference/diagnostics/` lists all codes.',
      failing: { command: 'check --explain unit-mismach' },
      repaired: { command: 'check --explain unit-mismatch' },
    },
  },
  'synapse-needs-neuron': {
    class: 'error',
    text: (p: { name: string }) =>
      `\`${p.name}\` is a synapse and runs between two neurons: name the postsynaptic one with \`--neuron\`, and the spikes of the presynaptic one with \`--pre\`.`,
    page: {
      title: 'A synapse needs a neuron',
      explanation:
        'A synapse does something when spikes reach it. `--pre "10 ms, 60 ms"` are the times at which the presynaptic neuron emits; `--neuron` is the postsynaptic neuron, which receives what the synapse sends and shows it its signals; `--post "15 ms, 50 ms"` makes it emit at these times, without this option it emits by itself.',
      failing: { command: 'simulate stdp --pre "1 ms"' },
      repaired: { command: 'simulate stdp --neuron iaf_psc_exp --pre "1 ms"' },
    },
  },
  'given-twice': {
    class: 'error',
    text: (p: { name: string; option: string }) =>
      `\`${p.name}\` is set by \`${p.option}\` and by \`--set\`.`,
    page: {
      title: 'A value is given by two options',
      explanation:
        '`--weight` sets the variable that is the weight of the synapse, `--delay` the one that an option names as its delay. `--set` names the same variable with another value: leave one of the two out.',
      failing: { command: 'simulate stdp --neuron iaf_psc_exp --pre "1 ms" --weight 2 --set "w = 3"' },
      repaired: { command: 'simulate stdp --neuron iaf_psc_exp --pre "1 ms" --weight 2' },
    },
  },
  'unknown-solver': {
    class: 'error',
    text: (p: { name: string; suggestion: string | undefined; known: readonly string[] }) =>
      `There is no solver \`${p.name}\`.${didYouMean(p.suggestion) || ` There are ${listOf(p.known)}.`}`,
    page: {
      title: 'A solver is not known by this name',
      explanation:
        '`--solver` names what integrates the equations that have no exact solution: `dormand-prince` (explicit, adaptive), `rkf45` (likewise), `rosenbrock` (implicit, adaptive, for stiff equations), or, with one step of `--step` whose error nobody checks, `exponential-euler`, `rk4` and `forward-euler`. Without the option, or with `auto`, the equations decide.',
      failing: { command: 'simulate hh_psc_alpha --for "1 ms" --solver rosenbrok' },
      repaired: { command: 'simulate hh_psc_alpha --for "1 ms" --solver rosenbrock' },
    },
  },
});

/** Whether a code means that the command was called wrongly, rather than that a model or its data are wrong. */
export function isUsageCode(code: string): boolean {
  return Object.hasOwn(usageMessages, code);
}

/** The text with a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The text with a full stop, unless it ends a sentence already. */
function closed(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

/** ` Did you mean …?`, or nothing. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
}

/** `a`, `a and b`, `a, b and c`, each in backquotes; `none` for nothing. */
export function listOf(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  if (quoted.length === 0) return 'none';
  if (quoted.length === 1) return quoted[0]!;
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}
