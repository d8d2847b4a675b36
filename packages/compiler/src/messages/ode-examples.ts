import type { Example } from '@nestml/diagnostics';

const COMMAND = 'ode PROBLEM';

/** A problem with these lines of JSON, and the command that analyses it. */
export function problem(lines: readonly string[], command: string = COMMAND): Example {
  return { problem: `${['{', ...lines.map((line) => `  ${line}`), '}'].join('\n')}\n`, command };
}

/** A problem with one equation, and further keys behind it. */
export function equation(expression: string, more: readonly string[] = [], initial = '"1"'): Example {
  const entry = `{ "expression": "${expression}", "initial_value": ${initial} }`;
  return problem([`"dynamics": [ ${entry} ]${more.length > 0 ? ',' : ''}`, ...more]);
}

/** A problem with one kernel, and further keys behind it. */
export function kernel(
  expression: string,
  more: readonly string[] = ['"parameters": { "tau": "10" }'],
): Example {
  return problem([`"dynamics": [ { "expression": "${expression}" } ],`, ...more]);
}
