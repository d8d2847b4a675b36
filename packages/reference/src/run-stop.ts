import type { Span } from '@nestml/diagnostics';
import { type Clock, endOfStep } from './clock.ts';
import type { RunFailure } from './run.ts';

/** Carries a failure of the user's run from where it happens to the entry of the package; never leaves the package. */
export class RunStop extends Error {
  readonly failure: RunFailure;

  constructor(failure: RunFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** Ends the run: a statement or expression cannot be executed at this place. */
export function executionStop(reason: string, clock: Clock, span: Span): RunStop {
  return new RunStop({ kind: 'execution', reason, time: endOfStep(clock), span });
}
