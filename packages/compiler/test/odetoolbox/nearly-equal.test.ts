import { createSourceFile } from '@nestml/diagnostics';
import { solveAffine } from '@nestml/dynamics';
import { expect, it } from 'vitest';
import { readOdeProblem } from '../../src/frontends/odetoolbox/index.ts';
import { solveOdeProblem } from '../../src/passes/solve-ode-problem.ts';
import { printOdeResult } from '../../src/targets/json/index.ts';
import { valueOfText } from './evaluate-text.ts';

const PROBLEM = JSON.stringify({
  dynamics: [
    { expression: 'I = (e/tau)*t*exp(-t/tau)' },
    { expression: "V' = -V/tau_m + I/C", initial_value: '0' },
  ],
  parameters: { tau: '2', tau_m: '10', C: '250' },
});

it.each([0.5, 1e-1, 1e-3, 1e-6, 1e-9, 1e-12, 1e-15])(
  'the texts of propagators keep 12 digits where time constants differ by %g of their size',
  (distance) => {
    const read = readOdeProblem(createSourceFile('near.json', PROBLEM));
    if (!read.ok) throw new Error('the problem was refused');
    const [entry] = printOdeResult(solveOdeProblem(read.problem), { reason: 'not tested' }, new Set());
    const [tau, h] = [2, 0.1];
    const numbers = { tau, tau_m: tau * (1 + distance), C: 250, __h: h };
    // I' = I__d, I__d' = −2 I__d/τ − I/τ², V' = −V/τ_m + I/C.
    const matrix = [0, 1, 0, -1 / tau ** 2, -2 / tau, 0, 1 / numbers.C, 0, -1 / numbers.tau_m];
    const solved = solveAffine(matrix, 3, h);
    if (solved.kind !== 'solved') throw new Error('not finite');
    const { increment } = solved.propagator;
    const text = (name: string) => valueOfText(entry!.propagators![name]!, numbers);
    expect(Math.abs(text('__P__V__I') / increment[6]! - 1)).toBeLessThan(1e-12);
    expect(Math.abs(text('__P__V__I__d') / increment[7]! - 1)).toBeLessThan(1e-12);
  },
);
