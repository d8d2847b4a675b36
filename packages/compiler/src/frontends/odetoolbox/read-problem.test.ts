import { createSourceFile, positionAt } from '@nestml/diagnostics';
import { printExpression } from '@nestml/dynamics';
import { describe, expect, it } from 'vitest';
import type { OdeProblem } from './problem.ts';
import { readOdeProblem } from './read-problem.ts';

/** Codes of the findings with the text that each marks. */
function findingsOf(text: string): readonly string[] {
  const result = readOdeProblem(createSourceFile('problem.json', text));
  return result.diagnostics.map(({ code, span }) => `${code}: ${text.slice(span!.start, span!.end)}`);
}

function problemOf(problem: unknown): OdeProblem {
  const result = readOdeProblem(createSourceFile('problem.json', JSON.stringify(problem)));
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.problem;
}

function entry(expression: string, more: object = { initial_value: '1' }): object {
  return { expression, ...more };
}

/** One equation with an initial value, and further keys. */
function one(expression: string, more: object = {}): string {
  return JSON.stringify({ dynamics: [entry(expression)], ...more });
}

describe('a problem of ODE-toolbox', () => {
  it('has states for all derivatives, named as in the result', () => {
    const { variables } = problemOf({
      dynamics: [
        entry("x'' = -x'/tau - x__d + K'", { initial_values: { x: 0, "x'": '2*tau' } }),
        entry('K = t*exp(-t/tau)', {}),
      ],
      parameters: { tau: '2' },
    });
    expect(variables.map(({ states }) => states.map(({ name }) => name))).toEqual([
      ['x', 'x__d'],
      ['K', 'K__d'],
    ]);
    expect(printExpression(variables[0]!.expression)).toBe('-x__d / tau - x__d + K__d');
    expect(variables[1]!.initial.map((node) => printExpression(node))).toEqual(['0', '1']);
  });

  it('takes names that are defined nowhere for constants and says so once', () => {
    const text = one("x' = -x/tau + I + I*w");
    expect(findingsOf(text)).toEqual(['ode-free-name: tau']);
    const { freeNames } = problemOf(JSON.parse(text));
    expect(freeNames.map(({ name }) => name)).toEqual(['tau', 'I', 'w']);
  });

  it('lets declared names shadow constants', () => {
    const { variables } = problemOf({
      dynamics: [entry("E' = -E/pi + e")],
      parameters: { pi: '2' },
    });
    expect(printExpression(variables[0]!.expression)).toBe(`-E / pi + ${Math.E}`);
  });

  it('follows the names that options give', () => {
    const { variables, step } = problemOf({
      dynamics: [entry("x'' = -x", { initial_values: { x: 1, "x'": 0 } }), entry('K = exp(-s)', {})],
      options: { input_time_symbol: 's', differential_order_symbol: '_dot', output_timestep_symbol: 'dt' },
    });
    expect(variables[0]!.states.map(({ name }) => name)).toEqual(['x', 'x_dot']);
    expect(variables[1]!.states).toHaveLength(1);
    expect(step.name).toBe('dt');
  });

  it('reads stimuli with lists of both forms', () => {
    const { stimuli } = problemOf({
      dynamics: [entry("x' = -x")],
      stimuli: [
        { type: 'list', list: '0.3 0.1', variables: ['x'] },
        { type: 'list', list: ['0.2', 0.1], variables: ['x'] },
        { type: 'poisson_generator', rate: '10', variables: ['x'] },
      ],
    });
    expect(stimuli).toMatchObject([
      { times: [0.1, 0.3] },
      { times: [0.1, 0.2] },
      { kind: 'poisson', rate: 10 },
    ]);
  });
});

describe('a mistake in a problem is a finding at its place', () => {
  it.each([
    ['{', 'ode-json: '],
    ['[]', 'ode-form: []'],
    ['{}', 'ode-form: {}'],
    ['{"dynamics": 3}', 'ode-form: 3'],
    ['{"dynamics": [3]}', 'ode-form: 3'],
    ['{"dynamics": [{}]}', 'ode-form: {}'],
    ['{"dynamics": [], "dynamic": []}', 'ode-unknown-key: "dynamic"'],
    [one("x' = -x", { options: { sim_tim: 1 } }), 'ode-unknown-key: "sim_tim"'],
    [one("x' = -x", { options: { sim_time: -1 } }), 'ode-form: -1'],
    [one("x' = -x", { parameters: { t: 1 } }), 'ode-name: "t"'],
    [one("x' = -x", { parameters: { __h: 1 } }), 'ode-name: "__h"'],
    [one("x' = -x + __h"), 'ode-name: __h'],
    [one("oo' = 1"), 'ode-name: oo'],
    [one("x' = -x", { parameters: { x: 1 } }), 'ode-duplicate: x'],
    [one("x' = -x + (2"), 'ode-expression: "'],
    [one("x' == -x"), 'ode-expression: "x\' == -x"'],
    [one("x' = -x + t"), 'ode-explicit-time: t'],
    [one("x' = -x + y'"), "ode-unknown-derivative: y'"],
    [one("x' = -x'"), "ode-unknown-derivative: x'"],
    [one("x' = -x + DiracDelta(t)"), 'ode-explicit-time: t'],
    [one("x'' = -x"), 'ode-initial-value: "initial_value"'],
    [one('x = exp(-t)'), 'ode-initial-value: "initial_value"'],
    ['{"dynamics": [{"expression": "x\' = -x"}]}', "ode-initial-value: x' = -x"],
    ['{"dynamics": [{"expression": "K = exp(-t**2)"}]}', 'ode-no-equation: exp(-t**2)'],
    ['{"dynamics": [{"expression": "K = 1 + 1/(1 + t)"}]}', 'ode-no-equation: 1/(1 + t)'],
    [one("x' = -x", { parameters: { a: 'b', b: '2*a' } }), 'ode-value-not-constant: "b"'],
    [one("x' = -x", { parameters: { a: 'x' } }), 'ode-value-not-constant: x'],
    [
      one("x' = -x", { stimuli: [{ type: 'regular', rate: 1, variables: ['y'] }] }),
      'ode-unknown-variable: "y"',
    ],
    [one("x' = -x", { stimuli: [{ type: 'burst', variables: ['x'] }] }), 'ode-form: "burst"'],
    [one("x' = -x", { stimuli: [{ type: 'regular', rate: 1e9, variables: ['x'] }] }), 'ode-form: 1000000000'],
  ])('%s', (text, expected) => {
    expect(findingsOf(text)).toContain(expected);
  });

  it('is counted in lines and columns of the text', () => {
    const text = '{ "dynamics": [\n  { "expression": "x\' = -x/tau +",\n    "initial_value": "1" } ] }';
    const source = createSourceFile('problem.json', text);
    const finding = readOdeProblem(source).diagnostics.find(({ code }) => code === 'ode-expression');
    expect(positionAt(source, finding!.span!.start)).toEqual({ line: 2, column: 33 });
  });

  it('does not keep the others from being found', () => {
    const text = JSON.stringify({
      dynamics: [entry("x' = -x +"), entry("y' = t"), entry('K = exp(-t**2)', {})],
      option: {},
    });
    const codes = findingsOf(text).map((finding) => finding.split(':')[0]);
    expect(codes).toEqual(
      expect.arrayContaining(['ode-expression', 'ode-explicit-time', 'ode-no-equation', 'ode-unknown-key']),
    );
  });

  it('is never an exception, whatever the text', () => {
    const text = JSON.stringify({
      dynamics: [
        entry("x'' = -x'/tau - x**2", { initial_values: { x: 1, "x'": 0 } }),
        entry('K = t*exp(-t)', {}),
      ],
      parameters: { tau: '2' },
      stimuli: [{ type: 'list', list: '0.1', variables: ["x'"] }],
    });
    const parts = ['{', '}', '"', "'", '(', ')', '=', 't', '**', ',', '', '9', 'null'];
    for (let i = 0; i < text.length; i += 1) {
      const part = parts[i % parts.length]!;
      const changed = text.slice(0, i) + part + text.slice(i + 1);
      expect(Array.isArray(findingsOf(changed))).toBe(true);
    }
  });
});
