import type { Example } from '@nestml/diagnostics';

/** The lines of the blocks of an example, without their indentation. */
interface ExampleBlocks {
  readonly state?: readonly string[];
  readonly equations?: readonly string[];
  readonly parameters?: readonly string[];
  readonly input?: readonly string[];
  readonly update?: readonly string[];
  /** Further blocks with their heads. */
  readonly more?: readonly string[];
}

/** A small neuron as a file, and the command that compiles it. It has a spike port `spikes`, and integrates its equations, unless stated otherwise. */
export function neuron({ more = [], ...blocks }: ExampleBlocks): Example {
  const { input = ['spikes <- spike'], update = blocks.equations === undefined ? [] : ['integrate_odes()'] } =
    blocks;
  const lines = [
    ...block('state', blocks.state),
    ...block('equations', blocks.equations),
    ...block('parameters', blocks.parameters),
    ...block('input', input),
    ...block('update', update),
    ...more.map((line) => `    ${line}`),
  ];
  return { model: ['model example_neuron:', ...lines, ''].join('\n'), command: 'analyse MODEL' };
}

function block(name: string, lines: readonly string[] = []): readonly string[] {
  return lines.length === 0 ? [] : [`    ${name}:`, ...lines.map((line) => `        ${line}`)];
}
