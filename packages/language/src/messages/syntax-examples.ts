import type { Example } from '@nestml/diagnostics';

/** A model file from its lines. */
export function file(...lines: string[]): Example {
  return { model: `${lines.join('\n')}\n` };
}

/** A model file with one block of parameters. */
export function parameters(...lines: string[]): Example {
  return file('model example_neuron:', '    parameters:', ...lines.map((line) => `        ${line}`));
}

/** A model file with the state `x` and these lines in `update`. */
export function update(...lines: string[]): Example {
  return file(
    'model example_neuron:',
    '    state:',
    '        x real = 0',
    '    update:',
    ...lines.map((line) => `        ${line}`),
  );
}

/** A model file in which `x` decays, with these lines in `equations`. */
export function equations(...lines: string[]): Example {
  return file(
    'model example_neuron:',
    '    state:',
    '        x real = 1',
    '    parameters:',
    '        tau ms = 10 ms',
    '    equations:',
    ...lines.map((line) => `        ${line}`),
    '    update:',
    '        integrate_odes()',
  );
}

/** A model file with these ports. */
export function input(...lines: string[]): Example {
  return file('model example_neuron:', '    input:', ...lines.map((line) => `        ${line}`));
}

/** The end of a message that proposes a name; empty without one. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
}

/** With a capital at the beginning of a sentence. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
