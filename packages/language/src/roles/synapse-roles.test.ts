import { readdirSync, readFileSync } from 'node:fs';
import { createSourceFile } from '@nestml/diagnostics';
import { describe, expect, it, test } from 'vitest';
import { check } from '../check/check.ts';
import type { CheckedModel } from '../model/checked-model.ts';
import { parse } from '../parse/parser.ts';
import { roleMessages } from './messages.ts';
import { type RoleOptions, synapseRoles } from './synapse-roles.ts';

function modelOf(text: string): CheckedModel {
  const { models, diagnostics } = check(parse(createSourceFile('test.nestml', text)));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  return models[0]!;
}

/** The roles by name, and the reasons for which states stay with the synapse. */
function rolesOf(model: CheckedModel, options: RoleOptions = {}) {
  const { roles, diagnostics } = synapseRoles(model, options);
  expect(diagnostics.map(({ code }) => code)).toEqual([]);
  const { pre, post, modulatory, continuous, weight, postOwned } = roles!;
  const { states, convolutions, statements, uses, kept } = postOwned;
  return {
    ports: [pre.name, post?.name, modulatory.map(({ name }) => name), continuous.map(({ name }) => name)],
    coincidence: roles!.coincidence.map(({ name }) => name),
    weight: weight?.name,
    owned: states.map(({ writtenName }) => writtenName),
    convolutions: convolutions.map(({ kernel, port }) => `${kernel.name} * ${port.name}`),
    statements: statements.length,
    uses: uses.map(({ name }) => name),
    kept: Object.fromEntries(kept.map(({ symbol, reason }) => [symbol.writtenName, reason.kind])),
    reasons: new Map(kept.map(({ symbol, reason }) => [symbol.writtenName, reason])),
  };
}

const library = new URL('../../../../models/synapses/', import.meta.url);
const inLibrary = (name: string) => modelOf(readFileSync(new URL(`${name}_synapse.nestml`, library), 'utf8'));

/** A synapse with the blocks that matter; pre- and postsynaptic port, weight and emission are always there. */
function synapse(parts: {
  readonly state?: readonly string[];
  readonly equations?: readonly string[];
  readonly parameters?: readonly string[];
  readonly input?: readonly string[];
  readonly post?: readonly string[];
  readonly pre?: readonly string[];
  readonly update?: readonly string[];
  readonly more?: readonly string[];
  readonly priorities?: readonly [pre: number, post: number];
}): CheckedModel {
  const block = (head: string, lines: readonly string[] = []) =>
    lines.length === 0 ? [] : [`    ${head}:`, ...lines.map((line) => `        ${line}`)];
  const priority = (n: number | undefined) => (n === undefined ? '' : `, priority=${n}`);
  return modelOf(
    [
      'model test_synapse:',
      ...block('state', ['w real = 1', ...(parts.state ?? [])]),
      ...block('equations', parts.equations),
      ...block('parameters', ['tau ms = 20 ms', ...(parts.parameters ?? [])]),
      ...block('input', ['pre_spikes <- spike', 'post_spikes <- spike', ...(parts.input ?? [])]),
      ...block('output', ['spike']),
      ...block(`onReceive(post_spikes${priority(parts.priorities?.[1])})`, parts.post),
      ...block(`onReceive(pre_spikes${priority(parts.priorities?.[0])})`, [
        ...(parts.pre ?? []),
        'emit_spike(w)',
      ]),
      ...(parts.more ?? []).map((line) => `    ${line}`),
      ...block('update', parts.update ?? (parts.equations === undefined ? [] : ['integrate_odes()'])),
      '',
    ].join('\n'),
  );
}

const trace = (name: string) => ({ state: `${name} real = 0`, equation: `${name}' = -${name} / tau` });

describe('the synapses of the library', () => {
  const none: readonly string[] = [];
  test.each([
    ['static', ['pre_spikes', undefined, none, none], 'w', none, none],
    ['noisy', ['pre_spikes', undefined, none, none], 'w', none, none],
    ['tsodyks', ['pre_spikes', undefined, none, none], 'w', none, none],
    ['stdp', ['pre_spikes', 'post_spikes', none, none], 'w', ['post_trace'], ['tau_tr_post']],
    ['stdp_nn_symm', ['pre_spikes', 'post_spikes', none, none], 'w', ['post_trace'], ['tau_tr_post']],
    ['stdp_nn_pre_centered', ['pre_spikes', 'post_spikes', none, none], 'w', ['post_trace'], ['tau_tr_post']],
    ['stdp_nn_restr_symm', ['pre_spikes', 'post_spikes', none, none], 'w', ['post_trace'], ['tau_tr_post']],
    [
      'stdp_triplet',
      ['pre_spikes', 'post_spikes', none, none],
      'w',
      ['tr_o1', 'tr_o2'],
      ['tau_minus', 'tau_y'],
    ],
    [
      'neuromodulated_stdp',
      ['pre_spikes', 'post_spikes', ['mod_spikes'], none],
      'w',
      ['post_tr'],
      ['tau_tr_post'],
    ],
    ['stdsp', ['pre_spikes', 'post_spikes', none, ['dAP_trace']], 'w', none, none],
    [
      'third_factor_stdp',
      ['pre_spikes', 'post_spikes', none, ['I_post_dend']],
      'w',
      ['post_trace'],
      ['tau_tr_post'],
    ],
  ])('%s: ports, weight, and what the postsynaptic neuron owns', (name, ports, weight, owned, uses) => {
    expect(rolesOf(inLibrary(name))).toMatchObject({ ports, weight, owned, uses });
  });

  it('are all in the table above', () => {
    expect(readdirSync(library)).toHaveLength(11);
  });

  it('say why the other states stay', () => {
    expect(rolesOf(inLibrary('neuromodulated_stdp')).kept).toEqual({
      w: 'stated',
      n: 'assigned',
      c: 'assigned',
      pre_tr: 'assigned',
    });
    expect(rolesOf(inLibrary('stdsp')).kept).toMatchObject({
      permanence: 'assigned',
      t_last_pre: 'assigned',
    });
    expect(rolesOf(inLibrary('tsodyks')).kept).toEqual({ x: 'assigned', y: 'assigned', u: 'assigned' });
  });
});

describe('what the postsynaptic neuron owns', () => {
  const a = trace('a');
  const b = trace('b');

  it('is not what an `if` assigns, even on the condition of owned variables', () => {
    const text = { state: [a.state], equations: [a.equation], post: ['if a < 1:', '    a += 1'] };
    expect(rolesOf(synapse(text))).toMatchObject({ owned: [], kept: { a: 'compound' } });
  });

  it('is not what a loop assigns', () => {
    const text = { state: [a.state], equations: [a.equation], post: ['while a < 1:', '    a += 1'] };
    expect(rolesOf(synapse(text))).toMatchObject({ owned: [], kept: { a: 'compound' } });
  });

  it('is not what `update`, a condition or the handler of another port assigns', () => {
    const state = ['a real = 0', 'b real = 0', 'c real = 0', 'd real = 0'];
    const { owned, reasons } = rolesOf(
      synapse({
        state,
        post: ['a += 1', 'b += 1', 'c += 1', 'd += 1'],
        update: ['a *= 0.5'],
        pre: ['b = 0'],
        input: ['cue <- spike'],
        more: ['onReceive(cue):', '    c = 0', 'onCondition(d > 3):', '    d = 0'],
      }),
    );
    expect(owned).toEqual([]);
    expect([...reasons.values()].map((reason) => reason.kind === 'assigned' && reason.where)).toEqual([
      false,
      'update',
      expect.objectContaining({ name: 'pre_spikes' }),
      expect.objectContaining({ name: 'cue' }),
      'condition',
    ]);
  });

  it('is not what depends on the synapse indirectly, through inlines, functions and locals', () => {
    const { owned, kept } = rolesOf(
      synapse({
        state: ['p real = 0', 'a real = 0', 'b real = 0', 'c real = 0', 'd real = 0', 'f real = 0'],
        equations: ['inline half real = p / 2', "f' = (b - f) / tau"],
        post: ['a += half', 'b += a', 'c += twice(b)', 'local real = c', 'd = local'],
        pre: ['p += 1'],
        more: ['function twice(x real) real:', '    return 2 * x'],
      }),
    );
    expect(owned).toEqual([]);
    expect(kept).toMatchObject({ a: 'depends', b: 'depends', c: 'depends', d: 'depends', f: 'depends' });
  });

  it('is what depends on owned variables, through locals at the top level, too', () => {
    const { owned, statements, uses } = rolesOf(
      synapse({
        state: [a.state, b.state],
        parameters: ['gain real = 2', 'unused real = 3'],
        equations: [a.equation, b.equation],
        post: ['rise real = gain * (1 - a)', 'a += rise', 'b += a', 'w += 0.01 * b'],
      }),
    );
    expect({ owned, statements, uses }).toEqual({ owned: ['a', 'b'], statements: 3, uses: ['tau', 'gain'] });
  });

  it('is not what depends on a local that an `if` assigns', () => {
    const post = ['rise real = 1', 'if w > 1:', '    rise = 0', 'a += rise'];
    const { owned, kept } = rolesOf(synapse({ state: [a.state], equations: [a.equation], post }));
    expect({ owned, kept: kept['a'] }).toEqual({ owned: [], kept: 'depends' });
  });

  it('is a convolution with the postsynaptic port, and an equation that reads it, but none with the other port', () => {
    const { owned, kept, convolutions, uses } = rolesOf(
      synapse({
        state: ['x real = 0', 'y real = 0', 'z real = 0'],
        parameters: ['tau_k ms = 5 ms'],
        equations: [
          'kernel K = exp(-t / tau_k)',
          'inline both real = convolve(K, pre_spikes) + convolve(K, post_spikes)',
          "x' = (convolve(K, post_spikes) - x) / tau",
          "y' = (convolve(K, pre_spikes) - y) / tau",
          "z' = (both - z) / tau",
        ],
        post: ['w += x + y + z'],
      }),
    );
    expect({ owned, convolutions, uses }).toEqual({
      owned: ['x'],
      convolutions: ['K * post_spikes'],
      uses: ['tau', 'tau_k'],
    });
    expect(kept).toEqual({ w: 'stated', y: 'port', z: 'port' });
  });

  it('is an equation that post spikes enter as pulses', () => {
    const { owned, kept } = rolesOf(
      synapse({
        state: ['x real = 0', 'y real = 0'],
        equations: ["x' = -x / tau + post_spikes", "y' = -y / tau + pre_spikes"],
      }),
    );
    expect({ owned, kept }).toEqual({ owned: ['x'], kept: { w: 'stated', y: 'port' } });
  });

  it('is a chain of several variables and of all orders, with the constant states that they read', () => {
    const { owned, kept } = rolesOf(
      synapse({
        state: [
          'a real = 0',
          "a' 1/ms = 0 / 1 ms",
          'b real = 0',
          'k real = 3',
          'free real = 1',
          'c real = 0',
        ],
        equations: ["a'' = -a / tau**2 - 2 * a' / tau", "b' = (k * a - b) / tau", "free' = -free / tau"],
        post: ["a' += 1 / tau", 'c += 1'],
      }),
    );
    expect(owned).toEqual(['a', "a'", 'b', 'k', 'c']);
    expect(kept).toEqual({ w: 'stated', free: 'not-driven' });
  });

  it('is not an equation that `update` integrates under a condition, twice, or not at all', () => {
    const make = (update: readonly string[]) =>
      rolesOf(
        synapse({
          state: [a.state, b.state],
          equations: [a.equation, b.equation],
          post: ['a += 1', 'b += 1'],
          update,
        }),
      );
    expect(make(['if w > 0:', '    integrate_odes(a)', 'integrate_odes(b)'])).toMatchObject({
      owned: ['b'],
      kept: { a: 'not-integrated' },
    });
    expect(make(['integrate_odes()', 'integrate_odes(a)']).owned).toEqual(['b']);
    expect(make(['integrate_odes(a)']).owned).toEqual(['a']);
  });

  it('depends on no time, random number or current', () => {
    const { kept } = rolesOf(
      synapse({
        state: ['last ms = 0 ms', 'a real = 0', 'b real = 0', 'c real = 0'],
        input: ['I pA <- continuous'],
        post: ['last = t', 'a += random_uniform(0, 1)', 'b += I / 1 pA', 'c += last / 1 ms'],
      }),
    );
    expect(kept).toMatchObject({ last: 'time', a: 'random', b: 'port', c: 'depends' });
  });

  it('is never the weight, nor what an option keeps', () => {
    const text = synapse({
      state: [a.state, b.state],
      equations: [a.equation, b.equation],
      post: ['a += 1', 'b += 1', 'w += a'],
    });
    expect(rolesOf(text, { synaptic: ['a'] })).toMatchObject({
      owned: ['b'],
      kept: { a: 'stated', w: 'stated' },
    });
    expect(rolesOf(text, { synaptic: ['a'], weight: 'b' })).toMatchObject({
      owned: [],
      kept: { w: 'depends' },
    });
  });
});

describe('the order at one instant', () => {
  const parts = { state: ['a real = 0'], post: ['a += 1'] };

  it('is modulatory, post, pre, unless both have priorities and pre the smaller number', () => {
    expect(rolesOf(synapse({ ...parts, input: ['cue <- spike'] })).coincidence).toEqual([
      'cue',
      'post_spikes',
      'pre_spikes',
    ]);
    expect(rolesOf(synapse({ ...parts, priorities: [1, 2] })).coincidence).toEqual([
      'pre_spikes',
      'post_spikes',
    ]);
    expect(rolesOf(synapse({ ...parts, priorities: [2, 1] })).coincidence).toEqual([
      'post_spikes',
      'pre_spikes',
    ]);
  });

  it('leaves a port without priority in its place', () => {
    const more = ['onReceive(cue):', '    w = 0'];
    const { coincidence } = rolesOf(synapse({ ...parts, priorities: [1, 2], input: ['cue <- spike'], more }));
    expect(coincidence).toEqual(['cue', 'pre_spikes', 'post_spikes']);
  });
});

describe('weight and ports', () => {
  const weightOf = (emission: string, parameters: readonly string[], options: RoleOptions = {}) => {
    const text = [
      'model test_synapse:',
      '    parameters:',
      ...parameters.map((line) => `        ${line}`),
      '    input:',
      '        axon <- spike',
      '    output:',
      '        spike',
      '    onReceive(axon):',
      `        ${emission}`,
      '',
    ].join('\n');
    return synapseRoles(modelOf(text), options);
  };

  it.each([
    ['emit_spike(g)', 'g'],
    ['emit_spike(g / 1 nS)', 'g'],
    ['emit_spike(2 * g / 1 nS)', 'w'],
    ['emit_spike(g / 2 nS)', 'w'],
    ['emit_spike()', 'w'],
  ])('%s makes the weight %s', (emission, weight) => {
    const { roles } = weightOf(emission, ['g nS = 1 nS', 'w real = 1']);
    expect(roles?.weight?.name).toBe(weight);
    expect(roles?.pre.name).toBe('axon');
  });

  it('options win, for weight and delay', () => {
    const { roles } = weightOf('emit_spike(g)', ['g nS = 1 nS', 'w real = 1', 'lag s = 1 ms'], {
      weight: 'w',
      delay: 'lag',
    });
    expect([roles?.weight?.name, roles?.delay?.name]).toEqual(['w', 'lag']);
  });

  it('a delay is a time, and a near name is proposed', () => {
    const { diagnostics, roles } = weightOf('emit_spike(wt)', ['wt real = 1', 'lag ms = 1 ms'], {
      delay: 'wt',
    });
    expect(diagnostics[0]).toMatchObject({ code: 'unknown-role', severity: 'error' });
    expect(roles).toBeUndefined();
    expect(
      weightOf('emit_spike(wt)', ['wt real = 1', 'lagg ms = 1 ms'], { delay: 'lag' }).diagnostics[0]?.message,
    ).toContain('Did you mean `lagg`?');
  });

  it('a modulatory port is what is neither pre nor post, whatever an option says of names', () => {
    const model = synapse({ input: ['post_cue <- spike'] });
    expect(synapseRoles(model).diagnostics.map(({ code }) => code)).toEqual(['ambiguous-port']);
    const { roles } = synapseRoles(model, { modulatory: ['post_cue'] });
    expect([roles?.post?.name, roles?.modulatory.map(({ name }) => name)]).toEqual([
      'post_spikes',
      ['post_cue'],
    ]);
    expect(synapseRoles(model, { post: 'post_cue' }).roles?.modulatory.map(({ name }) => name)).toEqual([
      'post_spikes',
    ]);
  });

  it('the only port is that of presynaptic spikes, unless it is called after the others', () => {
    expect(weightOf('emit_spike(w)', ['w real = 1']).roles?.pre.name).toBe('axon');
    const text =
      'model t_synapse:\n    parameters:\n        w real = 1\n    input:\n        post <- spike\n    output:\n        spike\n    onReceive(post):\n        emit_spike(w)\n';
    expect(synapseRoles(modelOf(text)).diagnostics.map(({ code }) => code)).toEqual(['no-pre-port']);
    expect(synapseRoles(modelOf(text), { pre: 'post' }).roles?.pre.name).toBe('post');
  });
});

describe('the page of each finding', () => {
  const pages = Object.entries(roleMessages).map(([code, { page }]) => ({ code, page }));
  /** Options that the example is about. */
  const options: Readonly<Record<string, RoleOptions>> = { 'unknown-role': { weight: 'w' } };

  it.each(pages)('fails with $code and nothing else, and is repaired', ({ code, page }) => {
    const codesOf = (text: string | undefined) =>
      synapseRoles(modelOf(text ?? ''), options[code] ?? {}).diagnostics.map((finding) => finding.code);
    expect(codesOf(page.failing.model)).toEqual([code]);
    expect(codesOf(page.repaired.model)).toEqual([]);
    expect(page.explanation).toMatch(/\.$/);
  });
});
