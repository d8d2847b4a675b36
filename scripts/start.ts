// `npm start`: a Hodgkin-Huxley neuron under a current step and synaptic input, in the terminal and as SVG.

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const svg = join('out', 'hodgkin-huxley.svg');
mkdirSync(join(root, 'out'), { recursive: true });
const words = [
  'simulate',
  'hh_psc_alpha',
  '--for',
  '150 ms',
  '--current',
  'I_stim = 650 pA from 20 ms to 90 ms',
  '--spikes',
  'exc_spikes = 110 ms, 112 ms, 125 ms weight 2500',
  '--spikes',
  'inh_spikes = 50 ms, 52 ms weight 600',
  '--svg',
  svg,
  '--plot',
];
const shown = words.map((word) => (/[ ,=]/.test(word) ? `"${word}"` : word)).join(' ');
process.stdout.write(`nestml ${shown}\n\n`);
const child = spawnSync(process.execPath, [join(root, 'node_modules', '.bin', 'nestml'), ...words], {
  cwd: root,
  stdio: 'inherit',
});
if (child.status === 0) {
  process.stdout.write(
    `\nThe same plot as a picture: ${svg}\nNext: npx nestml list, npx nestml simulate --help, npx nestml check --explain unit-mismatch\n`,
  );
}
process.exit(child.status ?? 70);
