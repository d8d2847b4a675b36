import { describe, expect, it } from 'vitest';
import { put, runCli, withFolder } from './run-cli.ts';

/** A relaxation oscillator; its fastest time constant is 1/(3 mu) ms. */
const relaxation = (mu: number, more = '') => `model relaxation_neuron:
    state:
        V mV = 2 mV  # membrane potential
        w mV = 0 mV  # recovery
    equations:
        V' = w / (1 ms)
        w' = (${mu} * (1 - (V / (1 mV))**2) * w - V) / (1 ms)
    input:
        spikes <- spike  # not used
    output:
        spike
    update:
        integrate_odes()${more}
`;

/** Runs `simulate` on a text for 2 ms. */
async function simulate(text: string, ...words: readonly string[]) {
  return await withFolder(async (folder) => {
    const file = put(folder, 'model.nestml', text);
    return await runCli(['simulate', file, '--for', '2 ms', ...words]);
  });
}

describe('--solver', () => {
  it.each([
    ['rosenbrock', 'rosenbrock'],
    ['rkf45', 'runge-kutta-fehlberg'],
    ['runge-kutta-fehlberg', 'runge-kutta-fehlberg'],
    ['exponential-euler', 'exponential-euler'],
    ['RK4', 'runge-kutta-4'],
    ['forward-euler', 'forward-euler'],
    ['dormand-prince', 'dormand-prince'],
    ['auto', 'dormand-prince'],
  ])('%s chooses %s', async (name, method) => {
    const { status, out, codes } = await simulate(relaxation(1), '--solver', name, '--json');
    expect(status).toBe(0);
    expect(codes).toEqual([]);
    const { solvers } = JSON.parse(out) as { solvers: readonly { solver: string; method: string }[] };
    expect(solvers.map(({ solver }) => solver)).toEqual(['numeric', 'numeric']);
    expect(new Set(solvers.map((group) => group.method))).toEqual(new Set([method]));
  });

  it.each(['curve', 'psp', 'simulate'])(
    'that is unknown is a wrong call of %s, with a suggestion',
    async (command) => {
      const options = {
        curve: ['--current', 'I_stim = 0 pA to 1 pA'],
        psp: ['--port', 'exc_spikes'],
        simulate: ['--for', '1 ms'],
      };
      const words = options[command as keyof typeof options];
      const { status, error, codes } = await runCli([
        command,
        'hh_psc_alpha',
        ...words,
        '--solver',
        'rosenbrok',
      ]);
      expect(status).toBe(2);
      expect(codes).toEqual(['unknown-solver']);
      expect(error).toContain('Did you mean `rosenbrock`?');
    },
  );

  it('and --reference contradict each other', async () => {
    const { status, error } = await simulate(relaxation(1), '--solver', 'rk4', '--reference');
    expect(status).toBe(2);
    expect(error).toContain('the reference interpreter of --reference has one of its own');
  });

  it('has nothing to do where all is exact, and says so', async () => {
    const { status, codes } = await runCli([
      'simulate',
      'iaf_psc_alpha',
      '--for',
      '1 ms',
      '--solver',
      'rk4',
      '--json',
    ]);
    expect(status).toBe(0);
    expect(codes).toEqual(['solver-without-effect']);
  });

  it('is refused for a model that runs on the reference interpreter only', async () => {
    const printing = relaxation(1, '\n        println("{V}")');
    const { status, codes } = await simulate(printing, '--solver', 'rk4');
    expect(status).toBe(1);
    expect(codes).toEqual(['solver-needs-engine']);
  });

  it('is followed by curves and responses, too', async () => {
    const input = ['--current', 'I_stim = 5 pA to 15 pA', '--points', '3', '--for', '200 ms'];
    const curve = await runCli(['curve', 'izhikevich', ...input, '--solver', 'rk4', '--json']);
    expect(curve).toMatchObject({ status: 0, error: '' });
    const peakBy = async (solver: string): Promise<number> => {
      const spike = ['--port', 'exc_spikes', '--weight', '1'];
      const { out } = await runCli(['psp', 'iaf_cond_alpha', ...spike, '--solver', solver, '--json']);
      return JSON.parse(out).peak.value;
    };
    const [implicit, kutta, euler] = [
      await peakBy('rosenbrock'),
      await peakBy('rk4'),
      await peakBy('forward-euler'),
    ];
    expect(Math.abs(kutta / implicit - 1)).toBeLessThan(1e-3);
    expect(Math.abs(euler / implicit - 1)).toBeGreaterThan(1e-3);
  });
});

describe('stiff equations', () => {
  it('are integrated by the Rosenbrock method, and a note says so', async () => {
    const { status, out, codes } = await simulate(relaxation(1000), '--json');
    expect(status).toBe(0);
    expect(codes).toEqual(['implicit-solver']);
    expect(JSON.parse(out).solvers[0].method).toBe('rosenbrock');
  });

  it('that are forced to an explicit method give a warning with the cure', async () => {
    const { status, error, codes } = await simulate(
      relaxation(10000),
      '--solver',
      'dormand-prince',
      '--step',
      '1 ms',
    );
    expect(status).toBe(0);
    expect(codes).toEqual(['many-substeps']);
    expect(error).toContain('try `--solver rosenbrock`');
  });

  it('are shown with the figures of the test by nestml analyse', async () => {
    await withFolder(async (folder) => {
      const file = put(folder, 'model.nestml', relaxation(1000));
      const { out } = await runCli(['analyse', file, '--json']);
      const { stiffness } = JSON.parse(out).solvers[0];
      expect(stiffness).toMatchObject({ verdict: 'implicit', reason: 'steps-compared' });
      expect(stiffness.implicit.average_step_ms).toBeGreaterThan(50 * stiffness.explicit.average_step_ms);
      expect(Math.abs(stiffness.largest_eigenvalue_per_ms / 3000 - 1)).toBeLessThan(1e-3);
      const text = await runCli(['analyse', file]);
      expect(text.out).toContain('numeric by Rosenbrock 4(3), RODAS');
      expect(text.out).toContain('stiffness test: implicit');
    });
  });
});
