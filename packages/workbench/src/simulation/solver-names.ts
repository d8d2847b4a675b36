import type { SolverChoice } from '@nestml/compiler';
import { createDiagnostic } from '@nestml/diagnostics';
import { closestName } from '@nestml/language';
import { workbenchMessages } from '../messages/index.ts';
import type { Phrase } from './phrases.ts';

export type { SolverChoice };

/** What `--solver` takes; `auto` is what suits the equations. */
const CHOICES: Readonly<Record<SolverChoice, readonly string[]>> = Object.freeze({
  auto: ['auto'],
  'dormand-prince': ['dormand-prince'],
  'runge-kutta-fehlberg': ['rkf45', 'runge-kutta-fehlberg'],
  rosenbrock: ['rosenbrock'],
  'exponential-euler': ['exponential-euler'],
  'runge-kutta-4': ['rk4', 'runge-kutta-4'],
  'forward-euler': ['forward-euler'],
});

const ENTRIES = Object.freeze(Object.entries(CHOICES) as [SolverChoice, readonly string[]][]);

/** The names of `--solver`, each method once. */
export const SOLVER_NAMES: readonly string[] = Object.freeze(
  ENTRIES.map(([choice, names]) => names[0] ?? choice),
);

/** The name that is typed for a method. */
export function solverName(choice: SolverChoice): string {
  return CHOICES[choice][0] ?? choice;
}

/** Reads `rosenbrock`, `rk4`, `runge-kutta-4`. */
export function readSolver(text: string): Phrase<SolverChoice> {
  const name = text.trim().toLowerCase();
  const found = ENTRIES.find(([, names]) => names.includes(name));
  if (found !== undefined) return { ok: true, value: found[0] };
  const suggestion = closestName(
    name,
    ENTRIES.flatMap(([, names]) => names),
  );
  const parameters = { name: text, suggestion, known: SOLVER_NAMES };
  return {
    ok: false,
    diagnostic: createDiagnostic(workbenchMessages, 'unknown-solver', undefined, parameters),
  };
}
