import { describe, expect, it } from 'vitest';
import { checkText, codesOf } from './check-support.ts';

interface Parts {
  readonly state?: readonly string[];
  readonly equations?: readonly string[];
  readonly update?: readonly string[];
  readonly more?: readonly string[];
}

/** Findings of a membrane model with these parts in addition. */
function findings({
  state = [],
  equations = ["V' = (E_L - V) / tau"],
  update = ['integrate_odes()'],
  more = [],
}: Parts) {
  const block = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`    ${name}:`, ...lines.map((line) => `        ${line}`)];
  const text = [
    'model test_neuron:',
    ...block('state', ['V mV = -70 mV', ...state]),
    ...block('parameters', [
      'E_L mV = -70 mV',
      'tau ms = 10 ms',
      'C pF = 250 pF',
      'I_e pA = 1 pA',
      'g_L nS = 10 nS',
      'n integer = 3',
    ]),
    ...block('equations', equations),
    ...block('input', ['spikes <- spike', 'exc[2] <- spike', 'I_stim pA <- continuous']),
    ...block('output', ['spike']),
    ...block('update', update),
    ...more.map((line) => `    ${line}`),
    '',
  ].join('\n');
  return checkText(text).diagnostics.filter(({ code }) => code !== 'never-emits');
}

function codes(parts: Parts): readonly string[] {
  return codesOf(findings(parts));
}

describe('the right-hand side of an equation', () => {
  it('may be written in any unit of the right dimension', () => {
    expect(codes({ equations: ["V' = (E_L - V) / tau + I_e / C + 1 uV/us + g_L * V / C"] })).toEqual([]);
  });

  it('is a plain number for a time', () => {
    expect(codes({ state: ['r ms = 0 ms'], equations: ["r' = -1", "V' = 0"] })).toEqual([]);
  });

  it('names the term that lacks a factor, and the parameters that fit', () => {
    const [finding, ...others] = findings({ equations: ["V' = (E_L - V) + I_e / C"] });
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      "The term `(E_L - V)` is a voltage (`mV`), the others are a voltage per time (`mV/ms`), as `V'` must be. Is `/ tau` missing?",
    );
  });

  it('shows what is expected and what was found', () => {
    const [finding] = findings({ equations: ["V' = I_e"] });
    expect(finding?.message).toMatch(
      /^`V'` must be a voltage per time \(`mV\/ms`\), but `I_e` is a current \(`pA`\)\./,
    );
    expect(finding?.message).toContain('Is `/ C` missing?');
  });

  it('must not be a plain number for a real variable', () => {
    expect(codes({ state: ['x real = 1'], equations: ["x' = -x", "V' = 0"] })).toEqual(['ode-unit-mismatch']);
  });

  it('must not use the time, not even through an inline or a function', () => {
    expect(codes({ equations: ['inline s real = sin(t / tau)', "V' = s * V / tau"] })).toEqual([
      'time-in-equation',
    ]);
    const more = ['function f(y real) real:', '    return y * t / 1 ms'];
    expect(codes({ equations: ["V' = f(1) * V / tau"], more })).toEqual(['time-in-equation']);
  });

  it('may contain a delayed state', () => {
    expect(
      codes({
        state: ['y mV = 0 mV'],
        equations: ["V' = (y(t - 2 ms) - V) / tau", "y' = -y(t - tau) / tau"],
      }),
    ).toEqual([]);
  });
});

describe('spikes in an equation', () => {
  it.each([
    '2 mV * spikes',
    '-(V * spikes)',
    'V * spikes / tau * 1 ms',
    '(V > 0 mV ? 1 mV : 2 mV) * spikes',
    '3 mV * (spikes + exc[0])',
    '1 mV * convolve(D, spikes) / 1 ms',
  ])('may enter linearly: %s', (term) => {
    expect(codes({ equations: ['kernel D = delta(t)', `V' = -V / tau + ${term}`] })).toEqual([]);
  });

  it.each([
    '1 mV * abs(spikes)',
    '1 mV * spikes * spikes * 1 ms',
    '1 mV / (spikes * tau**2)',
    '1 mV * (spikes * 1 s) ** 2 / tau',
    '1 mV * exp(convolve(D, spikes)) / tau',
    '1 mV * (spikes > 0 ? 1 : 0) / tau',
  ])('must not enter otherwise: %s', (term) => {
    expect(codes({ equations: ['kernel D = delta(t)', `V' = -V / tau + ${term}`] })).toEqual([
      'port-not-linear',
    ]);
  });

  it('are followed through inlines', () => {
    expect(codes({ equations: ['inline p 1/s = 2 * spikes', "V' = 1 mV * p"] })).toEqual([]);
    expect(codes({ equations: ['inline p 1/s = 2 * spikes', "V' = 1 mV * p * p * tau"] })).toEqual([
      'port-not-linear',
    ]);
  });

  it.each([
    'a[steps(spikes * 1 s * 1 s)] * 1 mV / tau',
    '1 mV * exc[steps(spikes * 1 s * 1 s)]',
    '1 mV * convolve(D, exc[steps(spikes * 1 s * 1 s)]) / tau',
  ])('must not choose an element: %s', (term) => {
    const equations = ['kernel D = delta(t)', `V' = -V / tau + ${term}`];
    expect(codes({ state: ['a[3] real = 0'], equations })).toEqual(['port-not-linear', 'fixed-step']);
  });

  it('are told once per misuse, and only if an equation uses the inline', () => {
    const inlines = ['inline p real = (spikes * 1 s)**2', 'inline q real = 2 * p'];
    expect(codes({ equations: [...inlines, "V' = -V / tau"] })).toEqual([]);
    const state = ['x real = 0'];
    expect(codes({ state, equations: [...inlines, "V' = q * V / tau", "x' = (p + q) / tau"] })).toEqual([
      'port-not-linear',
    ]);
  });

  it('may enter any way through a smooth kernel', () => {
    expect(
      codes({ equations: ['kernel K = exp(-t / tau)', "V' = -V / tau * convolve(K, spikes)**2"] }),
    ).toEqual([]);
  });
});

describe('a kernel given by equations', () => {
  const system = (equation: string) => ({
    state: ['k real = 1'],
    equations: [`kernel k' = ${equation}`, "V' = -V / tau + 1 mV * convolve(k, spikes) / tau"],
  });

  it.each(['-k / tau', '-2 * (k / tau + 3 * k / tau)', '0', '(tau > 1 ms ? -k : k) / tau'])(
    'is linear: %s',
    (equation) => {
      expect(codes(system(equation))).toEqual([]);
    },
  );

  it.each([
    '-k**2 / tau',
    '(1 - k) / tau',
    '1 / tau',
    'exp(k) / tau',
    '-k * t / tau**2',
    'k * k / tau',
    '1 / k / tau',
  ])('must be linear: %s', (equation) => {
    expect(codes(system(equation))).toEqual(['kernel-not-linear']);
  });

  it('must not use states, inlines or ports', () => {
    expect(codes(system('-k / tau * (V / 1 mV)'))).toEqual(['kernel-uses-variable']);
    expect(codes(system('-k * spikes'))).toEqual(['kernel-uses-variable']);
  });
});

describe('statements', () => {
  const run = (...update: readonly string[]) => codes({ update: ['integrate_odes()', ...update] });

  it.each([
    [['a real = 1', 'if a > 0:', '    b real = 1', '    a = b', 'else:', '    b real = 2', '    a = b']],
    [['i integer = 0', 'for i in 0 ... n step 1:', '    V += 1 mV', 'while i > 0:', '    i -= 1']],
    [['V = spikes * 1 s * 1 mV + I_stim * 1 GOhm']],
    [['s string = "a"', 's += "b"', 'print(s)', 'println("{V} at {t}")']],
    [['emit_spike()', 'emit_spike(2)', 'emit_spike(I_e)']],
    [['V += 0', 'V *= 2', 'V /= 2', 'n_ integer = 7', 'n_ //= 2']],
  ])('may be %j', (update) => {
    expect(run(...update)).toEqual([]);
  });

  it.each([
    ['V -= 3', 'implicit-number'],
    ['V *= 2 mV', 'unit-mismatch'],
    ['V = 3', 'missing-unit'],
    ['tau = 1 ms', 'invalid-assignment'],
    ['spikes = 1 1/s', 'invalid-assignment'],
    ['t = 1 ms', 'invalid-assignment'],
    ['e = 1', 'invalid-assignment'],
    ['nS = 1 nS', 'invalid-assignment'],
    ['y = 1', 'undeclared-local'],
    ['return', 'return-outside-function'],
    ['println("{U}")', 'undefined-name'],
    ['println(V)', 'print-argument'],
    ['emit_spike(1, 2)', 'argument-count'],
    ['integrate_odes(W)', 'undefined-name'],
    ['integrate_odes(tau)', 'integrate-argument'],
    ["integrate_odes(V')", 'integrate-argument'],
    ['integrate_odes(2 * V)', 'integrate-argument'],
    ['frobnicate()', 'undefined-function'],
    ['e real = 1', 'predefined-name'],
    ['tau real = 1', 'shadowed-variable'],
    ['y real = 1 mV', 'implicit-number'],
  ])('are refused or doubted: %s (%s)', (statement, code) => {
    expect(run(statement)).toEqual([code]);
  });

  it('cannot use a local above its declaration, or outside its block', () => {
    expect(run('V = y', 'y mV = 1 mV')).toEqual(['used-before-declaration']);
    expect(run('if V > 0 mV:', '    y mV = 1 mV', 'V = y')).toEqual(['undefined-name']);
  });
});

describe('initial values', () => {
  it('may use parameters and internals that stand further down', () => {
    expect(codes({ state: ['x mV = b'], more: ['internals:', '    b mV = 2 * E_L'] })).toEqual([]);
  });

  it('must not use each other in a circle, also through inlines and functions', () => {
    expect(codes({ state: ['x mV = y', 'y mV = x'] })).toEqual(['initial-value-cycle']);
    const more = ['function f() mV:', '    return x'];
    expect(codes({ state: ['x mV = f()'], more })).toEqual(['initial-value-cycle']);
  });

  it('must not draw random numbers, use ports or the time', () => {
    expect(codes({ state: ['x real = random_normal(0, 1)'] })).toEqual(['random-misplaced']);
    expect(codes({ state: ['x pA = I_stim'] })).toEqual(['input-in-initial-value']);
    expect(codes({ state: ['x ms = t'] })).toEqual(['input-in-initial-value']);
  });
});

describe('a predefined name', () => {
  it('is told once where it is declared, whatever its uses', () => {
    const uses = { update: ['integrate_odes()', 'V = e * 1 mV', 'V += t'] };
    expect(codes({ ...uses, more: ['internals:', '    t boolean = true'] })).toEqual(['predefined-name']);
    expect(codes({ ...uses, state: ['t mV = 1 mV'] })).toEqual(['predefined-name']);
    expect(codes({ ...uses, equations: ["V' = -V / tau", 'inline t mV = V'] })).toEqual(['predefined-name']);
    const equations = ["V' = -V / tau", "e'' = -e / tau**2 - e' / tau"];
    expect(codes({ state: ['e mV = 1 mV', "e' mV/ms = 0"], equations })).toEqual(['predefined-name']);
    expect(codes({ update: ['integrate_odes()', 't mV = 1 mV', 'V = t', 't = V'] })).toEqual([
      'predefined-name',
    ]);
  });
});

describe('a derivative', () => {
  const third = (first: string, second: string, rate = '-x / tau**3') =>
    codes({
      state: ['x mV = 0 mV', `x' ${first}`, `x'' ${second}`],
      equations: ["V' = -V / tau", `x''' = ${rate}`],
    });

  it('measures what the variable does, per time to its order', () => {
    expect(third('mV/ms = 1 kV/s', 'mV/ms**2 = 1 uV/us**2')).toEqual([]);
    expect(third('mV/ms**2 = 1 mV/ms**2', 'mV/ms**2 = 0')).toEqual(['derivative-unit']);
    expect(third('mV/ms = 0', 'mV/ms = 1 mV/ms')).toEqual(['derivative-unit']);
    expect(third('mV/ms = 0', 'mV/ms**3 = 0')).toEqual(['derivative-unit']);
    expect(third('mV/ms = 0', 'mV/ms**2 = 0', '-x / tau**2')).toEqual(['ode-unit-mismatch']);
  });

  it('of a variable or equation with a mistake is no mistake in addition', () => {
    const equations = ["V' = -V / tau", "x'' = -x / tau**2"];
    expect(codes({ state: ['x milliV = 0 mV', "x' mV/ms = 0"], equations })).toEqual(['unknown-unit']);
    expect(codes({ state: ['x integer = 0', "x' 1/ms = 0"], equations })).toEqual(['equation-of-discrete']);
    expect(codes({ state: ['x mV = 0 mV', "x' mV/ms = 0"] })).toEqual(['superfluous-derivative']);
  });

  it('has an initial value of its own unit', () => {
    expect(third('mV/ms = 1 mV', 'mV/ms**2 = 0')).toEqual(['unit-mismatch']);
    expect(third('mV/ms = 0', 'mV/ms**2 = 1 mV/ms')).toEqual(['unit-mismatch']);
    expect(third('mV/ms = 0', 'mV/ms**2 = 1')).toEqual(['missing-unit']);
  });

  it('is a real number or a quantity', () => {
    const ofTime = (type: string) =>
      codes({ state: ['x ms = 0 ms', `x' ${type}`], equations: ["V' = -V / tau", "x'' = -x / tau**2"] });
    expect(ofTime('real = 1')).toEqual([]);
    expect(ofTime('integer = 1')).toEqual(['derivative-unit']);
    expect(ofTime('boolean = true')).toEqual(['derivative-unit']);
    expect(ofTime('string = "a"')).toEqual(['derivative-unit']);
  });
});

describe('functions', () => {
  it.each([
    [
      [
        'function f(a mV) mV:',
        '    if a > 0 mV:',
        '        return a',
        '    elif a < -1 mV:',
        '        return 0',
        '    else:',
        '        return 2 * a',
      ],
    ],
    [['function f(a real) real:', '    if a > 0:', '        return f(a - 1)', '    return 0']],
    [['function f(a real):', '    println("{a}")', '    return']],
  ])('may be %j', (more) => {
    expect(codes({ more })).toEqual([]);
  });

  it('return on every path', () => {
    const more = ['function f(a real) real:', '    while a > 0:', '        return a'];
    expect(codes({ more })).toEqual(['missing-return']);
  });

  it('convert their arguments, and count them', () => {
    const more = ['function f(a mV) mV:', '    return a'];
    expect(codes({ update: ['integrate_odes()', 'V = f(1)'], more })).toEqual(['missing-unit']);
    expect(codes({ update: ['integrate_odes()', 'V = f(I_e)'], more })).toEqual(['unit-mismatch']);
    expect(codes({ update: ['integrate_odes()', 'V = f()'], more })).toEqual(['argument-count']);
  });

  it('cannot change a state, not by a loop either', () => {
    const change = (statement: string) =>
      codes({
        state: ['i integer = 0'],
        update: ['integrate_odes()', 'f()'],
        more: ['function f():', `    ${statement}`],
      });
    expect(change('i = 1')).toEqual(['assignment-in-function']);
    expect(change('for i in 0 ... 3 step 1:\n            println("{i}")')).toEqual([
      'assignment-in-function',
    ]);
    expect(change('i integer = 0\n        for i in 0 ... 3 step 1:\n            println("{i}")')).toEqual([
      'shadowed-variable',
    ]);
  });

  it('have parameters that are named like locals', () => {
    const more = (name: string) => [`function f(${name} mV) mV:`, `    return 2 * ${name}`];
    expect(codes({ more: more('V') })).toEqual(['shadowed-variable']);
    expect(codes({ more: more('t') })).toEqual(['predefined-name']);
    expect(codes({ more: ['function f(a mV, a mV) mV:', '    return a'] })).toEqual(['duplicate-name']);
  });

  it('that draw random numbers cannot be used in equations', () => {
    const more = [
      'function f() real:',
      '    return g()',
      'function g() real:',
      '    return random_normal(0, 1)',
    ];
    expect(codes({ equations: ["V' = f() * V / tau"], more })).toEqual(['random-misplaced']);
    expect(codes({ update: ['integrate_odes()', 'V = f() * 1 mV'], more })).toEqual([]);
  });
});

describe('vectors', () => {
  it.each([
    ['a[0] = 1', []],
    ['a = 1', []],
    ['a[n - 1] = a[0]', []],
    ['b[2] = 1', []],
    ['b[3] = 1', ['index-out-of-range']],
    ['b[2 + 1] = 1', ['index-out-of-range']],
    ['b[3 - 1] = 1', []],
    ['b[-1] = 1', ['index-out-of-range']],
    ['b[0.5] = 1', ['index-not-integer']],
    ['a += 1', ['vector-as-scalar']],
    ['a[0] = b', ['vector-as-scalar']],
    ['V[0] = 1 mV', ['index-of-scalar']],
    ['V = exc * 1 s * 1 mV', ['vector-as-scalar']],
    ['V = exc[1] * 1 s * 1 mV', []],
    ['V = exc[2] * 1 s * 1 mV', ['index-out-of-range']],
  ])('in statements: %s', (statement, expected) => {
    const state = ['a[n] real = 0', 'b[3] real = 0'];
    expect(codes({ state, update: ['integrate_odes()', statement] })).toEqual(expected);
  });
});

describe('handlers', () => {
  it.each([
    [['onReceive(exc[0]):', '    V += 1 mV', 'onReceive(exc[1]):', '    V -= 1 mV'], []],
    [['onReceive(exc):', '    V += 1 mV', 'onReceive(exc[1]):', '    V -= 1 mV'], ['duplicate-handler']],
    [['onReceive(exc[1]):', '    V += 1 mV', 'onReceive(exc):', '    V -= 1 mV'], ['duplicate-handler']],
    [['onReceive(exc[1]):', '    V += 1 mV', 'onReceive(exc[1]):', '    V -= 1 mV'], ['duplicate-handler']],
    [['onReceive(exc[2]):', '    V += 1 mV'], ['index-out-of-range']],
    [['onReceive(I_stim):', '    V += 1 mV'], ['handler-port']],
    [['onReceive(V):', '    V += 1 mV'], ['handler-port']],
    [['onReceive(spike_s):', '    V += 1 mV'], ['undefined-name']],
    [['onCondition(V):', '    V = E_L'], ['not-boolean']],
  ])('%j', (more, expected) => {
    expect(codes({ more })).toEqual(expected);
  });
});
