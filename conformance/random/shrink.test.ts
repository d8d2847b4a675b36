import { describe, expect, it } from 'vitest';
import { shrink } from './shrink.ts';

const text = `model random_neuron:
    state:
        x real = 1
        y real = 2
    equations:
        x' = -x / 5 ms
        y' = (-y + 0.3 * x + exp(-x)) / 7 ms
    input:
        exc <- spike
    output:
        spike
    update:
        integrate_odes(x, y)
        if x > 3:
            x = 1
    onCondition(y > 3 and x > 2):
        emit_spike()
`;

const case_ = {
  text,
  decisions: [],
  convolutions: [],
  stimulation: {
    duration: 5,
    spikes: [
      { port: 'exc', times: [1, 2, 3, 4], weight: 1 },
      { port: 'exc', times: [2], weight: 3 },
    ],
    set: { x: 3 },
  },
};

describe('the shrinker', () => {
  it('takes away statements, blocks, terms, stimuli and settings that a failure does not need', async () => {
    const small = await shrink(
      case_,
      async (candidate) => candidate.text.includes("y' = ") && candidate.text.includes('exp(-x)'),
    );
    expect(
      small.text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => line.trim()),
    ).toEqual(['model random_neuron:', 'equations:', expect.stringMatching(/^y' = [^+]*exp\(-x\)[^+]*$/)]);
    expect(small.stimulation).toEqual({ duration: 5, currents: undefined, spikes: [], set: {} });
  });

  it('removes a state together with what is said about it', async () => {
    const small = await shrink(case_, async (candidate) => {
      const { text: rest } = candidate;
      const isConsistent = rest.includes('x real') || !/x' =|\(x, y\)|if x|x > 2/.test(rest);
      return isConsistent && rest.includes('integrate_odes(') && rest.includes('y real');
    });
    expect(small.text).toContain('integrate_odes(');
    expect(small.text).not.toContain('x real');
  });

  it('returns the case itself if nothing can be taken away', async () => {
    expect(await shrink(case_, async () => false)).toBe(case_);
  });
});
