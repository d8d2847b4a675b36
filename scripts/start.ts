// `npm start`: a Hodgkin-Huxley neuron on the compiled engine: its trace in the terminal, as SVG and as HTML report, and its F-I curve.

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
mkdirSync(join(root, 'out'), { recursive: true });

const trace = [
  ['simulate', 'hh_psc_alpha', '--for', '150 ms'],
  ['--current', 'I_stim = 650 pA from 20 ms to 90 ms'],
  ['--spikes', 'exc_spikes = 110 ms, 112 ms, 125 ms weight 2500'],
  ['--spikes', 'inh_spikes = 50 ms, 52 ms weight 600'],
  ['--svg', join('out', 'hodgkin-huxley.svg')],
  ['--html', join('out', 'hodgkin-huxley.html'), '--plot'],
].flat();
const curve = [
  ['curve', 'hh_psc_alpha', '--current', 'I_stim = 0 pA to 1500 pA'],
  ['--svg', join('out', 'f-i-curve.svg'), '--plot'],
].flat();

for (const words of [trace, curve]) {
  const shown = words.map((word) => (/[ ,=]/.test(word) ? `"${word}"` : word)).join(' ');
  process.stdout.write(`nestml ${shown}\n\n`);
  const command = [join(root, 'node_modules', '.bin', 'nestml'), ...words];
  const child = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (child.status !== 0) process.exit(child.status ?? 70);
  process.stdout.write('\n');
}
process.stdout.write(
  'Open out/hodgkin-huxley.html in a browser: the same trace with zoom, values under the pointer, equations, parameters, solvers.\n' +
    'Next: npx nestml list, npx nestml simulate --help, npx nestml check --explain unit-mismatch\n',
);
