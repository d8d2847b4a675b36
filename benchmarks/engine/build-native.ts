// Compiles the C++ peers.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeHeader } from './native-header.ts';
import type { Repeat } from './run-engine.ts';
import type { Workload } from './workloads.ts';

const FLAGS = Object.freeze(['-std=c++20', '-O3', '-march=native']);

/** The loops of each neuron that the peers have. */
export const LOOPS = Object.freeze({
  iaf_psc_exp: ['branchy', 'two-pass'],
  aeif_cond_exp: ['plain', 'tuned'],
  hh_psc_alpha: ['plain', 'tuned'],
} as const);

/** A repeat of a peer. */
export interface NativeRepeat extends Repeat {
  /** Accepted sub-steps and attempts of all neurons; 0 where nothing is integrated numerically, −1 after a failure. */
  readonly substeps: number;
  readonly attempts: number;
}

/** The compiled peers, or what is missing. */
export type NativeBuild =
  | {
      readonly ok: true;
      readonly run: (neuron: string, loop: string) => NativeRepeat;
      readonly compiler: string;
    }
  | { readonly ok: false; readonly reason: string };

/** Compiles the peers of these workloads with `$CXX`, or g++, into `.cache/benchmarks`. */
export function buildNative(workloads: readonly Workload[]): NativeBuild {
  const compiler = process.env['CXX'] ?? 'g++';
  const version = spawnSync(compiler, ['-dumpfullversion'], { encoding: 'utf8' });
  if (version.error !== undefined || version.status !== 0)
    return { ok: false, reason: `${compiler} is missing: install a C++20 compiler, or name one in CXX` };
  const folder = fileURLToPath(new URL('../../.cache/benchmarks', import.meta.url));
  const source = fileURLToPath(new URL('native/main.cpp', import.meta.url));
  const program = join(folder, 'native');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'generated.hpp'), nativeHeader(workloads));
  const build = spawnSync(compiler, [...FLAGS, `-I${folder}`, source, '-o', program], { encoding: 'utf8' });
  if (build.status !== 0) return { ok: false, reason: `${compiler} refuses the C++ peers:\n${build.stderr}` };
  return {
    ok: true,
    compiler: `${compiler} ${version.stdout.trim()} ${FLAGS.join(' ')}`,
    run: (neuron, loop) => runNative(program, `${neuron}/${loop}`),
  };
}

function runNative(program: string, name: string): NativeRepeat {
  const { status, stdout, stderr } = spawnSync(program, [name], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the C++ peer ${name} failed: ${stderr}`);
  return JSON.parse(stdout);
}
