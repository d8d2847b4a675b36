import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

/** Models as NESTML 8 wrote them, with units that stand alone. */
const texts: Readonly<Record<'neuron' | 'synapse', string>> = {
  neuron: `# A neuron in the words of version 8.
model eight_neuron:
    state:
        V_m mV = 0 * mV # potential
        I pA = 0 * pA
    equations:
        kernel k = exp(-t / tau)
        I' = -I / tau
        V_m' = -V_m / tau + (I + convolve(k, exc) * pA + I_stim) / C + 0.001 * V_m / ms
    parameters:
        tau ms = 5 * ms
        C pF = 100 * pF
        V_min mV = -inf * mV
    input:
        exc <- excitatory spike
        inh <- inhibitory spike
        I_stim pA <- continuous
    output:
        spike
    update:
        integrate_odes()
    onReceive(inh):
        # a spike takes current away
        I -= inh * pA * s
    onCondition(V_m > 3 * mV):
        V_m = max(V_min, 0. * mV)
        emit_spike()
`,
  synapse: `model eight_synapse:
    state:
        w real = 1
        trace real = 0
    parameters:
        tau ms = 20 * ms
        d ms = 1 * ms  # the delay
    equations:
        trace' = -trace / tau
    input:
        pre_spikes <- spike
        post_spikes <- spike
        I_post pA <- continuous
    output:
        spike
    onReceive(pre_spikes):
        w += 0.1 * min(I_post, 1 * pA) / pA
        trace += 1
        emit_spike(w)
    onReceive(post_spikes):
        w -= 0.1 * trace
    update:
        integrate_odes()
        w *= exp(-timestep() / 1000 / ms)
`,
};

describe.each(Object.entries(texts))('a text of NESTML 8 with units alone: a %s', (_, input) => {
  it.each([[[]], [['--from', '8.3']]])('checks with no other warning %j', async (from) => {
    const { status, codes } = await runCli(['check', '-', ...from], { input });
    expect(status).toBe(0);
    expect(new Set(codes.filter((code) => code !== 'fixed-step' && code !== 'old-dialect'))).toEqual(
      new Set(from.length === 0 ? ['bare-unit'] : []),
    );
  });

  it('is migrated to one that has no findings, with all comments, in the canonical layout', async () => {
    const { out, status, error } = await runCli(['migrate', '--stdout', '-'], { input });
    expect(status).toBe(0);
    expect(error).toMatch(/\(bare-unit\)/);
    for (const [comment] of input.matchAll(/#.*/g)) expect(out).toContain(comment);
    const checked = await runCli(['check', '--strict', '-'], { input: out });
    expect(checked.codes.filter((code) => code !== 'fixed-step')).toEqual([]);
    expect((await runCli(['format', '--check', '-'], { input: out })).status).toBe(0);
  });
});

it('a neuron of NESTML 8 runs as it is, and its migration gives the same traces', async () => {
  const words = ['simulate', '-', '--for', '20 ms', '--json', '--record', 'V_m,I'];
  const stimuli = ['--current', 'I_stim = 300 pA from 1 ms to 15 ms', '--spikes', 'inh = 3 ms weight 20'];
  const { out: migrated } = await runCli(['migrate', '--stdout', '-'], { input: texts.neuron });
  const [old, current] = await Promise.all(
    [texts.neuron, migrated].map(async (input) => {
      const { out, status } = await runCli([...words, ...stimuli], { input });
      expect(status).toBe(0);
      const { record, spikes } = JSON.parse(out) as { record: unknown; spikes: readonly number[] };
      return { record, spikes };
    }),
  );
  expect(old?.spikes.length).toBeGreaterThan(0);
  expect(current).toEqual(old);
});
