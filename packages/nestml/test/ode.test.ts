import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put, runCli, withFolder } from './run-cli.ts';

const MEMBRANE = JSON.stringify({
  dynamics: [
    { expression: "V' = -V/tau_m + I/C", initial_value: '0' },
    { expression: "I' = -I/tau_s", initial_value: '1' },
    { expression: "w' = w*(1 - w) - w**2*V", initial_value: '0.5' },
  ],
  parameters: { tau_m: '0.01', tau_s: '0.002', C: '0.1' },
  stimuli: [{ type: 'list', list: '0.02 0.05', variables: ['I'] }],
});

describe('nestml ode', () => {
  it('prints the result in the form of ODE-toolbox', async () => {
    const { status, out, error } = await runCli(['ode', '-'], { input: MEMBRANE });
    expect([status, error]).toEqual([0, '']);
    const [exact, numeric] = JSON.parse(out);
    expect(exact).toMatchObject({
      solver: 'analytical',
      state_variables: ['V', 'I'],
      initial_values: { V: '0', I: '1' },
      update_expressions: { I: '__P__I__I * I' },
      parameters: { tau_m: '0.01', tau_s: '0.002', C: '0.1' },
    });
    expect(Object.keys(exact.propagators)).toEqual(
      expect.arrayContaining(['__P__V__V', '__P__V__I', '__P__I__I']),
    );
    expect(Object.keys(exact.conditions)).toHaveLength(2);
    expect(numeric).toMatchObject({ solver: 'numeric-explicit', state_variables: ['w'] });
    expect(numeric.reason.w).toContain('is not linear');
  });

  it('keeps expressions, and leaves out the test and the analytic solver where it is told to', async () => {
    const words = ['--disable-stiffness-check', '--disable-analytic-solver', '--preserve-expressions', 'w,V'];
    const { status, out } = await runCli(['ode', '-', ...words], { input: MEMBRANE });
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      {
        solver: 'numeric',
        state_variables: ['V', 'I', 'w'],
        update_expressions: { V: '-V/tau_m + I/C', I: '-I / tau_s', w: 'w*(1 - w) - w**2*V' },
      },
    ]);
  });

  it('writes result and plot to files and prints the reasons', async () => {
    await withFolder(async (folder) => {
      const [problem, result, plot] = [
        put(folder, 'p.json', MEMBRANE),
        join(folder, 'r.json'),
        join(folder, 'p.svg'),
      ];
      const { status, out } = await runCli(['ode', problem, '-o', result, '--plot', plot]);
      expect(status).toBe(0);
      expect(out).toContain('analytical: V, I');
      expect(out).toContain('numeric-explicit: w');
      expect(JSON.parse(readFileSync(result, 'utf8'))).toHaveLength(2);
      const svg = readFileSync(plot, 'utf8');
      expect(svg).toContain('<svg');
      expect(svg).toContain('2 events of the stimuli');
    });
  });

  it('recommends an implicit solver for a stiff system', async () => {
    const input = JSON.stringify({
      dynamics: [
        { expression: "x' = y", initial_value: '2' },
        { expression: "y' = mu*(1 - x**2)*y - x", initial_value: '0' },
      ],
      parameters: { mu: '1000' },
      options: { sim_time: 100 },
    });
    const { out } = await runCli(['ode', '-', '--json'], { input });
    const { version, result, stiffness } = JSON.parse(out);
    expect(version).toBe(1);
    expect(result[0].solver).toBe('numeric-implicit');
    expect(stiffness).toMatchObject({ verdict: 'implicit' });
  });

  it('names undefined names, without which nothing is tested', async () => {
    const input = JSON.stringify({ dynamics: [{ expression: "x' = -x**2/tau + I", initial_value: 1 }] });
    const { status, out, codes } = await runCli(['ode', '-', '--json'], { input });
    expect([status, codes]).toEqual([0, ['ode-free-name']]);
    const { result, undefined_names: names } = JSON.parse(out);
    expect(names).toEqual(['tau', 'I']);
    expect(result[0]).toMatchObject({ solver: 'numeric', undefined_names: ['tau', 'I'] });
    expect(result[0].solver_reason).toContain('no stiffness test without numbers for tau, I');
  });

  it('ends with findings and status 1 for a wrong problem, with 2 for a wrong call', async () => {
    const wrong = await runCli(['ode', '-', '--json'], { input: '{"dynamics": [' });
    expect([wrong.status, wrong.codes]).toEqual([1, ['ode-json']]);
    expect(JSON.parse(wrong.out)).toMatchObject({ version: 1, diagnostics: [{ code: 'ode-json' }] });
    expect((await runCli(['ode', 'no_such_file.json'])).codes).toEqual(['file-not-found']);
    expect((await runCli(['ode', '-', '-o', '-', '--json'], { input: MEMBRANE })).status).toBe(2);
  });
});
