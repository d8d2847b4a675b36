import { describe, expect, it } from 'vitest';
import { type Dialect, dialectByName } from '../../src/dialects/index.ts';
import { fixtures, readAndCheck } from './fixtures.ts';

/** The comments that a migration adds, each with the line below it; and whether the warning lists the same. */
function marksOf(text: string, from?: Dialect) {
  const { translation, findings } = readAndCheck(text, from);
  const lines = (translation?.migrated ?? '').split('\n').map((line) => line.trim());
  const marks = lines.flatMap((line, at) => {
    const [, said] = /^# migrated: (.*)$/.exec(line) ?? [];
    return said === undefined ? [] : [{ said, line: lines.slice(at).find((one) => !one.startsWith('#')) }];
  });
  const [warning] = findings.filter(({ code }) => code === 'old-dialect');
  const listed = (warning?.related ?? []).map(({ message }) => message);
  for (const { said } of marks) expect(listed).toContain(said);
  return marks;
}

const neuron = (...blocks: readonly string[]) => `neuron a:\n${blocks.join('\n')}\nend\n`;

describe('a place whose translation is approximate is listed and marked by a comment above its line', () => {
  it('delta kernels with two arguments', () => {
    const text = neuron(
      'initial_values: V mV = 0 mV end',
      "equations:\nshape g = delta(t, tau)\nV' = -V / tau + convolve(g, p) / ms end",
      'parameters: tau ms = 2 ms end',
      'input: p mV <- spike end',
    );
    expect(marksOf(text)).toEqual([
      {
        said: 'the jump of a delta kernel with two arguments was the weight, whatever factor stood before it; today factors count',
        line: 'kernel g = delta(t)',
      },
    ]);
  });

  it('delays of spikes', () => {
    const text =
      'synapse s:\nstate: w real = 1 end\nparameters: d ms = 1 ms end\ninput: pre_spikes real <- spike end\noutput: spike\nonReceive(pre_spikes):\n# the rule\nw *= 2\ndeliver_spike(w, d)\nend\nend\n';
    expect(marksOf(text)).toEqual([
      { said: 'the delay of a spike is that of the connection, not `d`', line: 'emit_spike(w)' },
    ]);
  });

  it.each([
    [
      '3.1',
      'in a step without this call convolutions stood still; today they advance and receive in every step',
    ],
    [
      '5.0',
      'in a step without this call convolutions stood still, and the spikes of that step were lost; today they advance and receive in every step',
    ],
  ])('steps without integrate_odes, %s', (version, said) => {
    const text = neuron(
      'state: V mV = 0 mV r integer = 0 end',
      "equations: kernel k = exp(-t / tau) V' = -V / tau + convolve(k, p) / ms end",
      'parameters: tau ms = 2 ms end',
      'input: p mV <- spike end',
      'update:\nif r == 0:\nintegrate_odes()\nelse: r -= 1 end end',
    );
    expect(marksOf(text, dialectByName(version))).toEqual([{ said, line: 'integrate_odes()' }]);
    const always = text.replace('if r == 0:\nintegrate_odes()\nelse: r -= 1 end', 'integrate_odes()');
    expect(marksOf(always, dialectByName(version))).toEqual([]);
    expect(marksOf(text.replace(' + convolve(k, p) / ms', ''), dialectByName(version))).toEqual([]);
  });

  it('statements about whole vectors', () => {
    const text = neuron(
      'state: g nS [n] = 1 nS h nS [n] = 2 nS element real = 0 end',
      'parameters: n integer = 3 end',
      'input: q nS[n] <- spike end',
      'update:\nif element > 0:\ng = g + 2 * h # both\nend\ng += q\nh = 0 nS end',
    );
    const said = 'a statement about a whole vector is a loop over its elements today';
    const { written, errors } = readAndCheck(text, dialectByName('4.0'));
    expect(marksOf(text, dialectByName('4.0'))).toEqual([
      { said, line: 'g[element_] = g[element_] + 2 * h[element_]  # both' },
      { said, line: 'g[element_] += q[element_] * (1 s) * (1 nS)' },
    ]);
    expect(errors).toEqual([]);
    expect(written).toContain('update:\n        element_ integer = 0\n        if element > 0:\n');
    expect(written).toContain('\n        h = 0 nS\n');
    expect(written.match(/for element_ in 0 \.\.\. n step 1:/g)).toHaveLength(2);
  });

  it('spike ports in equations', () => {
    const text = neuron("equations:\nV' = p / ms end", 'input: p mV <- spike end');
    const [mark] = marksOf(text, dialectByName('3.1'));
    expect(mark?.line).toBe("V' = p * time_step * (1 mV) / ms");
  });

  it('what is left out, above what follows', () => {
    const text = `import other\n${neuron('structure:\nuse x\nend', 'state:\n[x > 0]\nx real\nend')}`;
    expect(marksOf(text).map(({ line }) => line)).toEqual(['model a:', 'state:', 'state:', 'x real = 0']);
  });
});

it.each(fixtures)(
  'marks do not change what a migrated text means, and nothing else is added ($name)',
  ({ text }) => {
    const { translation } = readAndCheck(text);
    const without = translation?.migrated.replace(/^ *# migrated: .*\n/gm, '');
    expect(without).toBe(translation?.map.text);
  },
);
