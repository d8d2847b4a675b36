import { describe, expect, it } from 'vitest';
import { checkedModel, checkText, codesOf, print } from './check-support.ts';

const text = `
# A neuron
# for tests
model first_neuron:
    state:
        V mV = E_L      # membrane potential
        x real = 0
        x' 1/ms = 1/tau_inv
        g real = 0
        g' 1/ms = e / tau
        h 1/ms = 1 / tau
        k real = 0
        a[n] real = 1
    parameters:
        E_L mV = V_half * 2
        V_half mV = -35 mV [[V_half < 0 mV]] @homogeneous
        tau ms = 10 ms
        n integer = 2
    internals:
        tau_inv ms = tau
    equations:
        kernel K = exp(-t / tau)
        kernel D = delta(t)
        # alpha function
        kernel g'' = -2 * g' / tau - g / tau**2
        kernel k' = h - k / tau,
               h' = -h / tau
        recordable inline I pA = 1 pA * (convolve(K, exc) + convolve(g, exc) + convolve(k, inh[1]))
        V' = -(V - E_L) / tau + I / 100 pF
        x'' = -x / tau**2
    input:
        exc <- excitatory spike # excitatory
        inh[2] <- inhibitory spike
        I_stim pA <- continuous
    output:
        spike
    function twice(y mV) mV:
        return 2 * y
    onReceive(exc, priority=1):
        V += 1 mV * random_normal(0, 1)
    onReceive(inh, priority=2):
        V -= random_uniform(0 mV, 1 mV)
    onCondition(V > 0 mV):
        a = 0
        a[n - 1] += 1
        emit_spike(V)
        println("V is {V}, x is {x}.")
    update:
        integrate_odes(x)
        V = twice(V)
        integrate_odes()
`.replaceAll('1/tau_inv', '1 / tau_inv');

describe('a checked model', () => {
  const model = checkedModel(text);

  it('has all states but the variables of kernels, with all orders, in the order of the text', () => {
    expect(model.states.map(({ symbol }) => symbol.writtenName)).toEqual(['V', 'x', "x'", 'a']);
    expect(model.states.map(({ documentation }) => documentation)[0]).toBe('membrane potential');
  });

  it('has kernels of the three kinds, with their increments', () => {
    expect(model.kernels.map(({ kind }) => kind)).toEqual(['function', 'delta', 'ode', 'ode']);
    const alpha = model.kernels[2]!;
    if (alpha.kind !== 'ode') throw new Error('not an ODE kernel');
    expect(alpha.documentation).toBe('alpha function');
    const [component] = alpha.components;
    expect(component!.variables.map(({ writtenName, role }) => [writtenName, role])).toEqual([
      ['g', 'kernelState'],
      ["g'", 'kernelState'],
    ]);
    expect(component!.increments.map(print)).toEqual(['0', `(*${Math.E}/tau)`]);
    const system = model.kernels[3]!;
    if (system.kind !== 'ode') throw new Error('not an ODE kernel');
    expect(system.components.map(({ symbol, value }) => [symbol.name, print(value)])).toEqual([
      ['k', '(+h-(*k/tau))'],
      ['h', '(*(-h)/tau)'],
    ]);
  });

  it('has equations with the variables below their order', () => {
    expect(model.equations.map(({ variables }) => variables.map(({ writtenName }) => writtenName))).toEqual([
      ['V'],
      ['x', "x'"],
    ]);
  });

  it('has ports with their types', () => {
    expect(
      model.ports.map(({ name, signal, qualifier, documentation }) => [
        name,
        signal,
        qualifier,
        documentation,
      ]),
    ).toEqual([
      ['exc', 'spike', 'excitatory', 'excitatory'],
      ['inh', 'spike', 'inhibitory', ''],
      ['I_stim', 'continuous', undefined, ''],
    ]);
    expect(model.ports[0]!.type).toMatchObject({ kind: 'quantity', unit: { text: '1/s' } });
    expect(model.ports[1]!.size).toMatchObject({ kind: 'constant', value: 2 });
  });

  it('has its comments as documentation, and decorators and guards', () => {
    expect(model.documentation).toBe('A neuron\nfor tests');
    expect(model.parameters[1]!.decorators).toEqual(['homogeneous']);
    expect(print(model.parameters[1]!.guard!)).toBe('(V_half<0)');
  });

  it('orders initial values so that each uses earlier ones only', () => {
    expect(model.initialisationOrder.map(({ writtenName }) => writtenName)).toEqual([
      'V_half',
      'E_L',
      'tau',
      'n',
      'tau_inv',
      'V',
      'x',
      "x'",
      'a',
    ]);
  });

  it('orders handlers by priority: the larger first in neurons', () => {
    expect(model.receiveHandlers.map(({ port }) => port.name)).toEqual(['inh', 'exc']);
  });

  it('numbers random calls in the order of the text', () => {
    const sites = model.receiveHandlers.map(({ body }) => JSON.stringify(body).match(/"callSite":(\d)/)?.[1]);
    expect(sites).toEqual(['1', '0']);
  });

  it('has integration with the variables in the order of the equations', () => {
    const [some, , all] = model.update;
    expect(some).toMatchObject({ kind: 'integrate', isAll: false, variables: [{ name: 'x' }] });
    expect(all).toMatchObject({ kind: 'integrate', isAll: true, variables: [{ name: 'V' }, { name: 'x' }] });
  });

  it('writes compound assignments out, and sends the number of a weight in its unit', () => {
    const { body } = model.conditionHandlers[0]!;
    const [whole, element, emit, print_] = body;
    expect(whole).toMatchObject({ kind: 'assign', target: { name: 'a' } });
    if (element?.kind !== 'assign' || emit?.kind !== 'emitSpike' || print_?.kind !== 'print')
      throw new Error();
    expect(print(element.value)).toBe('(+a[(+n-1)]+1)');
    expect(print(emit.weight!)).toBe('toNumber[mV](V)');
    expect(print_.pieces.map((piece) => (typeof piece === 'string' ? piece : print(piece)))).toEqual([
      'V is ',
      'V',
      ', x is ',
      'x',
      '.',
    ]);
  });
});

describe('the kind of a model', () => {
  const source = (name: string) => `model ${name}:\n    parameters:\n        w real = 1\n`;

  it('is that of its name, unless stated otherwise', () => {
    expect(checkedModel(source('a_neuron')).kind).toBe('neuron');
    expect(checkedModel(source('stdp_synapse')).kind).toBe('synapse');
    expect(checkedModel(source('stdp'), { synapseModels: ['stdp'] }).kind).toBe('synapse');
  });

  it('turns the order of priorities around in synapses', () => {
    const synapse = `model a_synapse:
    state:
        w real = 1
    input:
        pre <- spike
        post <- spike
    output:
        spike
    onReceive(pre, priority=2):
        emit_spike(w)
    onReceive(post, priority=1):
        w += 1
`;
    expect(checkedModel(synapse).receiveHandlers.map(({ port }) => port.name)).toEqual(['post', 'pre']);
  });
});

describe('several models in a file', () => {
  it('are checked each for itself: one with an error is left out', () => {
    const { models, diagnostics } = checkText(`model a_neuron:
    parameters:
        a mV = 1

model b_neuron:
    parameters:
        a mV = 1 mV
`);
    expect(models.map(({ name }) => name)).toEqual(['b_neuron']);
    expect(codesOf(diagnostics)).toEqual(['missing-unit']);
  });

  it('leave out the one with a mistake of syntax', () => {
    const { models } = checkText(`model a_neuron:
    parameters:
        a mV = = 1

model b_neuron:
    parameters:
        a mV = 1 mV
`);
    expect(models.map(({ name }) => name)).toEqual(['b_neuron']);
  });
});
