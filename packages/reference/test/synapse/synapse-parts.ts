import { expect } from 'vitest';
import { runSynapseText, type SynapseTextOutcome, type SynapseTextRun } from './run-synapse-text.ts';

/** Blocks of a small synapse, beside a state `w`, a parameter `tau` and the ports pre, post and mod. */
export interface SynapseParts {
  readonly state?: readonly string[];
  readonly parameters?: readonly string[];
  readonly equations?: readonly string[];
  readonly pre?: readonly string[];
  readonly post?: readonly string[];
  readonly mod?: readonly string[];
  readonly update?: readonly string[];
  readonly input?: readonly string[];
  readonly more?: readonly string[];
  readonly priorities?: Readonly<Partial<Record<'pre' | 'post' | 'mod', number>>>;
}

/** The text of the synapse; it integrates its equations unless `update` is given. */
export function textOf(parts: SynapseParts): string {
  const block = (head: string, lines: readonly string[] = []) =>
    lines.length === 0 ? [] : [`    ${head}:`, ...lines.map((line) => `        ${line}`)];
  const handler = (port: 'pre' | 'post' | 'mod', lines: readonly string[] = []) => {
    const priority = parts.priorities?.[port];
    return block(`onReceive(${port}${priority === undefined ? '' : `, priority=${priority}`})`, lines);
  };
  return [
    'model test_synapse:',
    ...block('state', ['w real = 0', ...(parts.state ?? [])]),
    ...block('parameters', ['tau ms = 10 ms', ...(parts.parameters ?? [])]),
    ...block('equations', parts.equations),
    ...block('input', ['pre <- spike', 'post <- spike', 'mod <- spike', ...(parts.input ?? [])]),
    ...block('output', ['spike']),
    ...handler('pre', parts.pre ?? ['emit_spike(w)']),
    ...handler('post', parts.post),
    ...handler('mod', parts.mod),
    ...block('update', parts.update ?? (parts.equations === undefined ? [] : ['integrate_odes()'])),
    ...(parts.more ?? []).map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** Runs it without failure. */
export function runParts(parts: SynapseParts, options: SynapseTextRun): SynapseTextOutcome {
  const outcome = runSynapseText(textOf(parts), options);
  expect(outcome.failure).toBeUndefined();
  return outcome;
}
