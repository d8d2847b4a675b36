import type { CheckedModel, VariableSymbol } from '@nestml/language';
import { deriveInitialValues, startEnvironment } from './initial-values.ts';
import { delayLengths, readsPast } from './past.ts';
import { createProgram } from './program.ts';
import { createRandomSource } from './random.ts';
import { KEY_KIND, neuronKey } from './random-key.ts';
import type { GivenValue, RunFailure } from './run.ts';
import { RunStop } from './run-stop.ts';

/** How many steps must be remembered of each state that is read delayed; or why its delay is not possible. */
export type PastSteps =
  | { readonly steps: ReadonlyMap<VariableSymbol, number> }
  | { readonly failure: RunFailure };

/**
 * The lengths of the past that equations read (rule D16), with these values set by hand: the longest delay in steps, rounded up, and two.
 * @param stepNs length of a step in ns
 */
export function pastSteps(
  model: CheckedModel,
  given: ReadonlyMap<VariableSymbol, GivenValue>,
  stepNs: number,
): PastSteps {
  const clock = { stepNs, step: -1 };
  const nobody = neuronKey({ seed: 0, population: '', index: 0 }, KEY_KIND.statements);
  try {
    const program = createProgram(model);
    if (!readsPast(program)) return { steps: new Map() };
    const environment = startEnvironment(program, clock, createRandomSource(nobody, clock));
    deriveInitialValues(environment, given);
    return { steps: delayLengths(program, environment) };
  } catch (problem) {
    if (problem instanceof RunStop) return { failure: problem.failure };
    throw problem;
  }
}
