import { createSourceFile } from '@nestml/diagnostics';
import { check, parse } from '@nestml/language';
import { describe, expect, it } from 'vitest';
import { type AnalysisOptions, analyseModel } from './analyse-model.ts';
import type { Analysis } from './analysis.ts';
import { analysisText } from './analysis-text.ts';

function analysisOf(body: string, options: AnalysisOptions = {}): Analysis {
  const lines = body.split('\n').map((line) => `    ${line}`);
  const text = ['model test_neuron:', ...lines, '    update:', '        integrate_odes()', ''].join('\n');
  const [model] = check(parse(createSourceFile('test.nestml', text))).models;
  if (model === undefined) throw new Error('the model has errors');
  const result = analyseModel(model, options);
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.analysis;
}

const CHAIN = `state:
    V mV = 0 mV
    I pA = 0 pA
equations:
    V' = -V / tau_m + I / C_m
    I' = -I / tau_s
parameters:
    tau_m ms = 10 ms
    tau_s ms = 0.2 ms
    C_m pF = 250 pF`;

describe('the analysis of a neuron', () => {
  it('finds the time constants of a linear system, the fastest first', () => {
    expect(analysisOf(CHAIN).modes).toEqual([
      {
        states: ['I', 'V'],
        modes: [
          { re: expect.closeTo(-5, 12), im: 0, multiplicity: 1 },
          { re: expect.closeTo(-0.1, 12), im: 0, multiplicity: 1 },
        ],
      },
    ]);
  });

  it('says how often the step resolves the fastest time constant, and when that is too seldom', () => {
    expect(analysisOf(CHAIN).advice.join(' ')).toContain('0.2 ms (I, V), twice');
    expect(analysisOf(CHAIN).advice.join(' ')).toContain('take h ≤ 0.04 ms');
    expect(analysisOf(CHAIN, { step: '10 us' }).advice).toEqual([
      'h = 0.01 ms resolves the fastest time constant of the linear parts, 0.2 ms (I, V), 20 times.',
    ]);
    expect(analysisOf(CHAIN, { step: 1 }).advice.join(' ')).toContain('not even once');
  });

  it('knows oscillations that the record cannot show, and growth', () => {
    const oscillator = analysisOf(`state:
    x real = 1
    y real = 0
equations:
    x' = x / (50 ms) + 40 * y / ms
    y' = y / (50 ms) - 40 * x / ms`);
    const [{ modes } = { modes: [] }] = oscillator.modes;
    expect(modes).toEqual([{ re: expect.closeTo(0.02, 12), im: expect.closeTo(40, 12), multiplicity: 1 }]);
    expect(oscillator.advice).toEqual([
      expect.stringContaining('period of 0.1571 ms is shorter than two steps'),
      expect.stringContaining('grows by a factor of e in 50 ms'),
    ]);
  });

  it('lists removable singularities with the line and the form that is computed', () => {
    const { removableSingularities } = analysisOf(`state:
    V mV = -40 mV
    m real = 0
equations:
    m' = 0.1 / ms * (V / mV + 40) / (1 - exp(-(V / mV + 40) / 10)) * (1 - m)
    V' = 0 mV/ms`);
    expect(removableSingularities).toEqual([
      expect.objectContaining({
        line: 6,
        computedAs: expect.stringMatching(/exprelr\(−\(V\/mV \+ 40\)\/10\)/),
      }),
    ]);
  });

  it('is a text with a section for everything that there is', () => {
    const text = analysisText(analysisOf(CHAIN), 80);
    for (const title of ['Equations', 'Solvers', 'Modes of the linear parts', 'Step', 'What runs']) {
      expect(text).toContain(`\n${title}`);
    }
    expect(text).not.toContain('Removable singularities');
    expect(text).toContain('τ = 0.2 ms');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});
