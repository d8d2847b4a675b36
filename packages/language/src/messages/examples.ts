import type { Example } from '@nestml/diagnostics';

/** The lines of the blocks of an example, without their indentation. */
interface ExampleBlocks {
  readonly state?: readonly string[];
  readonly parameters?: readonly string[];
  readonly internals?: readonly string[];
  readonly equations?: readonly string[];
  readonly input?: readonly string[];
  readonly update?: readonly string[];
  /** Further blocks, heads included, indented relative to the blocks of the model. */
  readonly more?: readonly string[];
  readonly output?: readonly string[];
}

/** A small model as a file. It has a spike port `spikes` and a spike output, and integrates its equations, unless stated otherwise. */
export function neuron(blocks: ExampleBlocks): Example {
  // Put together when a page is read: hundreds of them stand in the tables that every check loads.
  return {
    get model() {
      return modelText(blocks);
    },
  };
}

function modelText(blocks: ExampleBlocks): string {
  const hasOde = blocks.equations?.some((line) => /^\w+'/.test(line)) ?? false;
  const { input = ['spikes <- spike'], output = ['spike'] } = blocks;
  const { update = hasOde ? ['integrate_odes()'] : [] } = blocks;
  const all = { ...blocks, input, output, update };
  const names = ['state', 'parameters', 'internals', 'equations', 'input', 'output', 'update'] as const;
  const lines = names.flatMap((name) => block(name, all[name] ?? []));
  const more = (blocks.more ?? []).map((line) => `    ${line}`);
  return ['model example_neuron:', ...lines, ...more, ''].join('\n');
}

function block(name: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`    ${name}:`, ...lines.map((line) => `        ${line}`)];
}

/** A leaky membrane with the given right-hand side of `V_m'`, a time constant, a capacitance and a current. */
export function membrane(rightHandSide: string, ...earlier: readonly string[]): Example {
  return neuron({
    state: ['V_m mV = -70 mV'],
    parameters: ['E_L mV = -70 mV', 'tau_m ms = 10 ms', 'C_m pF = 250 pF', 'I_e pA = 100 pA'],
    equations: [...earlier, `V_m' = ${rightHandSide}`],
  });
}

/** The end of a message that proposes another name; empty without one. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
}
